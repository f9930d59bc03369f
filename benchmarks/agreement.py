"""How well do the labels that were added agree with those that were given?

    python benchmarks/agreement.py

The agents of a language model that labelled further documents for training (`data/labels/*_more.tsv`) met,
unknowing, some that were labelled before. Their answers on those are `data/labels/ko_relabelled.tsv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

from texts import OWN, SHARED, rows, without_union

from nordclass.evaluation import KINDS, kind_report

SOURCES = {
    "Korean press releases": "ko_press_labelled.jsonl.xz",
    "Korean newspaper articles": "ko_news_labelled.jsonl.xz",
}


def second_labels() -> dict[str, dict[str, str]]:
    """The rows of the table, by id."""
    with (OWN.parent / "labels" / "ko_relabelled.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines, delimiter="\t")}


def _codes(row: Mapping[str, str], kind: str) -> frozenset[str]:
    return frozenset(row[kind].split(";")) - {""}


def main() -> None:
    """Print the table."""
    again = second_labels()
    print("| | documents | countries: F1 | exact match | regions: F1 | sectors: F1 | exact match |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, file in SOURCES.items():
        first = [without_union(row) for row in rows(file) if row["id"] in again]
        if not first:
            raise SystemExit(f"{file} is needed, in {SHARED}")
        reports = {
            kind: kind_report(
                [frozenset(row[kind]) for row in first], [_codes(again[row["id"]], kind) for row in first]
            )
            for kind in KINDS
        }
        places, regions, sectors = (reports[kind] for kind in KINDS)
        print(
            f"| {name} | {len(first)} | {places.micro.f1:.3f} | {places.exact_match:.3f} | "
            f"{regions.micro.f1:.3f} | {sectors.micro.f1:.3f} | {sectors.exact_match:.3f} |"
        )


if __name__ == "__main__":
    main()
