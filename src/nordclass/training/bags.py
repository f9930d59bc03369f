"""Learns from bags of instances: what is labelled is the bag, and few of its instances speak for a label."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.training.fitting import Floats, Targets, fit_and_hold_out, out_of_fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FOLDS: Final = 5
"""Instances are many: more folds than that take long and teach little more."""


def fit_instances(
    rows: csr_matrix,
    owners: NDArray[np.int64],
    targets: Targets,
    taught: NDArray[np.bool_],
    c: float,
    near: float,
) -> tuple[Floats, Floats, Floats]:
    """Fit logistic regressions on the `rows` of instances, in two rounds.

    First each instance has the labels of its bag; then a label is taught by the instances that speak for it
    most, out of fold (those within `near` of the best log-odds of their bag), and by those of bags without
    it. The others of its own bags tell of something else. (After the mi-SVM of Andrews, Tsochantaridis and
    Hofmann 2003, "Support vector machines for multiple-instance learning".)

    `owners`, ascending from 0, names the bag of each instance, and every bag has one at least; `targets` are
    those of the bags, with a weight each, and `taught` has shape (bags,). Bags of fold -1 teach every fold,
    in both rounds with all their instances. All instances of a bag together weigh the root of their number
    times its weight. Returns weights of shape (columns, outputs), biases (outputs,) and the log-odds of each
    instance (instances, outputs): out of fold for the taught ones, 0 for those of them that have no fold.
    """
    known, true, fold = taught[owners], targets.true[owners], targets.fold
    weight = (targets.weights / np.sqrt(np.bincount(owners)))[owners].astype(np.float32)
    each = Targets(true, weight, np.where(fold < 0, fold, fold % _FOLDS)[owners])
    first = np.zeros(true.shape, dtype=np.float32)
    own = rows if known.all() else rows[known]
    first[known] = out_of_fold(own, each[known], c)
    del own  # a copy as large as the rows
    speaks = first >= best_of_bags(first, owners)[owners] - np.float32(near)
    return fit_and_hold_out(rows, replace(each, weights=weight[:, None] * (speaks | ~true)), c, known)


def best_of_bags(scores: Floats, owners: NDArray[np.int64]) -> Floats:
    """The highest of the `scores` (instances, outputs) of each bag, shape (bags, outputs)."""
    best: Floats = np.maximum.reduceat(scores, np.flatnonzero(np.diff(owners, prepend=-1)), axis=0)
    return best
