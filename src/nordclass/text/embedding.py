"""What terms mean, as vectors learned from the company that they keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.text.columns import UNKNOWN, Columns
from nordclass.text.packed import lookup

Floats = NDArray[np.float32]
Vectors = NDArray[np.int8] | Floats

_AT_ONCE: Final = 65_536
"""Maximum vectors held beside each other: 20 MB of 64 numbers each; sums of bytes are exact."""

_LARGEST: Final = 127


def as_bytes(vectors: NDArray[np.floating]) -> NDArray[np.int8]:
    """The `vectors` as whole numbers, the largest of which is 127 or -127.

    All are scaled alike, so that means, which have length 1, stay nearly the same.
    """
    scale = _LARGEST / max(float(np.abs(vectors).max(initial=0)), 1e-6)
    whole: NDArray[np.int8] = np.rint(vectors * scale).astype(np.int8)
    return whole


@dataclass(frozen=True)
class Embedding:
    """Vectors of terms: `vectors[i]`, of shape (dimensions,), belongs to `terms[i]`.

    A vector's direction is the term's meaning, its length how much it says (inverse document frequency), so
    that the mean of many terms listens to the telling ones. What is learned is made of bytes
    (`as_bytes`); older models, and what was made from them, hold fractions.
    """

    terms: Sequence[str]
    vectors: Vectors

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self.vectors.shape[1])

    @cached_property
    def _index(self) -> Columns:
        return Columns(lookup(self.terms))

    def means(self, bags: Sequence[Sequence[str]]) -> Floats:
        """The mean meaning of each bag of terms, scaled to length 1, shape (bags, dimensions).

        A bag without known terms has a row of zeros. What a bag means does not depend on the others.
        """
        lengths = list(map(len, bags))
        if sum(lengths) > _AT_ONCE and len(bags) > 1:
            half = len(bags) // 2
            return np.concatenate([self.means(bags[:half]), self.means(bags[half:])])
        rows = np.fromiter(
            map(self._index.__getitem__, chain.from_iterable(bags)), dtype=np.intp, count=sum(lengths)
        )
        known = rows != UNKNOWN
        sizes = np.bincount(np.repeat(np.arange(len(bags)), lengths)[known], minlength=len(bags))
        sums = np.zeros((len(bags), self.dimensions), dtype=np.float32)
        filled = np.flatnonzero(sizes)
        if len(filled):
            starts = np.concatenate([[0], np.cumsum(sizes[filled])[:-1]])
            sums[filled] = self._sums(rows[known], starts)
            norms = np.sqrt((sums[filled] ** 2).sum(axis=1, keepdims=True))
            sums[filled] /= np.maximum(norms, np.float32(1e-6))
        return sums

    def _sums(self, rows: NDArray[np.intp], starts: NDArray[np.intp]) -> Floats:
        """The sum of the vectors `rows` from each of `starts` on; many rows belong to a single bag."""
        if len(rows) <= _AT_ONCE:
            sums: Floats = np.add.reduceat(self._taken(rows), starts, axis=0)
            return sums
        total = np.zeros((1, self.dimensions), dtype=np.float32)
        for first in range(0, len(rows), _AT_ONCE):
            total += self._taken(rows[first : first + _AT_ONCE]).sum(axis=0)
        return total

    def _taken(self, rows: NDArray[np.intp]) -> Floats:
        return self.vectors.take(rows, axis=0).astype(np.float32, copy=False)
