"""Whether a file is one that `nordclass label` wrote, which a later run may replace."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from nordclass.errors import NordclassError
from nordclass.files import guarded
from nordclass.files.limits import RECORD_CHARS
from nordclass.files.rows import RESULT_COLUMNS, flat_columns

_ROW: Final = RESULT_COLUMNS[:-1]
_NESTED: Final = ("jsonl", "parquet")
"""Formats in which labels are lists of objects, and not cells beside their scores."""
_FAILED: Final = ("id", "error")


def is_result(path: Path, format: str) -> bool:
    """Whether `path` holds results in a `format` of `open_writer`: it begins with their columns.

    An empty file is one; nothing that cannot be read is.
    """
    try:
        if path.stat().st_size == 0:
            return True
        names = tuple(_COLUMNS[format](path))
    except (NordclassError, OSError, ValueError, RecursionError, csv.Error):
        return False
    row = _ROW if format in _NESTED else tuple(flat_columns(_ROW))
    return any(names[: len(head)] == head for head in (row, _FAILED))


def _of_json(path: Path) -> Sequence[str]:
    with path.open(encoding="utf-8") as lines:
        first = lines.readline(RECORD_CHARS)
    row = json.loads(first)
    return list(row) if isinstance(row, dict) else []


def _of_table(path: Path, delimiter: str) -> Sequence[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader([lines.readline(RECORD_CHARS)], delimiter=delimiter), [])


def _of_workbook(path: Path) -> Sequence[str]:
    # The header is the first row with the column that is asked for as the text's.
    sheet = next(guarded.parse("excel", path, {"text_col": "id"}))
    return list(map(str, sheet["header"]))


def _of_parquet(path: Path) -> Sequence[str]:
    names: list[str] = next(guarded.parse("parquet", path, {}))
    return names


_COLUMNS: Final[Mapping[str, Callable[[Path], Sequence[str]]]] = {
    "jsonl": _of_json,
    "csv": lambda path: _of_table(path, ","),
    "tsv": lambda path: _of_table(path, "\t"),
    "xlsx": _of_workbook,
    "parquet": _of_parquet,
}
