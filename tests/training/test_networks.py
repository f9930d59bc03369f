from __future__ import annotations

import numpy as np
import pytest

from nordclass.training import fitting
from nordclass.training.fitting import Targets
from nordclass.training.networks import fit_network, network_out_of_fold


@pytest.fixture(scope="module")
def data():
    """Whether a row is true depends on a meaning and a number together."""
    chance = np.random.RandomState(0)
    meant = chance.normal(size=(6000, 4)).astype(np.float32)
    rows = chance.normal(size=(6000, 3)).astype(np.float32) * 10
    targets = meant[:, 0] + rows[:, 1] / 10 > 0
    return meant, rows, targets, np.ones(6000, np.float32)


def test_a_network_learns_what_no_line_can_part():
    chance = np.random.RandomState(0)
    meant = chance.normal(size=(30000, 1)).astype(np.float32)
    rows = chance.normal(size=(30000, 1)).astype(np.float32)
    targets = np.abs(meant[:, 0]) > 0.7  # about half of them
    network = fit_network(meant, rows, targets, np.ones(30000, np.float32), networks=2, units=32, seed=0)
    assert ((network.logits(meant, rows) > 0) == targets).mean() > 0.9
    assert network.hidden.shape == (2, 64)


def test_a_network_is_the_mean_of_its_parts(data):
    parts = [fit_network(*data, networks=1, units=8, seed=seed).logits(*data[:2]) for seed in (3, 4)]
    both = fit_network(*data, networks=2, units=8, seed=3).logits(*data[:2])
    assert both == pytest.approx(np.mean(parts, axis=0), abs=1e-4)


def test_the_same_data_give_the_same_network(data):
    one, other = (fit_network(*data, networks=1, units=8, seed=0) for _ in range(2))
    assert one.hidden.tobytes() == other.hidden.tobytes()


def test_out_of_fold_scores_come_from_the_other_folds(data):
    meant, rows, targets, weights = data
    fold = np.arange(6000) % 3
    scores = network_out_of_fold(meant, rows, Targets(targets, weights, fold), networks=1, units=16, seed=0)
    assert ((scores > 0) == targets).mean() > 0.8
    rest = fold != 1
    network = fit_network(meant[rest], rows[rest], targets[rest], weights[rest], networks=1, units=16, seed=0)
    assert scores[~rest] == pytest.approx(network.logits(meant[~rest], rows[~rest]), abs=1e-5)


def test_processes_of_their_own_change_nothing(data, monkeypatch):
    meant, rows, targets, weights = data
    known = Targets(targets, weights, np.arange(6000) % 3)
    scores = []
    for few in (1, 6001):
        monkeypatch.setattr(fitting, "_FEWEST_ROWS", few)
        scores.append(network_out_of_fold(meant, rows, known, networks=1, units=8, seed=0))
    assert np.array_equal(*scores)


def test_weights_count(data):
    """Two rows that differ in nothing but the answer: the heavier one wins."""
    meant, rows = np.zeros((400, 2), np.float32), np.zeros((400, 1), np.float32)
    targets = np.arange(400) % 2 == 0
    weights = np.where(targets, 5, 1).astype(np.float32)
    assert (
        fit_network(meant, rows, targets, weights, networks=1, units=4, seed=0).logits(meant, rows)[0] > 0.5
    )


@pytest.mark.parametrize("answer", [True, False])
def test_a_fold_that_the_others_have_no_answer_for(data, answer):
    """Where all others say the same, so does the network; scikit-learn's would always say no."""
    meant, rows, _, weights = (part[:60] for part in data)
    fold = np.repeat([0, 2], 30)  # fold 1 is empty
    targets = (fold == 0) != answer
    scores = network_out_of_fold(meant, rows, Targets(targets, weights, fold), networks=1, units=4, seed=0)
    assert ((scores[fold == 0] > 0) == answer).all()
    assert ((scores[fold == 2] > 0) == (not answer)).all()
