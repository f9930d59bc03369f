"""Results into files: written beside their place and moved there when complete."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import math
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol, cast

from nordclass.errors import NordclassError
from nordclass.files.rows import RESULT_COLUMNS, encodable, flat_columns, flatten, safe_cell

FORMATS: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}
_STREAMS: Final = frozenset({"jsonl", "csv", "tsv"})
TEMPORARY: Final = "writing temporary files failed ({}); set TMPDIR to a folder that has room"
"""What to say of a failure that is not the output's own."""
_STANDARD: Final = ("/dev/stdin", "/dev/stdout", "/dev/stderr")
_DESCRIPTOR: Final = re.compile(r"/(?:dev|proc/self)/fd/(\d{1,9})")


class OutputError(NordclassError):
    """An output that cannot be written; says what to do."""


class Writer(Protocol):
    """Takes result rows in the shape of the output record."""

    losses: Sequence[str]
    """What the format had no room for, a line each; known when the block of `open_writer` has ended."""

    def write(self, row: Mapping[str, object]) -> None:
        """Write one row."""


@contextmanager
def open_writer(
    path: str | Path,
    format: str | None = None,
    columns: Sequence[str] = RESULT_COLUMNS,
    *,
    closed: bool = False,
) -> Iterator[Writer]:
    """A writer of result rows.

    The file is written under another name in the same folder and moved into place when the block ends; when
    it ends with an error, what was written is removed and an older file of that name stays. `-` writes to
    standard output, and pipes, devices and open descriptors (`/dev/fd/3`) are written to as they are; all
    these take jsonl, csv and tsv.

    `path`: where to; its suffix tells the format. `format`: jsonl, csv, tsv, xlsx or parquet, whatever the
    suffix. `columns`: the first ones of a table, whether a row has them or not. `closed`: a table has no
    others, and keys of rows that are not among `columns` are left out. Rows of csv and tsv then go straight
    out; otherwise they wait in a temporary file until all columns are known.

    Raises OutputError: an unknown format, a folder that does not exist or cannot be written, a full disk, a
    closed standard output; InputError: a library that is not installed, naming its extra.
    """
    kind = format_of(path, format)
    check_library(kind)
    if str(path) == "-":
        if kind not in _STREAMS:
            raise OutputError(f"{kind} cannot go to standard output; name a file")
        stdout = getattr(sys.stdout, "buffer", None)  # Python has none where the caller closed it
        if stdout is None:
            raise OutputError("standard output is closed; name a file to write")
        with _rows(kind, stdout, columns, closed) as writer:
            yield writer
        with _failures():
            stdout.flush()
        return
    if is_stream(path):
        if Path(path).is_dir() or kind not in _STREAMS:
            raise OutputError(f"{path}: not a file; name a file to write")
        pipe = _opened(path)
        try:
            with _rows(kind, pipe, columns, closed) as writer:
                yield writer
            with _failures():
                pipe.flush()
        finally:
            with contextlib.suppress(OSError):
                pipe.close()
        return
    target = Path(os.path.realpath(path))
    with _moved_into_place(target) as stream, _rows(kind, stream, columns, closed) as writer:
        yield writer


def descriptor_of(path: str | Path) -> int | None:
    """The descriptor of this process that a path stands for, such as 3 for `/dev/fd/3`."""
    if str(path) in _STANDARD:
        return _STANDARD.index(str(path))
    found = _DESCRIPTOR.fullmatch(str(path))
    return int(found[1]) if found else None


def is_stream(path: str | Path) -> bool:
    """Whether a path other than `-` is a pipe, a device or a descriptor: nothing to move into place.

    Links are not followed by name: that of a descriptor leads to a name that no file has (`pipe:[7]`).
    """
    place = Path(path)
    return descriptor_of(path) is not None or (place.exists() and not place.is_file())


def _opened(path: str | Path) -> BinaryIO:
    """A stream for writing; of a descriptor as it was opened, so that a file that it appends to keeps all."""
    descriptor = descriptor_of(path)
    try:
        return Path(path).open("wb") if descriptor is None else os.fdopen(os.dup(descriptor), "wb")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None


def format_of(path: str | Path, format: str | None = None) -> str:
    """The output format that a path or an explicit name asks for; jsonl for what is written to as it is.

    A suffix that tells a format counts for a pipe, too.

    Raises OutputError: none that can be written.
    """
    known = ", ".join(sorted(set(FORMATS.values())))
    if format is not None:
        cleaned = format.lower().removeprefix(".")
        if cleaned not in FORMATS.values():
            raise OutputError(f"unknown output format {format!r}; use one of {known}")
        return cleaned
    if str(path) == "-" or descriptor_of(path) is not None:
        return "jsonl"
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        if is_stream(path) and not Path(path).is_dir():
            return "jsonl"
        raise OutputError(
            f"{path}: {suffix or 'no suffix'} tells no output format; use --format with one of {known}"
        )
    return FORMATS[suffix]


def check_library(kind: str) -> None:
    """Fail before the work, not after it.

    Raises InputError: the library for this output format does not load, or is not installed; then the extra
    is named.
    """
    from nordclass.files.extras import need

    if kind == "xlsx":
        need("xlsxwriter", "excel")
    elif kind == "parquet":
        need("pyarrow", "parquet")


@contextmanager
def _moved_into_place(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        stream = part.open("xb")
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror}); check its folder") from None
    try:
        yield stream
        with _failures():
            if not stream.closed:
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
            part.replace(target)
    except OutputError as error:
        raise OutputError(f"{target.name}: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            stream.close()
        part.unlink(missing_ok=True)


@contextmanager
def _rows(kind: str, stream: BinaryIO, columns: Sequence[str], closed: bool) -> Iterator[Writer]:
    if kind == "jsonl":
        yield JsonLines(stream)
    elif kind in _STREAMS and closed:
        yield Delimited(stream, "\t" if kind == "tsv" else ",", columns)
    else:
        with Spool(columns, closed) as spool:
            yield spool
            if kind in _STREAMS:
                table = Delimited(stream, "\t" if kind == "tsv" else ",", spool.columns)
                for row in spool.rows():
                    table.write(row)
            else:
                module = import_module(f"nordclass.files.write_{kind}")
                with _failures():
                    module.write(stream, spool)


class JsonLines:
    """One JSON object a line, in UTF-8."""

    losses: Sequence[str] = ()

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, row: Mapping[str, object]) -> None:
        """Write one row."""
        _put(self._stream, _json_line(row))


class Delimited:
    """CSV or TSV in UTF-8 with a byte order mark, so that Excel opens Korean."""

    losses: Sequence[str] = ()

    def __init__(self, stream: BinaryIO, delimiter: str, columns: Sequence[str]) -> None:
        self._columns = flat_columns(columns)
        self._stream = stream
        self._buffer = io.StringIO(newline="")
        self._csv = csv.writer(self._buffer, delimiter=delimiter, lineterminator="\r\n")
        _put(stream, b"\xef\xbb\xbf")
        self._put([safe_cell(name) for name in self._columns])

    def write(self, row: Mapping[str, object]) -> None:
        """Write one row."""
        flat = flatten(row)
        self._put([safe_cell(flat.get(name)) for name in self._columns])

    def _put(self, cells: list[str]) -> None:
        self._csv.writerow(cells)
        _put(self._stream, self._buffer.getvalue().encode())
        self._buffer.seek(0)
        self._buffer.truncate()


class Spool:
    """Rows kept on disk until all their columns are known."""

    def __init__(self, columns: Sequence[str], closed: bool) -> None:
        self._file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - closed by __exit__
        self._columns = dict.fromkeys(columns)
        self._closed = closed
        self.losses: Sequence[str] = ()

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()

    @property
    def columns(self) -> list[str]:
        """All columns: the first ones, then, unless it is closed, others as they came."""
        return list(self._columns)

    def write(self, row: Mapping[str, object]) -> None:
        """Take one row."""
        if self._closed:
            row = {name: row[name] for name in self._columns if name in row}
        else:
            self._columns |= dict.fromkeys(row)
        with _failures(TEMPORARY):
            self._file.write(_json_line(row))

    def rows(self) -> Iterator[dict[str, Any]]:
        """All rows from the first, in order; may be called again."""
        with _failures(TEMPORARY):
            self._file.seek(0)  # which writes what is still in memory
        for line in self._file:
            yield json.loads(line)


def _json_line(row: Mapping[str, object]) -> bytes:
    try:
        line = json.dumps(row, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # NaN and infinity, which JSON does not know
        return _json_line({name: _finite(value) for name, value in row.items()})
    # A lone surrogate in a kept column would have a JSON escape, but other readers refuse that.
    return encodable(line).encode() + b"\n"


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(part) for name, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, (list, tuple)) else value


def _put(stream: BinaryIO, data: bytes) -> None:
    with _failures():
        stream.write(data)


@contextmanager
def _failures(failed: str = "writing failed ({}); is the disk full?") -> Iterator[None]:
    """Around writing only: an error of the caller's own within `open_writer` must stay what it is."""
    try:
        yield
    except OSError as error:
        raise OutputError(failed.format(error.strerror or error)) from error
