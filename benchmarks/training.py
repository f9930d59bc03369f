"""Trains on so many documents (the project's articles, changed) and prints seconds and peak memory.

python benchmarks/training.py 10000
"""

from __future__ import annotations

import resource
import sys
import time

from texts import changed, labelled

from nordclass import Recipe, train
from nordclass.model.store import load


def main(count: int) -> None:
    rows = labelled("ko", "train") + labelled("en", "train")
    rows = [changed(rows[n % len(rows)], n) for n in range(count)]
    base = load()
    begun, cpu = time.monotonic(), time.process_time()
    train(rows, recipe=Recipe(), base=base)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"{count} {time.monotonic() - begun:.0f} {time.process_time() - cpu:.0f} {peak:.2f} {children:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
