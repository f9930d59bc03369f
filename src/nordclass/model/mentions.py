"""Scores the mentions of a place one by one: what one of them says the others may outweigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Floats
from nordclass.mentions.candidates import Candidate
from nordclass.model.quantized import quantized
from nordclass.model.vectorizer import Field, Vectorizer

MENTION_FIELDS: Final = ("near", "window")
"""The fields of a candidate that are read mention by mention."""

MENTION_NAMES: Final = ("best mention", "mean of mentions")
"""What `MentionScorer.scores` says of a candidate, column by column."""

MENTION_COLUMNS: Final = len(MENTION_NAMES)


@dataclass(frozen=True)
class MentionScorer:
    """A linear scorer over the single mentions of a candidate, for a vectorizer with some `mention_fields`.

    `weights`, of shape (columns,), are whole numbers of `scale`, for the terms of MENTION_FIELDS one field
    after the other. The row of a mention has the inverse document frequency of each of its terms, each field
    scaled to its weight as if no term stood there twice.
    """

    vectorizer: Vectorizer
    weights: NDArray[np.int8]
    scale: float
    bias: float

    @classmethod
    def of(cls, vectorizer: Vectorizer, weights: Floats, bias: float) -> MentionScorer:
        """The scorer whose weights are nearest to those."""
        return cls(vectorizer, *quantized(weights), bias)

    def scores(self, candidates: Sequence[Candidate]) -> Floats:
        """The best and the mean log-odds of each one's mentions, shape (candidates, MENTION_COLUMNS)."""
        counts = [len(candidate.lengths[0]) for candidate in candidates]
        lengths: list[int] = []
        columns = []
        for field, own, terms in mention_terms(self.vectorizer, candidates):
            lengths += own
            columns.append(self.vectorizer.whole(field, terms))
        said, squares = self._tables
        found = np.concatenate(columns)
        owners = np.repeat(np.arange(len(lengths)), lengths)
        totals = np.bincount(owners, said.take(found, mode="wrap"), len(lengths))
        sizes = np.sqrt(np.bincount(owners, squares.take(found, mode="wrap"), len(lengths)))
        sizes[sizes == 0] = 1.0
        parts = (totals / sizes).reshape(len(columns), -1)
        return best_and_mean(parts.sum(axis=0) + self.bias, counts)

    @cached_property
    def _tables(self) -> tuple[Floats, Floats]:
        """What each column of the vectorizer adds to a score, and to the square of a field's length.

        The last of both is nothing, for terms that are unknown.
        """
        said, squares = (np.zeros(self.vectorizer.width + 1, dtype=np.float32) for _ in range(2))
        first = 0
        for _, field in mention_fields(self.vectorizer):
            own = slice(field.first, field.first + len(field.terms))
            weights = self.weights[first : first + len(field.terms)]
            said[own] = field.idf * weights * np.float32(self.scale * field.weight)
            squares[own] = field.idf**2
            first += len(field.terms)
        return said, squares


def mention_fields(vectorizer: Vectorizer) -> list[tuple[int, Field]]:
    """The fields of MENTION_FIELDS that a vectorizer has, each with its place there."""
    return [
        (part, field)
        for part, name in enumerate(MENTION_FIELDS)
        for field in vectorizer.fields
        if field.name == name
    ]


def mention_terms(
    vectorizer: Vectorizer, candidates: Sequence[Candidate]
) -> Iterator[tuple[Field, list[int], list[str]]]:
    """For each of `mention_fields` how many terms each mention of `candidates` has, and all these terms."""
    for part, field in mention_fields(vectorizer):
        lengths = list(chain.from_iterable([candidate.lengths[part] for candidate in candidates]))
        terms = list(chain.from_iterable([candidate.bags[field.name] for candidate in candidates]))
        yield field, lengths, terms


def mention_columns(vectorizer: Vectorizer) -> int:
    """How many columns the rows of mentions have."""
    return sum(len(field.terms) for _, field in mention_fields(vectorizer))


def best_and_mean(scores: NDArray[np.floating], counts: Sequence[int]) -> Floats:
    """The highest and the mean of the `scores` of each candidate, which has `counts` of them, 1 or more."""
    if not len(counts):
        return np.zeros((0, MENTION_COLUMNS), dtype=np.float32)
    starts = np.cumsum(counts, dtype=np.intp) - np.array(counts, dtype=np.intp)
    found = np.empty((len(counts), MENTION_COLUMNS), dtype=np.float32)
    found[:, 0] = np.maximum.reduceat(scores, starts)
    found[:, 1] = np.add.reduceat(scores, starts) / counts
    return found
