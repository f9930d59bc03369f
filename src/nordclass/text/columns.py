"""Numbers of terms, looked up quickly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

UNKNOWN: Final = -1
"""Stands for the number of a term that a table does not have."""

_REMEMBERED: Final = 20_000


class Columns(dict[str, int]):
    """The numbers of the terms that were looked up in a table, close together in memory.

    Ask for `columns[term]`: UNKNOWN for a term that the table does not have. Documents are made of the same
    few thousand words; to find each of them somewhere in the whole table, which fits into no cache of the
    processor, costs several times as much.
    """

    def __init__(self, table: Mapping[str, int]) -> None:
        self._table = table

    def __missing__(self, term: str) -> int:
        if len(self) >= _REMEMBERED:  # bounds the memory of a long run
            self.clear()
        column = self[term] = self._table.get(term, UNKNOWN)
        return column
