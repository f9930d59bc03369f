"""Paragraphs and nested tables of a word processor file, put together as lines of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from nordclass.errors import InputError
from nordclass.files.limits import TEXT_CHARS

_PIECES: Final = 500_000
_SHORT_ROW: Final = 400


@dataclass(slots=True)
class _Paragraph:
    chunks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of what is anchored in it: they come after it


@dataclass(slots=True)
class _Cell:
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    cells: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class Blocks:
    """Takes the parts of a document in the order of the file and gives its text.

    A paragraph is a line. What is anchored in a paragraph (tables, text boxes, notes) follows it, so that it
    breaks no sentence. A row of short cells is a line with tabs; long cells, as in tables that only lay out a
    page, keep their paragraphs.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._stack: list[_Paragraph | _Row | _Cell] = []
        self._characters = self._pieces = 0

    @property
    def text(self) -> str:
        """All lines so far."""
        return "\n".join(self._lines)

    def open_paragraph(self) -> None:
        """A paragraph begins."""
        self._push(_Paragraph())

    def open_row(self) -> None:
        """A table row begins."""
        self._push(_Row())

    def open_cell(self) -> None:
        """A table cell begins."""
        self._push(_Cell())

    def add(self, text: str) -> None:
        """Text of the innermost open paragraph.

        Raises InputError: the document has more text than `TEXT_CHARS`.
        """
        top = self._stack[-1] if self._stack else None
        if not isinstance(top, _Paragraph) or not text:
            return
        self._count(len(text))
        top.chunks.append(text)

    def close(self) -> str:
        """End what is innermost; gives its line when it is a paragraph."""
        top = self._stack.pop()
        if isinstance(top, _Paragraph):
            line = "".join(top.chunks).strip()
            self._emit([line, *top.lines] if line else top.lines)
            return line
        if isinstance(top, _Cell):
            if self._stack and isinstance(self._stack[-1], _Row):
                self._stack[-1].cells.append(top.lines)
            else:
                self._emit(top.lines)
        else:
            self._emit(_row_lines([cell for cell in top.cells if cell]))
            self._emit(top.lines)
        return ""

    def drop(self) -> str:
        """End the innermost paragraph without keeping its line, which is given."""
        top = self._stack.pop()
        if not isinstance(top, _Paragraph):
            return ""
        self._emit(top.lines)
        return "".join(top.chunks).strip()

    def close_all(self) -> None:
        """End everything that is open, as at the end of a damaged file."""
        while self._stack:
            self.close()

    def _push(self, part: _Paragraph | _Row | _Cell) -> None:
        self._count(0)
        self._stack.append(part)

    def _count(self, characters: int) -> None:
        self._characters += characters
        self._pieces += 1
        if self._characters > TEXT_CHARS or self._pieces > _PIECES * 4:
            raise InputError(f"more than {TEXT_CHARS:,} characters or {_PIECES:,} paragraphs; split it")

    def _emit(self, lines: list[str]) -> None:
        (self._stack[-1].lines if self._stack else self._lines).extend(lines)


def _row_lines(cells: list[list[str]]) -> list[str]:
    if len(cells) > 1 and sum(len(line) for cell in cells for line in cell) <= _SHORT_ROW:
        return ["\t".join(" ".join(cell).replace("\n", " ") for cell in cells)]
    return [line for cell in cells for line in cell]
