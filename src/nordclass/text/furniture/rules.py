"""The rules of page furniture, read from `data/furniture.toml` and made ready for matching."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nordclass.text.furniture.inline import EMAIL, NAME, inline, run_on
from nordclass.text.furniture.phrases import (
    DECORATION,
    GAP,
    Anchored,
    Lazy,
    Opening,
    any_of,
    by_word,
    caseless,
    key,
    opening,
    small,
    words_of,
)

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_TABLE: Final = Path(__file__).parent.parent / "data" / "furniture.toml"
_LEAD: Final = rf"{DECORATION}{{0,6}}"

_Section = Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class MenuRules:
    """Words of menus, as `key` has them; languages as `small` has them."""

    controls: frozenset[str]
    sections: frozenset[str]
    known: frozenset[str]
    """Controls and sections."""
    papers: frozenset[str]
    items: frozenset[str]
    counters: frozenset[str]
    languages: frozenset[str]
    own_languages: frozenset[str]
    """Of the languages, the ones that are called as they call themselves."""

    @classmethod
    def of(cls, words: _Section) -> MenuRules:
        """The rules of the section `words`."""
        return cls(
            controls=frozenset(map(key, words["controls"])),
            sections=frozenset(map(key, words["sections"])),
            known=frozenset(map(key, words["controls"] + words["sections"])),
            papers=frozenset(map(key, words["papers"])),
            items=frozenset(map(key, words["items"])),
            counters=frozenset(map(key, words["counters"])),
            languages=frozenset(map(small, words["languages"] + words["own_languages"])),
            own_languages=frozenset(map(small, words["own_languages"])),
        )

    def at_home(self, words: Iterable[str]) -> int:
        """How many of some words (see `key`) are at home in menus only: buttons and words of papers."""
        return sum(word in self.controls or word in self.papers for word in words)


@dataclass(frozen=True, kw_only=True)
class ListRules:
    """Headings of lists of other articles, and words that announce one article."""

    strong: Opening
    strong_end: Lazy
    weak: Opening
    box: Opening
    teaser: Opening
    run_on: Anchored
    tickers: frozenset[str]
    digests: tuple[str, ...]
    closing: frozenset[str]
    perhaps_closing: frozenset[str]
    summary: Opening

    @classmethod
    def of(cls, lists: _Section) -> ListRules:
        """The rules of the section `lists`."""
        boxes = any_of(lists["boxes"])
        return cls(
            strong=opening(rf"{_LEAD}(?:{any_of(lists['strong'])})(?=[^\w]|$)", lists["strong"]),
            strong_end=caseless(rf"[^\n]{{1,24}}{any_of(lists['strong_ends'])}{DECORATION}{{0,4}}$"),
            weak=opening(rf"{_LEAD}{any_of(lists['weak'])}{GAP}(?=[:：\]>▸▶›◂]|$)", lists["weak"]),
            box=opening(
                rf"[\[<【★] ?{boxes} ?[\]>】★]|(?:[■※▶▷] ?)?{boxes}(?: ?[:：|▶]|\s{{2}})",
                lists["boxes"],
            ),
            teaser=opening(rf"[\[<【〈] ?{any_of(lists['teasers'])} ?[\]>】〉]", lists["teasers"]),
            run_on=run_on(lists["run_on"], lists["headings"]),
            tickers=frozenset(map(small, lists["tickers"])),
            digests=tuple(map(small, lists["digests"])),
            closing=frozenset(map(small, lists["closing"])),
            perhaps_closing=frozenset(map(small, lists["perhaps_closing"])),
            summary=opening(
                rf"{_LEAD}{any_of(lists['summaries'])}{DECORATION}{{0,6}}[:：]?$", lists["summaries"]
            ),
        )


@dataclass(frozen=True, kw_only=True)
class NoticeRules:
    """Notices of a site to its readers, stamps with the date of an article, lines that are always furniture.

    The phrases of the first five are grouped by their longest word, in lower case.
    """

    anywhere: Mapping[str, tuple[Lazy, ...]]
    bans: Mapping[str, tuple[Lazy, ...]]
    appeals: Mapping[str, tuple[Lazy, ...]]
    tails: Mapping[str, tuple[Lazy, ...]]
    openings: Mapping[str, tuple[Lazy, ...]]
    start: Opening
    foot: Opening
    end: Anchored
    stamp: Opening
    alone: frozenset[str]
    """Whole lines, as `small` has them."""

    @classmethod
    def of(cls, table: Mapping[str, _Section]) -> NoticeRules:
        """The rules of the section `notices` and of those that hold stamps, credits and lines of lists."""
        notices, stamps = table["notices"], table["stamps"]
        starts = notices["starts"] + table["credits"]["lines"]
        return cls(
            anywhere=by_word(notices["anywhere"]),
            bans=by_word(notices["bans"]),
            appeals=by_word(notices["appeals"]),
            tails=by_word(notices["tails"]),
            openings=by_word(notices["openings"]),
            start=opening(any_of(starts), starts),
            foot=opening(_LEAD + any_of(notices["foot"]), notices["foot"]),
            end=Anchored(
                tuple(max(words_of(text), key=len) for text in notices["ends"]),
                (caseless(any_of(notices["ends"]) + "$"),),
            ),
            stamp=opening(rf"{_LEAD}(?:{any_of(stamps['starts'])})(?=[^\w]|$)", stamps["starts"]),
            alone=frozenset(map(small, table["lists"]["alone"] + stamps["alone"])),
        )


@dataclass(frozen=True, kw_only=True)
class FigureRules:
    """Words of tables of the weather and of markets, as `key` has them."""

    weather: frozenset[str]
    markets: frozenset[str]

    @classmethod
    def of(cls, figures: _Section) -> FigureRules:
        """The rules of the section `figures`."""
        return cls(
            weather=frozenset(map(key, figures["weather"])), markets=frozenset(map(key, figures["markets"]))
        )


@dataclass(frozen=True, kw_only=True)
class ContactRules:
    """Words of the contact tables of ministries, as `key` has them."""

    heading: Opening
    names: frozenset[str]
    reach: frozenset[str]
    columns: frozenset[str]
    """All headings of columns and rows, `names` and `reach` among them."""
    word: Lazy
    lead: Lazy

    @classmethod
    def of(cls, people: _Section) -> ContactRules:
        """The rules of the section `people`."""
        names, reach = people["contacts"], people["contact_reach"]
        return cls(
            heading=opening(rf"{_LEAD}{any_of(names)}{DECORATION}{{0,3}}[:：]?$", names),
            names=frozenset(map(key, names)),
            reach=frozenset(map(key, reach)),
            columns=frozenset(map(key, names + reach + people["contact_columns"])),
            word=caseless(any_of(people["contact_words"])),
            lead=caseless(rf"{_LEAD}[^\n]{{0,10}}?{any_of(people['contact_leads'])}"),
        )


@dataclass(frozen=True, kw_only=True)
class AgencyRules:
    """Names of news agencies, as they write themselves, by where they stand."""

    datelines: tuple[str, ...]
    openings: frozenset[str]
    """Those of datelines and more, as `small` has them."""
    pictures: tuple[str, ...]
    captions: tuple[str, ...]
    photos: tuple[str, ...]
    photographers: tuple[str, ...]

    @classmethod
    def of(cls, agencies: _Section) -> AgencyRules:
        """The rules of the section `agencies`."""
        return cls(
            datelines=tuple(agencies["datelines"]),
            openings=frozenset(map(small, agencies["datelines"] + agencies["openings"])),
            pictures=tuple(agencies["pictures"]),
            captions=tuple(agencies["captions"]),
            photos=tuple(agencies["photos"]),
            photographers=tuple(agencies["photographers"]),
        )


@dataclass(frozen=True, kw_only=True)
class SiteRules:
    """Names of sites, as `small` has them; `parts` as `key` has them."""

    words: tuple[str, ...]
    ends: tuple[str, ...]
    names: frozenset[str]
    offices: tuple[str, ...]
    foreign_offices: tuple[str, ...]
    parts: frozenset[str]
    tails: tuple[str, ...]
    fields: tuple[str, ...]
    """What stands before one of the tails and makes no name of it: 디지털 before 경제."""

    @classmethod
    def of(cls, sites: _Section) -> SiteRules:
        """The rules of the section `sites`."""
        return cls(
            words=tuple(map(small, sites["words"])),
            ends=tuple(map(small, sites["ends"])),
            names=frozenset(map(small, sites["names"])),
            offices=tuple(map(small, sites["offices"] + sites["foreign_offices"])),
            foreign_offices=tuple(map(small, sites["foreign_offices"])),
            parts=frozenset(map(key, sites["parts"])),
            tails=tuple(sites["tails"]),
            fields=tuple(sites["fields"]),
        )


@dataclass(frozen=True, kw_only=True)
class TagRules:
    """Words of tags around a headline, as `key` has them."""

    square: frozenset[str]
    """Those that may stand in square brackets: all."""
    round: frozenset[str]

    @classmethod
    def of(cls, tags: _Section) -> TagRules:
        """The rules of the section `tags`."""
        return cls(
            square=frozenset(map(key, tags["square"] + tags["round"])),
            round=frozenset(map(key, tags["round"])),
        )


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The compiled table, by what its sections are about."""

    menus: MenuRules
    lists: ListRules
    notices: NoticeRules
    figures: FigureRules
    contacts: ContactRules
    agencies: AgencyRules
    sites: SiteRules
    tags: TagRules
    inline: tuple[Anchored, ...]
    reporter_line: Lazy
    topics: frozenset[str]
    """What an article may end with a paragraph About, in lower case; firms and offices are none."""

    def words_in(self, lowered: str) -> frozenset[str]:
        """Which words of phrases of notices and literals of `lists.run_on` a text in lower case holds."""
        words, automaton = self._words
        found = automaton.find_matches_as_indexes(lowered, overlapping=True)
        return frozenset([words[index] for index, _, _ in found])

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], AhoCorasick]:
        """All of them, looked for in one pass."""
        from ahocorasick_rs import AhoCorasick

        found = self.notices
        words = {*found.anywhere, *found.bans, *found.appeals, *found.tails, *found.openings}
        in_order = tuple(sorted(words.union(self.lists.run_on.literals)))
        return in_order, AhoCorasick(in_order)


@cache
def load_rules() -> Rules:
    """Read and compile the table, once a process.

    Raises OSError when the table is missing from the installation, tomllib.TOMLDecodeError when it was mended
    into something that is not TOML.
    """
    table: dict[str, dict[str, list[str]]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    reporters = any_of(table["people"]["reporters"])
    return Rules(
        menus=MenuRules.of(table["words"]),
        lists=ListRules.of(table["lists"]),
        notices=NoticeRules.of(table),
        figures=FigureRules.of(table["figures"]),
        contacts=ContactRules.of(table["people"]),
        agencies=AgencyRules.of(table["agencies"]),
        sites=SiteRules.of(table["sites"]),
        tags=TagRules.of(table["tags"]),
        inline=inline(table),
        reporter_line=caseless(rf"(?:{NAME} ?)(?:{reporters})(?: ?[|/ㅣ·]? ?{EMAIL})?$"),
        topics=frozenset(table["notices"]["topics"]),
    )
