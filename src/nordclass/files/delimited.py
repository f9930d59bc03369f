"""CSV and TSV, row by row, safe from huge cells and endless rows."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import Final, TextIO

from nordclass.errors import InputError
from nordclass.files.limits import COLUMNS, RECORD_CHARS, RECORD_NODES
from nordclass.files.options import ReadOptions
from nordclass.files.quotes import is_text_behind_cell, restart
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import NO_ROWS, Columns, header, one_line, row_of
from nordclass.files.textstream import open_text, readline, skip_mark

_DELIMITERS: Final = ",\t;|"
_AGAIN: Final = 100_000
"""Maximum lines of a row that are kept, to be read again where a stray quote has joined them."""


def read_csv(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """Comma-separated values; the header tells whether semicolons, tabs or bars stand for the commas.

    Rows are numbered from 1, the header not counted.

    Raises InputError: no header, no rows, no text column, or an encoding that is not recognised.
    """
    yield from _read(source, options, None)


def read_tsv(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """Tab-separated values; else as `read_csv`."""
    yield from _read(source, options, "\t")


def sniff_delimiter(line: str) -> str:
    """The delimiter of a header line: the most frequent one outside quotes, the comma when there is none."""
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=lambda mark: (outside.count(mark), mark == ","))


def _read(source: Source, options: ReadOptions, delimiter: str | None) -> Iterator[Record | Unreadable]:
    # The default of 131,072 characters breaks on long articles; the setting is the whole process's.
    csv.field_size_limit(max(csv.field_size_limit(), RECORD_CHARS))
    with open_text(source, options) as text:
        lines = _Lines(text, delimiter)
        rows = csv.reader(lines, delimiter=lines.delimiter)
        try:
            names = header(next(rows))
            columns = Columns(names, options)
        except StopIteration:
            raise source.error("no text in it") from None
        except csv.Error as error:
            raise source.error(f"not a table: {one_line(str(error))}") from None
        number = 0
        while True:
            number += 1
            row_id = f"{source.id}:{number}"
            lines.begin()
            try:
                cells = next(rows)
            except StopIteration:
                if number == 1:
                    raise source.error(NO_ROWS) from None
                return
            except (InputError, csv.Error) as error:
                yield Unreadable(row_id, one_line(str(error)))
                continue
            if not cells:
                number -= 1
                continue
            if lines.is_open_at_end or lines.has_stray_quote:
                yield Unreadable(row_id, lines.set_aside(len(names)))
                continue
            row = row_of(names, cells, row_id)
            yield row if isinstance(row, Unreadable) else columns.record(row, row_id)


class _Lines:
    """Lines for `csv.reader`, with a bound on what one row may take.

    `text`: the table. `delimiter`: between its cells; `None` to find it out from the first line.
    """

    def __init__(self, text: TextIO, delimiter: str | None) -> None:
        self._text = text
        self._number = 0
        first, cut = self._line()
        first = skip_mark(first)
        while first and not first.strip():
            first, cut = self._line()
        hint = first.strip().lower()
        if hint.startswith("sep=") and len(hint) <= 5:  # a hint that Excel writes and reads
            delimiter = delimiter or (hint[4:] or "\t")
            first, cut = self._line()
        self._number -= 1  # it is still to come
        if cut:
            raise InputError(f"header longer than {RECORD_CHARS:,} characters; check the delimiter")
        self.delimiter = delimiter or sniff_delimiter(first)
        if first.count(self.delimiter) > COLUMNS * 4:
            raise InputError(f"{first.count(self.delimiter):,} columns; at most {COLUMNS:,} make sense")
        self._waiting = deque([first])
        self.is_open_at_end = False  # the end of the file came in the middle of a row
        self.begin()

    def begin(self) -> None:
        """A new row starts."""
        self._characters = self._cells = 0
        self._row: list[str] = []
        self._start = self._number + 1
        self.is_open_at_end = False

    @property
    def has_stray_quote(self) -> bool:
        """Whether the row has a cell of several lines that, by what is behind it, was never meant."""
        return len(self._row) > 1 and is_text_behind_cell("".join(self._row), self.delimiter)

    def set_aside(self, width: int) -> str:
        """What to say of a row that a stray quote has made; those of its lines that are rows come again.

        `width`: the number of columns.
        """
        again = restart(self._row, self.delimiter, width) if len(self._row) <= _AGAIN else None
        if again is not None:
            self._waiting.extendleft(reversed(self._row[again:]))
            self._number -= len(self._row) - again
        elif not self.is_open_at_end:
            return (
                f"lines {self._start} to {self._number}: text directly behind the closing quote of a cell;"
                " double the quotes within a cell"
            )
        return f"quotes that open on line {self._start} never close; close or double them"

    def _line(self) -> tuple[str, bool]:
        """The next line, and whether it had to be cut."""
        self._number += 1
        return readline(self._text, RECORD_CHARS)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._waiting:
            line, cut = self._waiting.popleft(), False
            self._number += 1
        else:
            line, cut = self._line()
        if not line:
            self._number -= 1
            self.is_open_at_end = bool(self._row)
            raise StopIteration
        if len(self._row) <= _AGAIN:
            self._row.append(line)
        self._characters += len(line)
        self._cells += line.count(self.delimiter)
        if cut or self._characters > RECORD_CHARS:
            raise InputError(
                f"row of more than {RECORD_CHARS:,} characters (from line {self._start}); is a quote open?"
            )
        if self._cells > RECORD_NODES:
            raise InputError(f"row of more than {RECORD_NODES:,} cells (line {self._start})")
        return line


def looks_like_table(head: str) -> bool:
    """Whether text that no suffix tells about begins with a header that has a text column."""
    first = head.partition("\n")[0].strip()
    try:
        names = header(next(csv.reader(io.StringIO(skip_mark(first)), delimiter=sniff_delimiter(first))))
        Columns(names, ReadOptions())
    except (InputError, csv.Error, StopIteration):
        return False
    return len(names) > 1
