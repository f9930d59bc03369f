"""Trains on so many documents (the project's articles, changed) and prints the seconds that it took.

python benchmarks/training.py 10000
"""

from __future__ import annotations

import sys
import time

from texts import changed, labelled

from nordclass import Recipe, train
from nordclass.model.store import load


def main(count: int) -> None:
    rows = labelled("ko", "train") + labelled("en", "train")
    rows = [changed(rows[n % len(rows)], n) for n in range(count)]
    base = load()
    begun = time.monotonic()
    train(rows, recipe=Recipe(), base=base)
    print(f"{time.monotonic() - begun:.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
