"""How doubtful uncertain labels are: on all dev documents, how often each sort of label is right.

    python benchmarks/uncertain.py

Labels told that are not uncertain, labels told that are, and uncertain ones that are not told.
"""

from __future__ import annotations

from collections import Counter

from run import table

import nordclass
from nordclass.result import KINDS
from quality import dev_records

SORTS = ("told", "told, uncertain", "not told, uncertain")


def main() -> None:
    """Print the table."""
    model = nordclass.load()
    count: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    documents = doubtful = 0
    for row in (row for rows in dev_records().values() for row in rows):
        result = model.classify(row["text"], title=row["title"])
        documents, doubtful = documents + 1, doubtful + bool(result.uncertain)
        told = {*result.countries, *result.regions, *result.sectors}
        for label in told | set(result.uncertain):
            sort = SORTS[2] if label not in told else SORTS[label in result.uncertain]
            count[label.kind, sort] += 1
            right[label.kind, sort] += label.code in row[label.kind]
    print(f"{doubtful:,} of {documents:,} documents have an uncertain label.\n")
    cells = [
        [kind, *(f"{right[kind, s] / max(count[kind, s], 1):.2f} of {count[kind, s]:,}" for s in SORTS)]
        for kind in KINDS
    ]
    table(["right", *SORTS], cells)


if __name__ == "__main__":
    main()
