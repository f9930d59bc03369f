"""Result rows as an Excel workbook, in constant memory."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

from nordclass.files.extras import need
from nordclass.files.rows import encodable, flat_columns, flatten
from nordclass.files.write import Spool

_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_CELL_CHARACTERS: Final = 32_767
_EXACT: Final = 2**53


def write(stream: BinaryIO, spool: Spool) -> None:
    """Write all rows; beyond a million rows on further sheets.

    Text is written as text, never as a formula or a link, and cut at Excel's 32,767 characters a cell.
    """
    xlsxwriter = need("xlsxwriter", "excel")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    columns = flat_columns(spool.columns, spool.labels)[:_COLUMNS]
    with xlsxwriter.Workbook(stream, options) as workbook:
        sheet, line = None, _ROWS
        for row in spool.rows():
            if line == _ROWS:
                sheet, line = _sheet(workbook, columns), 1
            flat = flatten(row)
            for column, name in enumerate(columns):
                _cell(sheet, line, column, flat.get(name))
            line += 1
        if sheet is None:
            _sheet(workbook, columns)


def _sheet(workbook: Any, columns: list[str]) -> Any:  # noqa: ANN401 - untyped
    sheet = workbook.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(columns):
        _cell(sheet, 0, column, name)
    return sheet


def _cell(sheet: Any, line: int, column: int, value: object) -> None:  # noqa: ANN401 - untyped
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, (int, float)) and abs(value) < _EXACT:
        sheet.write_number(line, column, value)
    else:
        text = encodable(str(value)).replace("\0", "\ufffd")
        if _units(text) > _CELL_CHARACTERS:
            text = text[: _CELL_CHARACTERS // 2] if not text.isascii() and _units(text) > len(text) else text
            text = text[: _CELL_CHARACTERS - 1] + "…"
        sheet.write_string(line, column, text)


def _units(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
