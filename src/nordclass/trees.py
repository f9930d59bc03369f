"""Boosted decision trees, applied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Floats

_MOST_LEAVES: Final = 64
"""Trees with more leaves are walked level by level; the others are answered all at once."""


@dataclass(frozen=True)
class BoostedTrees:
    """A sum of regression trees over dense rows, stored as flat arrays over all nodes.

    `roots[t]` is the first node of tree t. Node n sends a row to `left[n]` when its value in column
    `column[n]` is at most `cut[n]`, else to `right[n]`; a leaf has `left[n] == n` and adds `value[n]`.
    `start` is the sum that no tree has changed yet; `depth` the longest way from a root to a leaf.
    """

    roots: NDArray[np.int32]
    column: NDArray[np.int32]
    cut: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    start: float
    depth: int

    def logits(self, rows: Floats) -> Floats:
        """The log-odds of each of the `rows`, an array of shape (n, columns)."""
        reached = self._walked(rows) if self._board is None else self._board.leaves(rows)
        total: Floats = self.value[reached].sum(axis=1, dtype=np.float32) + np.float32(self.start)
        return total

    def _walked(self, rows: Floats) -> NDArray[np.int32]:
        """The leaf of each row in each tree, found from the roots down."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        index = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[index, self.column[at]] <= self.cut[at], self.left[at], self.right[at])
        return at

    @cached_property
    def _board(self) -> _Board | None:
        return _Board.of(self)


@dataclass(frozen=True)
class _Board:
    """The decisions of all trees side by side (QuickScorer, Lucchese et al. 2015).

    The leaves of a tree, from left to right, are the bits of a number. A decision that sends a row to the
    right rules out the leaves of its left branch, whether the row comes by or not; the lowest bit that all
    decisions leave standing is the leaf that the row reaches. Decision k of tree t is row `k * trees + t`
    of `column`, `cut` and `stays`; trees with fewer decisions have some that rule out nothing.
    """

    column: NDArray[np.int32]
    cut: Floats
    stays: NDArray[np.unsignedinteger]
    leaf: NDArray[np.int32]
    first: NDArray[np.int32]
    """The node of leaf number i of tree t is `leaf[first[t] + i]`."""

    @classmethod
    def of(cls, trees: BoostedTrees) -> _Board | None:
        """The board of `trees`; None when one of them has too many leaves."""
        nodes = np.arange(len(trees.value), dtype=np.int32)
        inner = trees.left != nodes
        size, before = np.where(inner, 0, 1), np.zeros(len(nodes), dtype=np.int64)
        for _ in range(trees.depth):  # from the leaves up: how many leaves are below each node
            size = np.where(inner, size[trees.left] + size[trees.right], 1)
        most = int(size[trees.roots].max())
        if most > _MOST_LEAVES:
            return None
        for _ in range(trees.depth):  # from the roots down: how many leaves of its tree stand left of it
            before[trees.left[inner]] = before[inner]
            before[trees.right[inner]] = before[inner] + size[trees.left[inner]]
        count = len(trees.roots)
        tree = np.repeat(np.arange(count), np.diff(trees.roots, append=len(nodes)))
        decision = np.flatnonzero(inner)
        rank = np.arange(len(decision)) - np.searchsorted(tree[decision], tree[decision])
        place = rank * count + tree[decision]
        height = int(rank.max(initial=0)) + 1
        column = np.zeros(height * count, dtype=np.int32)
        cut = np.full(height * count, np.inf, dtype=np.float32)
        out = np.zeros(height * count, dtype=np.uint64)
        column[place], cut[place] = trees.column[decision], trees.cut[decision]
        one = np.uint64(1)
        width = size[trees.left[decision]].astype(np.uint64)
        out[place] = ((one << width) - one) << before[decision].astype(np.uint64)
        leaves = np.flatnonzero(~inner)
        order = np.lexsort((before[leaves], tree[leaves]))
        bits = next(b for b in (16, 32, 64) if most <= b)
        return cls(
            column,
            cut[:, None],
            (~out).astype(f"uint{bits}")[:, None],
            leaves[order].astype(np.int32),
            np.searchsorted(tree[leaves], np.arange(count)).astype(np.int32),
        )

    def leaves(self, rows: Floats) -> NDArray[np.int32]:
        """The leaf of each row in each tree, shape (rows, trees)."""
        if not len(rows):
            return np.zeros((0, len(self.first)), dtype=np.int32)
        left = np.ascontiguousarray(rows.T).take(self.column, axis=0) <= self.cut
        signed = self.stays.dtype.str.replace("u", "i")
        standing = self.stays | np.negative(left.view(np.int8)).astype(signed).view(self.stays.dtype)
        standing = np.bitwise_and.reduce(standing.reshape(-1, len(self.first), len(rows)), axis=0)
        lowest = (standing & (~standing + standing.dtype.type(1))).astype(np.float32)
        number = (lowest.view(np.int32) >> 23) - 127  # the exponent of a power of two
        reached: NDArray[np.int32] = self.leaf[number.T + self.first]
        return reached


def sigmoid(logits: Floats) -> Floats:
    """Probabilities of log-odds, without overflow."""
    clipped = np.minimum(np.maximum(logits, -30), 30)
    result: Floats = (1.0 / (1.0 + np.exp(-clipped))).astype(np.float32)
    return result
