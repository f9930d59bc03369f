from __future__ import annotations

import random
from dataclasses import replace

import pytest

import nordclass
from nordclass.calibration import (
    FAINT,
    calibration_bins,
    calibration_error_by_chance,
    expected_calibration_error,
)


def test_bins_by_hand():
    bins = calibration_bins([0.0, 0.05, 0.55, 0.59, 1.0], [False, True, True, False, True])
    assert [(b.low, b.high, b.decisions, b.right) for b in bins] == [
        (0.0, 0.1, 2, 0.5),
        (0.5, 0.6, 2, 0.5),
        (0.9, 1.0, 1, 1.0),
    ]
    assert [b.score for b in bins] == pytest.approx([0.025, 0.57, 1.0])
    assert expected_calibration_error(bins) == pytest.approx((2 * 0.475 + 2 * 0.07 + 0) / 5)
    assert bins[0].to_dict() == {"low": 0.0, "high": 0.1, "decisions": 2, "score": 0.025, "right": 0.5}


def test_nothing_decided():
    assert calibration_bins([], []) == []
    assert expected_calibration_error([]) is None


def test_scores_that_are_right_as_often_as_they_say():
    scores = [0.25] * 4 + [0.75] * 4
    assert expected_calibration_error(calibration_bins(scores, [True, *[False] * 3] * 2)) == 0.25
    assert expected_calibration_error(calibration_bins(scores, [True, *[False] * 6, True])) == 0.25
    assert expected_calibration_error(calibration_bins(scores, [True, *[False] * 3, *[True] * 3, False])) == 0


def test_chance_makes_an_error_of_right_scores():
    chance = random.Random(0)
    scores = [chance.random() ** 2 for _ in range(400)]
    drawn = [
        expected_calibration_error(calibration_bins(scores, [chance.random() < score for score in scores]))
        for _ in range(500)
    ]
    assert calibration_error_by_chance(scores) == pytest.approx(sum(drawn) / len(drawn), rel=0.05)
    assert calibration_error_by_chance(scores * 4) == pytest.approx(calibration_error_by_chance(scores) / 2)
    assert calibration_error_by_chance([0.0, 1.0]) == 0
    assert calibration_error_by_chance([]) is None


def gap(decisions):
    """The expected calibration error, worked out another way: bin by bin, by hand."""
    whole = 0.0
    for number in range(10):
        inside = [d for d in decisions if number / 10 <= d[0] < (number + 1) / 10 + (number == 9)]
        if inside:
            whole += abs(sum(score for score, _ in inside) - sum(true for _, true in inside))
    return whole / len(decisions)


def test_calibration_of_a_model(classifier, articles):
    measured = nordclass.calibration_report(classifier, articles)
    assert list(measured) == ["countries", "regions", "sectors"]
    results = [classifier.scores(row["text"], title=row["title"]) for row in articles]
    for kind, found in measured.items():
        decisions = [
            (label.score, label.code in row[kind])
            for row, result in zip(articles, results, strict=True)
            for label in getattr(result, kind)
        ]
        loud = [decision for decision in decisions if decision[0] >= FAINT]
        assert found["decisions"] == len(decisions) == sum(part["decisions"] for part in found["bins"])
        assert found["decisions_above_faint"] == len(loud)
        assert found["error"] == pytest.approx(gap(decisions), abs=1e-4)
        assert found["error_above_faint"] == pytest.approx(gap(loud), abs=1e-4)
        for some, name in ((decisions, "error_by_chance"), (loud, "error_above_faint_by_chance")):
            by_chance = calibration_error_by_chance([score for score, _ in some])
            assert found[name] == pytest.approx(by_chance, abs=1e-4)


def test_sectors_of_a_language_that_was_not_learned_are_no_decisions(classifier, articles):
    head = replace(classifier.sectors, scorers={"ko": classifier.sectors.scorers["ko"]})
    korean = nordclass.Classifier(classifier.lexicon, classifier.places, head, classifier.description)
    rows = [articles[0], articles[-1]]
    assert [row["lang"] for row in rows] == ["ko", "en"]
    assert nordclass.calibration_report(korean, rows)["sectors"]["decisions"] == len(head.labels)
    assert nordclass.calibration_report(korean, rows[1:])["sectors"]["error"] is None


def test_labelled_but_nothing_to_decide(classifier):
    measured = nordclass.calibration_report(
        classifier, [{"text": "A library.", "countries": [], "regions": []}]
    )
    assert list(measured) == ["countries", "regions"]
    assert measured["countries"] == {
        "decisions": 0,
        "error": None,
        "error_by_chance": None,
        "decisions_above_faint": 0,
        "error_above_faint": None,
        "error_above_faint_by_chance": None,
        "bins": [],
    }


def test_what_cannot_be_measured(classifier):
    with pytest.raises(nordclass.DataError, match="no record has labels"):
        nordclass.calibration_report(classifier, [{"text": "Peru"}])
    bare = nordclass.Classifier(classifier.lexicon, None, classifier.sectors, classifier.description)
    with pytest.raises(nordclass.DataError, match="what the model tells"):
        nordclass.calibration_report(bare, [{"text": "Talks with Peru", "countries": ["PE"]}])
    only = nordclass.calibration_report(classifier, [{"text": "Talks with Peru", "countries": ["PE"]}])
    assert list(only) == ["countries"]
