"""Reads the files of the taxonomy, most of which are tab-separated tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>` as dicts by column; lines that begin with `#` are comments.

    Raises ValueError when a row has more or fewer cells than the header.
    """
    header: list[str] = []
    for line in lines(name):
        cells = line.split("\t")
        if not header:
            header = cells
        elif len(cells) == len(header):
            yield dict(zip(header, cells, strict=True))
        else:
            raise ValueError(f"{name}: {len(cells)} columns, not {len(header)}, in {line!r}")


def lines(name: str) -> list[str]:
    """The lines of `data/<name>` but comments, which begin with `#`, and empty ones."""
    return [line for line in content(name).splitlines() if line and line[0] != "#"]


def content(name: str) -> str:
    """The text of `data/<name>`."""
    return (_DATA / name).read_text(encoding="utf-8")
