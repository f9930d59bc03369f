"""Workbooks (.xlsx, .xls, .ods): the rows of one sheet."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from nordclass.errors import InputError
from nordclass.files import guarded
from nordclass.files.extras import need
from nordclass.files.options import ReadOptions
from nordclass.files.record import Record, Unreadable
from nordclass.files.source import Source
from nordclass.files.tables import NO_ROWS, Columns, header, one_line, row_of

_ASKED: Final = ("title_col", "text_col", "sheet", "advice")
_HEADER_ROWS: Final = 10
_BATCH_CHARACTERS: Final = 1_000_000

_Sheet = dict[str, Sequence[object]]


def read_workbook(source: Source, path: Path, options: ReadOptions) -> Iterator[Record | Unreadable]:
    """The rows of a sheet; numbered from 1 after the header, empty rows not counted.

    `source`: the input. `path`: the same as a file. `options`: `sheet`, or the first sheet with a text
    column; the header is among its first ten rows.

    Raises InputError: no such sheet, no rows, no text column, damaged, protected, too large, or the extra
    `excel` is missing.
    """
    asked = {name: getattr(options, name) for name in _ASKED}
    batches = guarded.parse("excel", path, asked)
    sheet = next(batches)
    if sheet["unread"] and options.unread_sheets is not None:
        options.unread_sheets(sheet["unread"])
    names = header(sheet["header"])
    columns = Columns(names, options)
    number = 0
    for batch in batches:
        for cells in batch:
            number += 1
            row_id = f"{source.id}:{number}"
            row = row_of(names, cells, row_id)
            yield row if isinstance(row, Unreadable) else columns.record(row, row_id)
    if number == 0:
        raise source.error(NO_ROWS)


def rows(path: Path, options: dict[str, str | None]) -> Iterator[_Sheet | list[list[object]]]:
    """The `header` of a sheet and the names of those that are `unread`, then batches of rows.

    Runs in the worker.

    Raises InputError: as `read_workbook`.
    """
    calamine = need("python_calamine", "excel")
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    try:
        with _opened(calamine, path) as workbook:
            yield from _chosen(workbook, ReadOptions(**given))
    except calamine.PasswordError:
        raise InputError("password-protected; save it without a password") from None
    except calamine.CalamineError as error:
        raise InputError(f"damaged workbook ({one_line(str(error), 100)}); save it again or as CSV") from None


def _opened(calamine: Any, path: Path) -> Any:  # noqa: ANN401 - untyped
    """The open workbook.

    The library goes by the suffix, which may be wrong, and opens only names in UTF-8, unless it is given the
    bytes.
    """
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise
    except (calamine.CalamineError, OSError) as error:
        try:
            return calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        except calamine.CalamineError:
            raise error from None


def _chosen(
    workbook: Any,  # noqa: ANN401 - untyped
    options: ReadOptions,
) -> Iterator[_Sheet | list[list[object]]]:
    names: list[str] = workbook.sheet_names
    first_error: InputError | None = None
    asked = names if options.sheet is None else [_named(names, options.sheet)]
    for place, name in enumerate(asked, start=1):
        sheet = _filled(workbook.get_sheet_by_name(name).iter_rows())
        head: list[list[object]] = []
        for cells in sheet:
            head.append(cells)
            try:
                Columns(header(cells), options)
            except InputError as error:
                first_error = first_error or error
                if len(head) == _HEADER_ROWS:
                    break
                continue
            yield {"header": cells, "unread": asked[place:]}
            yield from _batches(sheet)
            return
    raise first_error or InputError(NO_ROWS if options.sheet is None else f"no rows in sheet {options.sheet}")


def _named(names: Sequence[str], wanted: str) -> str:
    if wanted in names:
        return wanted
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    listed = ", ".join(one_line(name, 40) for name in names[:12])
    raise InputError(f"no sheet {wanted!r}; name one of {listed}, or its number, with --sheet")


def _filled(sheet: Iterator[Sequence[object]]) -> Iterator[list[object]]:
    for cells in sheet:
        plain = [_plain(cell) for cell in cells]
        while plain and plain[-1] == "":
            plain.pop()
        if plain:
            yield plain


def _batches(sheet: Iterator[list[object]]) -> Iterator[list[list[object]]]:
    batch: list[list[object]] = []
    size = 0
    for cells in sheet:
        batch.append(cells)
        size += sum(len(cell) if isinstance(cell, str) else 8 for cell in cells)
        if size > _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _plain(cell: object) -> object:
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)  # workbooks keep all numbers as floats
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell if cell is not None else "")
