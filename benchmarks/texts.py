"""The texts that are measured: the project's articles and, where it is there, ../shared/corpus."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "data" / "corpus"
SHARED = ROOT.parent / "shared" / "corpus"
SIZE = 1500
"""Characters of a measured text."""

Row = dict[str, Any]


def read(path: Path) -> Iterator[Row]:
    """The records of a JSON Lines file, packed or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def rows(name: str) -> Iterator[Row]:
    """The rows of a file of either corpus; none when it is not there."""
    for path in (OWN / name, SHARED / name):
        if path.is_file():
            yield from read(path)
            return


def without_union(row: Row) -> Row:
    """The row without the European Union among its countries, where one release names it."""
    if "EU" not in row.get("countries", ()):
        return row
    return {**row, "countries": [code for code in row["countries"] if code != "EU"]}


def labelled(language: str, split: str) -> list[Row]:
    """Articles labelled with countries and sectors."""
    names = [
        f"{language}_articles.jsonl",
        f"{language}_news_labelled.jsonl.xz",
        f"{language}_press_labelled.jsonl.xz",
    ]
    return [without_union(row) for name in names for row in rows(name) if row.get("split") == split]


def articles(language: str, count: int) -> list[tuple[str, str]]:
    """`count` pairs of title and text of 1,500 characters ("ko", "en"; "mixed" takes turns).

    Where an article is shorter, the one before it follows. Half are the project's own, half newspaper
    articles, or press releases, of the shared corpus.
    """
    if language == "mixed":
        pairs = zip(articles("ko", count // 2), articles("en", count // 2), strict=True)
        return [article for pair in pairs for article in pair]
    others = {
        "ko": ("ko_news_unlabelled.jsonl.xz", "ko_press_unlabelled.jsonl.xz"),
        "en": ("en_news_labelled.jsonl.xz",),
    }
    sources = [islice(rows(f"{language}_articles.jsonl"), count)]
    sources += [islice(rows(name), count) for name in others[language]]
    found: list[tuple[str, str]] = []
    before = ""
    for turn in zip_longest(*sources):
        for row in filter(None, turn):
            text = f"{row['text']}\n{before}"[:SIZE]
            before = row["text"]
            if len(text) > SIZE * 0.9:
                found.append((row["title"], text))
    return (found * (count // len(found) + 1))[:count]


def changed(row: Row, number: int) -> Row:
    """Another document made of this one: sentences in another order, a tenth left out, a number put in."""
    chance = random.Random(number)
    sentences = re.split(r"(?<=[.!?])\s+", row["text"])
    kept = [s for s in sentences if chance.random() > 0.1] or sentences
    chance.shuffle(kept)
    return {**row, "id": str(number), "text": " ".join([*kept, f"({number})"])}
