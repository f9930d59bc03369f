"""A small neural network, applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from nordclass.array_types import Floats

_WIDEST: Final = 4.0

_ONE_THREAD: Final = 2**18
"""OpenBLAS shares out larger products among threads; how many they are then shows in the last bits."""


@dataclass(frozen=True)
class Network:
    """One hidden layer of rectified units over meanings and dense numbers.

    Numbers of shape (columns,) are squeezed (sign times log of one plus size), scaled by `center` and
    `scale`, and cut at four deviations; meanings, which lie between -1 and 1, come as they are. `hidden` has
    shape (meanings + columns, units), `hidden_bias` and `output` (units,).
    """

    center: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: float

    def logits(self, meanings: Floats, numbers: Floats) -> Floats:
        """The log-odds of each row, shape (rows,)."""
        inputs = np.hstack([meanings, scaled(numbers, self.center, self.scale)])
        step = max(_ONE_THREAD // max(self.hidden.size, 1), 1)
        parts = [inputs[i : i + step] @ self.hidden for i in range(0, max(len(inputs), 1), step)]
        units = np.maximum(np.concatenate(parts) + self.hidden_bias, 0.0)
        total: Floats = (units @ self.output + np.float32(self.output_bias)).astype(np.float32)
        return total


def squeezed(numbers: Floats) -> Floats:
    """Numbers with their sign, but sizes on a logarithmic scale."""
    small: Floats = np.sign(numbers) * np.log1p(np.abs(numbers))
    return small


def scaled(numbers: Floats, center: Floats, scale: Floats) -> Floats:
    """What a network takes for `numbers` of shape (rows, columns)."""
    ready: Floats = np.clip((squeezed(numbers) - center) / scale, -_WIDEST, _WIDEST).astype(np.float32)
    return ready
