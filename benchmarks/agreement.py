"""How well do the labels that were added agree with those that were given?

    python benchmarks/agreement.py

The agents of a language model that labelled further documents for training (`data/labels/*_more.tsv`) met,
unknowing, some that were labelled before. Their answers on those are `data/labels/ko_relabelled.tsv`.
"""

from __future__ import annotations

from texts import ROOT, SHARED, rows, without_union

from nordclass import Recipe
from nordclass.evaluation import KINDS, kind_report
from nordclass.training.records import labelled
from nordclass.training.settings import Source
from nordclass.training.sources import read_sources

AGAIN = ROOT / "data" / "labels" / "ko_relabelled.tsv"
SOURCES = {
    "Korean press releases": "ko_press_labelled.jsonl.xz",
    "Korean newspaper articles": "ko_news_labelled.jsonl.xz",
}


def main() -> None:
    """Print the table."""
    print("| | documents | countries: F1 | exact match | regions: F1 | sectors: F1 | exact match |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, file in SOURCES.items():
        if not (SHARED / file).is_file():
            raise SystemExit(f"{file} is needed, in {SHARED}")
        source = Source(str(SHARED / file), labels=str(AGAIN))
        second = list(labelled(read_sources(Recipe(data=(source,)), ROOT).records))
        given = {row["id"]: without_union(row) for row in rows(file)}
        first = list(labelled(given[document.id] for document in second))
        reports = {
            kind: kind_report([getattr(d, kind) for d in first], [getattr(d, kind) for d in second])
            for kind in KINDS
        }
        places, regions, sectors = (reports[kind] for kind in KINDS)
        print(
            f"| {name} | {len(second)} | {places.micro.f1:.3f} | {places.exact_match:.3f} | "
            f"{regions.micro.f1:.3f} | {sectors.micro.f1:.3f} | {sectors.exact_match:.3f} |"
        )


if __name__ == "__main__":
    main()
