"""Labelled documents from files that users have: JSON Lines, CSV, TSV, also packed."""

from __future__ import annotations

import hashlib
import lzma
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from nordclass.errors import DataError, InputError
from nordclass.files import Record, Unreadable, expand, read

_KEYS: Final = ("countries", "regions", "sectors", "weight", "group")
_COPY: Final = 2**20
_LARGEST: Final = 4 * 2**30


def data_files(names: Sequence[str]) -> list[Path]:
    """The files that the user names (files, folders, globs). Raises InputError for a name of nothing."""
    files = []
    for path in expand(names):
        if isinstance(path, str):
            raise InputError("labelled documents cannot come from standard input; name a file")
        files.append(path)
    return files


def read_labelled(files: Sequence[Path], split: str | None = None) -> list[dict[str, Any]]:
    """The labelled documents of `files` as `nordclass.train` takes them.

    Args:
        files: JSON Lines, CSV, TSV or another table, also as .gz or .xz.
        split: keep only rows whose `split` column is this.

    Raises:
        DataError: a file that cannot be read, holds no table, or has nothing of that split.

    Rows without a text are left out with a line on stderr.
    """
    rows = []
    splits: set[str] = set()
    for file in files:
        for record in _records(file):
            own = str(record.fields.get("split") or "")
            splits.add(own)
            if split is None or own == split:
                rows.append(_row(record))
    if not rows:
        if split is None:
            raise DataError("no documents in the data")
        present = ", ".join(sorted(filter(None, splits))) or "none"
        raise DataError(f"no documents of split {split!r} in the data; its splits: {present}")
    return rows


def sha256(file: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _records(file: Path) -> Iterator[Record]:
    with _unpacked(file) as path:
        for found in read([str(path)]):
            if isinstance(found, Record):
                if not found.fields:
                    raise DataError(
                        f"{file.name}: no table of labelled documents; use JSON Lines, CSV or TSV"
                    )
                yield found
            elif found.id == path.name:
                raise DataError(found.error)
            else:
                click.echo(f"nordclass: left out {found.id}: {_why(found)}", err=True)


def _why(found: Unreadable) -> str:
    return found.error.removeprefix(f"{found.id}: ")


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    """The file itself; for .xz, which the readers leave to us, a temporary copy."""
    if file.suffix != ".xz":
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="nordclass-") as folder:
        copy = Path(folder) / file.stem
        try:
            with lzma.open(file) as packed, copy.open("wb") as plain:
                while part := packed.read(_COPY):
                    plain.write(part)
                    if plain.tell() > _LARGEST:
                        raise DataError(f"{file.name}: unpacks to more than {_LARGEST >> 30} GB")
        except (lzma.LZMAError, EOFError):
            raise DataError(f"{file.name}: damaged or cut short .xz; fetch it again") from None
        yield copy


def _row(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {"id": record.id, "title": record.title or "", "text": record.text}
    row |= {key: record.fields[key] for key in _KEYS if key in record.fields}
    try:
        row["weight"] = float(row.get("weight") or 1.0)
    except (TypeError, ValueError):
        raise DataError(f"{record.id}: its weight is no number") from None
    return row
