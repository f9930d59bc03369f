from __future__ import annotations

from dataclasses import replace

import pytest

import nordclass
from nordclass.metrics import SHARES, SUREST, risk_points, risk_tables, sureness


def test_sureness_is_the_distance_of_the_most_doubtful_decision():
    assert sureness([], 0.5) == SUREST
    assert sureness([0.5, 0.9], 0.5) == 0
    assert sureness([0.9], 0.5) == pytest.approx(2.1972, abs=1e-4)
    assert sureness([0.1, 0.9], 0.5) == pytest.approx(2.1972, abs=1e-4)
    assert sureness([0.99, 0.6], 0.5) < sureness([0.99, 0.7], 0.5)
    assert 0 < sureness([0.0, 1.0], 0.5) < SUREST


def test_a_document_just_at_the_gate_is_not_sure():
    assert sureness([0.61], 0.4, gate=0.6) == pytest.approx(sureness([0.61], 0.6))
    assert sureness([0.59], 0.4, gate=0.6) == pytest.approx(sureness([0.59], 0.6))
    assert sureness([0.99, 0.41], 0.4, gate=0.6) == pytest.approx(sureness([0.41], 0.4))
    assert sureness([0.99, 0.01], 0.4, gate=0.6) == pytest.approx(sureness([0.99, 0.01], 0.4), rel=0.2)
    assert sureness([0.3, 0.41], 0.4, gate=0.6) == pytest.approx(sureness([0.41], 0.6))


def test_points_by_hand():
    a, b = frozenset({"PE"}), frozenset({"CL"})
    none = frozenset()
    points = risk_points([4.0, 3.0, 2.0, 1.0], [a, none, b, b], [a, none, b, a], (1.0, 0.75, 0.5))
    assert [(p.share, p.documents, p.least) for p in points] == [(1.0, 4, 1.0), (0.75, 3, 2.0), (0.5, 2, 3.0)]
    assert [p.precision for p in points] == [2 / 3, 1, 1]
    assert [p.recall for p in points] == [2 / 3, 1, 1]
    assert [p.exact_match for p in points] == [0.75, 1, 1]


def test_nothing_told_is_no_risk():
    (point,) = risk_points([1.0], [frozenset()], [frozenset()], (1.0,))
    assert (point.precision, point.recall, point.exact_match) == (1, 1, 1)
    assert risk_points([], [], []) == []
    assert risk_tables([1.0], [frozenset()], [frozenset()])["told"] == []


def test_the_surest_documents_of_a_model_are_the_rightest(classifier, articles):
    tables = nordclass.risk_coverage(classifier, articles)
    assert tables == nordclass.risk_coverage(classifier, articles, n_jobs=2)
    points = tables["all"]
    assert [point["share"] for point in points] == list(SHARES)
    assert points[0]["documents"] == len(articles)
    report = nordclass.evaluate(classifier, articles).to_dict()["countries"]
    assert points[0]["precision"] == report["precision"]
    assert points[0]["exact_match"] == report["exact_match"]
    assert points[-1]["exact_match"] >= points[0]["exact_match"]
    assert tables["told"][0]["documents"] < len(articles)
    out_of_fold = classifier.description.metrics["risk_coverage"]["all"]
    assert out_of_fold[0]["precision"] == classifier.description.metrics["countries"]["precision"]


def test_a_document_is_as_sure_as_the_gate_of_its_language_lets_it_be(classifier, articles):
    korean = [row for row in articles if row["lang"] == "ko"][:40]

    def least(**gates):
        places = replace(classifier.places, threshold=0.3, **gates)
        model = nordclass.Classifier(classifier.lexicon, places, None, classifier.description)
        return [point["least"] for point in nordclass.risk_coverage(model, korean)["all"]]

    assert least(gate=0.1, gates={"ko": 0.8}) == least(gate=0.8) != least(gate=0.1)


def test_what_cannot_be_measured(classifier):
    with pytest.raises(nordclass.DataError, match="no record has countries"):
        nordclass.risk_coverage(classifier, [{"text": "a", "sectors": []}])
    with pytest.raises(nordclass.DataError, match="no record has labels"):
        nordclass.risk_coverage(classifier, [{"text": "a"}])
    bare = nordclass.Classifier(classifier.lexicon, None, classifier.sectors, classifier.description)
    with pytest.raises(nordclass.DataError, match="tells no countries"):
        nordclass.risk_coverage(bare, [{"text": "a", "countries": []}])
