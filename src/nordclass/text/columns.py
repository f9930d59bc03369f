"""Numbers of terms, looked up quickly."""

from __future__ import annotations

from typing import Final, Protocol

UNKNOWN: Final = -1
"""Stands for the number of a term that a table does not have."""

_REMEMBERED: Final = 20_000


class Lookup(Protocol):
    """Says where a term stands: a dict, or strings that are searched."""

    def get(self, term: str, default: int, /) -> int:
        """The number of `term`, `default` when there is none."""


class Columns(dict[str, int]):
    """The numbers of the terms that were looked up in a table, close together in memory.

    Ask for `columns[term]`: UNKNOWN for a term that the table does not have, `first` for the one that stands
    at 0. Documents are made of the same few thousand words; to find each of them somewhere in the whole
    table, which fits into no cache of the processor, costs several times as much.
    """

    def __init__(self, table: Lookup, first: int = 0) -> None:
        self._table = table
        self._first = first

    def __missing__(self, term: str) -> int:
        if len(self) >= _REMEMBERED:  # bounds the memory of a long run
            self.clear()
        at = self._table.get(term, UNKNOWN)
        column = self[term] = at if at == UNKNOWN else at + self._first
        return column
