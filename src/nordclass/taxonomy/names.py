"""The table of the names of places, `data/names.tsv`, and how a place's code is written there.

AU is Australia, @AU the African Union: codes of regions have a mark before them in the table and wherever
countries and regions stand together, as mentions and candidates do. In results they have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from nordclass.taxonomy.tables import lines

BLOCKER: Final = "-"
"""The code of a form that hides a name inside it and means no place."""

REGION_MARK: Final = "@"
"""What codes of regions begin with."""


def is_region(code: str) -> bool:
    """Whether a code is marked as a region's."""
    return code.startswith(REGION_MARK)


def region_code(code: str) -> str:
    """The code of a region with its mark."""
    return REGION_MARK + code


def plain_code(code: str) -> str:
    """A code without the mark of regions, as results have it."""
    return code.removeprefix(REGION_MARK)


class NameRow(NamedTuple):
    """One spelling of a place; the head of `names.tsv` says what each column holds."""

    code: str
    lang: str
    kind: str
    form: str
    check: str

    @classmethod
    def parse(cls, line: str) -> NameRow:
        """The row of a line. Raises ValueError when it has more or fewer cells."""
        code, lang, kind, form, check = line.split("\t")
        return cls(code, lang, kind, form, check)

    @property
    def codes(self) -> tuple[str, ...]:
        """The places that the form names; none for a blocker."""
        return () if self.code == BLOCKER else tuple(self.code.split(";"))


def name_lines() -> list[str]:
    """The unparsed rows: parsing them all takes longer than a short text needs.

    Raises ValueError when the table has other columns.
    """
    header, *found = lines("names.tsv")
    if header.split("\t") != list(NameRow._fields):
        raise ValueError("names.tsv has other columns than those that are read")
    return found


def name_rows() -> Iterator[NameRow]:
    """All rows. Raises ValueError as `name_lines` and `NameRow.parse` do."""
    return map(NameRow.parse, name_lines())
