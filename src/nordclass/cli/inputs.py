"""The documents of the inputs, without what the command itself writes among them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from nordclass.files import ReadOptions, Record, Unreadable, read
from nordclass.files.walk import STDIN, Found, Missing, walk

# Suffixes of files that are one document each.
_DOCUMENTS: Final = frozenset(
    [".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".hwp", ".hwpx", ".pdf", ".docx"]
)


def documents(
    inputs: Sequence[str], options: ReadOptions, own: Collection[Path]
) -> Iterator[Record | Unreadable]:
    """As `nordclass.files.read`, but the files `own` are passed over.

    `nordclass label . -o labels.jsonl` must not read its own output, of this run or the one before.
    """
    outputs = _real(own)
    for item in walk(inputs):
        if isinstance(item, Missing):
            yield Unreadable(item.id, item.error)
        elif item.path == STDIN or Path(os.path.realpath(item.path)) not in outputs:
            for found in read([str(item.path)], options):
                yield _called(item, found)


def count(inputs: Sequence[str], own: Collection[Path]) -> int | None:
    """How many documents there are, if that can be told without reading: when no file is a table."""
    outputs = _real(own)
    number = 0
    for item in walk(inputs):
        if isinstance(item, Found):
            if item.path == STDIN or PurePath(item.id.removesuffix(".gz")).suffix.lower() not in _DOCUMENTS:
                return None
            if Path(os.path.realpath(item.path)) in outputs:
                continue
        number += 1
    return number


def _real(paths: Collection[Path]) -> set[Path]:
    return {Path(os.path.realpath(path)) for path in paths}


def _called(item: Found, found: Record | Unreadable) -> Record | Unreadable:
    """The record under the id that it has among all inputs, where it is called after its file."""
    name = "stdin" if item.path == STDIN else item.path.name
    if item.id == name or not (found.id == name or found.id.startswith(f"{name}:")):
        return found
    return replace(found, id=item.id + found.id[len(name) :])
