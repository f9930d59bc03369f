"""Learns the sector head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nordclass.model.heads import FirstPass, SectorHead, sector_rows
from nordclass.model.linear import LinearScorer
from nordclass.model.trees import sigmoid
from nordclass.training.corpus import Example, label_matrix
from nordclass.training.fitting import (
    Floats,
    best_threshold,
    fit_logistic,
    fit_trees,
    out_of_fold,
    trees_out_of_fold,
)
from nordclass.training.settings import SectorSettings
from nordclass.training.vectorizing import fit_vectorizer, matrix

_FEWEST = 20
_SHRINKAGE = 60.0


@dataclass(frozen=True)
class SectorScores:
    """The fitted scorers by language, and for each example its out-of-fold scores (labels and "any")."""

    labels: tuple[str, ...]
    scorers: Mapping[str, LinearScorer]
    held_out: Sequence[Floats]


def sector_labels(examples: Sequence[Example], order: Sequence[str]) -> tuple[str, ...]:
    """The labels that occur: those of the taxonomy in its `order`, then others alphabetically."""
    found = {label for example in examples for label in example.sectors or ()}
    return (*(s for s in order if s in found), *sorted(found.difference(order)))


def fit_sector_scorers(
    examples: Sequence[Example],
    labels: tuple[str, ...],
    fold: NDArray[np.int64],
    settings: SectorSettings,
) -> SectorScores:
    """Fit one scorer a language, on all its examples that are labelled with sectors."""
    scorers = {}
    held_out: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(examples)
    for language in sorted({e.language for e in examples} - {"und"}):
        own = [i for i, e in enumerate(examples) if e.language == language]
        taught = np.array([i for i in own if examples[i].sectors is not None], dtype=np.int64)
        if len(taught) < _FEWEST:
            continue
        vectorizer = fit_vectorizer(
            [examples[i].terms for i in taught], settings.weights, min_df=settings.min_df
        )
        rows = matrix(vectorizer, (examples[i].terms for i in own))
        known = np.isin(own, taught)
        sets = [examples[i].sectors or frozenset() for i in taught]
        target = label_matrix(sets, labels)
        weight = np.array([examples[i].weight for i in taught], dtype=np.float32)
        # "Any cooperation" is learned from whole articles alone: a project is always one.
        whole = np.array([not examples[i].terms_only for i in taught], dtype=bool)
        any_target = target.any(axis=1, keepdims=True)
        coef, bias = fit_logistic(rows[known], target, settings.c, weight)
        any_coef, any_bias = fit_logistic(rows[known][whole], any_target[whole], settings.c, weight[whole])
        scorer = LinearScorer(vectorizer, np.hstack([coef, any_coef]), np.concatenate([bias, any_bias]))
        scores = np.asarray(rows @ scorer.weights + scorer.bias, dtype=np.float32)
        folds = np.where(whole, fold[taught], -1)
        inside = np.hstack(
            [
                out_of_fold(rows[known], target, folds, settings.c, weight),
                np.zeros((len(taught), 1), dtype=np.float32),
            ]
        )
        inside[whole, -1:] = out_of_fold(
            rows[known][whole], any_target[whole], folds[whole], settings.c, weight[whole]
        )
        scores[known] = inside
        scorers[language] = scorer
        for i, row in zip(own, scores, strict=True):
            held_out[i] = row
    return SectorScores(labels, scorers, held_out)


def fit_sector_combiner(
    fitted: SectorScores,
    passes: Sequence[FirstPass],
    examples: Sequence[Example],
    fold: NDArray[np.int64],
    settings: SectorSettings,
    seed: int,
) -> tuple[SectorHead, Floats, list[int]]:
    """Fit the combiner and a threshold a label.

    Also returns the out-of-fold probabilities, shape (documents, labels), and the indexes of the documents,
    for reports.
    """
    labels = fitted.labels
    taught = [
        i
        for i, e in enumerate(examples)
        if e.sectors is not None and not e.terms_only and len(passes[i].sectors)
    ]
    target = label_matrix([examples[i].sectors or frozenset() for i in taught], labels)
    priors = np.log((target.sum(axis=0) + 1) / (len(taught) + 2)).astype(np.float32)
    rows = np.concatenate([sector_rows(passes[i], priors) for i in taught])
    shape = {"iterations": settings.iterations, "leaves": settings.leaves, "seed": seed}
    combiner = fit_trees(rows, target.ravel(), **shape)
    folds = np.repeat(fold[taught], len(labels))
    odds = sigmoid(trees_out_of_fold(rows, target.ravel(), folds, **shape)).reshape(target.shape)
    head = SectorHead(labels, fitted.scorers, combiner, priors, label_thresholds(odds, target))
    return head, odds, taught


def label_thresholds(odds: Floats, target: NDArray[np.bool_]) -> Floats:
    """A cut a label, drawn towards the cut that is best for all labels by how rare the label is."""
    overall = best_threshold(odds.ravel(), target.ravel())
    cuts = []
    for j in range(target.shape[1]):
        count = int(target[:, j].sum())
        own = best_threshold(odds[:, j], target[:, j]) if count else overall
        cuts.append((count * own + _SHRINKAGE * overall) / (count + _SHRINKAGE))
    return np.array(cuts, dtype=np.float32)
