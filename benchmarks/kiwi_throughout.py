"""Does the lexicon cost accuracy? F1 of the shipped model on dev with it, and with Kiwi throughout.

    python benchmarks/kiwi_throughout.py

With Kiwi each Hangul word of a document gets the terms that Kiwi gives it in that document (where it stands
several times, those it has most often); the rest of the model is the same. Korean dev documents only: English
never sees Kiwi.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from texts import Row, rows, without_union

import nordclass
from nordclass.evaluation import kind_report
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


def dev_rows(file: str) -> list[Row]:
    """The measuring documents of a source; the union that one names among the states is left out."""
    return [without_union(row) for row in rows(file) if row["split"] == "dev"]


def f1(told: list[nordclass.Result], documents: list[Row], kind: str) -> float:
    """Micro-F1 of one kind of label."""
    return kind_report(
        [frozenset(row[kind]) for row in documents],
        [frozenset(label.code for label in getattr(result, kind)) for result in told],
    ).micro.f1


def main() -> None:
    """Print the table."""
    model = nordclass.load()
    reading = Reading(model)
    print("| source | documents | countries F1: lexicon | Kiwi | sectors F1: lexicon | Kiwi |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, file in SOURCES.items():
        documents = dev_rows(file)
        both = [[m.classify(r["text"], title=r["title"]) for r in documents] for m in (model, reading)]
        figures = [f"{f1(told, documents, kind):.3f}" for kind in ("countries", "sectors") for told in both]
        print(f"| {name} | {len(documents)} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
