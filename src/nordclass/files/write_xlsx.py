"""Result rows as an Excel workbook, in constant memory."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from nordclass.files.extras import need
from nordclass.files.rows import encodable, flat_columns, flatten
from nordclass.files.write import OutputError, Spool

_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_CELL_CHARACTERS: Final = 32_767
_EXACT: Final = 2**53


def write(stream: BinaryIO, spool: Spool) -> None:
    """Write all rows; beyond a million rows on further sheets.

    Text is written as text, never as a formula or a link, and cut at Excel's 32,767 characters a cell;
    `spool.losses` then says so.

    Raises:
        OSError: a full disk.
        OutputError: larger than a workbook may be.
    """
    xlsxwriter = need("xlsxwriter", "excel")
    target = _Target(stream)
    try:
        _write(xlsxwriter, target, spool)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] from None  # the OSError that it was: the library's own is none
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
        self._stream, self.is_open = stream, True

    def write(self, data: bytes) -> int:
        return self._stream.write(data) if self.is_open else len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence) if self.is_open else 0

    def tell(self) -> int:
        return self._stream.tell() if self.is_open else 0

    def flush(self) -> None:
        if self.is_open:
            self._stream.flush()


def _write(xlsxwriter: Any, target: _Target, spool: Spool) -> None:  # noqa: ANN401 - untyped
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
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
