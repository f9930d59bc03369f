"""The lexicon: which terms a word of running text stands for.

Training fills it (Kiwi for Hangul, a stemmer for Latin words, each in the context of its corpus); inference
only looks words up. A Hangul word that was never seen is cut at a learned particle or covered with known
nouns; a Latin word that was never seen stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from sys import intern
from typing import Final

from nordclass.text.packed import PackedTable, SortedStrings

HANGUL_RUN: Final = "[가-힣]+"
"""Regular expression of a Korean word: a run of Hangul syllables."""
LATIN_WORD: Final = "[A-Za-z]+(?:'[A-Za-z]+)*"
"""Regular expression of a word in Latin letters, with apostrophes inside it."""

_POSSESSIVE: Final = re.compile("'[a-z]{1,2}$")
_LONGEST_NOUN: Final = 8
_REMEMBERED: Final = 60_000
"""Words whose terms are kept at hand."""


def word_form(surface: str) -> str:
    """A Latin word in lower case without its possessive ending; a Hangul word as it is."""
    low = surface.lower()
    return _POSSESSIVE.sub("", low) if "'" in low else low


class Lexicon:
    """Terms by surface word.

    `entries` maps a word (a run of Hangul syllables, or a lower-case Latin word) to its terms joined by
    blanks, an empty string when it carries none; `particles` are endings that may follow a noun, and `nouns`
    the terms that an unseen word may be cut into.
    """

    def __init__(
        self, entries: Mapping[str, str] | PackedTable, particles: Iterable[str], nouns: Iterable[str]
    ) -> None:
        self._table = entries if isinstance(entries, PackedTable) else dict(entries)
        self.particles = frozenset(particles)
        self.nouns: Collection[str] = nouns if isinstance(nouns, SortedStrings) else frozenset(nouns)
        self._longest_particle = max(map(len, self.particles), default=0)
        self._remembered: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._table)

    @property
    def entries(self) -> dict[str, str]:
        """All words with their terms."""
        return self._table.entries if isinstance(self._table, PackedTable) else self._table

    def terms(self, word: str) -> tuple[str, ...]:
        """The terms of `word` (lower case, without a possessive ending), in their order; () for none."""
        known = self._table.get(word)
        if known is not None:
            return tuple(known.split())
        if word.isascii():
            return (word,) if len(word) > 1 else ()
        return self._cut(word)

    def read(self, surfaces: Sequence[str]) -> list[tuple[str, ...]]:
        """The terms of each of `surfaces`, words as they are written; () for a surface without letters."""
        found = list(map(self._remembered.get, surfaces))
        if None in found:
            for i, terms in enumerate(found):
                if terms is None:
                    found[i] = self._remember(surfaces[i])
        return found  # type: ignore[return-value]

    def _remember(self, surface: str) -> tuple[str, ...]:
        if len(self._remembered) >= _REMEMBERED:  # bounds the memory of a long run
            self._remembered.clear()
        terms = tuple(map(intern, self.terms(word_form(surface)))) if surface[0].isalpha() else ()
        self._remembered[surface] = terms
        return terms

    def _cut(self, word: str) -> tuple[str, ...]:
        for size in range(min(self._longest_particle, len(word) - 1), 0, -1):
            if word[-size:] not in self.particles:
                continue
            stem = word[:-size]
            known = self._table.get(stem)
            if known:
                return tuple(known.split())
            if stem in self.nouns:
                return (stem,)
        return self._cover(word)

    def _cover(self, word: str) -> tuple[str, ...]:
        """Longest known nouns from the left; what no noun covers is passed over."""
        found = []
        at = 0
        while at < len(word) - 1:
            for size in range(min(_LONGEST_NOUN, len(word) - at), 1, -1):
                if word[at : at + size] in self.nouns:
                    found.append(word[at : at + size])
                    at += size
                    break
            else:
                at += 1
        return tuple(found)
