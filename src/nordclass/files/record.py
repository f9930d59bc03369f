"""What reading gives: a document, or one line on why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Record:
    """One document.

    Attributes:
        id: the record's own `id` column, else `<file>:<row number>`; for files their path relative to the
            input folder, or their name.
        title: the headline, where the format has a place for it; else it is the first line of `text`.
        text: the body, paragraphs and table rows one a line; never holds NULs or lone surrogates.
        fields: all columns of the input row, in their order; empty for files that are one document.
    """

    id: str
    title: str | None
    text: str
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or a row that could not be read, and in one line why.

    Attributes:
        id: as that of a `Record`.
        error: why, and what to do.
        fields: the columns of the input row, as far as they could be told; empty for files.
    """

    id: str
    error: str
    fields: dict[str, object] = field(default_factory=dict)
