"""How many documents the inputs hold, where that can be told without reading them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path, PurePath
from typing import Final

from nordclass.files.walk import STDIN, Found, distinct

# Suffixes of files that are one document each.
_DOCUMENTS: Final = frozenset(
    [".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".hwp", ".hwpx", ".pdf", ".docx"]
)


def count(inputs: Sequence[str], skip: Collection[Path | int]) -> int | None:
    """How many documents `nordclass.files.read` will give, for a bar of progress.

    Args:
        inputs: files, folders, globs, `-`.
        skip: files that are passed over.

    Returns:
        `None` when a file is a table or standard input, whose rows would have to be counted.
    """
    number = 0
    for item in distinct(inputs, skip):
        if isinstance(item, Found):
            if item.path == STDIN:
                return None
            if PurePath(item.id.removesuffix(".gz")).suffix.lower() not in _DOCUMENTS:
                return None
        number += 1
    return number
