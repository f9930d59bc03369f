"""Labelled documents from files that users have: JSON Lines, CSV, TSV, also packed."""

from __future__ import annotations

import lzma
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
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


def told_apart(files: Sequence[Path], taken: Collection[str] = ()) -> list[str]:
    """A name for each file: its own, with the folders that tell it from the others and from names `taken`.

    Never the whole path where less will do: names are written down in models, which others get.
    """
    parts = [file.absolute().parts for file in files]
    names = [file.name for file in files]
    for length in range(2, max(map(len, parts), default=0) + 1):
        uses = Counter([*names, *set(taken)])
        names = [
            "/".join(part[-length:]) if uses[name] > 1 else name
            for name, part in zip(names, parts, strict=True)
        ]
    return names


def read_labelled(files: Sequence[Path], split: str | None = None) -> list[dict[str, Any]]:
    """The labelled documents of `files` as `nordclass.train` takes them.

    Args:
        files: JSON Lines, CSV, TSV or another table, also as .gz or .xz.
        split: keep only rows whose `split` column is this.

    Raises:
        DataError: a file that cannot be read, holds no table, or has nothing of that split.

    Rows without a text are left out with a line on stderr. Those without an id are called by their file
    (`told_apart`) and number.
    """
    rows = []
    splits: set[str] = set()
    for file, name in zip(files, told_apart(files), strict=True):
        for record in _records(file, name):
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


def _records(file: Path, name: str) -> Iterator[Record]:
    """The rows of a file that is to be called `name`."""
    with _unpacked(file) as path:
        for found in read([str(path)]):
            id = _called(found.id, path.name, name)
            if isinstance(found, Record):
                if not found.fields:
                    raise DataError(f"{name}: no table of labelled documents; use JSON Lines, CSV or TSV")
                yield replace(found, id=id)
            elif found.id == path.name:
                raise DataError(_called(found.error, path.name, name))
            else:
                click.echo(f"nordclass: left out {id}: {_why(found)}", err=True)


def _called(told: str, old: str, new: str) -> str:
    """What begins with the `old` name of a file and a colon, with its `new` name."""
    return f"{new}:{told.removeprefix(f'{old}:')}" if told.startswith(f"{old}:") else told


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
    return row | {key: record.fields[key] for key in _KEYS if key in record.fields}
