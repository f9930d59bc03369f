from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_recall_fscore_support

from nordclass import Classifier, DataError, Label, evaluate
from nordclass.cli.figures import figures
from nordclass.metrics import KindReport, LabelFigures, kind_report
from nordclass.model.classifier import Assessment, Scored
from nordclass.text.document import Document

SETS = st.frozensets(st.sampled_from("abcd"))


class Told(Classifier):
    """A classifier that tells what it is told to tell."""

    def __init__(self, *kinds: tuple[Scored, Scored, Scored]) -> None:
        self.kinds = iter(kinds)
        self.seen: list[object] = []

    def assess(self, text, *, title=None):
        self.seen.append((title, text))
        return Assessment(text, title, Document.read(text, title), next(self.kinds))


def told(countries="", sectors=""):
    """What is told, and beside it a country and a sector that are not."""

    def labels(codes):
        return Scored.of(
            (Label(code, 0.9 - 0.4 * (code in ("ZW", "water")), code, code), 0.6) for code in codes
        )

    return labels([*countries.split(), "ZW"]), Scored(), labels([*sectors.split(), "water"])


def sets(text: str) -> list[frozenset[str]]:
    return [frozenset(part) for part in text.split("/")]


def test_people_see_figures_that_are_rounded_once():
    hits, alike = 1850, LabelFigures(1850, 1, 0)
    report = KindReport(hits, alike, 1.0, 1.0, 1.0, None, {})
    assert report.to_dict()["precision"] == 0.9995
    assert report.to_dict(None)["precision"] == hits / (hits + 1)
    assert "0.999" in figures({"countries": report.to_dict(None)})
    assert report.to_dict(2)["precision"] == 1.0


def test_figures_counted_by_hand():
    #                        right  one false  one missed  all wrong  false alarm  rightly silent
    report = kind_report(sets("a/a/ab/c//"), sets("a/ab/a/d/a/"))
    assert report.documents == 6
    assert (report.micro.hits, report.micro.false, report.micro.missed) == (3, 3, 2)
    assert report.micro.precision == pytest.approx(3 / 6)
    assert report.micro.recall == pytest.approx(3 / 5)
    assert report.micro.f1 == pytest.approx(6 / 11)
    assert report.labels == {
        "a": LabelFigures(3, 1, 0),
        "b": LabelFigures(0, 1, 1),
        "c": LabelFigures(0, 0, 1),
        "d": LabelFigures(0, 1, 0),
    }
    # d is never true, so it is no part of the mean over labels.
    assert report.macro_f1 == pytest.approx((6 / 7 + 0 + 0) / 3)
    assert report.example_f1 == pytest.approx((1 + 2 / 3 + 2 / 3 + 0 + 0 + 1) / 6)
    assert report.exact_match == pytest.approx(2 / 6)
    assert report.false_alarm == pytest.approx(1 / 2)


def test_plain_figures():
    report = kind_report(sets("a/a/ab"), sets("a/b/a")).to_dict()
    assert report == {
        "documents": 3,
        "precision": 0.6667,
        "recall": 0.5,
        "f1": 0.5714,
        "support": 4,
        "macro_f1": 0.4,
        "example_f1": 0.5556,
        "exact_match": 0.3333,
        "false_alarm": None,
        "labels": {
            "a": {"precision": 1.0, "recall": 0.6667, "f1": 0.8, "support": 3},
            "b": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "support": 1},
        },
    }


@settings(deadline=None)
@given(st.lists(st.tuples(SETS, SETS), min_size=1, max_size=30))
def test_figures_are_those_of_scikit_learn(pairs):
    gold, answer = (
        np.array([[label in s for label in "abcd"] for s in side]) for side in zip(*pairs, strict=True)
    )
    report = kind_report(*map(list, zip(*pairs, strict=True)))
    micro = precision_recall_fscore_support(gold, answer, average="micro", zero_division=0)[:3]
    assert (report.micro.precision, report.micro.recall, report.micro.f1) == pytest.approx(micro)
    real = np.flatnonzero(gold.any(axis=0))
    if len(real):
        macro = f1_score(gold, answer, average="macro", labels=real, zero_division=0)
        assert report.macro_f1 == pytest.approx(macro)
    by_example = [f1_score(g, a, zero_division=1) for g, a in zip(gold, answer, strict=True)]
    assert report.example_f1 == pytest.approx(np.mean(by_example))
    assert report.exact_match == pytest.approx((gold == answer).all(axis=1).mean())


def test_no_documents_and_lists_of_different_length():
    assert kind_report([], []).to_dict()["f1"] == 0
    with pytest.raises(ValueError):
        kind_report(sets("a/b"), sets("a"))


def test_evaluation_compares_each_kind_on_the_documents_that_are_labelled_with_it():
    records = [
        {"title": "t", "text": "1", "countries": ["VN"], "sectors": ["ict"]},
        {"text": "2", "countries": "PE;CU"},
        {"text": "3", "sectors": "own"},
    ]
    classifier = Told(told("VN", "ict health"), told("PE", "ict"), told("JP", "own"))
    report = evaluate(classifier, iter(records))
    assert classifier.seen == [("t", "1"), ("", "2"), ("", "3")]
    assert report.regions is None
    assert report.countries.documents == report.sectors.documents == 2
    assert report.countries.micro == LabelFigures(2, 0, 1)
    assert report.sectors.micro == LabelFigures(2, 1, 0)
    assert list(report.to_dict()) == ["countries", "sectors"]


def test_records_without_labels():
    with pytest.raises(DataError, match="no record has labels"):
        evaluate(Told(told()), [{"text": "1"}])
    with pytest.raises(DataError, match="record 1"):
        evaluate(Told(told()), [{"text": 1, "countries": []}])


def test_a_real_model_is_measured_by_its_own_answers(classifier, articles):
    some = articles[:20]
    report = evaluate(classifier, some)
    results = [classifier.classify(row["text"], title=row["title"]) for row in some]
    for kind in ("countries", "regions", "sectors"):
        hits = sum(
            len({label.code for label in getattr(result, kind)} & set(row[kind]))
            for result, row in zip(results, some, strict=True)
        )
        assert getattr(report, kind).micro.hits == hits
        assert getattr(report, kind).micro.support == sum(len(set(row[kind])) for row in some)
