"""Types of the arrays that a model is made of and works with."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
"""What models hold and what combiners read."""

Doubles: TypeAlias = NDArray[np.float64]
"""What sums over many terms are reckoned in."""

Integers: TypeAlias = NDArray[np.intp]
"""Positions: of columns, of rows."""

Array: TypeAlias = NDArray[Any]
