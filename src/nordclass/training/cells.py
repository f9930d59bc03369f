"""Cells of tables in the forms in which JSON Lines, workbooks and pandas give them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from numbers import Integral, Real


def is_empty(value: object) -> bool:
    """Whether a cell holds nothing: None, a blank string, NaN, or what pandas has for it (NaT, NA)."""
    if value is None:
        return True
    if isinstance(value, Collection):  # arrays too, which answer comparisons with arrays
        return isinstance(value, str) and not value.strip()
    # Nothing else differs from itself; NA, which does not say whether it does, is known by its name.
    return type(value).__name__ == "NAType" or bool(value != value)


def as_text(value: object) -> str | None:
    """A string as it is and a whole number as its digits (220, also where a workbook has 220.0).

    None for everything else, truth values among them.
    """
    if isinstance(value, str):
        return str(value)  # an array holds strings of a kind of its own
    if isinstance(value, bool):
        return None
    if isinstance(value, Integral):
        return str(int(value))
    return str(int(float(value))) if isinstance(value, Real) and float(value).is_integer() else None


def members(value: object) -> list[object] | None:
    """What a list, tuple, set or array holds; None for what is none of these."""
    if isinstance(value, Collection) and not isinstance(value, (str, bytes, bytearray, Mapping)):
        return list(value)
    return None
