"""What terms mean, as vectors learned from the company that they keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from nordclass.text.columns import UNKNOWN, Columns

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
    def _index(self) -> Columns:
        return Columns({term: i for i, term in enumerate(self.terms)})

    def means(self, bags: Sequence[Sequence[str]]) -> Floats:
        """The mean meaning of each bag of terms, scaled to length 1, shape (bags, dimensions).

        A bag without known terms has a row of zeros.
        """
        lengths = list(map(len, bags))
        rows = np.fromiter(
            map(self._index.__getitem__, chain.from_iterable(bags)), dtype=np.intp, count=sum(lengths)
        )
        known = rows != UNKNOWN
        sizes = np.bincount(np.repeat(np.arange(len(bags)), lengths)[known], minlength=len(bags))
        sums = np.zeros((len(bags), self.dimensions), dtype=np.float32)
        filled = np.flatnonzero(sizes)
        if len(filled):
            starts = np.concatenate([[0], np.cumsum(sizes[filled])[:-1]])
            sums[filled] = np.add.reduceat(self.vectors.take(rows[known], axis=0), starts, axis=0)
            norms = np.sqrt((sums[filled] ** 2).sum(axis=1, keepdims=True))
            sums[filled] /= np.maximum(norms, np.float32(1e-6))
        return sums
