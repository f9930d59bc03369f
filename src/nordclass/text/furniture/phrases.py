"""The language in which the table of furniture is written: phrases that become regular expressions.

A space stands for optional white space, `#` for a number, `…` for up to 40 characters. In what they become
every repetition is bounded, so that matching stays linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

GAP: Final = r"[ \t\u00a0]{0,2}"
"""What a space of a phrase becomes."""
ANY: Final = r"[^\n]{0,40}?"
"""What `…` becomes."""
_NUMBER: Final = r"[\d.,:/\-]{1,20}"
DECORATION: Final = r"[\s\[\]<>〈〉《》【】()◇◆■□▶▷►▸▹●○★☆※◈◀▲▼#*=~⊙☞·•\-–—]"
"""What may stand around a heading: brackets, arrows, bullets."""
_DECORATION_CHARS: Final = frozenset(" \t\u00a0[]<>〈〉《》【】()◇◆■□▶▷►▸▹●○★☆※◈◀▲▼#*=~⊙☞·•-–—")


@dataclass(frozen=True)
class Lazy:
    """A regular expression that is compiled when first used: one document needs few of them."""

    source: str
    flags: int = 0
    words: tuple[str, ...] = ()
    """Words (lower case) that every match contains."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        return re.compile(self.source, self.flags)


@dataclass(frozen=True)
class Anchored:
    """Patterns and literals (lower case), one of which every match contains: looked for first, being cheap.

    `near` holds the characters before and after a literal within which the patterns are tried; 0: everywhere.
    """

    literals: tuple[str, ...]
    sources: tuple[Lazy, ...]
    near: tuple[int, int] = (0, 0)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """All patterns."""
        return tuple(source.compiled for source in self.sources)

    def anchors(self, lowered: str) -> bool:
        """Whether a text in lower case holds one of the literals."""
        return any(literal in lowered for literal in self.literals)


@dataclass(frozen=True)
class Opening:
    """A pattern for the beginning of a line, and the pairs of letters with which the line must begin."""

    heads: frozenset[str]
    source: Lazy

    def match(self, text: str, head: str) -> re.Match[str] | None:
        """Match the pattern at the beginning of `text`, whose `head_of` is `head`."""
        return self.source.compiled.match(text) if head in self.heads or head[:1] in self.heads else None


def phrase(text: str) -> str:
    """Return the regular expression (source) of one phrase of the table."""
    return " ".join(text.split()).translate(_WILD)


_WILD: Final = str.maketrans(
    {char: re.escape(char) for char in map(chr, range(128))}
    | {" ": GAP, "#": _NUMBER, "…": ANY, "'": "['‘’`]"}
)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return a menu word, small, without spaces, signs and digits: `글자크기 가+` -> `글자크기가`."""
    return "".join(filter(str.isalpha, text.lower()))


def small(text: str) -> str:
    """Return a line small, with single blanks: as whole lines are looked up."""
    return " ".join(text.lower().split())


def head_of(text: str) -> str:
    """Return the first two letters of a line, small, undecorated: `[많이 본 뉴스]` -> `많이`."""
    for at, char in enumerate(text[:12]):
        if char not in _DECORATION_CHARS:
            return text[at : at + 3].replace(" ", "")[:2].lower()
    return text[:1]


def any_of(phrases: Iterable[str]) -> str:
    """One of some phrases, the longest tried first: 관련기사 더보기 before 관련기사."""
    return "(?:" + "|".join(phrase(text) for text in sorted(phrases, key=len, reverse=True)) + ")"


def caseless(source: str) -> Lazy:
    """An expression for which capital and small letters are the same."""
    return Lazy(source, re.IGNORECASE)


def opening(source: str, phrases: Iterable[str]) -> Opening:
    """An expression for the beginning of a line that begins with one of some phrases."""
    return Opening(frozenset(map(head_of, phrases)), caseless(source))


def _literal(text: str) -> Lazy:
    """A phrase; without capital and small letters the search for it is much faster."""
    flags = re.IGNORECASE if text.upper() != text.lower() else 0
    return Lazy(phrase(text), flags, words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, small: what every match of it contains."""
    return tuple(filter(None, re.split("[ #…']", text.lower())))


def by_word(phrases: Iterable[str]) -> dict[str, tuple[Lazy, ...]]:
    """Phrases by their longest word, counted in bytes: 학습 is rarer than ai, which is in said."""
    found: dict[str, tuple[Lazy, ...]] = {}
    for literal in map(_literal, phrases):
        word = max(literal.words, key=lambda word: len(word.encode()))
        found[word] = (*found.get(word, ()), literal)
    return found
