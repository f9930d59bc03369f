from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from nordclass.training.bags import best_of_bags, fit_instances
from nordclass.training.fitting import Targets

BAGS = 60
OWNERS = np.repeat(np.arange(BAGS), 3)
LABELLED = np.arange(BAGS) % 2 == 0


@pytest.fixture(scope="module")
def rows():
    """Three instances a bag: noise that all bags have, and in the last one of a labelled bag a sign of it."""
    found = np.zeros((BAGS * 3, 4), dtype=np.float32)
    found[0::3, 0] = 1.0
    found[1::3, 1] = 1.0
    found[2::3, 2] = LABELLED
    found[2::3, 3] = ~LABELLED
    return csr_matrix(found)


def fit(rows, owners, targets, fold, taught):
    known = Targets(targets[:, None], np.ones(len(fold), dtype=np.float32), fold)
    return fit_instances(rows, owners, known, taught, 5.0, 0.3)


def test_a_label_is_taught_by_the_instances_that_speak_for_it(rows):
    coef, bias, scores = fit(rows, OWNERS, LABELLED, np.arange(BAGS) // 2 % 7, np.ones(BAGS, bool))
    assert (coef[:, 0] + bias > 0).tolist() == [False, False, True, False]
    assert ((best_of_bags(scores, OWNERS)[:, 0] > 0) == LABELLED).all()


def test_bags_without_a_fold_teach_all_folds_and_are_not_scored(rows):
    fold = np.where(np.arange(BAGS) < 20, -1, np.arange(BAGS) // 2 % 5)
    seen = LABELLED & (fold < 0)  # all that others know of the label is from bags without a fold
    _, _, scores = fit(rows, OWNERS, seen, fold, np.ones(BAGS, bool))
    best = best_of_bags(scores, OWNERS)[:, 0]
    assert not best[:20].any()
    assert best[20:][LABELLED[20:]].min() > best[20:][~LABELLED[20:]].max()


def test_bags_that_are_not_taught_are_scored_by_what_the_others_taught(rows):
    taught = np.arange(BAGS) < 50
    coef, bias, scores = fit(rows, OWNERS, LABELLED, np.arange(BAGS) // 2 % 5, taught)
    assert scores[150:] == pytest.approx(rows[150:] @ coef + bias, abs=1e-6)
    alone, _, _ = fit(rows[:150], OWNERS[:150], LABELLED[:50], np.arange(50) // 2 % 5, np.ones(50, bool))
    assert np.array_equal(coef, alone)
