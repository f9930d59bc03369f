"""Columns of records by their names, whatever the capitals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def columns_of(record: Mapping[str, T], known: Iterable[str]) -> dict[str, T]:
    """Those of a record's columns that are called as one of `known`, by that name.

    Capitals and blanks around a name do not matter; of several such columns one of just that name counts,
    else the first.
    """
    alike = {name.strip().casefold(): name for name in [*record][::-1] if isinstance(name, str)}
    found = {}
    for name in known:
        own = name if name in record else alike.get(name.casefold())
        if own is not None:
            found[name] = record[own]
    return found
