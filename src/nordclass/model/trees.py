"""Boosted decision trees, applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class BoostedTrees:
    """A sum of regression trees over dense rows, stored as flat arrays over all nodes.

    `roots[t]` is the first node of tree t. Node n sends a row to `left[n]` when its value in column
    `column[n]` is at most `cut[n]`, else to `right[n]`; a leaf has `left[n] == n` and adds `value[n]`.
    `start` is the sum that no tree has changed yet; `depth` the longest way from a root to a leaf.
    """

    roots: NDArray[np.int32]
    column: NDArray[np.int32]
    cut: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    start: float
    depth: int

    def logits(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log-odds of each of the `rows`, an array of shape (n, columns)."""
        count = len(rows)
        at = np.broadcast_to(self.roots, (count, len(self.roots)))
        index = np.arange(count)[:, None]
        for _ in range(self.depth):
            at = np.where(rows[index, self.column[at]] <= self.cut[at], self.left[at], self.right[at])
        total: NDArray[np.float32] = self.value[at].sum(axis=1, dtype=np.float32) + np.float32(self.start)
        return total


def sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities of log-odds, without overflow."""
    clipped = np.clip(logits, -30, 30)
    result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-clipped))).astype(np.float32)
    return result
