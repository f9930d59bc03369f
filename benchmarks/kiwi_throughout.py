"""Does the lexicon cost accuracy? The shipped model on dev with it, and with Kiwi throughout.

    python benchmarks/kiwi_throughout.py

With Kiwi each Hangul word of a document gets the terms that Kiwi gives it in that document (where it stands
several times, those it has most often); the rest of the model is the same. F1 is that of what is told,
average precision that of the scores (`ranking.py`), which no cut touches. Korean dev documents only: English
never sees Kiwi.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from ranking import average_precision, by_code, written
from texts import Row, rows, without_union

import nordclass
from nordclass.metrics import kind_report
from nordclass.text.lexicon import Lexicon
from nordclass.text.normalize import normalize
from nordclass.training.morphemes import analyse

SOURCES: Final = {
    "Korean releases": "ko_press_labelled.jsonl.xz",
    "Korean newspapers": "ko_news_labelled.jsonl.xz",
    "Korean own": "ko_articles.jsonl",
}

KINDS: Final = {"countries": 0, "sectors": 2}
"""The kinds of label that are measured, and where a classifier gives them (`nordclass.result.KINDS`)."""


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


def with_kiwi(model: nordclass.Classifier, row: Row) -> nordclass.Classifier:
    """The model with a `KiwiLexicon` of one document."""
    lexicon = KiwiLexicon(model.lexicon, f"{row['title'] or ''}\n{row['text']}")
    return nordclass.Classifier(lexicon, model.places, model.sectors, model.description)


def dev_rows(file: str) -> list[Row]:
    """The measuring documents of a source; the union that one names among the states is left out."""
    return [without_union(row) for row in rows(file) if row["split"] == "dev"]


def figures(models: list[nordclass.Classifier], documents: list[Row]) -> dict[str, str]:
    """Micro-F1 and average precision of each kind of label, each document read by its own model."""
    read = [
        model.assess(row["text"], title=row["title"]).kinds
        for model, row in zip(models, documents, strict=True)
    ]
    found = {}
    for kind, place in KINDS.items():
        true = [frozenset(row[kind]) for row in documents]
        scored = [kinds[place] for kinds in read]
        told = [frozenset(label.code for label in one.told()) for one in scored]
        ranked = average_precision(zip(map(by_code, scored), true, strict=True))
        found[kind] = f"{kind_report(true, told).micro.f1:.3f}, {written(ranked)}"
    return found


def main() -> None:
    """Print the table."""
    model = nordclass.load()
    print("F1, average precision\n")
    print("| source | documents | countries: lexicon | Kiwi | sectors: lexicon | Kiwi |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, file in SOURCES.items():
        documents = dev_rows(file)
        lexicon = figures([model] * len(documents), documents)
        kiwi = figures([with_kiwi(model, row) for row in documents], documents)
        columns = [way[kind] for kind in KINDS for way in (lexicon, kiwi)]
        print(f"| {name} | {len(documents)} | {' | '.join(columns)} |", flush=True)


if __name__ == "__main__":
    main()
