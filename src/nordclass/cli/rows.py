"""Rows of results as the options of `nordclass label` ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nordclass.batch import Row
from nordclass.cli.options import reaches
from nordclass.files.rows import MORE_COLUMNS, RESULT_COLUMNS, flat_columns
from nordclass.result import EXPLAINED, KINDS


def above(row: Row, least: float) -> Row:
    """The row without labels whose score is below `least`, but for those that are uncertain."""
    return {
        name: [label for label in value if reaches(label["score"], least)]
        if name in (*KINDS, EXPLAINED)
        else value
        for name, value in row.items()
    }


def with_columns(row: Row, fields: Mapping[str, Any]) -> Row:
    """The row and the columns of its input; those whose names results have become `input_<name>`."""
    taken = flat_columns((*RESULT_COLUMNS, *MORE_COLUMNS))
    kept = dict(row)
    for name, value in fields.items():
        if name == "id" and str(value) == row["id"]:
            continue
        while name in kept or name in taken:
            name = f"input_{name}"
        kept[name] = value
    return kept
