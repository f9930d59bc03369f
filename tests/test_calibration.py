from __future__ import annotations

import pytest

import nordclass
from nordclass.calibration import FAINT, calibration_bins, expected_calibration_error


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
    assert expected_calibration_error([]) == 0


def test_scores_that_are_right_as_often_as_they_say():
    scores = [0.25] * 4 + [0.75] * 4
    assert expected_calibration_error(calibration_bins(scores, [True, *[False] * 3] * 2)) == 0.25
    assert expected_calibration_error(calibration_bins(scores, [True, *[False] * 6, True])) == 0.25
    assert expected_calibration_error(calibration_bins(scores, [True, *[False] * 3, *[True] * 3, False])) == 0


def test_calibration_of_a_model(classifier, articles):
    measured = nordclass.calibration_report(classifier, articles)
    assert list(measured) == ["countries", "regions", "sectors"]
    results = [classifier.scores(row["text"], title=row["title"]) for row in articles]
    for kind, found in measured.items():
        scores = [label.score for result in results for label in getattr(result, kind)]
        assert found["decisions"] == len(scores) == sum(part["decisions"] for part in found["bins"])
        assert found["decisions_above_faint"] == sum(score >= FAINT for score in scores)
        assert 0 <= found["error"] <= found["error_above_faint"] <= 1


def test_what_cannot_be_measured(classifier):
    with pytest.raises(nordclass.DataError, match="no record is labelled"):
        nordclass.calibration_report(classifier, [{"text": "Peru"}])
    only = nordclass.calibration_report(classifier, [{"text": "Talks with Peru", "countries": ["PE"]}])
    assert list(only) == ["countries"]
