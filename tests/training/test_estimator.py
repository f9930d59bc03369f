from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from nordclass import Classifier, NordClassifier
from nordclass.model.heads import MEANINGS, PLACE_COLUMNS, MeaningReader
from nordclass.model.linear import LinearScorer
from nordclass.model.network import Network
from nordclass.model.reading import SectorScorer
from nordclass.model.vectorizer import Field, Vectorizer
from nordclass.text.embedding import Embedding

pytestmark = pytest.mark.usefixtures("shipped")

ENGLISH = {
    "health": [
        "The hospital vaccinated {n} patients against malaria in Peru.",
        "Doctors and nurses in clinic {n}.",
    ],
    "energy": [
        "The power plant burns gas and feeds {n} grids in Kenya.",
        "Solar panels and turbines for plant {n}.",
    ],
    "farms": [
        "Farmers grow rice and raise cattle on {n} farms in Cuba.",
        "Seeds, tractors and crops for farm {n}.",
    ],
}
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
ROWS = [(sentence.format(n=n), kind) for n in NUMBERS for kind, both in ENGLISH.items() for sentence in both]
TEXTS = [text for text, _ in ROWS]
KINDS = [kind for _, kind in ROWS]
BOTH = [TEXTS[i] + " " + TEXTS[i + 2] for i in range(len(TEXTS) - 2)]
SETS = [sorted({KINDS[i], KINDS[i + 2]}) for i in range(len(TEXTS) - 2)]
UNSEEN = ["A clinic with doctors and patients", "A grid and a power plant", "Rice and crops of farmers"]


@pytest.fixture
def estimator() -> NordClassifier:
    return NordClassifier(min_df=1)


def test_parameters_can_be_read_and_set(estimator):
    assert estimator.get_params() == {
        "c": 20.0,
        "min_df": 1,
        "title_weight": 0.4,
        "mask_names": True,
        "class_weight": None,
        "meaning_weight": 1.0,
        "sector_weight": 0.25,
    }
    assert estimator.set_params(c=1.0).c == 1.0
    with pytest.raises(ValueError, match="Invalid parameter"):
        estimator.set_params(depth=3)


def test_a_clone_has_the_parameters_and_has_learned_nothing(estimator):
    copy = clone(estimator.set_params(c=3.0).fit(TEXTS, KINDS))
    assert copy.get_params() == estimator.get_params()
    assert not hasattr(copy, "classes_")


@pytest.mark.parametrize("method", ["predict", "predict_proba", "decision_function"])
def test_what_has_learned_nothing_says_so(estimator, method):
    with pytest.raises(NotFittedError):
        getattr(estimator, method)(TEXTS)


def test_one_of_several_labels(estimator):
    assert estimator.fit(TEXTS, KINDS) is estimator
    assert estimator.classes_.tolist() == ["energy", "farms", "health"]
    assert estimator.predict(UNSEEN).tolist() == ["health", "energy", "farms"]
    odds, scores = estimator.predict_proba(UNSEEN), estimator.decision_function(UNSEEN)
    assert odds.shape == scores.shape == (3, 3)
    assert odds.sum(axis=1) == pytest.approx(1)
    assert odds.argmax(axis=1).tolist() == scores.argmax(axis=1).tolist()
    assert estimator.score(TEXTS, KINDS) == 1.0


@pytest.mark.parametrize("of", [list, tuple, np.array])
def test_labels_and_texts_may_be_any_sequence(of):
    estimator = NordClassifier(min_df=1).fit(of(TEXTS), of(KINDS))
    assert estimator.predict(of(UNSEEN)).tolist() == ["health", "energy", "farms"]


def test_one_of_two_labels(estimator):
    labels = [int(kind == "health") for kind in KINDS]
    estimator.fit(TEXTS, labels)
    odds, scores = estimator.predict_proba(UNSEEN), estimator.decision_function(UNSEEN)
    assert estimator.classes_.tolist() == [0, 1]
    assert scores.shape == (3,)
    assert odds.shape == (3, 2)
    assert odds[:, 1] == pytest.approx(1 / (1 + np.exp(-scores)), abs=1e-6)
    assert odds.sum(axis=1) == pytest.approx(1)
    assert estimator.predict(UNSEEN).tolist() == [1, 0, 0]


def test_a_column_of_labels(estimator):
    estimator.fit(TEXTS, np.array(KINDS)[:, None])
    assert estimator.predict(UNSEEN).tolist() == ["health", "energy", "farms"]


def test_a_single_label(estimator):
    estimator.fit(TEXTS, ["only"] * len(TEXTS))
    assert estimator.predict(UNSEEN).tolist() == ["only"] * 3
    assert estimator.predict_proba(UNSEEN).tolist() == [[1.0]] * 3


def test_lists_of_labels(estimator):
    sets = [*SETS[:-1], []]
    estimator.fit(BOTH, sets)
    assert estimator.classes_.tolist() == ["energy", "farms", "health"]
    told = estimator.predict([BOTH[0], BOTH[2], "Nothing of the kind"])
    assert [sorted(labels) for labels in told[:2]] == [SETS[0], SETS[2]]
    odds = estimator.predict_proba(BOTH)
    assert odds == pytest.approx(1 / (1 + np.exp(-estimator.decision_function(BOTH))), abs=1e-6)
    assert (
        (odds > 0.5) == [[c in labels for c in estimator.classes_] for labels in estimator.predict(BOTH)]
    ).all()


@pytest.mark.parametrize("of", [list, tuple, set, frozenset])
@pytest.mark.parametrize(
    "kinds", [{"energy": 7, "farms": 8, "health": 9}, {"energy": 0, "farms": 1, "health": 2.5}, {}]
)
def test_sets_of_labels_of_any_kind(estimator, of, kinds):
    kinds = kinds or {kind: (kind, 1) for kind in sorted(ENGLISH)}
    estimator.fit(BOTH, [of(kinds[kind] for kind in labels) for labels in SETS])
    assert estimator.classes_.tolist() == list(kinds.values())
    assert estimator.multilabel_
    told = NordClassifier(min_df=1).fit(BOTH, SETS).predict(BOTH)
    assert estimator.predict(BOTH) == [tuple(kinds[kind] for kind in labels) for labels in told]


def test_numbers_that_are_no_indicators_are_labels(estimator):
    assert estimator.fit(TEXTS[:2], [[1, 2], [3, 4]]).classes_.tolist() == [1, 2, 3, 4]
    assert estimator.fit(TEXTS[:2], [[1, 0], [0, 1]]).indicator_
    assert not estimator.fit(TEXTS[:2], [{1, 0}, {0}]).indicator_


@pytest.mark.parametrize(
    "labels",
    [
        np.array([[1, 2], [3, 4]]),
        [["a"], "b"],
        [["a"], [1]],
        [[{}], [{}]],
        [np.array([1, 2]), np.array([3])],
        [[], []],
    ],
    ids=["numbers", "some lists", "of two kinds", "no labels", "arrays", "none"],
)
def test_labels_that_are_none(estimator, labels):
    with pytest.raises(ValueError, match=r"^labels must be one a text|^no text has a label$"):
        estimator.fit(TEXTS[:2], labels)


@pytest.mark.parametrize("wrong", ["balnced", {"health": 2.0}, True])
def test_class_weights_that_are_unknown(wrong):
    estimator = NordClassifier(class_weight=wrong)  # scikit-learn's way: a parameter is looked at in `fit`
    with pytest.raises(ValueError, match="class_weight must be 'balanced' or None, not"):
        estimator.fit(TEXTS, KINDS)


def test_the_first_list_may_be_empty(estimator):
    estimator.fit([*BOTH, "Nothing at all"][::-1], [*SETS, []][::-1])
    assert estimator.classes_.tolist() == ["energy", "farms", "health"]


def test_an_indicator_array_gives_the_same_as_lists():
    classes = ["energy", "farms", "health"]
    array = np.array([[c in labels for c in classes] for labels in SETS]).astype(int)
    lists = NordClassifier(min_df=1).fit(BOTH, SETS)
    indicator = NordClassifier(min_df=1).fit(BOTH, array)
    assert indicator.classes_.tolist() == [0, 1, 2]
    assert np.array_equal(indicator.decision_function(UNSEEN), lists.decision_function(UNSEEN))
    told = indicator.predict(BOTH)
    assert told.shape == array.shape
    assert [tuple(np.array(classes)[row.astype(bool)]) for row in told] == lists.predict(BOTH)
    assert indicator.score(BOTH, array) > 0.9


def test_cross_validation_of_one_label(estimator):
    scores = cross_val_score(estimator, TEXTS, KINDS, cv=3)
    assert scores.shape == (3,)
    assert scores.min() > 0.8


def test_cross_validation_of_several_labels(estimator):
    array = np.array([[c in labels for c in ENGLISH] for labels in SETS]).astype(int)
    scores = cross_val_score(estimator, np.array(BOTH), array, cv=3, scoring="f1_micro")
    told = cross_val_predict(estimator, np.array(BOTH), array, cv=3)
    assert scores.min() > 0.8
    assert f1_score(array, told, average="micro") > 0.8


def test_in_a_pipeline_with_a_search():
    steps = [
        ("lower", FunctionTransformer(lambda texts: [text.lower() for text in texts])),
        ("labels", NordClassifier()),
    ]
    search = GridSearchCV(Pipeline(steps), {"labels__c": [1e-6, 20.0]}, cv=3, scoring="neg_log_loss")
    search.fit(TEXTS, KINDS)
    assert search.best_params_["labels__c"] == 20.0
    assert search.predict(UNSEEN).tolist() == ["health", "energy", "farms"]


def test_names_are_masked_unless_told_otherwise():
    texts = [f"{place} report {n}" for n in NUMBERS for place in ("Peru", "Kenya")]
    labels = ["a", "b"] * len(NUMBERS)
    assert NordClassifier(min_df=1, mask_names=False).fit(texts, labels).score(texts, labels) == 1.0
    masked = NordClassifier(min_df=1).fit(texts, labels)
    assert masked.decision_function(["Peru report"]) == masked.decision_function(["Kenya report"])


def test_balanced_weights_help_the_rare_label():
    texts = TEXTS[:2] + [t for t, k in ROWS[2:] if k != "health"]
    labels = KINDS[:2] + [k for k in KINDS[2:] if k != "health"]
    plain, balanced = (
        NordClassifier(c=0.1, min_df=1, class_weight=w).fit(texts, labels) for w in (None, "balanced")
    )
    at = plain.classes_.tolist().index("health")
    assert balanced.decision_function(UNSEEN)[0, at] > plain.decision_function(UNSEEN)[0, at]


def test_texts_and_labels_of_different_number(estimator):
    with pytest.raises(ValueError, match="48 texts but 47 labels"):
        estimator.fit(TEXTS, KINDS[:-1])


def test_the_same_data_gives_the_same_scores():
    one, two = (NordClassifier(min_df=1).fit(TEXTS, KINDS).decision_function(UNSEEN) for _ in range(2))
    assert np.array_equal(one, two)


def test_words_never_seen_are_understood_by_what_they_mean(shipped, monkeypatch):
    """ "surgeons" and "turbine" are in no text that is learned from, but lie beside words that are."""
    health = ("doctor", "nurs", "nurses", "hospit", "surgeon", "surgeons")
    energy = ("grid", "plant", "power", "turbin", "turbine")
    vectors = np.array([[2, 0]] * len(health) + [[0, 2]] * len(energy), np.float32)
    network = Network(
        np.zeros(PLACE_COLUMNS, np.float32),
        np.ones(PLACE_COLUMNS, np.float32),
        np.zeros((MEANINGS * 2 + PLACE_COLUMNS, 1), np.float32),
        *np.zeros((2, 1), np.float32),
        0.0,
    )
    reader = MeaningReader(Embedding(health + energy, vectors), network)
    places = replace(shipped.places, reader=reader)
    model = Classifier(shipped.lexicon, places, shipped.sectors, shipped.description)
    monkeypatch.setattr("nordclass.model.store.load", lambda path=None: model)
    texts = ["doctors and nurses", "nurses of a hospital", "a grid", "power of a plant"]
    kinds = ["health", "health", "energy", "energy"]
    told = NordClassifier(min_df=1).fit(texts, kinds).predict(["surgeons", "turbine"])
    assert told.tolist() == ["health", "energy"]
    blind = NordClassifier(min_df=1, meaning_weight=0, sector_weight=0)
    assert len(set(blind.fit(texts, kinds).predict(["surgeons", "turbine"]).tolist())) == 1


def test_what_the_shipped_model_knows_of_sectors_helps(shipped, monkeypatch):
    """The words of "surgeons" and "turbine" stand in its scorer, in a sector and against the other."""
    health = ("doctor", "nurs", "nurses", "hospit", "surgeon", "surgeons")
    energy = ("grid", "plant", "power", "turbin", "turbine")
    vectorizer = Vectorizer([Field("text", health + energy, np.ones(11, np.float32), 0, 1.0)])
    weights = np.repeat(np.array([[2, -2, 0], [-2, 2, 0]], np.float32), (6, 5), axis=0)
    scorer = SectorScorer(LinearScorer(vectorizer, weights, np.zeros(3, np.float32)))
    head = replace(shipped.sectors, labels=("a", "b"), scorers={"en": scorer})
    model = Classifier(shipped.lexicon, None, head, shipped.description)
    monkeypatch.setattr("nordclass.model.store.load", lambda path=None: model)
    texts = ["doctors and nurses", "nurses of a hospital", "a grid", "power of a plant"]
    kinds = ["health", "health", "energy", "energy"]
    told = NordClassifier(min_df=1).fit(texts, kinds).predict(["surgeons", "turbine"])
    assert told.tolist() == ["health", "energy"]
    blind = NordClassifier(min_df=1, sector_weight=0).fit(texts, kinds).predict(["surgeons", "turbine"])
    assert len(set(blind.tolist())) == 1
    assert NordClassifier(min_df=1).fit([*texts, "안녕"], [*kinds, "energy"]).predict(["안녕"]) == ["energy"]


def test_no_texts_have_no_labels(estimator):
    estimator.fit(TEXTS, KINDS)
    assert estimator.predict([]).tolist() == []
    assert estimator.predict_proba([]).shape == (0, len(estimator.classes_))
