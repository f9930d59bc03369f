"""Pages by one who knew neither rules nor templates: labels as of the article alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import nordclass
from nordclass.files import read
from nordclass.result import KINDS, Result

BLIND = Path(__file__).resolve().parents[2] / "data" / "pages" / "blind"


def codes(result: Result) -> list[set[str]]:
    return [{label.code for label in getattr(result, kind)} for kind in KINDS]


@pytest.mark.parametrize(("suffix", "countries", "every"), [(".txt", 0.75, 0.7), (".html", 0.9, 0.85)])
def test_blind_pages_are_labelled_like_their_articles(suffix: str, countries: float, every: float) -> None:
    model = nordclass.load()
    pages = sorted((BLIND / "pages").glob(f"*{suffix}"))
    assert len(pages) == 24
    same, whole, other = 0, 0, []
    for page in pages:
        record = next(iter(read([str(page)])))
        article = (BLIND / "articles" / f"{page.stem}.txt").read_text(encoding="utf-8")
        told = codes(model.classify(record.text, title=record.title))
        alone = codes(model.classify(article))
        same += told[0] == alone[0]
        whole += told == alone
        if told != alone:
            other.append(page.name)
    print(f"{suffix}: countries {same}, all labels {whole} of {len(pages)}; other: {other}")
    assert same >= countries * len(pages)
    assert whole >= every * len(pages)
