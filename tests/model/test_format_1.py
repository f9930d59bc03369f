"""A model of format 1, made once and kept: every later version must read it and answer the same.

The answers are those of its parts to fixed input, so that a better table of names or a new furniture rule
changes nothing here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nordclass

DATA = Path(__file__).resolve().parents[1] / "data"
KNOWN = json.loads((DATA / "model_format_1_answers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kept() -> nordclass.Classifier:
    return nordclass.load(DATA / "model_format_1")


def answers(model: nordclass.Classifier) -> dict[str, Any]:
    """What each part of `model` says to input made of its own vocabulary."""
    assert model.places is not None
    assert model.sectors is not None
    found: dict[str, Any] = {
        "name": model.name,
        "thresholds": [model.places.threshold, model.places.region_threshold],
        "labels": list(model.sectors.labels),
        "lexicon": {
            word: list(model.lexicon.terms(word)) for word in ("협력을", "양국은", "countries", "zzz")
        },
    }
    scorers = {"places": model.places.scorer, **model.sectors.scorers}
    for name, scorer in scorers.items():
        bags = {f.name: list(f.terms[:6]) * 2 + list(f.terms[-3:]) for f in scorer.vectorizer.fields}
        found[name] = [round(float(x), 3) for x in scorer.logits(bags)]
    for name, trees in (("places", model.places.combiner), ("sectors", model.sectors.combiner)):
        columns = int(trees.column.max()) + 1
        rows = np.linspace(-3, 3, 4 * columns, dtype=np.float32).reshape(4, columns)
        found[f"{name} trees"] = [round(float(x), 3) for x in trees.logits(rows)]
    return found


def test_answers_as_when_it_was_made(kept: nordclass.Classifier) -> None:
    assert answers(kept) == KNOWN


def test_labels_documents(kept: nordclass.Classifier) -> None:
    result = kept.scores("Korea and Kenya signed an agreement on a geothermal plant in Nairobi.")
    assert [label.code for label in result.countries] == ["KE"]
    assert {label.code for label in result.sectors} == set(KNOWN["labels"])
