"""Lists of words that finding mentions goes by; a person can read and mend them (`data/word_lists.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from nordclass.taxonomy.tables import rows


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    return {row["list"]: tuple(row["words"].replace("_", " ").split("|")) for row in rows("word_lists.tsv")}


def words(name: str) -> tuple[str, ...]:
    """The words of the list `name`."""
    return _lists()[name]


def any_of(name: str) -> str:
    """Alternatives of a regular expression: the words of the list `name`."""
    return "|".join(map(re.escape, words(name)))
