"""Models of each format, made once and kept: every later version must read them and answer the same.

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
from nordclass.mentions.candidates import Candidate
from nordclass.model.store import FORMAT

DATA = Path(__file__).resolve().parents[1] / "data"
FORMATS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


def kept(number: int) -> nordclass.Classifier:
    return nordclass.load(DATA / f"model_format_{number}")


def known(number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (DATA / f"model_format_{number}_answers.json").read_text(encoding="utf-8")
    )
    return found


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
    scorers = {"places": model.places.scorer}
    scorers |= {language: scorer.linear for language, scorer in model.sectors.scorers.items()}
    for name, scorer in scorers.items():
        bags = {f.name: list(f.terms[:6]) * 2 + list(f.terms[-3:]) for f in scorer.vectorizer.fields}
        found[name] = [round(float(x), 3) for x in scorer.logits(bags)]
    for name, trees in (("places", model.places.combiner), ("sectors", model.sectors.combiner)):
        columns = int(trees.column.max()) + 1
        rows = np.linspace(-3, 3, 4 * columns, dtype=np.float32).reshape(4, columns)
        found[f"{name} trees"] = [round(float(x), 3) for x in trees.logits(rows)]
    if model.places.reader:
        embedding, network = model.places.reader.embedding, model.places.reader.network
        found["gates"] = [model.places.gate, model.sectors.gate]
        means = embedding.means([embedding.terms[:6], embedding.terms[3:30], ["zzz"]])
        found["meanings"] = [[round(float(x), 3) for x in row] for row in means]
        columns = len(network.center)
        rows = np.linspace(-3, 3, 4 * columns, dtype=np.float32).reshape(4, columns)
        inputs = len(network.hidden) - columns
        meant = np.linspace(-1, 1, 4 * inputs, dtype=np.float32).reshape(4, inputs)
        found["network"] = [round(float(x), 2) for x in network.logits(meant, rows)]
    if mentions := model.places.mentions:
        vectorizer = model.places.scorer.vectorizer
        near, window = (list(vectorizer.field(name).terms[:9:2]) for name in ("near", "window"))
        bags = {"near": near, "window": window}
        made = Candidate("PE", bags, (), frozenset(), ((), (), ()), ([2, 0, 3], [0, 1, 4]))
        found["mentions"] = [round(float(x), 3) for x in mentions.scores([made])[0]]
    if model.sectors.sure_partner:
        found["sure partner"] = model.sectors.sure_partner
    if presence := model.sectors.presence:
        rows = np.linspace(-3, 3, 4 * len(presence.weights), dtype=np.float32).reshape(4, -1)
        found["presence"] = [round(presence.probability(row), 3) for row in rows]
    for language, scorer in model.sectors.scorers.items():
        if scorer.passages or scorer.neighbours:
            found["gates by language"] = [model.places.gates, model.sectors.gates]
            running = tuple(scorer.linear.vectorizer.field("text").terms) * 4
            reading = scorer.read({"text": running[::3]}, running)
            found[f"{language} passages"] = [round(float(x), 3) for x in reading.passages]
            found[f"{language} near"] = [round(float(x), 3) for x in reading.near]
            if scorer.register:
                found[f"{language} release"] = round(reading.release, 3)
    return found


@pytest.mark.parametrize("number", FORMATS)
def test_answers_as_when_it_was_made(number: int) -> None:
    assert answers(kept(number)) == known(number)


@pytest.mark.parametrize("number", FORMATS)
def test_labels_documents(number: int) -> None:
    result = kept(number).scores("Korea and Kenya signed an agreement on a geothermal plant in Nairobi.")
    assert [label.code for label in result.countries] == ["KE"]
    assert {label.code for label in result.sectors} == set(known(number)["labels"])


def test_the_format_of_today_is_kept() -> None:
    assert max(FORMATS) == FORMAT
