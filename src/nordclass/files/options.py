"""What a caller may say about the inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read; everything may be left to detection."""

    title_col: str | None = None
    """The column or JSON key of the title."""
    text_col: str | None = None
    """The column or JSON key of the text."""
    sheet: str | None = None
    """The sheet of a workbook, by name or by number from 1; else the first that has a text column."""
    encoding: str | None = None
    """The encoding of text files, instead of detecting it."""
    advice: str = "name {} with --text-col"
    """What a message tells people to do about columns (`{}`) where the text is not found: a command without
    `--text-col` says something else."""
    unread_sheets: Callable[[Sequence[str]], None] | None = None
    """Called with the names of the sheets behind the one that is read of a workbook, if there are any and
    `sheet` does not say which to read."""
