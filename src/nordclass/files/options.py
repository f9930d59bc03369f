"""What a caller may say about the inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read; everything may be left to detection.

    Attributes:
        title_col: the column or JSON key of the title.
        text_col: the column or JSON key of the text.
        sheet: the sheet of a workbook, by name or by number from 1; else the first that has a text column.
        encoding: of text files, instead of detecting it.
        advice: what a message tells people to do about columns (`{}`) where the text is not found: a command
            without `--text-col` says something else.
        unread_sheets: is given the names of the sheets behind the one that is read of a workbook, if there
            are any and `sheet` does not say which to read.
    """

    title_col: str | None = None
    text_col: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    advice: str = "name {} with --text-col"
    unread_sheets: Callable[[Sequence[str]], None] | None = None
