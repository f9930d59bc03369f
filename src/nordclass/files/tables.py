"""Rows of tables to records: which column is the title, which the text, and what makes a row unusable."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from nordclass.cells import as_text, first_column, is_empty
from nordclass.errors import InputError
from nordclass.files.encoding import SAVE
from nordclass.files.limits import COLUMNS, TEXT_CHARS
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable

_TITLE_NAMES: Final = ("title", "제목", "headline", "기사제목")
NO_ROWS: Final = "no rows in it"
"""What is wrong with a table that is a header alone: nothing comes of it, and people ask why."""

_TEXT_NAMES: Final = ("text", "body", "content", "본문", "내용", "contents", "article", "기사본문")


class Columns:
    """Which columns hold title, text and id.

    `names`: the columns of the table, or the keys of one JSON object. `options`: columns that the caller
    names.

    Raises InputError: no text column, or a named column that does not exist.
    """

    def __init__(self, names: Sequence[str], options: ReadOptions) -> None:
        self.title = _named(options.title_col, names, "--title-col") or first_column(_TITLE_NAMES, names)
        text = _named(options.text_col, names, "--text-col") or first_column(_TEXT_NAMES, names)
        if text is None:
            advice = options.advice.format(f"one of {listed(names)}")
            raise InputError(f"no column named text, body or 본문; {advice}")
        self.text = text
        self._advice = options.advice.format("another")
        if self.title == self.text:
            self.title = None
        self.id = first_column(("id",), names)

    def record(self, row: dict[str, object], fallback_id: str) -> Record | Unreadable:
        """The record of one row, or why it is none.

        `row`: all columns in order. `fallback_id`: its id when it has no `id` of its own.
        """
        own = row.get(self.id) if self.id is not None else None
        id = _own_id(own) or fallback_id
        try:
            title = _cell(row.get(self.title), self.title) if self.title is not None else ""
            text = _cell(row.get(self.text), self.text)
        except InputError as error:
            return Unreadable(id, f"{error}; {self._advice}", row)
        return checked(Record(id, title if title.strip() else None, text, row))


def checked(record: Record) -> Record | Unreadable:
    """The record itself, unless its text cannot be worked with."""
    joined = record.text if record.title is None else f"{record.title}\n{record.text}"
    why = _unusable(joined)
    return record if why is None else Unreadable(record.id, why, record.fields)


def _unusable(text: str) -> str | None:
    """Why a text cannot be worked with."""
    if not text.strip():
        return "no text in it"
    if len(text) > TEXT_CHARS:
        return f"text longer than {TEXT_CHARS:,} characters; split it"
    if "\0" in text:
        return "NUL characters in its text (binary data?); remove them"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if "\udc80" <= text[error.start] <= "\udcff":
            return f"bytes that are not in the file's encoding; {SAVE}"
        return f"damaged text: character {error.start} is half a character (a lone surrogate)"
    return None


def header(cells: Sequence[object]) -> list[str]:
    """Column names of a header row: never empty and never twice the same.

    Raises InputError: too many columns.
    """
    if len(cells) > COLUMNS:
        raise InputError(f"{len(cells):,} columns; at most {COLUMNS:,} make sense, check the delimiter")
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, 1):
        base = one_line(str(cell if cell is not None else "").removeprefix("\ufeff")) or f"column{number}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        names.append(name)
    return names


def row_of(names: Sequence[str], cells: Sequence[object], fallback_id: str) -> dict[str, object] | Unreadable:
    """A row under its header; short rows are filled up, rows with too many cells are an error."""
    row: dict[str, object] = dict.fromkeys(names, "")
    row.update(zip(names, cells, strict=False))
    extra = cells[len(names) :]
    if any(cell not in ("", None) for cell in extra):
        why = f"{len(cells):,} cells under {len(names)} columns; quote text that holds delimiters"
        return Unreadable(fallback_id, why, row)
    return row


def object_record(value: object, options: ReadOptions, fallback_id: str) -> Record | Unreadable:
    """The record of one JSON value."""
    if not isinstance(value, Mapping):
        return Unreadable(fallback_id, "not a JSON object with columns such as title and text")
    row = {str(key): cell for key, cell in value.items()}
    if options.title_col is not None and options.title_col not in row:
        row[options.title_col] = None  # exporters leave out keys without a value
    try:
        return Columns(list(row), options).record(row, fallback_id)
    except InputError as error:
        return Unreadable(_own_id(row.get("id")) or fallback_id, str(error), row)


def one_line(text: str, limit: int = 300) -> str:
    """Text fit for a message or an id: one line, printable, not endless."""
    joined = " ".join(text[: limit * 4].split())
    safe = "".join(character if character.isprintable() else "\ufffd" for character in joined)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def _own_id(value: object) -> str:
    """The id that a cell holds; empty when it is no text and no finite number."""
    own = as_text(value)
    if own is None and isinstance(value, float) and math.isfinite(value):
        own = str(value)
    return one_line(own or "")


def _named(wanted: str | None, names: Sequence[str], option: str) -> str | None:
    if wanted is None:
        return None
    found = first_column((wanted,), names)
    if found is None:
        raise InputError(f"no column {wanted!r} ({option}); the columns are {listed(names)}")
    return found


def listed(names: Sequence[str]) -> str:
    """The names of columns for a message, a dozen of them at most."""
    shown = ", ".join(one_line(name, 40) for name in names[:12])
    return (shown + (", …" if len(names) > 12 else "")) or "(none)"


def _cell(value: object, name: str) -> str:
    if isinstance(value, str):
        return value
    if is_empty(value) or (isinstance(value, float) and math.isinf(value)):
        return ""  # data frames write NaN and infinity into JSON and Parquet: neither is a word
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    held = type(value).__name__
    raise InputError(f"column {one_line(name, 40)!r} holds {held}, not text")
