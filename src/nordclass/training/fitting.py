"""Fits the parts of a head: logistic regressions and boosted trees, in and out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nordclass.model.trees import BoostedTrees

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
_RARE = -8.0
_EXPORT_TOLERANCE = 1e-3
_SMALL = 2000


def fit_logistic(
    rows: csr_matrix, targets: NDArray[np.bool_], c: float, weights: Floats | None = None, jobs: int = 2
) -> tuple[Floats, Floats]:
    """One-vs-rest logistic regression (liblinear, inverse regularisation `c`).

    `targets` has shape (documents, outputs). Returns weights of shape (columns, outputs) and biases of
    shape (outputs,); an output without positive documents gets a bias that never fires.
    """
    from joblib import Parallel, delayed

    rows.sort_indices()
    fitted = Parallel(n_jobs=jobs if targets.shape[1] > 1 else 1, max_nbytes=None)(
        delayed(_fit_one)(rows, targets[:, j], c, weights) for j in range(targets.shape[1])
    )
    return (
        np.column_stack([coef for coef, _ in fitted]).astype(np.float32),
        np.array([bias for _, bias in fitted], dtype=np.float32),
    )


def _fit_one(
    rows: csr_matrix, target: NDArray[np.bool_], c: float, weights: Floats | None
) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if target.all() or not target.any():
        return np.zeros(rows.shape[1], dtype=np.float32), -_RARE if target.all() else _RARE
    model = LogisticRegression(C=c, solver="liblinear", random_state=0, max_iter=500)
    model.fit(rows, target, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def fold_numbers(count: int, folds: int, seed: int) -> NDArray[np.int64]:
    """A fold for each of `count` documents, shuffled, of even sizes."""
    return np.random.RandomState(seed).permutation(count) % folds


def out_of_fold(
    rows: csr_matrix,
    targets: NDArray[np.bool_],
    fold: NDArray[np.int64],
    c: float,
    weights: Floats | None = None,
) -> Floats:
    """Log-odds of each row from a model that has not seen its fold; rows of fold -1 are always seen."""
    scores = np.zeros(targets.shape, dtype=np.float32)
    for number in range(fold.max() + 1):
        held = fold == number
        coef, bias = fit_logistic(
            rows[~held], targets[~held], c, None if weights is None else weights[~held]
        )
        scores[held] = rows[held] @ coef + bias
    return scores


def fit_trees(
    rows: Floats, targets: NDArray[np.bool_], *, iterations: int, leaves: int, seed: int
) -> BoostedTrees:
    """Gradient-boosted trees (scikit-learn's histogram booster), exported to plain arrays."""
    if targets.all() or not targets.any():
        return _constant(-_RARE if targets.all() else _RARE)
    model = _booster(rows, targets, iterations, leaves, seed)
    trees = _export(model)
    sample = rows[:: max(len(rows) // 1000, 1)]
    if not np.allclose(trees.logits(sample), model.decision_function(sample), atol=_EXPORT_TOLERANCE):
        raise RuntimeError("this scikit-learn lays out its trees in a way that nordclass does not know")
    return trees


def _booster(rows: Floats, targets: NDArray[np.bool_], iterations: int, leaves: int, seed: int) -> Any:  # noqa: ANN401 - scikit-learn is untyped
    from sklearn.ensemble import HistGradientBoostingClassifier

    small = len(rows) < _SMALL
    return HistGradientBoostingClassifier(
        max_iter=iterations // 2 if small else iterations,
        learning_rate=0.05,
        max_leaf_nodes=leaves,
        min_samples_leaf=10 if small else 50,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    ).fit(rows, targets)


def _constant(start: float) -> BoostedTrees:
    none = np.zeros(1, dtype=np.int32)
    zero = np.zeros(1, dtype=np.float32)
    return BoostedTrees(none, none, zero, none, none, zero, start, 0)


def _export(model: Any) -> BoostedTrees:  # noqa: ANN401 - scikit-learn is untyped
    """The trees of a fitted histogram booster, whose node arrays scikit-learn keeps private."""
    parts: list[Any] = [stage[0].nodes for stage in model._predictors]
    sizes = [len(nodes) for nodes in parts]
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    nodes = np.concatenate(parts)
    shift = np.repeat(roots, sizes)
    leaf = nodes["is_leaf"].astype(bool)
    own = np.arange(len(nodes), dtype=np.int32)
    return BoostedTrees(
        roots,
        np.where(leaf, 0, nodes["feature_idx"]).astype(np.int32),
        np.where(leaf, 0.0, nodes["num_threshold"]).astype(np.float32),
        np.where(leaf, own, nodes["left"] + shift).astype(np.int32),
        np.where(leaf, own, nodes["right"] + shift).astype(np.int32),
        np.where(leaf, nodes["value"], 0.0).astype(np.float32),
        float(np.ravel(model._baseline_prediction)[0]),
        int(nodes["depth"].max()),
    )


def trees_out_of_fold(
    rows: Floats,
    targets: NDArray[np.bool_],
    fold: NDArray[np.int64],
    *,
    iterations: int,
    leaves: int,
    seed: int,
) -> Floats:
    """Log-odds of each row from trees that have not seen its fold."""
    scores = np.zeros(len(rows), dtype=np.float32)
    for number in range(fold.max() + 1):
        held = fold == number
        if not held.any():
            continue
        seen = targets[~held]
        if seen.all() or not seen.any():
            scores[held] = -_RARE if seen.all() else _RARE
        else:
            scores[held] = _booster(rows[~held], seen, iterations, leaves, seed).decision_function(rows[held])
    return scores


def best_threshold(
    odds: Floats, targets: NDArray[np.bool_], missed: int = 0, grid: Sequence[float] | None = None
) -> float:
    """The cut of `odds` (probabilities, flat) with the highest F1.

    `missed` counts positives that have no row (places labelled but not named).
    """
    cuts = np.asarray(grid if grid is not None else np.arange(0.2, 0.71, 0.01))
    best, cut = -1.0, 0.5
    for value in cuts:
        told = odds >= value
        hits = int((told & targets).sum())
        f1 = 2 * hits / max(int(told.sum()) + int(targets.sum()) + missed, 1)
        if f1 > best + 1e-9:
            best, cut = f1, float(value)
    return round(cut, 3)
