"""The table of names and the automaton that finds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from nordclass.mentions.word_lists import words
from nordclass.taxonomy.names import NameRow, name_lines
from nordclass.taxonomy.places import HOME

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

NAMES: Final = frozenset({"name", "short", "old", "demonym"})
"""Kinds of form that name a state itself; without cues of their own they are taken for it."""


class Form(NamedTuple):
    """One spelling of one or more places.

    `codes` is empty for a blocker; `kind` is name, short, old, demonym, hanja, pair, compound, capital,
    city, person or body; `check` is "", "case" (must be cased as written or in capitals), "homograph", or of
    a Korean blocker "word" (a word ends there).
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


Entry = tuple[Form, bool, bool]
"""A form; whether no particles may follow it (it is not Korean); whether it may name a language."""


class Entries(dict[int, Entry]):
    """Entries by number, each made of its `rows` when it is first asked for: a document names few of them.

    Rows that share a spelling are joined into one form (Congo names two states).
    """

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows

    def __missing__(self, index: int) -> Entry:
        form = reduce(_join, map(_form, self._rows[index]))
        entry = self[index] = (form, not form.korean, _names_language(form))
        return entry

    def all(self) -> tuple[Form, ...]:
        """The form of each entry."""
        return tuple(self[index][0] for index in range(len(self._rows)))


class Gazetteer:
    """All forms, and an Aho-Corasick automaton over their folded spellings.

    `rows` are those of `names.tsv`, cells parted by tabs. What the automaton finds as number i is
    `entries[i]`; `pairs` are the abbreviations that count only beside each other.
    """

    def __init__(self, rows: Iterable[str]) -> None:
        named: list[str] = []
        self.pairs: dict[str, Form] = {}
        for row in rows:
            if "\tpair\t" in row:
                self._add_pair(_form(row))
            else:
                named.append(row)
        spellings = fold("\n".join([row.split("\t", 4)[3] for row in named])).split("\n")
        shared: dict[str, tuple[str, ...]] = {}
        for spelling, row in zip(spellings, named, strict=True):
            shared[spelling] = (*shared.get(spelling, ()), row)
        self.entries = Entries(tuple(shared.values()))
        self.automaton = _automaton(tuple(shared))
        self.hanja = frozenset(
            spelling for spelling, (row, *_) in shared.items() if len(spelling) == 1 and "\thanja\t" in row
        )

    def _add_pair(self, form: Form) -> None:
        other = self.pairs.get(form.text)
        codes = form.codes if other is None else other.codes + form.codes
        check = form.check if len(codes) == 1 else "homograph"
        self.pairs[form.text] = Form(codes, "ko", "pair", form.text, check)


_LANGUAGES: Final = frozenset(words("languages"))


def _names_language(form: Form) -> bool:
    """Whether the form may name a language: in English by itself, in Korean before 어."""
    if form.korean:
        return form.kind in NAMES and HOME not in form.codes
    return form.kind == "demonym" and form.text in _LANGUAGES


def _form(line: str) -> Form:
    row = NameRow.parse(line)
    return Form(row.codes, row.lang, row.kind, row.form, row.check)


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


_ACCENTED: Final = re.compile("[\u00c0-\u024f]")


def fold(text: str) -> str:
    """`text` in lower case without accents, character by character, so that offsets stay."""
    # U+0130 is the only letter whose lower case is longer.
    low = text.replace("\u0130", "i").lower()
    return low if low.isascii() else _ACCENTED.sub(_plain, low)


def _plain(letter: re.Match[str]) -> str:
    return _accents().get(letter[0], letter[0])


@lru_cache(maxsize=1)
def _accents() -> dict[str, str]:
    table = {}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[chr(code)] = base.lower()
    return {**table, "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h"}


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of the shipped table, built once a process."""
    return Gazetteer(name_lines())
