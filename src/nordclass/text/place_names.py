"""Names of places that the cleaning of pages goes by, read from the table of names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nordclass.taxonomy.tables import lines


@dataclass(frozen=True, slots=True)
class Places:
    """Names of cities and states in English, small; cities that are also other words stand apart.

    `korean` are the Korean names of places of all kinds abroad.
    """

    cities: frozenset[str]
    doubtful: frozenset[str]
    states: frozenset[str]
    korean: frozenset[str]


@cache
def places() -> Places:
    """Read the table of names, once a process, when a text first has what may be a dateline or an outlet."""
    cities: set[str] = set()
    doubtful: set[str] = set()
    korean: set[str] = set()
    states = {"us", "u.s.", "uk", "u.k.", "usa", "uae", "drc", "png", "trinidad"}
    for line in lines("names.tsv"):
        code, language, kind, name, check = line.split("\t")[:5]
        if language == "ko" and code not in ("KR", "-"):
            korean.add(name)
        if language != "en" or code[0] in "-@":
            continue
        if kind in ("name", "short"):
            states.add(name.lower())
        elif kind in ("capital", "city") and "," not in name:
            (doubtful if check == "homograph" else cities).add(name.lower())
    return Places(frozenset(cities), frozenset(doubtful), frozenset(states), frozenset(korean))
