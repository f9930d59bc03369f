"""Labelled documents from files that users have: JSON Lines, CSV, TSV, also packed, and workbooks."""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from nordclass.cells import by_folded_name, columns_of
from nordclass.cli.options import RENAME
from nordclass.errors import DataError, InputError
from nordclass.files import ReadOptions, Record, Unreadable, expand, read
from nordclass.files.names import readable, told_apart
from nordclass.files.tables import listed, one_line
from nordclass.result import KINDS

if TYPE_CHECKING:
    from nordclass.model.classifier import Classifier

_KEYS: Final = (*KINDS, "weight", "group")
# What people call columns of labels. They are not read: as often they say where an article is from.
_LIKE: Final = {
    "countries": ("country", "국가"),
    "regions": ("region", "지역", "권역"),
    "sectors": ("sector", "분야"),
}
_LISTED: Final = 12
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


def read_labelled(
    files: Sequence[Path], split: str | None = None, sheet: str | None = None, *, unlabelled: bool = False
) -> list[dict[str, Any]]:
    """The labelled documents of `files` as `nordclass.train` takes them.

    Args:
        files: JSON Lines, CSV, TSV or another table, also as .gz or .xz; capitals in the names of columns do
            not matter.
        split: keep only rows whose `split` column is this.
        sheet: the sheet of workbooks, by name or number; else the first with a text.
        unlabelled: whether they may all be without a column of labels.

    Raises:
        InputError: a file that cannot be read.
        DataError: a file that holds no table, or has nothing of that split; no labels.

    Rows without a text are left out with a line on stderr, and there is one on columns that may hold labels
    and are called otherwise, and one a workbook on sheets that are not read. Rows without an id are called by
    their file (`nordclass.files.names.told_apart`) and number.
    """
    rows = []
    splits: set[str] = set()
    columns: dict[str, None] = {}
    for file, name in zip(files, told_apart(files), strict=True):
        for record in _records(file, readable(name), sheet):
            columns.update(dict.fromkeys(record.fields))
            own = str(columns_of(record.fields, ("split",)).get("split") or "")
            splits.add(own)
            if split is None or own == split:
                rows.append(_row(record))
    if not rows:
        if split is None:
            raise DataError("no documents in the data")
        present = ", ".join(sorted(filter(None, splits))) or "none"
        raise DataError(f"no documents of split {split!r} in the data; its splits: {present}")
    advice = _to_rename(columns)
    if not unlabelled and not any(kind in row for row in rows for kind in KINDS):
        found = listed(list(columns))
        why = f"no record has labels: of the columns {found} none is called countries, regions or sectors"
        raise DataError("; ".join([why, *advice]))
    if advice:
        click.echo(f"nordclass: if they hold labels, {' and '.join(advice)}", err=True)
    return rows


def tell_untold(classifier: Classifier, rows: Iterable[Mapping[str, Any]]) -> None:
    """Say on stderr which labels of documents the classifier cannot tell: figures do not show it.

    Raises DataError when the rows are malformed.
    """
    from nordclass.training.doubtful_labels import home_as_partner
    from nordclass.training.records import labelled

    documents = labelled(rows)
    known = classifier.sectors.labels if classifier.sectors else ()
    unknown = sorted({code for document in documents for code in document.sectors or ()}.difference(known))
    if unknown:
        named = "; ".join(one_line(code, 40) for code in unknown[:_LISTED])
        more = f" and {len(unknown) - _LISTED} more" if len(unknown) > _LISTED else ""
        click.echo(f"nordclass: the model has no sectors {named}{more}, and never tells them", err=True)
    if home := home_as_partner(documents):
        click.echo(f"nordclass: {home}", err=True)


def _records(file: Path, name: str, sheet: str | None) -> Iterator[Record]:
    """The rows of a file that is to be called `name`."""
    options = ReadOptions(sheet=sheet, advice=RENAME, unread_sheets=partial(_tell_unread, name))
    with _unpacked(file) as path:
        own = readable(path.name)
        for found in read([str(path)], options):
            id = _called(found.id, own, name)
            if isinstance(found, Record):
                if not found.fields:
                    raise DataError(f"{name}: no table of labelled documents; use JSON Lines, CSV or TSV")
                yield replace(found, id=id)
            elif found.id == own:
                raise InputError(_called(found.error, own, name))
            else:
                click.echo(f"nordclass: left out {id}: {_why(found)}", err=True)


def _tell_unread(name: str, sheets: Sequence[str]) -> None:
    """Say on stderr which sheets of a workbook are not read."""
    click.echo(f"nordclass: {name}: sheets not read: {listed(sheets)}; --sheet names one to read", err=True)


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
                        raise InputError(f"{file.name}: unpacks to more than {_LARGEST >> 30} GB")
        except (lzma.LZMAError, EOFError):
            raise InputError(f"{file.name}: damaged or cut short .xz; fetch it again") from None
        yield copy


def _row(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {"id": record.id, "title": record.title or "", "text": record.text}
    return row | columns_of(record.fields, _KEYS)


def _to_rename(columns: Collection[str]) -> list[str]:
    """What to do about columns that look like labels, where there is none of that kind."""
    names = by_folded_name(columns)
    return [
        f"rename {one_line(names[like], 40)} to {kind}"
        for kind, likes in _LIKE.items()
        if kind not in names
        for like in likes
        if like in names
    ]
