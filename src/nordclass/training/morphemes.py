"""What Kiwi sees in a corpus: the terms of each Hangul word in its context, nouns, particles."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nordclass.errors import InputError
from nordclass.text.lexicon import HANGUL_RUN
from nordclass.training.kiwi import kiwi

if TYPE_CHECKING:
    from joblib.memory import MemorizedFunc, NotMemorizedFunc
    from kiwipiepy import Token

_RUN: Final = re.compile(HANGUL_RUN)
_NOUN_TAGS: Final = frozenset({"NNG", "NNP", "XR"})
_STEM_TAGS: Final = frozenset({"VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"})
_MODIFIER_TAGS: Final = frozenset({"MAG", "XPN", "NNB"})
_CHUNK: Final = 500
_FIRST_LINE: Final = re.compile(r"# first line: \d+")
"""How joblib begins the code of a function that it keeps."""


@dataclass
class Morphemes:
    """Counts over a corpus.

    `runs` counts (Hangul run, its terms joined by blanks); `nouns` counts noun terms; `particles` counts
    what follows a noun to the end of its run.
    """

    runs: Counter[tuple[str, str]] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    particles: Counter[str] = field(default_factory=Counter)

    def add(self, other: Morphemes) -> None:
        """Add the counts of another part of the corpus."""
        self.runs.update(other.runs)
        self.nouns.update(other.nouns)
        self.particles.update(other.particles)


def check_cache(folder: Path) -> None:
    """Raise InputError at once where `folder` is none and cannot become one."""
    first = next((path for path in (folder, *folder.parents) if os.path.lexists(path)), folder)
    if not first.is_dir():
        raise InputError(f"cannot keep a cache in {folder}: {first} is not a folder")


def analyse(texts: Sequence[str], cache: Path | None = None, workers: int = 2) -> Morphemes:
    """Analyse `texts` with Kiwi, in chunks that are kept in the folder `cache` between runs.

    What is damaged there is analysed anew.
    """
    from joblib import Memory
    from kiwipiepy import __version__ as kiwi_version

    cached = Memory(cache, verbose=0).cache(_analyse_chunk, ignore=["workers"])
    if cache is not None and not _knows_its_code(cache):
        cached.clear(warn=False)
    total = Morphemes()
    for start in range(0, len(texts), _CHUNK):
        total.add(_kept(cached, tuple(texts[start : start + _CHUNK]), str(kiwi_version), workers))
    return total


def _knows_its_code(cache: Path) -> bool:
    """Whether joblib can read the code that it keeps beside answers, which says if they are still true."""
    for file in cache.rglob("func_code.py"):
        try:
            first = file.read_text(encoding="utf-8").partition("\n")[0]
        except (OSError, UnicodeDecodeError):
            return False
        if not _FIRST_LINE.fullmatch(first):
            return False
    return True


def _kept(
    cached: MemorizedFunc | NotMemorizedFunc, texts: tuple[str, ...], kiwi_version: str, workers: int
) -> Morphemes:
    """The analysis of one chunk: from the cache, if it is there and can be read."""
    given = texts, kiwi_version, workers
    # Read here and not by calling it: of a damaged entry joblib logs a trace, and the texts.
    if cached.check_call_in_cache(*given):
        entry = cached.call_and_shelve(*given)
        try:
            kept = entry.get()
        except Exception:  # a damaged pickle raises anything
            kept = None
        if isinstance(kept, Morphemes):
            return kept
        entry.clear()
    found: Morphemes = cached(*given)
    return found


def _analyse_chunk(texts: tuple[str, ...], kiwi_version: str, workers: int) -> Morphemes:
    """Analyse one chunk; `kiwi_version` is there to key the cache."""
    found = Morphemes()
    for text, tokens in zip(texts, kiwi(workers).tokenize(texts), strict=True):
        count_morphemes(text, tokens, found)
    return found


def count_morphemes(text: str, tokens: Iterable[Token], found: Morphemes) -> None:
    """Add to `found` what the `tokens` of a text, in order, say of its Hangul runs."""
    by_run = iter([(m.start(), m.end()) for m in _RUN.finditer(text)])
    run = next(by_run, None)
    inside: list[Token] = []
    for token in tokens:
        while run is not None and token.start >= run[1]:
            _count_run(text[run[0] : run[1]], run[1], inside, found)
            inside = []
            run = next(by_run, None)
        if run is not None and token.start >= run[0]:
            inside.append(token)
    while run is not None:
        _count_run(text[run[0] : run[1]], run[1], inside, found)
        inside = []
        run = next(by_run, None)


def _count_run(word: str, end: int, tokens: Sequence[Token], found: Morphemes) -> None:
    terms = []
    noun_end = None
    for token in tokens:
        tag = token.tag
        if tag in _NOUN_TAGS:
            found.nouns[token.form] += 1
            terms.append(token.form)
            noun_end = token.start + token.len
        elif tag in _STEM_TAGS:
            terms.append(token.form + "다")
        elif tag in _MODIFIER_TAGS and len(token.form) > 1:
            terms.append(token.form)
    found.runs[word, " ".join(terms)] += 1
    if noun_end is not None and noun_end < end:
        last = tokens[-1]
        if last.tag.startswith(("J", "XSN")):
            found.particles[word[noun_end - end :]] += 1
