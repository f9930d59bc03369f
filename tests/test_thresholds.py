from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import nordclass
from nordclass.model.classifier import Scored
from nordclass.result import Label
from nordclass.thresholds import FEWEST, KnownLabels, lowest_threshold
from nordclass.training.records import labelled


def test_the_lowest_cut_that_reaches_the_target():
    scored = [(0.9, True)] * 12 + [(0.6, True)] * 6 + [(0.5, False)] * 2 + [(0.4, True)] * 10
    assert lowest_threshold(scored, 0.9) == 0.2  # 28 of 30 are right
    assert lowest_threshold(scored, 0.95) == 0.501
    assert lowest_threshold(scored + [(0.3, False)] * 9, 0.9) == 0.301
    assert lowest_threshold([(0.9, True)] * (FEWEST - 1), 0.5) is None  # too few to prove anything
    assert lowest_threshold([(0.9, False)] * 50, 0.5) is None
    assert lowest_threshold([], 0.5) is None


def cut(*documents, gate, before, target):
    """`KnownLabels.cuts` of countries over documents, each given as {code: score} and the true codes."""
    gold = list(labelled({"text": "a", "countries": sorted(right)} for _, right in documents))
    scored = [
        (
            Scored.of(
                [(Label(code, score, code, code), before) for code, score in found.items()],
                max(found.values()),
                gate,
            ),
            Scored(),
            Scored(),
        )
        for found, _ in documents
    ]
    (found,), left = KnownLabels.of("countries", list(zip(gold, scored, strict=True))).cuts(
        {"": before}, target
    )
    return found, left


def test_a_gate_goes_where_more_labels_are_right_without_it():
    sure = [({"PE": 0.9}, {"PE"})] * 12
    doubtful = [({"CL": 0.6}, {"CL"})] * 12
    found, left = cut(*sure, *doubtful, gate=0.8, before=0.5, target=0.9)
    assert (left, found.told, found.reached) == (False, 24, True)
    found, left = cut(*sure, *[({"CL": 0.6}, set())] * 12, gate=0.8, before=0.5, target=0.9)
    assert (left, found.told, found.after) == (True, 12, 0.2)  # the gate alone keeps the false ones out


def test_a_gate_goes_where_the_target_is_reached_without_it_alone():
    mixed = [({"PE": 0.9, "CL": 0.35, "BO": 0.34}, {"PE"})] * 9
    found, left = cut(*mixed, *[({"PE": 0.7}, {"PE"})] * 2, gate=0.8, before=0.3, target=0.9)
    assert (left, found.told, found.precision, found.reached) == (False, 11, 1.0, True)


@pytest.fixture(scope="module")
def dev():
    corpus = Path(__file__).resolve().parent.parent / "data" / "corpus"
    lines = [line for path in sorted(corpus.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [row for row in map(json.loads, lines) if row.get("split") == "dev"]


def test_precision_reaches_the_target(classifier, dev, tmp_path):
    changed, cuts = nordclass.rethreshold(classifier, dev, 0.8)
    changed.save(tmp_path / "careful")
    careful = nordclass.load(tmp_path / "careful")
    report = nordclass.evaluate(careful, dev).to_dict()
    assert careful.places.threshold == cuts[0].after != classifier.places.threshold
    assert careful.places.region_threshold == cuts[1].after
    assert [cut.label for cut in cuts[2:]] == list(classifier.sectors.labels)
    assert any(cut.reached for cut in cuts[2:])
    assert not all(cut.reached for cut in cuts[2:])
    for cut in cuts:
        figures = report[cut.kind]["labels"].get(cut.label, {}) if cut.label else report[cut.kind]
        if cut.reached:
            assert cut.precision >= 0.8
            assert cut.told >= FEWEST
            assert figures["precision"] == cut.precision
            assert figures["recall"] == cut.recall
        else:
            assert cut.after == pytest.approx(cut.before, abs=1e-4)
    assert careful.name == f"{classifier.name}+p0.8"
    assert careful.description.metrics["countries"]["precision"] == report["countries"]["precision"]
    assert careful.description.settings["thresholds"]["target_precision"] == 0.8
    assert "risk_coverage" not in careful.description.metrics


@pytest.fixture(scope="module")
def gated(classifier):
    return nordclass.Classifier(
        classifier.lexicon,
        replace(classifier.places, gate=0.8, gates={"en": 0.8}),
        replace(classifier.sectors, gate=0.7, gates={"ko": 0.7}),
        classifier.description,
    )


def test_a_gate_stays_where_no_threshold_is_new(gated, dev):
    few = [row | {"countries": [], "sectors": []} for row in dev[:40]]  # so nothing told is right
    kept, cuts = nordclass.rethreshold(gated, few, 0.9)
    assert not any(cut.reached for cut in cuts)
    assert (kept.places.gate, kept.sectors.gate) == (0.8, 0.7)
    answers = [kept.classify(row["text"], title=row["title"]) for row in few]
    assert cuts[0].told == sum(len(answer.countries) for answer in answers)
    assert sum(cut.told for cut in cuts if cut.kind == "sectors") == sum(len(a.sectors) for a in answers)
    report = nordclass.evaluate(kept, few).to_dict()
    for kind in ("countries", "sectors"):
        assert kept.description.metrics[kind]["false_alarm"] == report[kind]["false_alarm"]


def test_a_gate_stays_unless_the_kind_reaches_the_target_without_it(gated, dev):
    changed, _ = nordclass.rethreshold(gated, dev, 0.5)
    assert (changed.places.gate, changed.sectors.gate) == (0.0, 0.0)
    assert (changed.places.gates, changed.sectors.gates) == ({}, {})
    careful, cuts = nordclass.rethreshold(gated, dev, 0.93)  # too much for most sectors
    sectors = [cut for cut in cuts if cut.kind == "sectors"]
    assert {cut.reached for cut in sectors} == {True, False}
    assert careful.sectors.gate == 0.7
    report = nordclass.evaluate(careful, dev).to_dict()
    ungated = nordclass.Classifier(
        careful.lexicon, careful.places, replace(careful.sectors, gate=0.0, gates={}), careful.description
    )
    assert report["sectors"]["precision"] > nordclass.evaluate(ungated, dev).to_dict()["sectors"]["precision"]
    assert report["sectors"]["precision"] == careful.description.metrics["sectors"]["precision"]
    for cut in sectors:
        figures = report["sectors"]["labels"].get(cut.label, {})
        assert (figures.get("precision") or None) == (cut.precision or None)


def test_kinds_that_are_not_labelled_keep_their_thresholds(classifier, dev):
    rows = [{"text": row["text"], "title": row["title"], "countries": row["countries"]} for row in dev[:60]]
    changed, cuts = nordclass.rethreshold(classifier, rows, 0.8)
    assert [(cut.kind, cut.label) for cut in cuts] == [("countries", "")]
    assert changed.sectors is classifier.sectors
    assert changed.description.metrics["sectors"] == classifier.description.metrics["sectors"]


def test_what_cannot_be(classifier):
    with pytest.raises(nordclass.DataError, match="no record has labels"):
        nordclass.rethreshold(classifier, [{"text": "a"}], 0.9)
    with pytest.raises(ValueError, match="above 0"):
        nordclass.rethreshold(classifier, [{"text": "a", "countries": []}], 1.5)


def test_uncertain_labels_are_those_near_their_threshold(classifier, dev, margins):
    margin = classifier.description.margin
    assert margin == 0.1
    seen = 0
    for row in dev[:60]:
        every = classifier.scores(row["text"], title=row["title"])
        found = margins(classifier, row["text"], row["title"])
        expected = tuple(label for label, own in found if abs(own) <= margin)
        assert every.uncertain == expected
        assert classifier.classify(row["text"], title=row["title"]).uncertain == expected
        seen += len(expected)
    assert seen > 10
