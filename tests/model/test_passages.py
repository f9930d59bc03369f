from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from nordclass.model.passages import _AT_ONCE, STEP, PassageScorer, passage_bounds
from nordclass.text.columns import UNKNOWN

SIZE = 2 * STEP
IDF = np.array([1.0, 2.0, 3.0], np.float32)


@pytest.fixture
def scorer():
    weights = np.array([[1.0, 0.0], [0.0, 2.0], [-1.0, 0.5]], np.float32)
    return PassageScorer.of(weights, np.array([0.5, -0.5], np.float32))


def plain(scorer, columns):
    """Passage by passage, as a passage is defined."""
    best = []
    for start, end in passage_bounds(len(columns)):
        known = [c for c in columns[start:end] if c != UNKNOWN]
        length = sqrt(sum(float(IDF[c]) ** 2 for c in known)) or 1.0
        sums = sum((float(IDF[c]) * scorer.weights[c] * scorer.scale for c in known), np.zeros(2))
        best.append(sums / length + scorer.bias)
    return np.max(best, axis=0)


def test_where_passages_begin_and_end():
    assert passage_bounds(0) == [(0, 0)]
    assert passage_bounds(1) == [(0, 1)]
    assert passage_bounds(SIZE) == [(0, SIZE)]
    assert passage_bounds(SIZE + 1) == [(0, SIZE), (STEP, SIZE + 1)]


@pytest.mark.parametrize(
    "size", [*range(1, 10), STEP, STEP + 1, SIZE - 1, SIZE, SIZE + 1, 60, 200, 3 * _AT_ONCE * STEP + 7]
)
def test_the_best_passage_counts(scorer, size):
    columns = np.random.RandomState(size).choice([UNKNOWN, 0, 1, 2], size, p=[0.5, 0.2, 0.2, 0.1])
    assert scorer.best(columns, IDF) == pytest.approx(plain(scorer, columns), abs=1e-4)


def test_one_passage_is_heard_in_a_long_document(scorer):
    loud = np.full(SIZE, 1)
    drowned = np.concatenate([np.full(10 * SIZE, 0), loud, np.full(10 * SIZE, 0)])
    assert scorer.best(drowned, IDF)[1] == pytest.approx(scorer.best(loud, IDF)[1])


@pytest.mark.parametrize("columns", [[], [UNKNOWN] * 70])
def test_nothing_known_leaves_the_bias(scorer, columns):
    assert scorer.best(np.array(columns, np.intp), IDF).tolist() == scorer.bias.tolist()


def test_weights_are_kept_in_whole_numbers():
    weights = np.random.RandomState(0).normal(size=(50, 4)).astype(np.float32)
    scorer = PassageScorer.of(weights, np.zeros(4, np.float32))
    assert scorer.weights * scorer.scale == pytest.approx(weights, abs=scorer.scale / 2 + 1e-6)
    nothing = PassageScorer.of(0 * weights, np.zeros(4, np.float32))
    assert not nothing.weights.any()
    assert nothing.scale > 0
