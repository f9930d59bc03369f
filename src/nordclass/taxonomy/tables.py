"""Reads the tab-separated tables of the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>` as dicts by column; lines that begin with `#` are comments."""
    table = cells(name)
    header = next(table, [])
    for row in table:
        yield dict(zip(header, row, strict=True))


def cells(name: str) -> Iterator[list[str]]:
    """The header and the rows of `data/<name>` as lists of as many cells each."""
    text = (files("nordclass.taxonomy") / "data" / name).read_text(encoding="utf-8")
    columns = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line[0] == "#":
            continue
        found = line.split("\t")
        columns = columns or len(found)
        if len(found) != columns:
            raise ValueError(f"{name}, line {number}: {len(found)} columns, not {columns}")
        yield found
