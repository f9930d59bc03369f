"""How well do the labels that were added agree with those that were given?

    python benchmarks/agreement.py

The agents of a language model that labelled further documents for training (`data/labels/*_more.tsv`) met,
unknowing, some that were labelled before. Their answers on those are `data/labels/ko_relabelled.tsv`. Two
others labelled 150 articles, drawn at random, that agents had written and labelled, without seeing those
labels: `data/labels/own_relabelled.tsv`. Two more labelled 60 of the releases about several fields and 80 of
the articles of that kind again: `data/labels/fields_relabelled.tsv`; others 240 of the made-up
news pages and reports: `data/labels/pages_relabelled.tsv`; four more the measuring articles that retell news
and 167 such training articles: `data/labels/stories_relabelled.tsv`, 300 of the clauses:
`data/labels/clauses_relabelled.tsv`, 399 of the passages in which several states have roles:
`data/labels/roles_relabelled.tsv`, 318 of the briefs: `data/labels/briefs_relabelled.tsv`, and the 133
measuring articles with many bystanders: `data/labels/bystanders_relabelled.tsv`. Those that
labelled the countries of lists anew by settled rules (`data/labels/list-rules.md`) met 240 that
had first labels: `data/labels/lists_relabelled.tsv`. Those that read the countries and regions of doubtful
releases once more met 168 releases with first labels of which a
model had told something else, out of fold: `data/labels/doubt_relabelled.tsv`; those that read the sectors of
such releases met 150: `data/labels/doubt_sectors_relabelled.tsv`.
"""

from __future__ import annotations

from pathlib import Path

from texts import ROOT, SHARED, read, without_union

from nordclass import Recipe
from nordclass.metrics import kind_report
from nordclass.result import KINDS
from nordclass.training.records import Labelled, labelled
from nordclass.training.settings import Source
from nordclass.training.sources import read_sources

LABELS = ROOT / "data" / "labels"
CORPUS = ROOT / "data" / "corpus"
SOURCES = {
    "Korean press releases": (SHARED / "ko_press_labelled.jsonl.xz", "ko_relabelled.tsv"),
    "Korean newspaper articles": (SHARED / "ko_news_labelled.jsonl.xz", "ko_relabelled.tsv"),
    "Korean press releases that name three states or more, by rules for lists": (
        SHARED / "ko_press_labelled.jsonl.xz",
        "lists_relabelled.tsv",
    ),
    "Korean press releases that a model did not tell as labelled": (
        SHARED / "ko_press_labelled.jsonl.xz",
        "doubt_relabelled.tsv",
    ),
    "Korean press releases of whose sectors a model was in doubt": (
        SHARED / "ko_press_labelled.jsonl.xz",
        "doubt_sectors_relabelled.tsv",
    ),
    "English retellings": (CORPUS / "en_retold.jsonl", "own_relabelled.tsv"),
    "Korean retellings": (CORPUS / "ko_retold.jsonl", "own_relabelled.tsv"),
    "English newspaper-like articles": (CORPUS / "en_world.jsonl", "own_relabelled.tsv"),
    "Korean newspaper-like articles": (CORPUS / "ko_news.jsonl", "own_relabelled.tsv"),
    "Korean press releases about several fields": (
        SHARED / "ko_press_unlabelled.jsonl.xz",
        "fields_relabelled.tsv",
    ),
    "English articles about several fields": (CORPUS / "en_fields.jsonl", "fields_relabelled.tsv"),
    "Korean articles about several fields": (CORPUS / "ko_fields.jsonl", "fields_relabelled.tsv"),
    "English news pages, made up": (CORPUS / "en_pages.jsonl", "pages_relabelled.tsv"),
    "English releases and reports, made up": (CORPUS / "en_reports.jsonl", "pages_relabelled.tsv"),
    "Korean news retold, measuring": (CORPUS / "ko_unseen.jsonl", "stories_relabelled.tsv"),
    "English news retold, measuring": (CORPUS / "en_unseen.jsonl", "stories_relabelled.tsv"),
    "Korean news retold": (CORPUS / "ko_stories.jsonl", "stories_relabelled.tsv"),
    "English news retold": (CORPUS / "en_stories.jsonl", "stories_relabelled.tsv"),
    "Korean news retold, several fields": (CORPUS / "ko_accords.jsonl", "stories_relabelled.tsv"),
    "English news retold, several fields": (CORPUS / "en_accords.jsonl", "stories_relabelled.tsv"),
    "Korean clauses": (CORPUS / "ko_clauses.jsonl", "clauses_relabelled.tsv"),
    "English clauses": (CORPUS / "en_clauses.jsonl", "clauses_relabelled.tsv"),
    "Korean passages of several roles": (CORPUS / "ko_roles.jsonl", "roles_relabelled.tsv"),
    "English passages of several roles": (CORPUS / "en_roles.jsonl", "roles_relabelled.tsv"),
    "Korean briefs": (CORPUS / "ko_briefs.jsonl", "briefs_relabelled.tsv"),
    "English briefs": (CORPUS / "en_briefs.jsonl", "briefs_relabelled.tsv"),
    "Korean news with many bystanders": (CORPUS / "ko_bystanders.jsonl", "bystanders_relabelled.tsv"),
    "English news with many bystanders": (CORPUS / "en_bystanders.jsonl", "bystanders_relabelled.tsv"),
}
FIRST = {"ko_press_unlabelled.jsonl.xz": "ko_press_fields.tsv"}
"""Tables of the first labels of a file that holds none."""

PLACES = ("countries", "regions")
"""What a source must teach together."""

READ = {
    "lists_relabelled.tsv": ("countries",),
    "doubt_relabelled.tsv": PLACES,
    "doubt_sectors_relabelled.tsv": ("sectors",),
    "clauses_relabelled.tsv": ("sectors",),
}
"""The kinds of label that a table says something of, where it is not all."""


def relabelled(path: Path, table: str) -> list[Labelled]:
    """The documents of `path` that stand in a table of labels, with those labels."""
    kinds = READ.get(table, KINDS)
    learned = PLACES if kinds == ("countries",) else kinds
    source = Source(str(path), labels=str(LABELS / table), kinds=learned)
    return list(labelled(read_sources(Recipe(data=(source,)), ROOT).records))


def main() -> None:
    """Print the table."""
    print("| | documents | countries: F1 | exact match | regions: F1 | sectors: F1 | exact match |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, (path, again) in SOURCES.items():
        if not path.is_file():
            raise SystemExit(f"{path.name} is needed, in {path.parent}")
        second = relabelled(path, again)
        if path.name in FIRST:
            known = {document.id: document for document in relabelled(path, FIRST[path.name])}
            first = [known[document.id] for document in second]
        else:
            given = {row["id"]: without_union(row) for row in read(path)}
            first = list(labelled(given[document.id] for document in second))
        cells = [name, str(len(second))]
        for kind in KINDS:
            before, after = ([getattr(d, kind) for d in these] for these in (first, second))
            told = kind in READ.get(again, KINDS) and any((*before, *after))
            report = kind_report(before, after) if told else None
            cells.append(f"{report.micro.f1:.3f}" if report else "–")
            if kind != "regions":
                cells.append(f"{report.exact_match:.3f}" if report else "–")
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
