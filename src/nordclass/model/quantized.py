"""Weights as bytes: whole numbers of one scale, a quarter of the room of single precision."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Floats

_LARGEST: Final = 127
_LEAST_SCALE: Final = 1e-6


def quantized(weights: Floats) -> tuple[NDArray[np.int8], float]:
    """The whole numbers, and the scale, whose products are nearest to `weights`."""
    scale = max(float(np.abs(weights).max(initial=0.0)) / _LARGEST, _LEAST_SCALE)
    return np.rint(weights / scale).astype(np.int8), scale
