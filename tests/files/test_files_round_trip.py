"""The same article in every format gets the same labels from the shipped model."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from article_writers import WRITERS, Article, plain, write_all

import nordclass
from nordclass.files import Record, read
from nordclass.result import Result

CORPUS = Path(__file__).resolve().parents[2] / "data" / "corpus"
EACH = 20
LEAST_FOR_PDF = 0.95

Labels = tuple[frozenset[str], ...]


def labels(result: Result) -> Labels:
    return tuple(
        frozenset(label.code for label in kind) for kind in (result.countries, result.regions, result.sectors)
    )


@cache
def some_articles() -> list[Article]:
    """Articles of the project, spread over both files."""
    articles = []
    for language in ("ko", "en"):
        lines = (CORPUS / f"{language}_articles.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [row for row in map(json.loads, lines) if row["title"] and row["text"]]
        chosen = rows[:: len(rows) // EACH][:EACH]
        articles += [Article(row["title"], row["text"], language) for row in chosen]
    return articles


def test_every_format_gives_the_labels_of_the_article(tmp_path: Path) -> None:
    model = nordclass.load()
    same: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for number, article in enumerate(some_articles()):
        expected = labels(model.classify(plain(article)))
        for path in write_all(tmp_path / str(number), article):
            (record,) = read([str(path)])
            assert isinstance(record, Record), record
            tried[path.name] += 1
            same[path.name] += labels(model.classify(record.text, title=record.title)) == expected
    shares = {name: same[name] / tried[name] for name in WRITERS}
    for name, share in shares.items():
        print(f"{name:20} {same[name]:3} of {tried[name]:3} = {share:.1%}")
    assert all(tried[name] >= EACH for name in WRITERS)
    assert {name: share for name, share in shares.items() if share < _least(name)} == {}


def _least(name: str) -> float:
    return LEAST_FOR_PDF if name.endswith(".pdf") else 1.0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_title_may_stand_in_the_first_line(language: str) -> None:
    """Formats with no place for a title say the same as those with one."""
    model = nordclass.load()
    for article in some_articles():
        if article.language == language:
            given = labels(model.classify(article.text, title=article.title))
            assert labels(model.classify(plain(article))) == given, article.title
            assert labels(model.classify(f"{article.title}\n{article.text}")) == given, article.title
