"""Reads the tab-separated tables that a recipe names."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from nordclass.errors import DataError


def read_table(path: Path, columns: Iterable[str], what: str, advice: str = "") -> dict[int, dict[str, str]]:
    """The rows of a table with `columns`, at least, by the number of their line; cells without blanks around.

    Raises DataError when it is none, saying `what` it should be and what to do where a column is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = set(columns).difference(table.fieldnames or ())
            if missing:
                raise DataError(f"{path} has no column {', '.join(sorted(missing))}{advice}")
            found = {}
            for row in table:
                if None in row or None in row.values():
                    raise DataError(f"{path}, line {table.line_num}: not as many cells as columns")
                found[table.line_num] = {name: cell.strip() for name, cell in row.items()}
            return found
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path} is not a {what}: {error}") from None


def read_words(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a table of words; none of the cells of `columns` is empty.

    Raises DataError when it is none, or has no row.
    """
    names = tuple(columns)
    table = read_table(path, names, "table of words")
    for line, row in table.items():
        if empty := [name for name in names if not row[name]]:
            raise DataError(f"{path}, line {line}: {', '.join(empty)} is empty")
    if not table:
        raise DataError(f"{path} has no words")
    return list(table.values())
