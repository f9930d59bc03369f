"""Countries and regions: codes, names, and which states belong to which region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nordclass.taxonomy.tables import rows

HOME: Final = "KR"
"""The home country: named in most documents, never a label."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: ISO 3166-1 codes, names, the regions it is a member of.

    Kosovo has none: XK and XKX are in common use, 983 is what CLDR gives it.
    """

    code: str
    iso3: str
    numeric: str
    name_ko: str
    name_en: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A bloc or region that can itself be the counterpart."""

    code: str
    name_ko: str
    name_en: str

    @property
    def members(self) -> tuple[str, ...]:
        """Codes of the states that belong to the region, in alphabetical order."""
        return tuple(c.code for c in countries().values() if self.code in c.groups)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """All ISO 3166-1 states and territories and Kosovo, by code."""
    return {
        row["code"]: Country(
            row["code"],
            row["iso3"],
            row["numeric"],
            row["name_ko"],
            row["name_en"],
            tuple(filter(None, row["groups"].split(";"))),
        )
        for row in rows("countries.tsv")
    }


@lru_cache(maxsize=1)
def regions() -> Mapping[str, Region]:
    """The regions of the labelling guide, by code."""
    return {row["code"]: Region(row["code"], row["name_ko"], row["name_en"]) for row in rows("regions.tsv")}
