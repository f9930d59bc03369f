from __future__ import annotations

import os
import signal
from dataclasses import replace

import numpy as np
import pytest
from joblib import delayed, parallel_config
from scipy.sparse import csr_matrix
from sklearn.metrics import f1_score

from nordclass.errors import NordclassError
from nordclass.training import fitting
from nordclass.training.fitting import (
    Targets,
    best_gate,
    best_of_each,
    best_threshold,
    decided_by_own_gates,
    exported,
    fit_logistic,
    fit_trees,
    fold_numbers,
    folds_at_once,
    in_processes,
    one_sided,
    out_of_fold,
    release_processes,
    scores_by_fold,
    trees_out_of_fold,
)

EVEN = np.ones(1000, np.float32)
"""Weights of rows that all count the same."""


def known(true, fold) -> Targets:
    """Targets that all count the same."""
    return Targets(true, np.ones(len(true), np.float32), fold)


def made(count: int = 120):
    chance = np.random.RandomState(5)
    rows = chance.normal(size=(count, 8)).astype(np.float32)
    targets = np.stack([rows[:, 0] > 0, rows[:, 1] + rows[:, 2] > 0.5], axis=1)
    return rows, targets


def test_processes_change_nothing():
    rows, targets = made()
    one, two = (fit_logistic(csr_matrix(rows), targets, 1.0, jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])


@pytest.mark.parametrize("answer", [True, False])
def test_an_output_with_one_answer_gives_it_always(answer):
    rows, targets = made()
    targets[:, 1] = answer
    weights, bias = fit_logistic(csr_matrix(rows), targets, 1.0, jobs=1)
    scores = rows @ weights + bias
    assert ((scores[:, 1] > 0) == answer).all()
    assert ((scores[:, 0] > 0) == targets[:, 0]).mean() > 0.9


def test_answers_that_are_all_alike():
    always, never = one_sided(np.ones(3, bool)), one_sided(np.zeros(3, bool))
    assert always == -never > 5
    assert one_sided(np.array([True, False])) is None
    assert one_sided(np.zeros(0, bool)) == 0


def test_nothing_to_learn_from_says_neither_yes_nor_no():
    rows, targets = made(6)
    nothing, one_fold = (known(t, np.zeros(len(t), np.int64)) for t in (targets[:0], targets))
    assert out_of_fold(csr_matrix(rows[:0]), nothing, 1.0).shape == (0, 2)
    assert not out_of_fold(csr_matrix(rows), one_fold, 1.0).any()
    settings = {"iterations": 2, "leaves": 4, "seed": 0}
    assert not trees_out_of_fold(rows, known(targets[:, 0], one_fold.fold), **settings).any()


def test_without_columns_the_share_is_learned():
    targets = np.array([[True], [False], [False], [False]])
    coef, bias = fit_logistic(csr_matrix((4, 0), dtype=np.float32), targets, 1.0)
    assert coef.shape == (0, 1)
    assert bias.tolist() == pytest.approx([np.log(1 / 3)])


@pytest.mark.parametrize(("count", "folds"), [(10, 5), (23, 5), (7, 2)])
def test_folds_are_of_even_sizes_and_shuffled(count, folds):
    each = range(count)
    fold = fold_numbers(each, folds, 0)
    sizes = np.bincount(fold, minlength=folds)
    assert sizes.sum() == count
    assert sizes.max() - sizes.min() <= 1
    assert np.array_equal(fold, fold_numbers(each, folds, 0))
    assert not np.array_equal(fold, fold_numbers(each, folds, 1))


def test_documents_of_a_group_share_a_fold():
    groups = [f"story {i % 12}" for i in range(40)]
    fold = fold_numbers(groups, 4, 0)
    assert len({(group, number) for group, number in zip(groups, fold.tolist(), strict=True)}) == 12
    assert np.array_equal(np.bincount(fold[:12]), [3, 3, 3, 3])
    assert np.array_equal(fold[:12], fold_numbers(groups[:12], 4, 0))


def test_scores_out_of_fold_come_from_the_other_folds():
    rows, targets = made()
    fold = fold_numbers(range(len(rows)), 3, 0)
    scores = out_of_fold(csr_matrix(rows), known(targets, fold), 2.0)
    for number in range(3):
        held = fold == number
        weights, bias = fit_logistic(csr_matrix(rows[~held]), targets[~held], 2.0, jobs=1)
        assert scores[held] == pytest.approx(rows[held] @ weights + bias, abs=1e-5)


def test_rows_of_no_fold_are_always_seen_and_not_scored():
    rows, targets = made()
    fold = fold_numbers(range(len(rows)), 2, 0)
    fold[:40] = -1
    scores = out_of_fold(csr_matrix(rows), known(targets, fold), 2.0)
    assert not scores[:40].any()
    held = fold == 0
    weights, bias = fit_logistic(csr_matrix(rows[~held]), targets[~held], 2.0, jobs=1)
    assert scores[held] == pytest.approx(rows[held] @ weights + bias, abs=1e-5)


def test_folds_in_processes_of_their_own_change_nothing(monkeypatch):
    rows, targets = made(40_000)  # more than a megabyte, which processes share through a file
    fold = fold_numbers(range(len(rows)), 3, 0)
    shape = {"iterations": 5, "leaves": 4, "seed": 0}
    scores, trees = [], []
    for few in (1, len(rows) + 1):
        monkeypatch.setattr(fitting, "_FEWEST_ROWS", few)
        scores.append(out_of_fold(csr_matrix(rows), known(targets[:, :1], fold), 2.0))
        trees.append(trees_out_of_fold(rows, known(targets[:, 0], fold), **shape))
    assert np.array_equal(*scores)
    assert np.array_equal(*trees)


@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_folds_are_learned_in_other_processes_whatever_the_backend_outside(backend):
    fold = fold_numbers(range(12), 3, 0)
    with parallel_config(backend=backend):
        inside, outside = (scores_by_fold(fold, process_of, (12,), jobs) for jobs in (1, 2))
    assert set(inside.tolist()) == {os.getpid()}
    assert not set(outside.tolist()) & {os.getpid(), 0}


def process_of(_seen, held):
    return np.full(int(held.sum()), os.getpid())


def test_processes_that_wait_are_let_go():
    workers = set(in_processes((delayed(os.getpid)() for _ in range(6)), 2))
    assert os.getpid() not in workers
    for worker in workers:
        os.kill(worker, 0)  # there, waiting
    release_processes()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    release_processes()  # there is none
    assert not workers & set(in_processes((delayed(os.getpid)() for _ in range(6)), 2))


def test_a_process_that_dies_ends_in_one_line():
    fold = fold_numbers(range(12), 3, 0)
    with pytest.raises(NordclassError, match="a process of the training died"):
        scores_by_fold(fold, lambda _seen, _held: os.kill(os.getpid(), signal.SIGKILL), (12,), 2)


def test_two_folds_at_once_where_they_are_worth_it_and_have_room():
    assert folds_at_once(4_999, 0) == 1
    assert folds_at_once(5_000, 700_000_000) == 2
    assert folds_at_once(5_000, 700_000_001) == 1


def test_of_few_rows_one_tree_can_be_learned():
    rows, targets = made()
    trees = fitting.fit_trees(rows, targets[:, 0], EVEN[: len(rows)], iterations=1, leaves=4, seed=0)
    assert len(trees.roots) == 1


def test_trees_out_of_fold_have_not_seen_their_fold():
    """Labels that are noise can be learned by heart, not predicted."""
    chance = np.random.RandomState(1)
    rows = chance.normal(size=(200, 3)).astype(np.float32)
    noise = chance.rand(200) > 0.5
    shape = {"iterations": 30, "leaves": 8, "seed": 0}
    fold = fold_numbers(range(200), 4, 0)
    honest = trees_out_of_fold(rows, known(noise, fold), **shape)
    assert ((honest > 0) == noise).mean() < 0.62
    sign = trees_out_of_fold(rows, known(rows[:, 0] > 0, fold), **shape)
    assert ((sign > 0) == (rows[:, 0] > 0)).mean() > 0.9


def test_trees_out_of_fold_with_one_answer():
    rows = np.zeros((20, 2), np.float32)
    shape = {"iterations": 5, "leaves": 4, "seed": 0}
    fold = fold_numbers(range(20), 4, 0)
    assert (trees_out_of_fold(rows, known(np.ones(20, bool), fold), **shape) > 2).all()
    assert (trees_out_of_fold(rows, known(np.zeros(20, bool), fold), **shape) < -2).all()


def value(probabilities, targets, owners, missed, cut) -> float:
    """Micro-F1 and exact match at a cut, the plain way."""
    told = probabilities >= cut
    false = sum(missed)
    f1 = f1_score([*targets, *[1] * int(false)], [*told, *[0] * int(false)], zero_division=0)
    exact = [missed[d] == 0 and all(told[owners == d] == targets[owners == d]) for d in range(len(missed))]
    return f1 + sum(exact) / len(exact)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_threshold_is_hardly_worse_than_any_other(seed):
    chance = np.random.RandomState(seed)
    owners = np.sort(chance.randint(0, 60, 200))
    probabilities = chance.rand(200).astype(np.float32)
    targets = probabilities + chance.normal(size=200) * 0.2 > 0.55
    missed = (chance.rand(60) > 0.9).astype(np.float32)
    cut = best_threshold(probabilities, targets, owners, missed)
    values = [value(probabilities, targets, owners, missed, c) for c in np.arange(0.2, 0.75, 0.01)]
    found = value(probabilities, targets, owners, missed, cut)
    assert max(values) - found < 0.1
    assert max(values) - min(values) > 0.3  # a wrong cut would have been noticed


@pytest.mark.parametrize("edge", [0.3, 0.45, 0.6])
def test_the_best_threshold_parts_what_can_be_parted(edge):
    probabilities = np.concatenate([np.linspace(0.05, edge - 0.05, 50), np.linspace(edge + 0.05, 0.95, 50)])
    probabilities = probabilities.astype(np.float32)
    targets = probabilities > edge
    cut = best_threshold(probabilities, targets, np.arange(100), np.zeros(100, np.float32))
    assert ((probabilities >= cut) == targets).mean() > 0.97


def test_a_threshold_without_rows_is_a_probability():
    none = np.zeros(0, np.float32)
    assert 0 < best_threshold(none, none.astype(bool), none.astype(int), np.zeros(3, np.float32)) < 1


def test_the_gate_silences_documents_without_labels():
    """Half of the documents have no label and one middling row; the others a sure row and a middling one."""
    probabilities = np.tile(np.array([0.9, 0.5, 0.55], np.float32), 100)
    targets = np.tile([True, True, False], 100)
    owners = np.repeat(np.arange(200), [2, 1] * 100)
    none = np.zeros(200, np.float32)
    best = best_of_each(probabilities, owners, 200)
    assert best.tolist() == pytest.approx([0.9, 0.55] * 100)
    gate = best_gate(
        probabilities,
        targets,
        owners,
        none,
        best,
        lambda gate: best_threshold(probabilities, targets, owners, none, best >= gate),
        1.0,
    )
    assert 0.55 < gate <= 0.9
    assert best_threshold(probabilities, targets, owners, none, best >= gate) <= 0.5


def test_a_gate_of_a_language_decides_before_any_other():
    presence = np.array([0.6, 0.4, 0.6, 0.4], np.float32)
    found = decided_by_own_gates(presence, ["en", "en", "ko", "ko"], {"en": 0.5})
    assert found.tolist() == pytest.approx([1, -1, 0.6, 0.4])
    assert decided_by_own_gates(presence, ["en"] * 4, {}).tolist() == presence.tolist()


def test_the_gate_weighs_false_alarms_that_are_unwanted():
    chance = np.random.RandomState(1)
    probabilities = chance.rand(400).astype(np.float32)
    targets = probabilities + chance.normal(size=400) * 0.3 > 0.7
    owners = np.arange(400)
    none = np.zeros(400, np.float32)
    alarms = []
    for limit in (1.0, 0.1, 0.02):
        gate = best_gate(probabilities, targets, owners, none, probabilities, lambda _: 0.3, limit)
        alarms.append(((probabilities >= max(gate, 0.3)) & ~targets).sum() / (~targets).sum())
    assert alarms[0] > alarms[1] >= alarms[2]
    assert alarms[2] < 0.15


def test_weights_by_output_are_those_of_each_output_alone():
    chance = np.random.RandomState(0)
    rows = csr_matrix(chance.normal(size=(60, 4)).astype(np.float32))
    targets = chance.rand(60, 2) > 0.5
    weights = chance.rand(60, 2).astype(np.float32)
    weights[:20, 0] = 0
    coef, bias = fit_logistic(rows, targets, 1.0, weights, jobs=1)
    for output in range(2):
        seen = weights[:, output] > 0
        alone = fit_logistic(rows[seen], targets[seen][:, [output]], 1.0, weights[seen, output], jobs=1)
        assert coef[:, output] == pytest.approx(alone[0][:, 0], abs=1e-6)
        assert bias[output] == pytest.approx(alone[1][0], abs=1e-6)


@pytest.mark.parametrize("other", ["gone", "moved"])
def test_a_scikit_learn_that_holds_its_trees_otherwise_is_refused(other, monkeypatch):
    def otherwise(model):
        if other == "gone":
            raise AttributeError("_predictors")
        return replace(exported(model), start=5.0)

    monkeypatch.setattr(fitting, "exported", otherwise)
    rows = np.random.RandomState(0).normal(size=(100, 2)).astype(np.float32)
    with pytest.raises(NordclassError, match=r"pip install 'scikit-learn>=1\.7,<1\.10'$"):
        fit_trees(rows, rows[:, 0] > 0, EVEN[:100], iterations=3, leaves=4, seed=0)
