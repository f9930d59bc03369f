"""Reads the files of the taxonomy, most of which are tab-separated tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>` as dicts by column; lines that begin with `#` are comments."""
    table = cells(name)
    header = next(table, [])
    for row in table:
        yield dict(zip(header, row, strict=True))


def cells(name: str) -> Iterator[list[str]]:
    """The header and the rows of `data/<name>` as lists of as many cells each."""
    columns = 0
    for number, line in enumerate(content(name).splitlines(), start=1):
        if not line or line[0] == "#":
            continue
        found = line.split("\t")
        columns = columns or len(found)
        if len(found) != columns:
            raise ValueError(f"{name}, line {number}: {len(found)} columns, not {columns}")
        yield found


def content(name: str) -> str:
    """The text of `data/<name>`."""
    return (_DATA / name).read_text(encoding="utf-8")
