"""Labels very many documents with `nordclass label` and checks that none is lost and memory stays flat.

    python benchmarks/soak.py [--documents 200000] [--jobs 2] [--model DIR]

The documents are the project's articles, each time with another number and new words, a paragraph moved, left
out or doubled. Exits with 1 when a row is missing, doubled, out of order or an error, when documents that are
equal get different rows, or when the memory of all processes together grows by more than 5% from the second
quarter of the run to its last. Linux only (/proc).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from process_family import memory

ROOT = Path(__file__).resolve().parent.parent
MOST_GROWTH = 0.05
SAME = 1000
"""Each document of this number is the same one, so that its rows can be compared."""


def articles() -> list[dict[str, str]]:
    rows = []
    for language in ("ko", "en"):
        path = ROOT / "data" / "corpus" / f"{language}_articles.jsonl"
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return rows


def documents(count: int) -> Iterator[dict[str, str]]:
    rows = articles()
    chance = random.Random(1)
    for number in range(count):
        row = rows[0] if number % SAME == 0 else rows[chance.randrange(len(rows))]
        text = row["text"] if number % SAME == 0 else changed(row["text"], number, chance)
        yield {"id": f"soak-{number}", "title": row["title"], "text": text}


def changed(text: str, number: int, chance: random.Random) -> str:
    """The text with a number of its own and one of its paragraphs moved, left out or doubled."""
    parts = text.split("\n")
    at = chance.randrange(len(parts))
    kind = chance.randrange(4)
    if kind == 0 and len(parts) > 1:
        parts.append(parts.pop(at))
    elif kind == 1 and len(parts) > 1:
        del parts[at]
    elif kind == 2:
        parts.insert(at, parts[chance.randrange(len(parts))])
    # A word that was never seen, so that whatever is kept for unseen words meets new ones to the end.
    word = chr(0xAC00 + number % 11_172) + chr(0xAC00 + number // 7 % 11_172)
    return "\n".join(parts) + f"\n{number}번째 문서 가{word}"


def watch(command: list[str], partial: Path) -> tuple[int, float, list[tuple[int, float]]]:
    """Run the command; its exit code, seconds, and bytes written and memory at each moment."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": "1"})
    samples = []
    while process.poll() is None:
        time.sleep(0.5)
        try:
            samples.append((partial.stat().st_size, memory(process.pid)))
        except OSError:
            continue
    return process.returncode, time.monotonic() - begun, samples


def lost(path: Path, count: int) -> str:
    """What is wrong with the rows; nothing when all is well."""
    same: str | None = None
    number = 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = json.loads(line)
            if row.pop("id") != f"soak-{number - 1}":
                return f"row {number} is not that of document {number - 1}"
            if "error" in row:
                return f"document {number - 1}: {row['error']}"
            if (number - 1) % SAME == 0:
                same = same or json.dumps(row)
                if json.dumps(row) != same:
                    return f"document {number - 1} has another answer than document 0, which is the same"
    return "" if number == count else f"{number} rows for {count} documents"


def growth(samples: list[tuple[int, float]]) -> tuple[float, float]:
    """Median memory in the second quarter of the rows and in the last quarter."""
    end = samples[-1][0]
    early = [size for done, size in samples if end / 4 <= done < end / 2]
    late = [size for done, size in samples if done >= end * 3 / 4]
    return statistics.median(early), statistics.median(late)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", default="base")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nordclass-soak-") as folder:
        data, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        with data.open("w", encoding="utf-8") as lines:
            lines.writelines(
                json.dumps(row, ensure_ascii=False) + "\n" for row in documents(options.documents)
            )
        code = "from nordclass.cli import main; main()"
        command = [sys.executable, "-c", code, "label", str(data), "-o", str(out)]
        command += ["--jobs", str(options.jobs), "--model", options.model]
        exit_code, seconds, samples = watch(command, Path(f"{out}.partial"))
        fault = f"exit code {exit_code}" if exit_code else lost(out, options.documents)
    early, late = growth(samples)
    grown = late / early - 1
    rate = options.documents / seconds
    print(f"{options.documents:,} documents, {options.jobs} jobs, {seconds:.0f} s: {rate:.0f} a second")
    print(
        f"memory of all processes: second quarter {early:.0f} MB, last quarter {late:.0f} MB ({grown:+.1%})"
    )
    print(fault or "no row lost, doubled or out of order; equal documents have equal rows")
    if fault or grown > MOST_GROWTH:
        sys.exit(1)


if __name__ == "__main__":
    main()
