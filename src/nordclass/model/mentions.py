"""Scores the mentions of a place one by one: what one of them says the others may outweigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.mentions.candidates import Candidate
from nordclass.model.quantized import quantized
from nordclass.model.vectorizer import Vectorizer
from nordclass.text.columns import UNKNOWN

Floats = NDArray[np.float32]
Integers = NDArray[np.intp]

MENTION_FIELDS: Final = ("near", "window")
"""The fields of a candidate that are read mention by mention."""

MENTION_COLUMNS: Final = 2
"""How many numbers `MentionScorer.scores` gives a candidate."""


@dataclass(frozen=True)
class MentionScorer:
    """A linear scorer over the single mentions of a candidate.

    `weights`, of shape (columns,), are whole numbers of `scale`, for the terms of MENTION_FIELDS one field
    after the other. The row of a mention has the inverse document frequency of each of its terms, each field
    scaled to its weight as if no term stood there twice.
    """

    weights: NDArray[np.int8]
    scale: float
    bias: float

    @classmethod
    def of(cls, weights: Floats, bias: float) -> MentionScorer:
        """The scorer whose weights are nearest to those."""
        return cls(*quantized(weights), bias)

    def scores(self, vectorizer: Vectorizer, candidates: Sequence[Candidate]) -> Floats:
        """The best and the mean log-odds of each one's mentions, shape (candidates, MENTION_COLUMNS)."""
        counts = [len(candidate.lengths[0]) for candidate in candidates]
        mentions = sum(counts)
        totals = np.zeros(mentions)
        for owners, columns, values in mention_terms(vectorizer, candidates):
            totals += np.bincount(owners, values * self.weights.take(columns), mentions)
        return best_and_mean(totals * self.scale + self.bias, counts)


def mention_columns(vectorizer: Vectorizer) -> int:
    """How many columns the rows of mentions have."""
    return sum(len(vectorizer.field(name).terms) for name in MENTION_FIELDS)


def mention_terms(
    vectorizer: Vectorizer, candidates: Sequence[Candidate]
) -> Iterator[tuple[Integers, Integers, Floats]]:
    """For each field the known terms of all mentions: the mention of each, its column, its value.

    The mentions of all `candidates` are numbered one after the other.
    """
    first = 0
    for part, name in enumerate(MENTION_FIELDS):
        field = vectorizer.field(name)
        lengths = list(chain.from_iterable(candidate.lengths[part] for candidate in candidates))
        terms = list(chain.from_iterable(candidate.bags[name] for candidate in candidates))
        columns = vectorizer.sequence(field, terms)
        known = columns != UNKNOWN
        owners = np.repeat(np.arange(len(lengths)), lengths)[known]
        columns = columns[known]
        weight = field.idf.take(columns)
        sizes = np.sqrt(np.bincount(owners, weight * weight, len(lengths)))
        values = (weight * (field.weight / sizes.take(owners))).astype(np.float32)
        yield owners, columns + first, values
        first += len(field.terms)


def best_and_mean(scores: NDArray[np.floating], counts: Sequence[int]) -> Floats:
    """The highest and the mean of the `scores` of each candidate, which has so many of them, at least one."""
    if not len(counts):
        return np.zeros((0, MENTION_COLUMNS), dtype=np.float32)
    starts = np.cumsum(counts, dtype=np.intp) - np.array(counts, dtype=np.intp)
    found = np.empty((len(counts), MENTION_COLUMNS), dtype=np.float32)
    found[:, 0] = np.maximum.reduceat(scores, starts)
    found[:, 1] = np.add.reduceat(scores, starts) / counts
    return found
