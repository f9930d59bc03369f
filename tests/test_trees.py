from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.ensemble import HistGradientBoostingClassifier

from nordclass.training.fitting import exported, fit_trees
from nordclass.trees import BoostedTrees, sigmoid

EVEN = np.ones(1000, np.float32)
"""Weights of rows that all count the same."""
FLOATS = arrays(np.float32, 5, elements=st.floats(-1000, 1000, width=32))


def made(count: int, seed: int = 0):
    chance = np.random.RandomState(seed)
    rows = chance.normal(size=(count, 6)).astype(np.float32)
    rows[:, 3] = chance.randint(0, 4, count)
    targets = rows[:, 0] + (rows[:, 3] == 2) * rows[:, 1] + chance.normal(size=count) * 0.3 > 0
    return rows, targets


@pytest.mark.parametrize(("count", "iterations", "leaves"), [(60, 7, 4), (800, 10, 8)])
def test_sums_are_those_of_scikit_learn(count, iterations, leaves):
    rows, targets = made(count)
    model = HistGradientBoostingClassifier(
        max_iter=iterations, max_leaf_nodes=leaves, min_samples_leaf=5, early_stopping=False, random_state=0
    ).fit(rows, targets)
    trees = exported(model)
    unseen = made(500, seed=1)[0]
    for some in (rows, unseen, unseen * 100, np.zeros_like(unseen)):
        assert trees.logits(some) == pytest.approx(model.decision_function(some), abs=1e-4)


def test_values_that_touch_stay_on_their_sides():
    """Between two neighbouring float32 numbers no third fits: a cut must not fall on the upper one."""
    rows = np.zeros((200, 1), dtype=np.float32)
    targets = np.arange(200) % 2 == 1
    for low in np.array([0.1, 0.2, 0.3, 0.7, 1.1, 3.3], dtype=np.float32):
        rows[~targets], rows[targets] = low, np.nextafter(low, np.float32(9))
        model = HistGradientBoostingClassifier(max_iter=3, min_samples_leaf=5).fit(rows, targets)
        assert exported(model).logits(rows) == pytest.approx(model.decision_function(rows), abs=1e-5)


def test_trees_that_are_fitted_separate_what_can_be_separated():
    rows, targets = made(600)
    trees = fit_trees(rows, targets, EVEN[: len(rows)], iterations=40, leaves=8, seed=0)
    assert ((trees.logits(rows) > 0) == targets).mean() > 0.9


@pytest.mark.parametrize("answer", [True, False])
def test_with_one_answer_only_trees_are_constant(answer):
    rows, targets = made(50)
    trees = fit_trees(rows, np.full_like(targets, answer), EVEN[:50], iterations=5, leaves=4, seed=0)
    logits = trees.logits(rows)
    assert len(set(logits.tolist())) == 1
    assert (logits[0] > 2) is np.True_ if answer else (logits[0] < -2) is np.True_


def test_a_tree_by_hand():
    links = np.array([0], np.int32), np.array([1, 0, 0, 0, 0], np.int32)
    trees = BoostedTrees(
        roots=links[0],
        column=links[1],
        cut=np.array([2.5, 0, -1, 0, 0], np.float32),
        left=np.array([1, 1, 3, 3, 4], np.int32),
        right=np.array([2, 1, 4, 3, 4], np.int32),
        value=np.array([0, 10, 0, 20, 30], np.float32),
        start=0.5,
        depth=2,
    )
    rows = np.array([[5, 2.5], [-1, 2.6], [-0.9, 9]], np.float32)
    assert trees.logits(rows).tolist() == [10.5, 20.5, 30.5]
    assert trees.logits(rows[:0]).shape == (0,)


@given(FLOATS)
def test_sigmoid_is_that_of_numpy(logits):
    precise = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -500, 500)))
    assert sigmoid(logits) == pytest.approx(precise, abs=1e-6)
    assert sigmoid(logits).dtype == np.float32


def test_sigmoid_has_no_overflow():
    with np.errstate(all="raise"):
        probabilities = sigmoid(np.array([-1e30, 0, 1e30], np.float32))
    assert probabilities == pytest.approx([0, 0.5, 1], abs=1e-9)


@pytest.mark.parametrize(("leaves", "iterations"), [(2, 3), (9, 20), (16, 5), (25, 5), (60, 4)])
def test_all_at_once_is_step_by_step(leaves, iterations):
    rows, targets = made(3000)
    trees = fit_trees(rows, targets, np.ones(3000, np.float32), iterations=iterations, leaves=leaves, seed=0)
    unseen = np.concatenate([made(300, seed=2)[0] * 3, rows[:100], np.full((1, 6), np.nan, np.float32)])
    assert (trees._board.leaves(unseen) == trees._walked(unseen)).all()
    assert trees._board.leaves(unseen[:0]).shape == (0, iterations)


def test_trees_with_too_many_leaves_are_walked(monkeypatch):
    rows, targets = made(800)
    trees = fit_trees(rows, targets, EVEN[:800], iterations=8, leaves=8, seed=0)
    at_once = trees.logits(rows)
    monkeypatch.setattr("nordclass.trees._MOST_LEAVES", 3)
    walked = replace(trees)
    assert walked._board is None
    assert walked.logits(rows).tolist() == at_once.tolist()
