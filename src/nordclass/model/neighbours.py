"""The documents that a model learned from, found again by the terms that a new one shares with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Doubles, Floats, Integers

HEAVIEST: Final = 255
"""Stands for a term that is all there is of a document."""

_FAINT: Final = 0.01
"""Similarities that tell nothing."""

_DOUBT: Final = 0.01
"""How much the shares in all documents weigh, beside the squares of the similarities."""


@dataclass(frozen=True)
class Neighbours:
    """An inverted index of labelled documents, of each its heaviest terms.

    The entries of column c are those from `starts[c]` to `starts[c + 1]`; each is the number of a document,
    of `documents`, and what the term weighs there, of `weights`, in parts of HEAVIEST. `labels`, of shape
    (documents, outputs), says which labels each document has. The `nearest` documents are asked. Of a new
    document the `terms` heaviest are looked up, as many as are kept of the others (0: all, as format 4 did).
    """

    starts: NDArray[np.int64]
    documents: NDArray[np.unsignedinteger]
    weights: NDArray[np.uint8]
    labels: NDArray[np.bool_]
    nearest: int
    terms: int = 0

    def similarities(self, columns: NDArray[np.integer], values: NDArray[np.floating]) -> Doubles:
        """The cosine between the heaviest terms of a TF-IDF row and each document, shape (documents,)."""
        if self.terms:
            kept = heaviest(columns, values, self.terms)
            columns, values = columns[kept], values[kept]
        length = float(np.sqrt(values @ values)) or 1.0
        first = self.starts.take(columns)
        counts = self.starts.take(columns + 1) - first
        ends = np.cumsum(counts)
        entries = np.arange(int(counts.sum())) + np.repeat(first - (ends - counts), counts)
        shared = np.repeat(values / (length * HEAVIEST), counts) * self.weights.take(entries)
        return np.bincount(self.documents.take(entries), shared, len(self.labels)).astype(np.float64)

    def answer(self, similarities: Doubles) -> Floats:
        """The share of each label in the most similar documents, and how similar the first is.

        Shares are weighted by the squares of the similarities, and drawn to those of all documents where none
        is alike. Shape (outputs + 1,).
        """
        best = _highest(similarities, self.nearest)
        weights = similarities[best] ** 2
        shares = (weights @ self.labels[best] + _DOUBT * self._priors) / (weights.sum() + _DOUBT)
        return np.append(shares, similarities[best].max()).astype(np.float32)

    @cached_property
    def _priors(self) -> Doubles:
        """The share of each label in all documents."""
        shares: Doubles = self.labels.mean(axis=0)
        return shares


def heaviest(columns: NDArray[np.integer], values: NDArray[np.floating], count: int) -> Integers | slice:
    """Where the `count` highest of a row's `values` are; of values that are alike those of lower columns."""
    return np.lexsort((columns, -values))[:count] if len(values) > count else slice(None)


def _highest(values: Doubles, count: int) -> Integers:
    """Where the `count` highest of `values` are, or all of them.

    To part those near the highest takes a third of the time that parting thousands takes.
    """
    if len(values) <= count:
        return np.arange(len(values))
    least = float(values.max()) / 2
    near = np.arange(len(values))
    while least > _FAINT:
        found = np.flatnonzero(values >= least)
        if len(found) >= count:
            near = found
            break
        least /= 2
    return near[np.argpartition(values[near], -count)[-count:]]
