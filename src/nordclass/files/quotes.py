"""Quotes in delimited files that were never meant to open a cell of several lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Final

_QUOTED: Final = r'"[^"]*+(?:""[^"]*+)*+"'
_LINE_END: Final = re.compile(r"[\r\n]")


def is_text_behind_cell(row: str, delimiter: str) -> bool:
    """Whether a cell of several lines has text directly behind its closing quote, as no program writes it.

    `row`: the lines of a row that is over. Blanks behind the quote are no text, nor is anything behind the
    quote of a cell of one line, which people write (`"Title" and more`).
    """
    try:
        for _ in csv.reader([row], delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        mark = re.escape(delimiter)
        cells = re.compile(rf"({_QUOTED})?([^{mark}\r\n]*+)(?:{mark}|[\r\n]+|\Z)")
        return any(_LINE_END.search(cell) and rest.strip() for cell, rest in cells.findall(row))
    return False


def restart(lines: Sequence[str], delimiter: str, width: int) -> int | None:
    """Which line begins a row of its own, of a row that a stray quote in its first line has made.

    `lines`: of the row. `width`: the number of columns. Each line from that one on is a whole row, filled
    columns and all. `None`: there is none, or it may as well be a paragraph of a cell that is cut short.
    """
    first = len(lines)
    while first > 1 and _width(lines[first - 1], delimiter) in (0, width):
        first -= 1
    rows = [line for line in lines[first:] if line.strip()]
    is_sure = width > 2 or len(rows) > 1 or any(f'{delimiter}"' in f"{delimiter}{line}" for line in rows)
    return first if rows and width > 1 and is_sure else None


def _width(line: str, delimiter: str) -> int:
    """The number of cells of a line by itself; of a blank one 0."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return -1
