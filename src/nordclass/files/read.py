"""Documents out of files of any kind, one after another; a bad one never stops the run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from nordclass.errors import InputError
from nordclass.files.kinds import kind_of
from nordclass.files.names import readable
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import one_line
from nordclass.files.walk import Found, Missing, expand, walk

__all__ = ["ReadOptions", "expand", "read"]

_DEFAULT: Final = ReadOptions()
# Imported when the first such file comes, so that reading text needs no other library.
_READERS: Final = {
    "text": "text:read_text",
    "markdown": "text:read_markdown",
    "jsonl": "jsonl:read_jsonl",
    "json": "jsonl:read_json",
    "csv": "delimited:read_csv",
    "tsv": "delimited:read_tsv",
    "html": "html.extract:read_html",
    "pdf": "pdf:read_pdf",
    "parquet": "parquet:read_parquet",
    "zip": "containers:read_zip",
    "ole": "containers:read_ole",
}


class _Reader(Protocol):
    def __call__(self, source: Source, options: ReadOptions) -> Iterator[Record | Unreadable]: ...


def read(
    inputs: Sequence[str], options: ReadOptions = _DEFAULT, *, skip: Collection[Path | int] = ()
) -> Iterator[Record | Unreadable]:
    """All documents of the inputs, streamed.

    `inputs`: files, folders, globs, `-` for standard input; see `expand`. `options`: columns, sheet and
    encoding, where detection is not wanted. `skip`: files to pass over, such as the output that a folder of
    inputs holds; their paths, or the descriptors of open ones.

    Yields a `Record` a document, an `Unreadable` for each file or row that is none. A table that breaks off
    in the middle gives its rows and then an `Unreadable` with the id of the file.

    Raises TypeError, at once: `inputs` is one string, whose letters would be taken for files.
    """
    if isinstance(inputs, (str, bytes)):
        raise TypeError(f"inputs must be several names, as in a list, not one {type(inputs).__name__}")
    return _read(inputs, options, skip)


def _read(
    inputs: Sequence[str], options: ReadOptions, skip: Collection[Path | int]
) -> Iterator[Record | Unreadable]:
    for item in walk(inputs, skip):
        if isinstance(item, Missing):
            yield Unreadable(item.id, one_line(item.error))
            continue
        try:
            source = Source(item.id, item.path)
            for found in _reader(kind_of(source))(source, options):
                is_file = isinstance(found, Unreadable) and found.id == item.id
                yield _named(item, found.error) if is_file and isinstance(found, Unreadable) else found
        except InputError as error:
            yield _named(item, str(error))
        except Exception as error:  # whatever a hostile file provokes in a parser, the run goes on
            why = one_line(f"{type(error).__name__}: {error}")
            yield Unreadable(item.id, f"{item.id}: cannot be read, damaged or not what it seems ({why})")


def _named(item: Found, message: str) -> Unreadable:
    """Why a file cannot be read, with its name."""
    name = "stdin" if item.path == "-" else readable(item.path.name)
    return Unreadable(
        item.id, one_line(message if name.removesuffix(".gz") in message else f"{name}: {message}")
    )


def _reader(kind: str) -> _Reader:
    module, function = _READERS[kind].split(":")
    return cast(_Reader, getattr(import_module(f"nordclass.files.{module}"), function))
