"""The cooperation sectors and their codes in other schemes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from nordclass.taxonomy.tables import content, rows


@dataclass(frozen=True, slots=True)
class Sector:
    """A cooperation sector.

    `dac` holds OECD DAC codes (3 digits: sector, 5: purpose), `dac_except` purposes taken out of them,
    `dac_primary` is the one 3-digit code that stands for the sector (text, as codes of results are),
    `nine_bridges` the New Northern Policy's bridges that correspond, `includes` and `excludes` say what
    belongs here.
    """

    code: str
    name_ko: str
    name_en: str
    dac: tuple[int, ...]
    dac_primary: str
    dac_except: tuple[int, ...]
    nine_bridges: tuple[str, ...]
    includes: str
    excludes: str


@lru_cache(maxsize=1)
def sectors() -> Mapping[str, Sector]:
    """The 24 sectors by id, in the order of the taxonomy."""
    return {
        entry["id"]: Sector(
            entry["id"],
            entry["ko"],
            entry["en"],
            tuple(entry["dac"]),
            str(entry["dac_primary"]),
            tuple(entry.get("dac_except", ())),
            tuple(entry.get("nine_bridge", ())),
            entry["includes"],
            entry.get("excludes", ""),
        )
        for entry in tomllib.loads(content("sectors.toml"))["sectors"]
    }


@lru_cache(maxsize=1)
def aid_codes() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Sector ids by (vocabulary, code) of aid databases; () where the code says nothing of a sector."""
    return {
        (row["vocabulary"], row["code"]): tuple(s for s in row["sectors"].split(";") if s != "-")
        for row in rows("aid_codes.tsv")
    }
