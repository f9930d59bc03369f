"""How well headlines alone are labelled: the titles of the dev documents, by the labels of the whole.

    python benchmarks/headlines.py

Much of what a document is about is not in its headline, so recall is low by nature; precision and false
alarms say whether what is told can be relied on.
"""

from __future__ import annotations

from run import table

import nordclass
from quality import SHORT, dev_records

FIGURES = ("precision", "recall", "false_alarm")


def main() -> None:
    """Print the table."""
    model = nordclass.load()
    rows = []
    for name, documents in dev_records().items():
        headlines = [{**row, "text": row["title"], "title": ""} for row in documents if row["title"]]
        report = nordclass.evaluate(model, headlines).to_dict()
        told = [f"{report[kind][f]:.3f}" for kind in ("countries", "sectors") for f in FIGURES]
        rows.append([SHORT[name], f"{len(headlines):,}", *told])
    header = [f"{kind}: {f.replace('_', ' ')}" for kind in ("countries", "sectors") for f in FIGURES]
    table(["source", "headlines", *header], rows)


if __name__ == "__main__":
    main()
