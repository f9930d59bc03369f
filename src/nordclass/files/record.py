"""What reading gives: a document, or one line on why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Record:
    """One document."""

    id: str
    """The record's own `id` column, else `<file>:<row number>`; for files their path relative to the input
    folder, or their name."""
    title: str | None
    """The headline, where the format has a place for it; else it is the first line of `text`."""
    text: str
    """The body, paragraphs and table rows one a line; never holds NULs or lone surrogates."""
    fields: dict[str, object]
    """All columns of the input row, in their order; empty for files that are one document."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or a row that could not be read, and in one line why."""

    id: str
    """What a `Record` of it would have."""
    error: str
    """Why, and what to do."""
    fields: dict[str, object] = field(default_factory=dict)
    """The columns of the input row, as far as they could be read; empty for files."""
