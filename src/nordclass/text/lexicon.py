"""The lexicon: which terms a word of running text stands for.

Training fills it (Kiwi for Hangul, a stemmer for Latin words, each in the context of its corpus); inference
only looks words up. A Hangul word that was never seen is cut at a learned particle or covered with known
nouns; a Latin word that was never seen stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_LONGEST_NOUN = 8


class Lexicon:
    """Terms by surface word.

    `entries` maps a word (a run of Hangul syllables, or a lower-case Latin word) to its terms joined by
    blanks, an empty string when it carries none; `particles` are endings that may follow a noun, and `nouns`
    the terms that an unseen word may be cut into.
    """

    def __init__(self, entries: Mapping[str, str], particles: Iterable[str], nouns: Iterable[str]) -> None:
        self.entries = dict(entries)
        self.particles = frozenset(particles)
        self.nouns = frozenset(nouns)
        self._longest_particle = max(map(len, self.particles), default=0)
        self._unseen: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def terms(self, word: str) -> tuple[str, ...]:
        """The terms of `word` (lower case), in their order; () when it carries none."""
        known = self.entries.get(word)
        if known is not None:
            return tuple(known.split())
        if word.isascii():
            return (word,) if len(word) > 1 else ()
        cached = self._unseen.get(word)
        if cached is None:
            cached = self._cut(word)
            if len(self._unseen) < 50_000:  # bounds the memory of a long run
                self._unseen[word] = cached
        return cached

    def _cut(self, word: str) -> tuple[str, ...]:
        for size in range(min(self._longest_particle, len(word) - 1), 0, -1):
            if word[-size:] not in self.particles:
                continue
            stem = word[:-size]
            known = self.entries.get(stem)
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
