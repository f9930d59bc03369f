"""Does the lexicon cost accuracy? F1 of the shipped model on dev with it, and with Kiwi throughout.

    python benchmarks/kiwi_throughout.py [--corpus ../shared/corpus]

With Kiwi each Hangul word of a document gets the terms that Kiwi gives it in that document (where it stands
several times, those it has most often); the rest of the model is the same. Korean dev documents only: English
never sees Kiwi.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import nordclass
from nordclass.text.lexicon import Lexicon
from nordclass.text.normalize import normalize
from nordclass.training.morphemes import analyse

SOURCES: Final = {
    "Korean releases": "ko_press_labelled.jsonl.xz",
    "Korean newspapers": "ko_news_labelled.jsonl.xz",
    "Korean own": "ko_articles.jsonl",
}


class KiwiLexicon(Lexicon):
    """A lexicon whose Hangul words are those of one document, as Kiwi reads them there."""

    def __init__(self, base: Lexicon, text: str) -> None:
        super().__init__({}, base.particles, base.nouns)
        self._base = base
        by_word: dict[str, Counter[str]] = {}
        for (word, terms), count in analyse([normalize(text)[0]], workers=1).runs.items():
            by_word.setdefault(word, Counter())[terms] += count
        self._own = {word: tuple(c.most_common(1)[0][0].split()) for word, c in by_word.items()}

    def read(self, surfaces: Sequence[str]) -> list[tuple[str, ...]]:
        """The terms of each surface: Kiwi's where it has read the word, else the base lexicon's."""
        found = zip(surfaces, self._base.read(surfaces), strict=True)
        return [self._own.get(surface, terms) for surface, terms in found]


class Reading:
    """A classifier that reads each document through its own `KiwiLexicon`."""

    def __init__(self, base: nordclass.Classifier) -> None:
        self.base = base

    def classify(self, text: str, *, title: str | None = None) -> nordclass.Result:
        """As `Classifier.classify`."""
        lexicon = KiwiLexicon(self.base.lexicon, f"{title or ''}\n{text}")
        model = nordclass.Classifier(lexicon, self.base.places, self.base.sectors, self.base.description)
        return model.classify(text, title=title)


def dev_rows(path: Path) -> list[dict[str, Any]]:
    """The measuring documents of a source; the union that one names among the states is left out."""
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8")
    rows = [json.loads(line) for line in text.rstrip("\n").split("\n")]
    return [
        {**row, "countries": [c for c in row["countries"] if c != "EU"]}
        for row in rows
        if row["split"] == "dev"
    ]


def f1(told: list[nordclass.Result], rows: list[dict[str, Any]], kind: str) -> float:
    """Micro-F1 of one kind of label."""
    pairs = [
        ({label.code for label in getattr(result, kind)}, set(row[kind]))
        for result, row in zip(told, rows, strict=True)
    ]
    return 2 * sum(len(a & b) for a, b in pairs) / sum(len(a) + len(b) for a, b in pairs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    corpus = parser.parse_args().corpus
    model = nordclass.load()
    reading = Reading(model)
    print("| source | documents | countries F1: lexicon | Kiwi | sectors F1: lexicon | Kiwi |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, file in SOURCES.items():
        rows = dev_rows(corpus / file)
        both = [[m.classify(r["text"], title=r["title"]) for r in rows] for m in (model, reading)]
        figures = [f"{f1(told, rows, kind):.3f}" for kind in ("countries", "sectors") for told in both]
        print(f"| {name} | {len(rows)} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
