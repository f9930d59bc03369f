"""Learns the sector head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from nordclass.errors import DataError
from nordclass.model.heads import FirstPass, Presence, SectorHead, presence_row, sector_rows
from nordclass.model.linear import LinearScorer
from nordclass.model.sector_scorer import PASSAGE_FIELD, UNREAD, Reading, Register, SectorScorer
from nordclass.training.examples import Example, label_matrix
from nordclass.training.fitting import (
    Floats,
    Targets,
    best_gate,
    best_threshold,
    decided_by_own_gates,
    fit_and_hold_out,
    fit_trees,
    trees_out_of_fold,
)
from nordclass.training.neighbours import fit_neighbours, neighbours_out_of_fold
from nordclass.training.passages import fit_passages
from nordclass.training.settings import SectorSettings
from nordclass.training.vectorizing import fit_vectorizer, matrix
from nordclass.trees import sigmoid

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST: Final = 20
"""The least number of labelled documents of a language that a scorer is learned from."""

_SHRINKAGE: Final = 60.0

_REGISTER_C: Final = 10.0
"""Inverse regularisation of the weights of terms that tell releases from other documents."""

_PRESENCE_C: Final = 1.0
"""Inverse regularisation of the five weights that say whether a document has any sector."""


Translate = Callable[[str], tuple[Sequence[Example], Sequence[int]]]
"""What teaches a language besides its own: examples in its terms, and their places among all examples."""


def untranslated(_: str) -> tuple[Sequence[Example], Sequence[int]]:
    """Teaches a language nothing of the others."""
    return [], []


@dataclass(frozen=True)
class SectorScores:
    """The fitted scorers by language, and what they read of each example, out of fold where it has one."""

    labels: tuple[str, ...]
    scorers: Mapping[str, SectorScorer]
    held_out: Sequence[Reading]


def sector_labels(examples: Sequence[Example], order: Sequence[str]) -> tuple[str, ...]:
    """The labels that occur: those of the taxonomy in its `order`, then others alphabetically."""
    found = {label for example in examples for label in example.sectors or ()}
    return (*(s for s in order if s in found), *sorted(found.difference(order)))


def labelled_by_language(examples: Sequence[Example]) -> Counter[str]:
    """How many examples in each language that is read are labelled with sectors."""
    return Counter(e.language for e in examples if e.sectors is not None and e.language != "und")


def fit_sector_scorers(
    examples: Sequence[Example],
    labels: tuple[str, ...],
    fold: NDArray[np.int64],
    settings: SectorSettings,
    translate: Translate = untranslated,
) -> SectorScores:
    """Fit one scorer a language that has enough, on all its examples that are labelled with sectors.

    Those that are `terms_only` teach the linear scorer and the passages alone. The linear scorer learns from
    examples of the other language, too, which `translate` gives in its terms. What has the fold -1 is learned
    from in every fold.
    """
    scorers = {}
    held_out: list[Reading] = [UNREAD] * len(examples)
    for language, count in sorted(labelled_by_language(examples).items()):
        if count < FEWEST:
            continue
        own = [i for i, e in enumerate(examples) if e.language == language]
        foreign, places = translate(language)
        scorers[language], readings = _fit_scorer(
            [examples[i] for i in own], foreign, labels, fold[[*own, *places]], settings
        )
        for i, reading in zip(own, readings, strict=True):
            held_out[i] = reading
    return SectorScores(labels, scorers, held_out)


def _fit_scorer(
    own: Sequence[Example],
    foreign: Sequence[Example],
    labels: tuple[str, ...],
    folds: NDArray[np.int64],
    settings: SectorSettings,
) -> tuple[SectorScorer, list[Reading]]:
    """Fit the scorer of one language; also returns what it reads of its own examples, out of fold.

    `folds` are of the own examples, then of the `foreign` ones.
    """
    examples = [*own, *foreign]
    known = np.array([e.sectors is not None for e in examples], dtype=bool)
    targets = Targets(
        label_matrix([e.sectors or frozenset() for e in examples], labels),
        np.array([e.weight for e in examples], dtype=np.float32),
        folds,
    )
    told = [e.terms for e in own if e.sectors is not None]
    vectorizer = fit_vectorizer(told, settings.weights, min_df=settings.min_df)
    every = matrix(vectorizer, [e.terms for e in examples])
    coef, bias, inside = fit_and_hold_out(every, targets, settings.c, known)
    # Neighbours, the register and whether there is any cooperation are learned from whole articles alone:
    # aid projects and words always speak for one, and a clause is no document.
    whole = np.logical_and(known, [not e.terms_only for e in examples])
    any_sector = replace(targets, true=np.logical_or.reduce(targets.true, axis=1, keepdims=True))
    any_coef, any_bias, any_inside = fit_and_hold_out(every, any_sector, settings.c, whole)
    scores = np.hstack([inside, any_inside])[: len(own)]
    rows = every[: len(own)] if foreign else every
    targets = targets[np.arange(len(examples)) < len(own)]
    labelled, taught = known[: len(own)], whole[: len(own)]
    linear = LinearScorer(vectorizer, np.hstack([coef, any_coef]), np.concatenate([bias, any_bias]))
    passages, neighbours = None, None
    best = near = np.zeros((len(own), 0), dtype=np.float32)
    if taught.any() and PASSAGE_FIELD in settings.weights:
        running = [e.terms[PASSAGE_FIELD] for e in own]
        passages, best = fit_passages(vectorizer, running, targets, labelled)
    if taught.any() and settings.nearest > 0:
        neighbours = fit_neighbours(rows[taught], targets.true[taught], settings.nearest)
        near = neighbours_out_of_fold(neighbours, rows, targets.fold, taught)
    releases = replace(targets, true=np.array([[e.release] for e in own], dtype=bool))
    register, release = _fit_register(rows, releases, taught)
    readings = [Reading(*parts) for parts in zip(scores, best, near, release.tolist(), strict=True)]
    return SectorScorer(linear, passages, neighbours, register), readings


def _fit_register(
    rows: csr_matrix, releases: Targets, taught: NDArray[np.bool_]
) -> tuple[Register | None, Floats]:
    """Fit what tells `releases` from other documents; also returns the log-odds out of fold, shape (rows,).

    None, and 0, where of either kind there are too few.
    """
    known = releases.true[taught]
    if min(known.sum(), (~known).sum()) < FEWEST:
        return None, np.zeros(len(releases.true), dtype=np.float32)
    coef, bias, scores = fit_and_hold_out(rows, releases, _REGISTER_C, taught)
    return Register(coef[:, 0], float(bias[0])), scores[:, 0]


HeldOut = list[tuple[int, Floats, float]]
"""For reports: the index of a document, what `SectorHead.probabilities` says of it out of fold, settled."""


def fit_sector_combiner(
    fitted: SectorScores,
    passes: Sequence[FirstPass],
    examples: Sequence[Example],
    partner: Floats,
    fold: NDArray[np.int64],
    settings: SectorSettings,
    seed: int,
) -> tuple[SectorHead, HeldOut]:
    """Fit the combiner, a threshold a label, and the gate.

    `partner`, of shape (examples,), is the probability that the best place of each is a partner.

    Raises DataError when there is no whole document to learn from, or none that is representative.
    """
    labels = fitted.labels
    taught = [
        i
        for i, e in enumerate(examples)
        if e.sectors is not None and not e.terms_only and len(passes[i].sectors)
    ]
    usual = np.array([examples[i].representative for i in taught], dtype=bool)
    if not usual.any():
        kind = "representative record" if taught else "record that is not terms_only"
        raise DataError(f"no {kind} is labelled with sectors; thresholds are chosen on those")
    target = label_matrix([examples[i].sectors or frozenset() for i in taught], labels)
    priors = np.log((target.sum(axis=0) + 1) / (len(taught) + 2)).astype(np.float32)
    rows = np.concatenate([sector_rows(passes[i], priors) for i in taught])
    shape = {"iterations": settings.iterations, "leaves": settings.leaves, "seed": seed}
    weight = np.repeat(np.array([examples[i].weight for i in taught], dtype=np.float32), len(labels))
    combiner = fit_trees(rows, target.ravel(), weight, **shape)
    targets = Targets(target.ravel(), weight, np.repeat(fold[taught], len(labels)))
    logits = trees_out_of_fold(rows, targets, **shape).reshape(target.shape)
    seen = np.array([presence_row(row, passes[i]) for row, i in zip(logits, taught, strict=True)])
    any_sector = target.sum(axis=1, keepdims=True) > 0
    presence, present = _fit_presence(seen, Targets(any_sector, weight[:: len(labels)], fold[taught]))
    probabilities = sigmoid(logits)
    cuts = label_thresholds(probabilities[usual], target[usual])
    head = SectorHead(
        labels,
        fitted.scorers,
        combiner,
        priors,
        cuts,
        settings.gate or 0.0,
        presence,
        settings.gates,
        settings.sure_partner,
    )
    present = np.array(list(map(head.settled, present.tolist(), partner[taught].tolist())), dtype=np.float32)
    if settings.gate is None:
        manners = [passes[i].manner for i in np.array(taught)[usual]]
        passing = decided_by_own_gates(present[usual], manners, settings.gates)
        head = replace(
            head, gate=_gate(probabilities[usual], target[usual], passing, cuts, settings.false_alarms)
        )
    return head, list(zip(taught, probabilities, present.tolist(), strict=True))


def _fit_presence(rows: Floats, targets: Targets) -> tuple[Presence, Floats]:
    """Fit the regression on rows of `presence_row`; also returns the probabilities out of fold."""
    from scipy.sparse import csr_matrix

    coef, bias, inside = fit_and_hold_out(csr_matrix(rows), targets, _PRESENCE_C)
    return Presence(coef[:, 0], float(bias[0])), sigmoid(inside[:, 0])


def _gate(
    probabilities: Floats, target: NDArray[np.bool_], presence: Floats, cuts: Floats, false_alarms: float
) -> float:
    """The best gate where `probabilities` (documents, labels) must reach the `cuts` of their labels."""
    documents, labels = target.shape
    owners = np.repeat(np.arange(documents), labels)
    none = np.zeros(documents, dtype=np.float32)
    each = np.tile(cuts, documents)
    return best_gate(
        probabilities.ravel(), target.ravel(), owners, none, presence, lambda _: each, false_alarms
    )


def label_thresholds(probabilities: Floats, target: NDArray[np.bool_]) -> Floats:
    """A cut a label, drawn towards the cut that is best for all labels by how rare the label is."""
    documents, labels = target.shape
    none = np.zeros(documents, dtype=np.float32)
    owners = np.repeat(np.arange(documents), labels)
    overall = best_threshold(probabilities.ravel(), target.ravel(), owners, none)
    cuts = []
    for j in range(labels):
        count = int(target[:, j].sum())
        own = overall
        if count:
            own = best_threshold(probabilities[:, j], target[:, j], np.arange(documents), none)
        cuts.append((count * own + _SHRINKAGE * overall) / (count + _SHRINKAGE))
    return np.array(cuts, dtype=np.float32)
