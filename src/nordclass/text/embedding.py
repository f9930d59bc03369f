"""What terms mean, as vectors learned from the company that they keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Embedding:
    """Vectors of terms: `vectors[i]`, of shape (dimensions,), belongs to `terms[i]`.

    A vector's direction is the term's meaning, its length how much it says (inverse document frequency), so
    that the mean of many terms listens to the telling ones.
    """

    terms: tuple[str, ...]
    vectors: Floats

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self.vectors.shape[1])

    @cached_property
    def _index(self) -> dict[str, int]:
        return {term: i for i, term in enumerate(self.terms)}

    def means(self, bags: Sequence[Sequence[str]]) -> Floats:
        """The mean meaning of each bag of terms, scaled to length 1, shape (bags, dimensions).

        A bag without known terms has a row of zeros.
        """
        known = self._index.get
        found = [[i for i in map(known, bag) if i is not None] for bag in bags]
        sizes = np.array([len(rows) for rows in found])
        sums = np.zeros((len(bags), self.dimensions), dtype=np.float32)
        filled = np.flatnonzero(sizes)
        if len(filled):
            rows = np.array([i for indexes in found for i in indexes], dtype=np.intp)
            starts = np.concatenate([[0], np.cumsum(sizes[filled])[:-1]])
            sums[filled] = np.add.reduceat(self.vectors[rows], starts, axis=0)
            lengths = np.sqrt((sums[filled] ** 2).sum(axis=1, keepdims=True))
            sums[filled] /= np.maximum(lengths, np.float32(1e-6))
        return sums
