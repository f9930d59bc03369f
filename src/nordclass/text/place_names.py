"""Names of places that the cleaning of pages goes by, read from the table of names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nordclass.taxonomy.names import BLOCKER, is_region, name_rows
from nordclass.taxonomy.places import HOME


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
    for row in name_rows():
        if row.lang == "ko" and row.code not in (HOME, BLOCKER):
            korean.add(row.form)
        if row.lang != "en" or row.code == BLOCKER or is_region(row.code):
            continue
        if row.kind in ("name", "short"):
            states.add(row.form.lower())
        elif row.kind in ("capital", "city") and "," not in row.form:
            (doubtful if row.check == "homograph" else cities).add(row.form.lower())
    return Places(frozenset(cities), frozenset(doubtful), frozenset(states), frozenset(korean))
