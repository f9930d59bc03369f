"""The lexicon: which terms a word of running text stands for.

Training fills it (Kiwi for Hangul, a stemmer for Latin words, each in the context of its corpus); inference
only looks words up. A Hangul word that was never seen is cut at a learned particle or covered with known
nouns; a Latin word that was never seen stands for itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from sys import intern
from typing import Final

_POSSESSIVE = re.compile("'[a-z]{1,2}$")
_LONGEST_NOUN: Final = 8
_REMEMBERED: Final = 60_000
"""Words whose terms are kept at hand."""
_SEARCHES: Final = 10_000
"""So many searches in the packed table cost as much as making a dict of it."""


class PackedTable:
    """A table of strings by string, as it stands in a model file: nothing is built until much is asked.

    `keys`, in ascending order, and `values` are joined by line breaks, in UTF-8. Searching takes a few
    microseconds; once many searches were made, a dict takes over. Raises ValueError when the bytes are no
    such table.
    """

    def __init__(self, keys: bytes, values: bytes) -> None:
        import numpy as np

        ends = np.flatnonzero(np.frombuffer(keys + b"\n", dtype=np.uint8) == 10)
        more = np.flatnonzero(np.frombuffer(values + b"\n", dtype=np.uint8) == 10)
        if len(ends) != len(more):
            raise ValueError("a table has more keys than values, or fewer")
        keys.decode()
        values.decode()
        self._keys = keys
        self._values = values
        self._key_ends = memoryview(ends.data)
        self._value_ends = memoryview(more.data)
        self._count = len(ends) if keys else 0
        self._searches = 0

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[type[PackedTable], tuple[bytes, bytes]]:
        return PackedTable, (self._keys, self._values)

    def get(self, key: str) -> str | None:
        """The value of `key`, None when there is none."""
        if self._searches >= _SEARCHES:
            return self.entries.get(key)
        self._searches += 1
        wanted = key.encode(errors="replace")
        at = bisect_left(range(self._count), wanted, key=self._key)
        if at == self._count or self._key(at) != wanted:
            return None
        return self._values[self._value_ends[at - 1] + 1 if at else 0 : self._value_ends[at]].decode()

    def _key(self, at: int) -> bytes:
        return self._keys[self._key_ends[at - 1] + 1 if at else 0 : self._key_ends[at]]

    @cached_property
    def entries(self) -> dict[str, str]:
        """The whole table as a dict."""
        if not self._count:
            return {}
        return dict(zip(self._keys.decode().split("\n"), self._values.decode().split("\n"), strict=True))


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
        self.nouns = frozenset(nouns)
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
