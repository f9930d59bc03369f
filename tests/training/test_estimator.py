from __future__ import annotations

import json
import pickle
from dataclasses import replace

import joblib
import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GridSearchCV, KFold, cross_val_predict, cross_val_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MultiLabelBinarizer

from nordclass import Classifier, NordClassifier
from nordclass.errors import NordclassError
from nordclass.model.columns import PLACE_COLUMNS
from nordclass.model.heads import MEANINGS, MeaningReader
from nordclass.model.linear import LinearScorer
from nordclass.model.network import Network
from nordclass.model.sector_scorer import SectorScorer
from nordclass.model.vectorizer import Field, Vectorizer
from nordclass.text.embedding import Embedding
from nordclass.training import estimator as module

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
MIXED = [*BOTH, *TEXTS]
RAGGED = [*SETS, *([kind] for kind in KINDS)]
"""Labels of `MIXED`: two a text, and one."""
METHODS = ["predict", "predict_proba", "decision_function"]
UNSEEN = ["A clinic with doctors and patients", "A grid and a power plant", "Rice and crops of farmers"]


class Series:
    """What pandas makes of a column: not a sequence, and indexed by names of rows."""

    ndim = 1
    dtype = np.dtype(object)

    def __init__(self, values):
        self.values = list(values)

    def __iter__(self):
        return iter(self.values)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, name):
        return dict(zip(range(100, 100 + len(self)), self.values, strict=True))[name]

    def __array__(self, dtype=None, copy=None):
        array = np.empty(len(self), dtype=object)
        array[:] = self.values
        return array


@pytest.fixture
def estimator() -> NordClassifier:
    return NordClassifier(min_df=1)


@pytest.fixture
def another_shipped(tmp_path, monkeypatch):
    """A function that installs another shipped model, or rather its manifest."""

    def install():
        manifest = {"format": 1, "files": {"lexicon_words.npy": "0" * 64}}
        (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        monkeypatch.setattr("nordclass.model.store.default_path", lambda: tmp_path)
        module._shipped_identity.cache_clear()

    yield install
    module._shipped_identity.cache_clear()


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


@pytest.mark.parametrize("name", ["title_weight", "meaning_weight", "sector_weight"])
@pytest.mark.parametrize("wrong", [-1, -0.1, float("nan"), float("inf"), "1", None])
def test_weights_that_cannot_be(estimator, name, wrong):
    with pytest.raises(ValueError, match=f"{name} must be a number, 0 or more, not {wrong!r}"):
        estimator.set_params(**{name: wrong}).fit(TEXTS, KINDS)


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("c", 0, "c must be a number above 0, not 0"),
        ("c", "20", "c must be a number above 0, not '20'"),
        ("c", float("inf"), "c must be a number above 0, not inf"),
        ("min_df", "2", "min_df must be a whole number, 1 or more, not '2'"),
        ("min_df", -1, "min_df must be a whole number, 1 or more, not -1"),
        ("min_df", 0.5, "min_df must be a whole number, 1 or more, not 0.5"),
        ("mask_names", "no", "mask_names must be True or False, not 'no'"),
    ],
)
def test_parameters_that_cannot_be_are_refused_when_it_learns(estimator, name, wrong, told):
    with pytest.raises(ValueError) as caught:
        estimator.set_params(**{name: wrong}).fit(TEXTS, KINDS)
    assert str(caught.value) == told


def test_parameters_may_be_of_numpy():
    found = NordClassifier(c=np.float32(5), min_df=np.int64(1), mask_names=np.bool_(True)).fit(TEXTS, KINDS)
    assert len(found.predict(TEXTS[:2])) == 2


def test_a_clone_has_the_parameters_and_has_learned_nothing(estimator):
    copy = clone(estimator.set_params(c=3.0).fit(TEXTS, KINDS))
    assert copy.get_params() == estimator.get_params()
    assert not hasattr(copy, "classes_")


@pytest.mark.parametrize("method", METHODS)
def test_what_has_learned_nothing_says_so(estimator, method):
    with pytest.raises(NotFittedError):
        getattr(estimator, method)(TEXTS)


def test_one_of_several_labels(estimator):
    assert estimator.fit(TEXTS, KINDS) is estimator
    assert estimator.classes_.tolist() == ["energy", "farms", "health"]
    assert estimator.predict(UNSEEN).tolist() == ["health", "energy", "farms"]
    probabilities, scores = estimator.predict_proba(UNSEEN), estimator.decision_function(UNSEEN)
    assert probabilities.shape == scores.shape == (3, 3)
    assert probabilities.sum(axis=1) == pytest.approx(1)
    assert probabilities.argmax(axis=1).tolist() == scores.argmax(axis=1).tolist()
    assert estimator.score(TEXTS, KINDS) == 1.0


def objects(values):
    return np.array(values, dtype=object)


@pytest.mark.parametrize("of", [list, tuple, np.array, objects, Series])
def test_labels_and_texts_may_be_any_sequence(of):
    estimator = NordClassifier(min_df=1).fit(of(TEXTS), of(KINDS))
    assert estimator.predict(of(UNSEEN)).tolist() == ["health", "energy", "farms"]


@pytest.mark.parametrize("single", ["A clinic", b"A clinic", np.str_("A clinic")])
def test_one_text_is_no_list_of_texts(estimator, single):
    """Else each of its characters would be a text."""
    with pytest.raises(TypeError, match=r"^X must be a list of texts: for one text give \[text\]$"):
        estimator.fit(single, "abcdefgh")
    estimator.fit(TEXTS, KINDS)
    for method in METHODS:
        with pytest.raises(TypeError, match=r"give \[text\]$"):
            getattr(estimator, method)(single)


@pytest.mark.parametrize(
    ("none", "why"),
    [
        ({"text": "A clinic"}, "not dict"),  # else its keys would be the texts
        ({"A clinic", "A grid"}, "not set"),
        (None, "not NoneType"),
        (5, "not int"),
        (np.array("A clinic"), "not ndarray"),
    ],
    ids=["dict", "set", "None", "number", "array of no dimension"],
)
def test_what_is_no_list_of_texts(estimator, none, why):
    with pytest.raises(TypeError, match=f"^X must be a list of texts, {why}$"):
        estimator.fit(TEXTS, KINDS).predict(none)


def test_a_table_is_no_list_of_texts(estimator):
    with pytest.raises(ValueError, match=r"not a table of shape \(48, 1\): give one column of it"):
        estimator.fit(np.array(TEXTS)[:, None], KINDS)


@pytest.mark.parametrize("of", [list, objects, Series])
@pytest.mark.parametrize(
    ("no_text", "told"),
    [
        (None, "None (NoneType)"),
        (float("nan"), "nan (float)"),
        (3, "3 (int)"),
        (b"Rice", "b'Rice' (bytes)"),
        ({"text": "Rice"}, "{'text': 'Rice'} (dict)"),
    ],
)
def test_what_is_no_text_is_named_by_its_place(estimator, no_text, told, of):
    """Else it would be read as the word "None" or "nan"."""
    with pytest.raises(TypeError) as refusal:
        estimator.fit(of([*TEXTS[:2], no_text, *TEXTS[3:]]), KINDS)
    assert str(refusal.value) == f"X[2] must be a text, not {told}"
    estimator.fit(TEXTS, KINDS)
    for method in METHODS:
        with pytest.raises(TypeError, match=r"^X\[1\] must be a text"):
            getattr(estimator, method)(of([TEXTS[0], no_text]))


def test_a_tuple_of_title_and_text_is_no_text(estimator):
    with pytest.raises(TypeError, match=r"X\[0\] must be a text, not \('A title', .* \(tuple\)"):
        estimator.fit([("A title", text) for text in TEXTS], KINDS)


@pytest.mark.parametrize("of", [list, np.array])
def test_without_texts_there_is_nothing_to_learn(estimator, of):
    with pytest.raises(ValueError, match="there is no text to learn from"):
        estimator.fit(of([]), of([]))


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        (np.linspace(0, 1, 48), "continuous"),
        (np.linspace(0, 1, 48).tolist(), "continuous"),
        (np.linspace(0, 1, 48)[:, None], "continuous"),
        (np.linspace(0, 1, 96).reshape(48, 2), "continuous-multioutput"),
    ],
)
def test_continuous_numbers_are_no_labels(estimator, numbers, kind):
    with pytest.raises(ValueError, match=f"^Unknown label type: {kind}[.]"):
        estimator.fit(TEXTS, numbers)


@pytest.mark.parametrize("of", [list, np.array, objects, Series])
@pytest.mark.parametrize("numbers", [(1, 2, 3), (1.0, 2.0, 3.0)])
def test_whole_numbers_are_labels(estimator, numbers, of):
    kinds = dict(zip(ENGLISH, numbers, strict=True))
    estimator.fit(TEXTS, of([kinds[kind] for kind in KINDS]))
    assert estimator.classes_.tolist() == list(numbers)
    assert estimator.predict(UNSEEN).tolist() == [kinds[kind] for kind in ("health", "energy", "farms")]


@pytest.mark.parametrize("of", [list, objects, Series, lambda labels: objects(labels)[:, None]])
@pytest.mark.parametrize("missing", [None, float("nan")])
@pytest.mark.parametrize("numbers", [True, False])
def test_a_missing_label_is_named_by_its_place(estimator, missing, of, numbers):
    """Else "nan" would be a class among others."""
    labels = [len(kind) if numbers else kind for kind in KINDS]
    with pytest.raises(ValueError, match=rf"^y\[2\] is {missing}: every text needs a label$"):
        estimator.fit(TEXTS, of([*labels[:2], missing, *labels[3:]]))


@pytest.mark.parametrize("of", [list, objects, Series])
def test_labels_of_two_kinds(estimator, of):
    """Else 1 and "1" would be one class."""
    with pytest.raises(ValueError, match=r"^y\[2\] is 1 and y\[0\] 'health': labels must be"):
        estimator.fit(TEXTS, of([*KINDS[:2], 1, *KINDS[3:]]))


def test_one_of_two_labels(estimator):
    labels = [int(kind == "health") for kind in KINDS]
    estimator.fit(TEXTS, labels)
    probabilities, scores = estimator.predict_proba(UNSEEN), estimator.decision_function(UNSEEN)
    assert estimator.classes_.tolist() == [0, 1]
    assert scores.shape == (3,)
    assert probabilities.shape == (3, 2)
    assert probabilities[:, 1] == pytest.approx(1 / (1 + np.exp(-scores)), abs=1e-6)
    assert probabilities.sum(axis=1) == pytest.approx(1)
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
    probabilities = estimator.predict_proba(BOTH)
    assert probabilities == pytest.approx(1 / (1 + np.exp(-estimator.decision_function(BOTH))), abs=1e-6)
    assert (
        (probabilities > 0.5)
        == [[c in labels for c in estimator.classes_] for labels in estimator.predict(BOTH)]
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
        None,
        "ab",
        np.zeros((2, 2, 2), int),
        Series([np.array([1, 2]), np.array([3])]),
    ],
    ids=[
        "numbers",
        "some lists",
        "of two kinds",
        "no labels",
        "arrays",
        "none",
        "None",
        "a string",
        "of three dimensions",
        "a series of arrays",
    ],
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


@pytest.mark.parametrize("of", [objects, Series])
def test_a_column_of_sets_is_as_a_list_of_them(estimator, of):
    estimator.fit(MIXED, of(RAGGED))
    assert estimator.multilabel_
    assert not estimator.indicator_
    lists = NordClassifier(min_df=1).fit(MIXED, RAGGED)
    assert np.array_equal(estimator.decision_function(UNSEEN), lists.decision_function(UNSEEN))


def test_indicators_may_be_sparse(estimator):
    array = np.array([[c in labels for c in ENGLISH] for labels in SETS]).astype(int)
    sparse = NordClassifier(min_df=1).fit(BOTH, csr_matrix(array))
    assert sparse.indicator_
    assert np.array_equal(
        sparse.decision_function(UNSEEN), estimator.fit(BOTH, array).decision_function(UNSEEN)
    )


@pytest.mark.parametrize("of", [list, tuple, set])
@pytest.mark.parametrize("weight", [None, np.arange(len(MIXED))])
def test_the_score_of_sets_is_that_of_their_indicators(estimator, of, weight):
    """The share of texts with exactly the right labels: scikit-learn's accuracy of indicators."""
    binarizer = MultiLabelBinarizer().fit(RAGGED)
    wanted = [*RAGGED[:60], *[["energy"]] * 34]  # of the last, some are right
    score = estimator.fit(MIXED, [of(labels) for labels in RAGGED]).score(
        MIXED, list(map(of, wanted)), weight
    )
    told = binarizer.transform(estimator.predict(MIXED))
    assert score == pytest.approx(accuracy_score(binarizer.transform(wanted), told, sample_weight=weight))
    assert 0.5 < score < 0.9
    estimator.fit(MIXED, binarizer.transform(RAGGED))
    assert score == pytest.approx(estimator.score(MIXED, binarizer.transform(wanted), weight))


def test_a_score_takes_labels_that_were_never_learned(estimator):
    estimator.fit(BOTH, SETS)
    assert estimator.score(BOTH[:2], [SETS[0], [*SETS[1], "another"]]) == 0.5
    assert estimator.score(Series(BOTH[:2]), Series([set(SETS[0]), set()])) == 0.5


@pytest.mark.parametrize(
    ("texts", "labels", "why"),
    [
        (BOTH, SETS[1:], "^46 texts but 45 labels$"),
        ([], [], "^X is empty: there is no text to score$"),
        (BOTH, KINDS[:46], "^labels must be"),
        (BOTH, np.zeros((46, 3), int), "^labels must be"),
        (BOTH, [[{}]] * 46, "^labels must be"),
        (BOTH, None, "^labels must be"),
    ],
    ids=["too few", "none", "strings", "indicators", "no labels", "None"],
)
def test_what_cannot_be_scored(estimator, texts, labels, why):
    estimator.fit(BOTH, SETS)
    with pytest.raises(ValueError, match=why):
        estimator.score(texts, labels)


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


def test_cross_validation_of_sets(estimator):
    """As docs/retraining.md says: lists with a splitter, sets also with a number of folds."""
    folds = KFold(3, shuffle=True, random_state=0)
    assert cross_val_score(estimator, MIXED, RAGGED, cv=folds, error_score="raise").min() > 0.8
    search = GridSearchCV(estimator, {"c": [1e-6, 20.0]}, cv=folds, error_score="raise").fit(MIXED, RAGGED)
    assert search.best_params_ == {"c": 20.0}
    assert search.best_score_ > 0.8
    with pytest.raises(ValueError, match="MultiLabelBinarizer"):
        cross_val_score(estimator, MIXED, RAGGED, cv=3)
    sets = [set(labels) for labels in RAGGED]
    assert len(cross_val_score(estimator, MIXED, sets, cv=3, error_score="raise")) == 3
    with pytest.raises(ValueError):
        cross_val_score(estimator, MIXED, sets, cv=3, scoring="f1_micro", error_score="raise")


def test_cross_validation_of_binarized_sets(estimator):
    """The lines of docs/retraining.md."""
    binarizer = MultiLabelBinarizer()
    y = binarizer.fit_transform(RAGGED)
    assert cross_val_score(estimator, MIXED, y, cv=3, scoring="f1_micro", error_score="raise").min() > 0.8
    told = binarizer.inverse_transform(estimator.fit(MIXED, y).predict(MIXED[:2]))
    assert told == [tuple(labels) for labels in RAGGED[:2]]


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
    with pytest.raises(ValueError, match=r"^48 texts but 3 labels$"):
        estimator.fit(TEXTS, [set(), set(), set()])


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


@pytest.mark.parametrize("weights", [{}, {"meaning_weight": 0, "sector_weight": 0}])
def test_a_pickle_is_read_with_the_shipped_model_alone_that_was_learned_with(
    estimator, weights, another_shipped, tmp_path
):
    """Its terms too are those of the shipped lexicon: no weight does without that."""
    scores = estimator.set_params(**weights).fit(TEXTS, KINDS).decision_function(UNSEEN)
    joblib.dump(estimator, tmp_path / "estimator")
    kept = [pickle.loads(pickle.dumps(estimator)), joblib.load(tmp_path / "estimator")]  # noqa: S301
    for copy in kept:
        assert np.array_equal(copy.decision_function(UNSEEN), scores)
    another_shipped()
    for copy in kept:
        for method in METHODS:
            with pytest.raises(NordclassError, match="is installed: fit it again, or install") as refusal:
                getattr(copy, method)(UNSEEN)
            assert "\n" not in str(refusal.value)
        with pytest.raises(NordclassError):
            copy.score(TEXTS, KINDS)
        assert clone(copy).fit(TEXTS, KINDS).predict(UNSEEN).tolist() == ["health", "energy", "farms"]


def test_which_shipped_model_was_read_is_said(estimator, shipped, another_shipped):
    name, digest = estimator.fit(TEXTS, KINDS).shipped_
    assert name == shipped.name
    assert len(digest) == 64
    assert digest == clone(estimator).fit(TEXTS, KINDS).shipped_[1]
    another_shipped()
    assert estimator.fit(TEXTS, KINDS).shipped_[1] != digest


def test_the_shipped_model_is_told_apart_once_a_process(estimator, monkeypatch):
    estimator.fit(TEXTS, KINDS)
    monkeypatch.setattr("nordclass.model.store.read_manifest", None)
    assert estimator.predict(UNSEEN).tolist() == ["health", "energy", "farms"]
