"""`NordClassifier` on few documents whose sectors are unions of the shipped ones: F1 by `sector_weight`.

    python benchmarks/own_sectors.py

Learned from 100, 200 and 400 of the project's train articles and measured on 500 others, no dev article among
them; the mean of five divisions. The shipped model has learned from all of these, and what it says of them
would flatter: in its place stands a model of its recipe whose sectors are learned without these articles and
what retells or translates them. Needs ../shared/corpus and a quarter of an hour.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import mean
from typing import Any, Final
from unittest.mock import patch

from sklearn.metrics import f1_score
from sklearn.preprocessing import MultiLabelBinarizer
from texts import ROOT, Row, rows

from nordclass import Classifier, NordClassifier, load, train
from nordclass.training.settings import read_recipe
from nordclass.training.sources import read_sources

UNIONS: Final[Mapping[str, Sequence[str]]] = {
    "economy": ("trade", "finance", "sme", "manufacturing", "tourism"),
    "nature": ("agriculture", "fisheries", "forestry", "environment", "water"),
    "resources": ("energy", "minerals"),
    "technology": ("ict", "science"),
    "people": ("health", "education", "labour", "culture"),
    "building": ("transport", "construction"),
    "state": ("diplomacy", "governance", "security", "humanitarian"),
}
SIZES: Final = (100, 200, 400)
TESTED: Final = 500
WEIGHTS: Final = (0.0, 0.25, 0.5, 1.0, 2.0)
DIVISIONS: Final = 5

_UNION: Final = {sector: union for union, sectors in UNIONS.items() for sector in sectors}
_BINARIZER: Final = MultiLabelBinarizer(classes=list(UNIONS)).fit([])


def articles() -> list[Row]:
    """The project's train articles in both languages."""
    every = [row for language in ("ko", "en") for row in rows(f"{language}_articles.jsonl")]
    return [row for row in every if row["split"] == "train"]


def stand_in(unseen: Sequence[Row]) -> Classifier:
    """The shipped model, but for sectors that are learned without the articles `unseen`."""
    folder = ROOT / "models" / "base"
    recipe = read_recipe(folder / "recipe.toml")
    sources = {row.get("source") or row["id"] for row in unseen}
    corpus = read_sources(recipe, folder)
    records = [
        {**record, "countries": None, "regions": None}
        for record in corpus.records
        if not sources & {record.get("source"), record["group"], record["id"]}
    ]
    recipe = replace(recipe, folds=5, lexicon=replace(recipe.lexicon, learn=False))
    return train(records, recipe=recipe, base=load(), dictionary=corpus.dictionary)


def unions(sectors: Sequence[str]) -> set[str]:
    """The unions of some sectors."""
    return {_UNION[sector] for sector in sectors}


def measure(every: Sequence[Row], seed: int, weights: Sequence[float], **setting: Any) -> list[list[float]]:
    """Micro-F1 for each of `SIZES` and `weights`, on articles of a division."""
    order = random.Random(seed).sample(every, len(every))
    texts = [f"{row['title']}\n{row['text']}" for row in order]
    labels = _BINARIZER.transform([unions(row["sectors"]) for row in order])
    found = []
    for size in SIZES:
        learned = slice(TESTED, TESTED + size)
        models = [
            NordClassifier(sector_weight=weight, **setting).fit(texts[learned], labels[learned])
            for weight in weights
        ]
        told = [model.predict(texts[:TESTED]) for model in models]
        found.append([f1_score(labels[:TESTED], each, average="micro") for each in told])
    return found


def mapped(model: Classifier, every: Sequence[Row]) -> float:
    """Micro-F1 of the unions of the sectors that a model tells, without learning anything."""
    told = [unions([s.code for s in model.classify(r["text"], title=r["title"]).sectors]) for r in every]
    labels = _BINARIZER.transform([unions(row["sectors"]) for row in every])
    return float(f1_score(labels, _BINARIZER.transform(told), average="micro"))


def main() -> None:
    """Print the table."""
    every = articles()
    model = stand_in(every)
    with patch("nordclass.model.store._shipped", lambda: model):
        found = [measure(every, seed, WEIGHTS) for seed in range(DIVISIONS)]
    print("| documents | " + " | ".join(f"`sector_weight={weight}`" for weight in WEIGHTS) + " |")
    print("|--:|" + "--:|" * len(WEIGHTS))
    for size, of_size in zip(SIZES, zip(*found, strict=True), strict=True):
        means = [mean(values) for values in zip(*of_size, strict=True)]
        print(f"| {size} | " + " | ".join(f"{value:.3f}" for value in means) + " |")
    print(f"\nThe unions of the sectors that the model tells: {mapped(model, every):.3f}")


if __name__ == "__main__":
    main()
