"""Reads the tab-separated tables of the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>` as dicts by column; lines that begin with `#` are comments."""
    text = (files("nordclass.taxonomy") / "data" / name).read_text(encoding="utf-8")
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) != len(header):
            raise ValueError(f"{name}, line {number}: {len(cells)} columns, not {len(header)}")
        yield dict(zip(header, cells, strict=True))
