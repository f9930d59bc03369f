"""Scores the passages of a document: what one of them says a long document may outweigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Floats, Integers
from nordclass.model.quantized import quantized
from nordclass.text.columns import UNKNOWN

STEP: Final = 12
"""How many terms after one passage the next begins, in models that are learned today."""

_AT_ONCE: Final = 800
"""Maximum steps weighed at once: it bounds the memory that a long document takes."""


def passage_bounds(terms: int) -> list[tuple[int, int]]:
    """Where the passages of a document begin and end, given its number of terms.

    Each has two STEPs of terms; the last of a document, and the only one of a short one, may have fewer. A
    document without terms has one empty passage.
    """
    return [(start, min(start + 2 * STEP, terms)) for start in range(0, max(terms - STEP, 1), STEP)]


@dataclass(frozen=True)
class PassageScorer:
    """A linear scorer over the passages of a document.

    `weights`, of shape (columns, outputs), are whole numbers of `scale`, which takes half the room of
    fractions; `bias` has shape (outputs,). The row of a passage has the inverse document frequency of each of
    its terms, scaled to length 1 as if no term stood there twice. A passage begins every `step` terms
    (`passage_bounds`).
    """

    weights: NDArray[np.int8]
    scale: float
    bias: Floats
    step: int = STEP

    @classmethod
    def of(cls, weights: Floats, bias: Floats) -> PassageScorer:
        """The scorer whose weights are nearest to those."""
        return cls(*quantized(weights), bias)

    def best(self, columns: Integers, idf: Floats) -> Floats:
        """The highest log-odds that any passage has, shape (outputs,).

        `columns` are those of the document's terms in their order (UNKNOWN for one that has none), `idf`
        the inverse document frequency of each column. The bias where no column is known.
        """
        if not len(idf):
            return self.bias
        most = _AT_ONCE * self.step
        parts = [
            self._steps(columns[start : start + most], idf) for start in range(0, max(len(columns), 1), most)
        ]
        sums = np.concatenate([part for part, _ in parts])
        squares = np.concatenate([part for _, part in parts])
        if len(squares) > 1:
            sums, squares = sums[:-1] + sums[1:], squares[:-1] + squares[1:]
        lengths = np.sqrt(np.where(squares > 0, squares, np.float32(1)))
        best: Floats = (sums / lengths[:, None]).max(axis=0) + self.bias
        return best

    def _steps(self, columns: Integers, idf: Floats) -> tuple[Floats, Floats]:
        """For each step of terms the sum of what they say, and of the squares of what they weigh."""
        if not len(columns):
            return np.zeros((1, len(self.bias)), dtype=np.float32), np.zeros(1, dtype=np.float32)
        known = columns != UNKNOWN
        weight = np.where(known, idf.take(columns, mode="clip"), np.float32(0))
        said = self.weights.take(columns, axis=0, mode="clip") * (weight * np.float32(self.scale))[:, None]
        starts = np.arange(0, len(columns), self.step)
        return np.add.reduceat(said, starts), np.add.reduceat(weight * weight, starts)
