"""Learns the lexicon from the training corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from nordclass.text.lexicon import LATIN_WORD, Lexicon, word_form
from nordclass.training.morphemes import analyse

_LATIN: Final = re.compile(LATIN_WORD)


def learn_lexicon(
    korean: Sequence[str],
    english: Iterable[str],
    *,
    size: int = 150_000,
    min_count: int = 2,
    cache: Path | None = None,
) -> Lexicon:
    """Learn the terms of the `size` most frequent words of both corpora.

    A Hangul word gets the terms that it most often had in context, a Latin word its stem (Snowball).
    Words seen fewer than `min_count` times are left to the rules for unseen words.
    """
    entries: dict[str, str] = {}
    found = analyse(korean, cache)
    by_word: dict[str, Counter[str]] = {}
    for (word, terms), count in found.runs.items():
        by_word.setdefault(word, Counter())[terms] += count
    totals = {word: total for word, counts in by_word.items() if (total := counts.total()) >= min_count}
    for word in sorted(totals, key=lambda w: (-totals[w], w))[:size]:
        entries[word] = min(by_word[word].items(), key=lambda item: (-item[1], item[0]))[0]
    entries |= _latin_entries(english, korean, size, min_count)
    nouns = [noun for noun, count in found.nouns.items() if count >= 3 and len(noun) > 1]
    particles = [p for p, count in found.particles.items() if count >= 20 and len(p) <= 5]
    return Lexicon(entries, sorted(particles), sorted(nouns))


def _latin_entries(
    english: Iterable[str], korean: Iterable[str], size: int, min_count: int
) -> dict[str, str]:
    from snowballstemmer import stemmer

    counts: Counter[str] = Counter()
    for corpus in (english, korean):
        for text in corpus:
            counts.update(word_form(word) for word in _LATIN.findall(text))
    words = [w for w, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= min_count]
    words = [w for w in words if len(w) > 1][:size]
    stems = stemmer("english").stemWords(words)
    return {w: stem for w, stem in zip(words, stems, strict=True) if stem != w}
