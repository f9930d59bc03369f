"""JSON Lines, JSON arrays and single JSON objects, one record at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, TextIO

from nordclass.errors import InputError
from nordclass.files.limits import RECORD_CHARS, RECORD_NODES
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import object_record, one_line
from nordclass.files.textstream import open_text, readline, skip_mark

_CHUNK: Final = 64 * 1024
_OUTSIDE: Final = re.compile(r'["{}\[\],]')
_INSIDE: Final = re.compile(r'["\\]')
_NO_RECORDS: Final = "no records in it"
_TOO_LONG: Final = f"longer than {RECORD_CHARS:,} characters; split it"


def read_jsonl(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """JSON Lines: one record a line, blank lines skipped; rows are numbered by line.

    Raises InputError: an encoding that is not recognised, or blank lines alone.
    """
    with open_text(source, options) as text:
        number = 0
        is_blank = True
        while True:
            line, cut = readline(text, RECORD_CHARS)
            if not line:
                if is_blank:
                    raise source.error(_NO_RECORDS)
                return
            number += 1
            row_id = f"{source.id}:{number}"
            if cut:
                is_blank = False
                yield Unreadable(row_id, f"line {_TOO_LONG}")
                continue
            line = (skip_mark(line) if number == 1 else line).strip()
            if line:
                is_blank = False
                yield _record(line, options, row_id)


def read_json(source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """A JSON array of objects, an object, or objects one after another; rows are numbered from 1.

    Raises InputError: an encoding that is not recognised, JSON that is neither array nor object, or no
    records.
    """
    if _is_lines(source):
        yield from read_jsonl(source, options)
        return
    with open_text(source, options) as text:
        number = 0
        for value in _values(text, source):
            number += 1
            row_id = f"{source.id}:{number}"
            if value is None:
                yield Unreadable(row_id, f"element {_TOO_LONG}")
            else:
                yield _record(value, options, row_id)
        if number == 0:
            raise source.error(_NO_RECORDS)


def _record(text: str, options: ReadOptions, row_id: str) -> Record | Unreadable:
    if text.count("{") + text.count("[") > RECORD_NODES:
        return Unreadable(row_id, f"more than {RECORD_NODES:,} brackets in one record; split it")
    try:
        value = json.loads(text)
    except ValueError as error:
        return Unreadable(row_id, f"not valid JSON: {one_line(str(error))}")
    except RecursionError:
        return Unreadable(row_id, "JSON nested too deeply")
    return object_record(value, options, row_id)


def _is_lines(source: Source) -> bool:
    """Whether a .json file is JSON Lines: its first line is a whole object and there is another line."""
    first, newline, rest = source.head.strip().partition(b"\n")
    if not first.startswith(b"{") or not newline or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _values(text: TextIO, source: Source) -> Iterator[str | None]:
    """The elements of the outer array, or the outer objects, as text; `None` for one that is too long."""
    scanner = _Scanner()
    while chunk := text.read(_CHUNK):
        yield from scanner.feed(chunk)
    yield from scanner.close()
    if scanner.is_unfinished:
        raise source.error("JSON ends in the middle; the file is cut short")


class _Scanner:
    """Cuts JSON into its elements without building it; knows strings and brackets only."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._depth = 0
        self._base: int | None = None  # depth of the elements: 1 in an array, 0 in objects one after another
        self._in_string = self._escaped = False
        self.is_unfinished = False

    def feed(self, chunk: str) -> Iterator[str | None]:
        """Take more text and give the elements that it completes."""
        if self._base is None:
            chunk = chunk.lstrip("\ufeff \t\r\n")
            if not chunk:
                return
            if chunk[0] not in "[{":
                raise InputError("neither a JSON array nor an object")
            self._base = 1 if chunk[0] == "[" else 0
            if self._base == 1:
                self._depth, chunk = 1, chunk[1:]
        start = position = 0
        while position < len(chunk):
            if self._escaped:
                self._escaped = False
                position += 1
                continue
            found = (_INSIDE if self._in_string else _OUTSIDE).search(chunk, position)
            if found is None:
                break
            position = found.end()
            mark = found.group()
            if mark == '"':
                self._in_string = not self._in_string
            elif mark == "\\":
                self._escaped = True
            elif mark in "{[":
                self._depth += 1
            elif mark in "}]":
                self._depth -= 1
                if self._depth < self._base or (self._depth == 0 and self._base == 0):
                    end = position if self._base == 0 else found.start()
                    yield from self._finish(chunk[start:end])
                    start = position
                    self._depth = max(self._depth, 0)
            elif self._depth == self._base:
                yield from self._finish(chunk[start : found.start()])
                start = position
        self._keep(chunk[start:])

    def close(self) -> Iterator[str | None]:
        """Give what is left at the end."""
        self.is_unfinished = self._depth > 0 or self._in_string
        if not self.is_unfinished:
            yield from self._finish("")

    def _keep(self, part: str) -> None:
        self._length += len(part)
        if self._length <= RECORD_CHARS:
            self._parts.append(part)
        else:
            self._parts.clear()

    def _finish(self, last: str) -> Iterator[str | None]:
        self._keep(last)
        value, length = "".join(self._parts).strip(), self._length
        self._parts.clear()
        self._length = 0
        if length > RECORD_CHARS:
            yield None
        elif value:
            yield value
