"""Result rows as an Excel workbook, in constant memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from nordclass.files.extras import need
from nordclass.files.rows import encodable, flat_columns, flatten
from nordclass.files.write import TEMPORARY, OutputError, Spool

_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_CELL_CHARACTERS: Final = 32_767
_EXACT: Final = 2**53


def write(stream: BinaryIO, spool: Spool) -> None:
    """Write all rows; beyond a million rows on further sheets.

    Text is written as text, never as a formula or a link, and cut at Excel's 32,767 characters a cell;
    `spool.losses` then says so.

    Raises OSError: a full disk; OutputError: larger than a workbook may be, or no room for the sheets, which
    wait in temporary files.
    """
    xlsxwriter = need("xlsxwriter", "excel")
    target = _Target(stream)
    try:
        # The library leaves its files behind where it fails.
        with tempfile.TemporaryDirectory(prefix="nordclass-") as folder:
            _write(xlsxwriter, target, spool, folder)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        cause = error if isinstance(error, OSError) else error.args[0]  # the OSError that it was
        if target.has_failed:
            raise cause from None
        raise OutputError(TEMPORARY.format(cause.strerror or cause)) from cause
    except xlsxwriter.exceptions.FileSizeError:
        raise OutputError("more than the 4 GB that a workbook may have; write .csv or .parquet") from None
    finally:
        target.is_open = False


class _Target:
    """The stream while the workbook is written; deaf from then on.

    After a failure the library throws its zip file away unfinished, which then tries once more to end itself.
    By then the stream is closed, or as full as before, and Python would print a trace for it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.is_open, self.has_failed = stream, True, False
        self._place = 0  # in what is written no more

    def write(self, data: bytes) -> int:
        if self.is_open:
            with self._watched():
                return self._stream.write(data)
        self._place += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        if self.is_open:
            with self._watched():
                return self._stream.seek(offset, whence)
        self._place = offset
        return offset

    def tell(self) -> int:
        if self.is_open:
            with self._watched():
                return self._stream.tell()
        return self._place

    def flush(self) -> None:
        if self.is_open:
            with self._watched():
                self._stream.flush()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Note that it was the stream that failed, and no temporary file."""
        try:
            yield
        except OSError:
            self.has_failed = True
            raise


def _write(xlsxwriter: Any, target: _Target, spool: Spool, folder: str) -> None:  # noqa: ANN401 - untyped
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": folder,
    }
    every = flat_columns(spool.columns)
    columns = every[:_COLUMNS]
    cut = 0
    with xlsxwriter.Workbook(target, options) as workbook:
        sheet, line = None, _ROWS
        for row in spool.rows():
            if line == _ROWS:
                sheet, line = _sheet(workbook, columns), 1
            flat = flatten(row)
            for column, name in enumerate(columns):
                cut += _cell(sheet, line, column, flat.get(name))
            line += 1
        if sheet is None:
            _sheet(workbook, columns)
    losses = {
        f"cells cut at the {_CELL_CHARACTERS:,} characters that a workbook's may have": cut,
        f"columns left out beyond the {_COLUMNS:,} that a workbook may have": len(every) - len(columns),
    }
    spool.losses = [f"{what}: {count:,}; write .csv or .parquet" for what, count in losses.items() if count]


def _sheet(workbook: Any, columns: list[str]) -> Any:  # noqa: ANN401 - untyped
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _ROWS - 1, max(len(columns) - 1, 0))
    for column, name in enumerate(columns):
        _cell(sheet, 0, column, name)
    return sheet


def _cell(sheet: Any, line: int, column: int, value: object) -> bool:  # noqa: ANN401 - untyped
    """Write a cell; whether its text had to be cut."""
    if value is None or value == "":
        return False
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, (int, float)) and abs(value) < _EXACT:
        sheet.write_number(line, column, value)
    else:
        text = encodable(str(value)).replace("\0", "\ufffd")
        if is_long := _units(text) > _CELL_CHARACTERS:
            text = text[: _CELL_CHARACTERS // 2] if not text.isascii() and _units(text) > len(text) else text
            text = text[: _CELL_CHARACTERS - 1] + "…"
        sheet.write_string(line, column, text)
        return is_long
    return False


def _units(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
