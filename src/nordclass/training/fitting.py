"""Fits the parts of a head: logistic regressions and boosted trees, in and out of fold."""

from __future__ import annotations

import signal
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.errors import NordclassError
from nordclass.model.heads import gate_of
from nordclass.signals import signals_held_back, start_trackers
from nordclass.trees import BoostedTrees

if TYPE_CHECKING:
    from joblib import Parallel
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
_RARE: Final = -8.0
_EXPORT_TOLERANCE: Final = 1e-3
_KNOWN_SCIKIT_LEARN: Final = ">=1.7,<1.10"
"""Versions whose trees `exported` was tested with."""
_SMALL: Final = 2000
_SMOOTHING: Final = 3
_COPIES: Final = 3
"""How often liblinear and the booster hold what they are given, with their own copies of it."""
_FEWEST_ROWS: Final = 5000
_MOST_BYTES: Final = 700_000_000
_GATES: Final = (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True)
class Targets:
    """What rows, or bags of them, are to be learned as: parallel arrays.

    `true` has shape (rows,) or (rows, outputs); `weights` has shape (rows,), or has a column for each output;
    `fold`, of shape (rows,), is where each is held out, -1 for what is learned from in every fold.
    """

    true: NDArray[np.bool_]
    weights: Floats
    fold: NDArray[np.int64]

    def __getitem__(self, marked: NDArray[np.bool_]) -> Targets:
        """Those of the rows that are `marked`."""
        return Targets(self.true[marked], self.weights[marked], self.fold[marked])


def fit_logistic(
    rows: csr_matrix, targets: NDArray[np.bool_], c: float, weights: Floats | None = None, jobs: int = 2
) -> tuple[Floats, Floats]:
    """One-vs-rest logistic regression (liblinear, inverse regularisation `c`).

    `targets` has shape (documents, outputs), `weights` (documents,) or a column for each output. Returns
    weights of shape (columns, outputs) and biases of shape (outputs,); an output whose documents are all
    alike gets the bias of `one_sided`.
    """
    from joblib import delayed

    rows.sort_indices()
    fitted: list[tuple[Floats, float]] = in_processes(
        (
            delayed(_fit_one)(
                rows, targets[:, j], c, weights if weights is None or weights.ndim == 1 else weights[:, j]
            )
            for j in range(targets.shape[1])
        ),
        jobs if targets.shape[1] > 1 else 1,
        mapped=False,
    )
    return (
        np.column_stack([coef for coef, _ in fitted]).astype(np.float32),
        np.array([bias for _, bias in fitted], dtype=np.float32),
    )


def _fit_one(
    rows: csr_matrix, target: NDArray[np.bool_], c: float, weights: Floats | None
) -> tuple[Floats, float]:
    from sklearn.linear_model import LogisticRegression

    if weights is not None and not weights.all():  # what weighs nothing need not be looked at
        rows, target, weights = rows[weights > 0], target[weights > 0], weights[weights > 0]
    alike = one_sided(target)
    if alike is not None:
        return np.zeros(rows.shape[1], dtype=np.float32), alike
    if not rows.shape[1]:  # no term is frequent enough: how often the answer is yes is all there is to learn
        return np.zeros(0, dtype=np.float32), float(np.log(target.mean() / (1 - target.mean())))
    model = LogisticRegression(C=c, solver="liblinear", random_state=0, max_iter=500)
    model.fit(rows, target, sample_weight=weights)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def one_sided(targets: NDArray[np.bool_]) -> float | None:
    """The log-odds that `targets` teach where they leave nothing to tell apart; None where they differ.

    All true says always, all false never, none at all neither.
    """
    if not len(targets):
        return 0.0
    if targets.all():
        return -_RARE
    return None if targets.any() else _RARE


def fold_numbers(groups: Sequence[Hashable], folds: int, seed: int) -> NDArray[np.int64]:
    """A fold for each document, shuffled; those of one of the `groups` share it.

    Each fold has as many groups as the others, or one more.
    """
    number: dict[Hashable, int] = {}
    members = [number.setdefault(group, len(number)) for group in groups]
    shuffled = np.random.RandomState(seed).permutation(len(number)) % folds
    return shuffled[np.array(members, dtype=np.int64)]


def out_of_fold(rows: csr_matrix, targets: Targets, c: float) -> Floats:
    """Log-odds of each row from a model that has not seen its fold; rows of fold -1 are always seen."""

    def score(seen: NDArray[np.bool_], held: NDArray[np.bool_]) -> Floats:
        coef, bias = fit_logistic(rows[seen], targets.true[seen], c, targets.weights[seen])
        scores: Floats = rows[held] @ coef + bias
        return scores

    need = _COPIES * (rows.data.nbytes + rows.indices.nbytes)
    # Where there are several outputs `fit_logistic` learns them side by side, fold after fold.
    jobs = folds_at_once(rows.shape[0], need) if targets.true.shape[1] == 1 else 1
    return scores_by_fold(targets.fold, score, targets.true.shape, jobs)


def folds_at_once(rows: int, need: int) -> int:
    """How many folds are learned at a time, each of so many `rows` and with `need` bytes to learn in.

    Few rows are not worth processes of their own, and where much is needed there is no room for two.
    """
    return 2 if rows >= _FEWEST_ROWS and need <= _MOST_BYTES else 1


def in_processes(tasks: Iterable[Any], jobs: int, *, mapped: bool = True) -> list[Any]:
    """The answers of the `tasks` (of `joblib.delayed`), in their order, `jobs` at a time.

    More than one are done in processes of their own, whatever backend of joblib the caller has chosen: what
    limits the threads of a fit holds for a whole process. `mapped` shares large arrays through a file.
    Raises NordclassError when a process dies.
    """
    from joblib import Parallel
    from joblib.externals.loky.process_executor import BrokenProcessPool

    parallel = Parallel(n_jobs=jobs, backend="loky", max_nbytes="1M" if mapped else None)
    try:
        if jobs > 1:
            _start(parallel, jobs)
        answers: list[Any] = parallel(tasks)
    except BrokenProcessPool:
        raise NordclassError(
            "a process of the training died, perhaps for want of memory; learn from fewer documents"
        ) from None
    return answers


def _start(parallel: Parallel, jobs: int) -> None:
    """Let the processes of `parallel` begin deaf to Ctrl-C: while they import they would die with a trace.

    They hear SIGTERM, of which they die without one, also where their parent dies of it too.
    """
    from joblib import delayed

    start_trackers()
    with signals_held_back((signal.SIGINT,)):
        parallel(delayed(_nothing)() for _ in range(jobs))


def _nothing() -> None:
    """What a process that begins is asked to do."""


def release_processes() -> None:
    """End the processes that wait for further tasks of `in_processes`, with all the memory that they hold."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor(reuse=True).shutdown(wait=True)


def scores_by_fold(
    fold: NDArray[np.int64],
    score: Callable[[NDArray[np.bool_], NDArray[np.bool_]], Floats],
    shape: tuple[int, ...],
    jobs: int,
) -> Floats:
    """An array of `shape`, whose first axis is the rows, with what `score(seen, held)` answers for each fold.

    `held` marks the rows of the fold and `seen` all others, both of shape (rows,); `jobs` folds are scored at
    a time. Rows of fold -1 stay 0.
    """
    from joblib import delayed

    masks = [fold == number for number in range(fold.max(initial=-1) + 1)]
    masks = [held for held in masks if held.any()]
    answers = in_processes((delayed(score)(~held, held) for held in masks), jobs)
    scores = np.zeros(shape, dtype=np.float32)
    for held, answer in zip(masks, answers, strict=True):
        scores[held] = answer
    return scores


def fit_and_hold_out(
    rows: csr_matrix, targets: Targets, c: float, taught: NDArray[np.bool_] | None = None
) -> tuple[Floats, Floats, Floats]:
    """Weights and biases of `fit_logistic` on the `taught` rows (default: all), and the log-odds of all rows.

    Those of taught rows are `out_of_fold`; the others were seen by none.
    """
    if taught is None or taught.all():
        return *fit_logistic(rows, targets.true, c, targets.weights), out_of_fold(rows, targets, c)
    own, known = rows[taught], targets[taught]
    coef, bias = fit_logistic(own, known.true, c, known.weights)
    scores = np.asarray(rows @ coef + bias, dtype=np.float32)
    scores[taught] = out_of_fold(own, known, c)
    return coef, bias, scores


def fit_trees(
    rows: Floats,
    targets: NDArray[np.bool_],
    weights: Floats,
    *,
    iterations: int,
    leaves: int,
    seed: int,
) -> BoostedTrees:
    """Gradient-boosted trees (scikit-learn's histogram booster), exported to plain arrays.

    Raises NordclassError when the installed scikit-learn holds its trees in a form that is not known.
    """
    alike = one_sided(targets)
    if alike is not None:
        return _constant(alike)
    model = _booster(rows, targets, weights, iterations, leaves, seed)
    sample = rows[:: max(len(rows) // 1000, 1)]
    try:
        trees = exported(model)
        if np.allclose(trees.logits(sample), model.decision_function(sample), atol=_EXPORT_TOLERANCE):
            return trees
    except (AttributeError, LookupError, TypeError, ValueError):  # as another layout of private parts raises
        pass
    raise NordclassError(
        f"scikit-learn {version('scikit-learn')} holds its trees in a form that nordclass does not know;"
        f" install one that it does: pip install 'scikit-learn{_KNOWN_SCIKIT_LEARN}'"
    )


def _booster(
    rows: Floats, targets: NDArray[np.bool_], weights: Floats, iterations: int, leaves: int, seed: int
) -> Any:  # noqa: ANN401 - scikit-learn is untyped
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    small = len(rows) < _SMALL
    model = HistGradientBoostingClassifier(
        max_iter=max(iterations // 2, 1) if small else iterations,
        learning_rate=0.05,
        max_leaf_nodes=leaves,
        min_samples_leaf=10 if small else 50,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(1):  # sums in one order: the same trees on every run
        return model.fit(rows, targets, sample_weight=weights)


def _constant(start: float) -> BoostedTrees:
    none = np.zeros(1, dtype=np.int32)
    zero = np.zeros(1, dtype=np.float32)
    return BoostedTrees(none, none, zero, none, none, zero, start, 0)


def exported(model: Any) -> BoostedTrees:  # noqa: ANN401 - scikit-learn is untyped
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
        _rounded_down(np.where(leaf, 0.0, nodes["num_threshold"])),
        np.where(leaf, own, nodes["left"] + shift).astype(np.int32),
        np.where(leaf, own, nodes["right"] + shift).astype(np.int32),
        np.where(leaf, nodes["value"], 0.0).astype(np.float32),
        float(np.ravel(model._baseline_prediction)[0]),
        int(nodes["depth"].max()),
    )


def _rounded_down(cuts: NDArray[np.float64]) -> Floats:
    """The greatest float32 not above each of the `cuts`, so that every float32 stays on its side of it."""
    rounded = cuts.astype(np.float32)
    down: Floats = np.where(rounded > cuts, np.nextafter(rounded, np.float32(-np.inf)), rounded)
    return down


def trees_out_of_fold(rows: Floats, targets: Targets, *, iterations: int, leaves: int, seed: int) -> Floats:
    """Log-odds of each row from trees that have not seen its fold."""

    def score(seen: NDArray[np.bool_], held: NDArray[np.bool_]) -> Floats:
        known = targets[seen]
        model = _booster(rows[seen], known.true, known.weights, iterations, leaves, seed)
        scores: Floats = model.decision_function(rows[held])
        return scores

    return held_out(targets, score, folds_at_once(len(rows), _COPIES * rows.nbytes))


def held_out(
    targets: Targets,
    score: Callable[[NDArray[np.bool_], NDArray[np.bool_]], Floats],
    jobs: int,
) -> Floats:
    """Log-odds of each row from a model of the other folds, `jobs` of them learned at a time.

    `score(seen, held)` learns from the rows of the first mask and scores those of the second; it is not
    asked where all that are seen have the same answer.
    """

    def answer(seen: NDArray[np.bool_], held: NDArray[np.bool_]) -> Floats:
        alike = one_sided(targets.true[seen])
        if alike is None:
            return score(seen, held)
        return np.full(int(held.sum()), alike, dtype=np.float32)

    return scores_by_fold(targets.fold, answer, targets.true.shape, jobs)


def best_threshold(
    probabilities: Floats,
    targets: NDArray[np.bool_],
    owners: NDArray[np.int64],
    missed: Floats,
    passing: NDArray[np.bool_] | None = None,
) -> float:
    """The cut of `probabilities` (flat) where micro-F1 and exact match together are highest.

    `owners` is the document of each row, numbered from 0; `missed` counts for each document its positives
    that have no row (places labelled but not named). Exact match is the share of documents whose labels are
    all right. Only documents that are `passing`, of shape (documents,), are told anything (default: all). The
    sum is smoothed over neighbouring cuts: its peak is flat.
    """
    cuts = np.arange(0.2, 0.801, 0.01)
    open_ = np.ones(len(owners), dtype=bool) if passing is None else passing[owners]
    values = [_worth(open_ & (probabilities >= cut), targets, owners, missed)[0] for cut in cuts]
    padded = np.pad(np.array(values), _SMOOTHING, mode="edge")
    smooth = np.convolve(padded, np.full(2 * _SMOOTHING + 1, 1 / (2 * _SMOOTHING + 1)), mode="valid")
    return round(float(cuts[smooth.argmax()]), 3)


def best_gate(
    probabilities: Floats,
    targets: NDArray[np.bool_],
    owners: NDArray[np.int64],
    missed: Floats,
    presence: Floats,
    thresholds: Callable[[float], Floats | float],
    false_alarms: float,
) -> float:
    """The gate (`nordclass.model.classifier.Scored`) where micro-F1 and exact match together are highest.

    `presence`, of shape (documents,), must reach it; `thresholds` gives the cuts of the rows for a gate; the
    other arguments are those of `best_threshold`. Where more than `false_alarms` of the documents without a
    label are told one, each point above costs as much as a point of F1: a limit that cannot be kept does not
    silence the rest.
    """
    values = []
    for gate in _GATES:
        told = (presence[owners] >= gate) & (probabilities >= thresholds(gate))
        value, alarms = _worth(told, targets, owners, missed)
        values.append(value - max(alarms - false_alarms, 0.0))
    return _GATES[int(np.argmax(values))]


def decided_by_own_gates(presence: Floats, manners: Sequence[str], gates: Mapping[str, float]) -> Floats:
    """The `presence` of documents, decided for each manner (`FirstPass.manner`) with an own gate in `gates`.

    It is 1 where that gate is reached and -1 where not, so that no other gate decides otherwise.
    """
    own = np.array([gate_of(manner, gates, np.nan) for manner in manners], dtype=np.float32)
    decided: Floats = np.where(presence >= own, 1, -1).astype(np.float32)
    return np.where(np.isnan(own), presence, decided)


def best_of_each(probabilities: Floats, owners: NDArray[np.int64], documents: int) -> Floats:
    """The highest of each document's rows; 0 for one that has none."""
    best = np.zeros(documents, dtype=np.float32)
    np.maximum.at(best, owners, probabilities)
    return best


def _worth(
    told: NDArray[np.bool_], targets: NDArray[np.bool_], owners: NDArray[np.int64], missed: Floats
) -> tuple[float, float]:
    """Micro-F1 plus exact match, and the share of the documents without labels that are told one."""
    positives = np.bincount(owners, weights=targets, minlength=len(missed)) + missed
    hits = int((told & targets).sum())
    f1 = 2 * hits / max(int(told.sum()) + int(positives.sum()), 1)
    wrong = np.bincount(owners, weights=told != targets, minlength=len(missed)) + missed
    alarmed = np.bincount(owners, weights=told, minlength=len(missed)) > 0
    empty = positives == 0
    return f1 + float((wrong == 0).mean()), float(alarmed[empty].mean()) if empty.any() else 0.0
