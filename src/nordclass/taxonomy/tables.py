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
    for line in lines(name):
        found = line.split("\t")
        columns = columns or len(found)
        if len(found) != columns:
            raise ValueError(f"{name}: {len(found)} columns, not {columns}, in {line!r}")
        yield found


def lines(name: str) -> list[str]:
    """The lines of `data/<name>` but comments, which begin with `#`, and empty ones."""
    return [line for line in content(name).splitlines() if line and line[0] != "#"]


def content(name: str) -> str:
    """The text of `data/<name>`."""
    return (_DATA / name).read_text(encoding="utf-8")
