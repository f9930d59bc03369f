"""Cells and columns of tables in the forms in which JSON Lines, workbooks and pandas give them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from numbers import Integral, Real
from typing import TypeVar

T = TypeVar("T")


def is_empty(value: object) -> bool:
    """Whether a cell holds nothing: None, a blank string, NaN, or what pandas has for it (NaT, NA).

    Infinity is something: as a weight, for one, it is to be refused and not to be passed over.
    """
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


def folded(name: str) -> str:
    """The name of a column as it is compared: capitals and blanks around it do not matter."""
    return name.strip().casefold()


def by_folded_name(columns: Iterable[object]) -> dict[str, str]:
    """The columns that have names by these, `folded`; of several alike the first."""
    return {folded(name): name for name in reversed([*columns]) if isinstance(name, str)}


def columns_of(record: Mapping[str, T], known: Iterable[str]) -> dict[str, T]:
    """Those of a record's columns that are called as one of `known`, by that name.

    Capitals and blanks around a name do not matter; of several such columns one of just that name counts,
    else the first.
    """
    alike = by_folded_name(record)
    found = {}
    for name in known:
        own = name if name in record else alike.get(folded(name))
        if own is not None:
            found[name] = record[own]
    return found


def first_column(wanted: Iterable[str], columns: Collection[str]) -> str | None:
    """The column that is called as the first of the `wanted` names that there is, as for `columns_of`."""
    alike = by_folded_name(columns)
    found = (name if name in columns else alike.get(folded(name)) for name in wanted)
    return next((own for own in found if own is not None), None)
