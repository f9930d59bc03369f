"""Sectors in other schemes: DAC codes of 3 digits, and the nine bridges of the New Northern Policy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from nordclass.errors import NordclassError
from nordclass.result import SECTORS, Label, Result
from nordclass.taxonomy.sectors import Sector, sectors
from nordclass.taxonomy.tables import content, rows

NORDCLASS: Final = "nordclass"
DAC: Final = "dac"
NINE_BRIDGES: Final = "nine-bridges"
SCHEMES: Final = (NORDCLASS, DAC, NINE_BRIDGES)

_LATIN: Final = "a-z\u00df-\u024f"


@dataclass(frozen=True, slots=True)
class DacSector:
    """A 3-digit sector of the OECD DAC list."""

    code: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """One of the nine bridges; `cues` finds in a document what sets it apart from others of its sector.

    The only bridge of a sector has no cues, and matches any document.
    """

    code: str
    name_ko: str
    name_en: str
    cues: re.Pattern[str]

    def matches(self, text: str) -> bool:
        """Whether `text` holds a cue that is no part of a word with another meaning."""
        return any(found.lastindex for found in self.cues.finditer(text.lower()))


@lru_cache(maxsize=1)
def dac_sectors() -> Mapping[str, DacSector]:
    """The 3-digit DAC sectors that the taxonomy names, by code."""
    return {
        row["code"]: DacSector(row["code"], row["name_ko"], row["name_en"]) for row in rows("dac_sectors.tsv")
    }


@lru_cache(maxsize=1)
def bridges() -> Mapping[str, Bridge]:
    """The nine bridges by id."""
    return {
        entry["id"]: Bridge(entry["id"], entry["ko"], entry["en"], _cues(entry.get("cues", {})))
        for entry in tomllib.loads(content("bridges.toml"))["bridges"]
    }


def check(scheme: str, labels: Collection[str]) -> None:
    """Refuse a scheme that is not known, or that a model with the sectors `labels` cannot answer in.

    Raises NordclassError.
    """
    if scheme not in SCHEMES:
        raise NordclassError(f"unknown scheme {scheme!r}; use one of {', '.join(SCHEMES)}")
    if scheme != NORDCLASS and labels and sectors().keys().isdisjoint(labels):
        raise NordclassError(
            f"the model has sectors of its own, which the scheme {scheme} does not know; leave the scheme out"
        )


def convert(result: Result, scheme: str, text: str) -> Result:
    """`result`, whose sectors are nordclass's, with the sectors of `scheme`; the rest stays.

    Sectors that share a DAC code are merged, and the highest score counts. A sector with several bridges
    gives those that `text`, the document, has cues for, each with the sector's score, and none without a
    cue. What the scheme has nothing for is left out, sectors of a model's own among it. Raises
    NordclassError when the scheme is not known.
    """
    check(scheme, ())
    if scheme == NORDCLASS:
        return result
    converted = _converted(result.sectors, scheme, text)
    best = {label.code: label.score for label in converted}
    uncertain = [label for label in result.uncertain if label.kind != SECTORS]
    uncertain += [
        label
        for label in _converted([x for x in result.uncertain if x.kind == SECTORS], scheme, text)
        if label.score >= best.get(label.code, label.score)  # else a surer sector gives the same code
    ]
    return replace(result, sectors=converted, uncertain=tuple(uncertain))


def _converted(labels: Iterable[Label], scheme: str, text: str) -> tuple[Label, ...]:
    """The labels of `scheme` for those of `labels` that are sectors of the taxonomy, ranked by score."""
    found: dict[str, Label] = {}
    for label in labels:
        sector = sectors().get(label.code)
        if sector is None:
            continue
        dac = sector.dac_primary
        for entry in [dac_sectors()[dac]] if scheme == DAC else _bridges_of(sector, text):
            best = found.get(entry.code)
            if best is None or label.score > best.score:
                found[entry.code] = Label(entry.code, label.score, entry.name_ko, entry.name_en, dac, SECTORS)
    return tuple(sorted(found.values(), key=lambda label: (-label.score, label.code)))


def _bridges_of(sector: Sector, text: str) -> list[Bridge]:
    return [bridge for code in sector.nine_bridges if (bridge := bridges()[code]).matches(text)]


def _cues(table: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """One pattern for a bridge's cues, as bridges.toml describes them, to be searched in lower case.

    False friends come first. An empty group ends a cue, so that a match without a group is a false friend.
    Each alternative begins with its first word, and looks back from there at what may not stand before it:
    the search then skips all places where none begins, and is many times as fast.
    """
    friends = [
        *(_pattern(word, r"\s?") for word in table.get("not_ko", ())),
        *(_english(word) for word in table.get("not_en", ())),
    ]
    cues = [
        *(_pattern(cue, r"\s?") for cue in table.get("ko", ())),
        *(_pattern(cue, r"\s?", "가-힣") for cue in table.get("ko_start", ())),
        *(_english(cue) for cue in table.get("en", ())),
    ]
    return re.compile("|".join([*friends, *(f"{cue}()" for cue in cues)] or ["()"]))


def _english(cue: str) -> str:
    # At most three blanks: a cue must not reach over furniture that was blanked out.
    return _pattern(cue, r"[\s-]{1,3}", _LATIN) + f"(?![{_LATIN}])"


def _pattern(cue: str, between: str, never_before: str = "") -> str:
    """A pattern for the words of a cue; no letter of the class `never_before` may stand before it."""
    first, *more = map(re.escape, cue.lower().split())
    begins = f"(?<![{never_before}]{first})" if never_before else ""
    return between.join([first + begins, *more])
