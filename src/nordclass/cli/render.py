"""Tables for people to read in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence


def width(text: str) -> int:
    """Columns that `text` takes in a terminal: two for Hangul and other wide characters, none for marks."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0  # the latter are vowels and finals that join the Hangul letter before them
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Rows under a header, columns two blanks apart; those numbered in `right` are set flush right.

    Control characters (a model may come from anyone) are replaced.
    """
    cells = [[printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    lines = []
    for row in cells:
        parts = []
        for i, cell in enumerate(row):
            blanks = " " * (widths[i] - width(cell))
            parts.append(blanks + cell if i in right else cell + blanks)
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def printable(text: str) -> str:
    """Text without control characters."""
    return "".join(c if c.isprintable() else "\ufffd" for c in unicodedata.normalize("NFC", text))
