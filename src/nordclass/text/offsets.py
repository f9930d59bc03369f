"""Where a stretch of a text stands."""

from __future__ import annotations

Offsets = tuple[int, int]
"""The offset of the first character and the offset behind the last, half open, as slices have them."""
