"""The table of names and the automaton that finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nordclass.taxonomy.places import HOME
from nordclass.taxonomy.tables import cells

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

BLOCKER = "-"
"""The code of a form that hides a name inside it and means no country."""

NAMES = frozenset({"name", "short", "old", "demonym"})
"""Kinds of form that name a state itself; without cues of their own they are taken for it."""


class Form(NamedTuple):
    """One spelling of one or more places.

    `codes` is empty for a blocker; `kind` is name, short, old, demonym, hanja, pair, compound, capital,
    city, person or body; `check` is "", "case" (must be cased as written or in capitals) or "homograph".
    `also` are its other spellings, which differ from `text` by capitals or accents alone.
    """

    codes: tuple[str, ...]
    lang: str
    kind: str
    text: str
    check: str
    also: tuple[str, ...] = ()

    @property
    def korean(self) -> bool:
        """Whether the form is written in Hangul or hanja, so that particles may follow it."""
        return self.lang == "ko" and not self.text.isascii()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All ways in which the form is written."""
        return (self.text, *self.also)


class Gazetteer:
    """All forms, and an Aho-Corasick automaton over them.

    Several rows may share a spelling; their codes are then joined into one form (Congo names two states).
    """

    def __init__(self, table: Iterator[Form]) -> None:
        merged: dict[str, Form] = {}
        self.pairs: dict[str, Form] = {}
        for form in table:
            if form.kind == "pair":
                other = self.pairs.get(form.text)
                codes = form.codes if other is None else other.codes + form.codes
                check = form.check if len(codes) == 1 else "homograph"
                self.pairs[form.text] = Form(codes, "ko", "pair", form.text, check)
                continue
            key = fold(form.text)
            seen = merged.get(key)
            merged[key] = form if seen is None else _join(seen, form)
        self.forms = tuple(merged.values())
        self.latin = tuple(not form.korean for form in self.forms)
        self.languages = tuple(_names_language(form) for form in self.forms)
        self.hanja = frozenset(f.text for f in self.forms if f.kind == "hanja" and len(f.text) == 1)
        self.automaton = _automaton(tuple(merged))

    def __len__(self) -> int:
        return len(self.forms)


# Demonyms that are languages, too; 한국어 and Korean are left alone, for the home country is no partner, and
# Lao, for it also stands for the country.
_LANGUAGES = re.compile(
    "Albanian|Armenian|Azerbaijani|Bosnian|Bulgarian|Burmese|Chinese|Croatian|Czech|Danish|Dutch|"
    "English|Estonian|Finnish|French|Georgian|German|Greek|Hungarian|Icelandic|Indonesian|Italian|"
    "Japanese|Kazakh|Khmer|Kyrgyz|Latvian|Lithuanian|Macedonian|Malay|Mongolian|Nepali|Norwegian|"
    "Polish|Portuguese|Romanian|Russian|Serbian|Slovak|Slovenian|Somali|Spanish|Swedish|Tajik|Thai|"
    "Turkish|Turkmen|Ukrainian|Uzbek|Vietnamese"
)


def _names_language(form: Form) -> bool:
    """Whether the form may name a language: in English by itself, in Korean before 어."""
    if form.korean:
        return form.kind in NAMES and HOME not in form.codes
    return form.kind == "demonym" and _LANGUAGES.fullmatch(form.text) is not None


def _join(one: Form, other: Form) -> Form:
    if not one.codes or not other.codes:  # a blocker beats nothing: the spelling has a meaning of its own
        return one if one.codes else other
    codes = tuple(dict.fromkeys(one.codes + other.codes))
    rank = ("name", "short", "old", "demonym", "compound", "hanja", "body", "person", "capital", "city")
    first = one if rank.index(one.kind) <= rank.index(other.kind) else other
    if len(codes) > 1 and first.kind in ("name", "old", "short") and "city" in (one.kind, other.kind):
        codes = first.codes  # Singapore the state beats Singapore the city of another row
    # The rows share the check, not the spelling: each of theirs is written right.
    also = tuple(dict.fromkeys(s for s in one.spellings + other.spellings if s != first.text))
    return Form(codes, first.lang, first.kind, first.text, one.check or other.check, also)


def _automaton(patterns: tuple[str, ...]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(patterns, matchkind=MatchKind.Standard)


# Letters with accents, among them U+0130, the only letter whose lower case is longer.
_accented = re.compile("[\u00c0-\u024f]")


def fold(text: str) -> str:
    """`text` in lower case without accents, character by character, so that offsets stay."""
    if not _accented.search(text):
        return text.lower()
    low = text.lower()
    return low.translate(_accents()) if len(low) == len(text) else _fold_each(text)


def _fold_each(text: str) -> str:
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).translate(_accents())


@lru_cache(maxsize=1)
def _accents() -> dict[int, str]:
    table = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.lower()
    table.update({ord("ı"): "i", ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ħ"): "h"})
    return table


def _table() -> Iterator[Form]:
    table = cells("names.tsv")
    if next(table) != ["code", "lang", "kind", "form", "check"]:
        raise ValueError("names.tsv has other columns than those that are read")
    known: dict[str, tuple[str, ...]] = {BLOCKER: ()}
    for code, lang, kind, text, check in table:
        codes = known.get(code)
        if codes is None:
            codes = known[code] = tuple(code.split(";"))
        yield Form(codes, lang, kind, text, check)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of the shipped table, built once a process."""
    return Gazetteer(_table())
