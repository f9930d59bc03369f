"""A page gets the labels of the article in it: furniture gives none, and takes none away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pages import ENGLISH_TEMPLATES, KOREAN_TEMPLATES, PageCase, page, pages

import nordclass
from nordclass.result import Result
from nordclass.text.furniture.spans import furniture

CORPUS = Path(__file__).resolve().parents[3] / "data" / "corpus"
LEAST = 0.98
EACH = 6
"""Articles of the corpus that each template is tried with."""


def labels(result: Result) -> list[set[str]]:
    return [{label.code for label in kind} for kind in (result.countries, result.regions, result.sectors)]


def without_furniture(case: PageCase) -> str:
    ends = [0, *(end for _, end in case.spans)]
    starts = [*(start for start, _ in case.spans), len(case.text)]
    return "".join(case.text[end:start] for end, start in zip(ends, starts, strict=True)).strip()


def share(cases: list[PageCase]) -> float:
    model = nordclass.load()
    other = [
        case.name
        for case in cases
        if labels(model.classify(case.text)) != labels(model.classify(without_furniture(case)))
    ]
    found = 1 - len(other) / len(cases)
    print(f"labels as of the clean article: {found:.1%} of {len(cases)} pages; other: {other}")
    return found


@cache
def corpus_pages() -> list[PageCase]:
    """Articles of the project that have no furniture, each template around some of them."""

    def made() -> Iterator[PageCase]:
        for language, templates in (("ko", KOREAN_TEMPLATES), ("en", ENGLISH_TEMPLATES)):
            lines = (CORPUS / f"{language}_articles.jsonl").read_text(encoding="utf-8").splitlines()
            rows = [row for row in map(json.loads, lines) if row["title"]]
            plain = [row for row in rows if not furniture(f"{row['title']}\n\n{row['text']}")]
            for number, (outlet, template) in enumerate(templates.items()):
                for row in plain[number :: len(plain) // EACH][:EACH]:
                    yield page(outlet, template, row["title"], row["text"])

    return list(made())


def test_pages_of_made_up_articles_are_labelled_like_the_articles() -> None:
    cases = list(pages())
    assert len(cases) >= 100
    assert share(cases) >= LEAST


def test_pages_of_the_corpus_are_labelled_like_its_articles() -> None:
    cases = corpus_pages()
    assert len(cases) >= 100
    assert share(cases) >= LEAST
