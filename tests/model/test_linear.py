from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nordclass.model.linear import LinearScorer
from nordclass.model.vectorizer import Field, Vectorizer
from nordclass.training.fitting import fit_logistic
from nordclass.training.vectorizing import fit_vectorizer, matrix

WORDS = [f"w{i}" for i in range(60)]


@pytest.fixture(scope="module")
def bags():
    chance = random.Random(3)
    return [
        [chance.choice(WORDS[(i % 2) * 5 : 45 + (i % 2) * 15]) for _ in range(chance.randint(5, 40))]
        for i in range(120)
    ]


@pytest.fixture(scope="module")
def targets(bags):
    return np.array([[i % 2 == 0, "w7" in bag, len(bag) > 20] for i, bag in enumerate(bags)])


@pytest.mark.parametrize("min_df", [1, 3, 25])
def test_scores_are_those_of_scikit_learn(bags, targets, min_df):
    theirs = TfidfVectorizer(analyzer=lambda bag: bag, sublinear_tf=True, min_df=min_df)
    rows = theirs.fit_transform(bags)
    documents = [{"text": bag} for bag in bags]
    vectorizer = fit_vectorizer(documents, {"text": 1.0}, min_df=min_df)
    assert list(vectorizer.fields[0].terms) == list(theirs.get_feature_names_out())
    assert matrix(vectorizer, documents).toarray() == pytest.approx(rows.toarray(), abs=1e-5)

    weights, bias = fit_logistic(matrix(vectorizer, documents), targets, 2.0, jobs=1)
    scorer = LinearScorer(vectorizer, weights, bias)
    ours = np.array([scorer.logits(bag) for bag in documents])
    for j in range(targets.shape[1]):
        # The solver stops at its own tolerance, so both must be given the very same numbers.
        model = LogisticRegression(C=2.0, solver="liblinear", random_state=0, max_iter=500)
        model.fit(matrix(vectorizer, documents), targets[:, j])
        assert ours[:, j] == pytest.approx(model.decision_function(rows), abs=1e-5, rel=1e-5)


def test_weighted_documents_are_those_of_scikit_learn(bags, targets):
    documents = [{"text": bag} for bag in bags]
    vectorizer = fit_vectorizer(documents, {"text": 1.0}, min_df=2)
    rows = matrix(vectorizer, documents)
    weight = np.linspace(0.1, 2.0, len(bags)).astype(np.float32)
    weights, bias = fit_logistic(rows, targets[:, :1], 1.0, weight)
    model = LogisticRegression(C=1.0, solver="liblinear", random_state=0, max_iter=500)
    model.fit(rows, targets[:, 0], sample_weight=weight)
    assert rows @ weights[:, 0] + bias[0] == pytest.approx(model.decision_function(rows), abs=1e-5)


def test_a_score_by_hand():
    vectorizer = Vectorizer([Field("f", ("a", "b"), np.ones(2, np.float32), 0, 1.0, plain=True)])
    scorer = LinearScorer(vectorizer, np.array([[1, 2], [3, 4]], np.float32), np.array([0.5, -1], np.float32))
    assert scorer.logits({"f": {"a": 2.0, "b": 1.0}}) == pytest.approx([5.5, 7.0])
    assert scorer.logits({}) == pytest.approx([0.5, -1.0])


def test_first_scores_of_many_are_those_of_each(bags):
    measures = Field("m", ("x", "y"), np.ones(2, np.float32), 60, 0.25, plain=True)
    terms = fit_vectorizer([{"text": bag} for bag in bags], {"text": 1.5}, min_df=1).fields[0]
    assert len(terms.terms) == 60
    weights = np.random.default_rng(0).normal(size=(62, 2)).astype(np.float32)
    scorer = LinearScorer(Vectorizer([terms, measures]), weights, np.array([0.5, 1], np.float32))
    shared = bags[0]
    documents = [
        {"text": shared, "m": {"x": 0.0, "y": -2.0}},
        {"text": Counter(shared)},
        {"text": shared, "m": {"y": 3.0}},
        {"text": ["?"], "m": {"?": 1.0}},
        {},
    ]
    expected = [scorer.logits(document)[0] for document in documents]
    assert scorer.first_logits(documents) == pytest.approx(expected, abs=1e-6)
    assert scorer.first_logits(documents[-1:]) == pytest.approx([0.5])
    assert scorer.first_logits([]).shape == (0,)


def test_shares_add_up_to_the_score():
    chance = np.random.RandomState(1)
    bags = [{"text": ["a", "b", "a"], "title": ["a"]}, {"text": ["b", "c"], "title": ["c", "x"]}]
    vectorizer = fit_vectorizer(bags, {"text": 1.0, "title": 0.5}, min_df=1)
    weights = chance.randn(vectorizer.width, 3).astype(np.float32)
    scorer = LinearScorer(vectorizer, weights, np.array([0.5, 0.0, -1.0], dtype=np.float32))
    for bag in [*bags, {"text": ["a", "unknown"]}, {}]:
        names, shares = scorer.shares(bag)
        assert shares.shape == (len(names), 3)
        assert shares.sum(axis=0) + scorer.bias == pytest.approx(scorer.logits(bag), abs=1e-5)
        assert set(names) == {(f, term) for f, terms in bag.items() for term in terms if term != "unknown"}
