"""Carries what sectors are known by from one language to another: bags of terms, translated word by word.

A bag of words needs no syntax, so a dictionary of terms is enough to make, of a labelled Korean document, one
that teaches what the English words of its sectors are, and the other way round.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from nordclass.text.lexicon import Lexicon
from nordclass.text.terms import tokenize
from nordclass.training.examples import Example
from nordclass.training.packing import Packer
from nordclass.training.tables import read_words

Phrase = tuple[str, ...]
"""Terms that stand one after the other."""

_UNSEEN: Final = 0.3
"""What a translation that no document has weighs beside the root of how many documents have one."""

_FUNCTION_WORDS: Final = """
    a an the this that these those it its he she they we you i his her their our your my who whom whose which
    what of in on at to by for from with without within into onto over under between among during before after
    since until about against through as per via and or but nor so because if than though although while when
    where why how is are was were be been being have has had do does did will would can could may might shall
    should must not no very too also only just even more most much many few some any all each every other
    another such both either neither here there now then up down out off again once already yet still ever
    never always often
"""
"""English words that stand in every document and say nothing of its sector."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Korean terms, as the lexicon writes them, with English words or phrases of the same meaning."""

    entries: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Dictionary:
        """Read a tab-separated table with the columns ko and en.

        Several translations are joined by `|` or stand on lines of their own. Raises DataError when it is
        none.
        """
        entries: dict[str, tuple[str, ...]] = {}
        for row in read_words(Path(path), ("ko", "en")):
            entries[row["ko"]] = (*entries.get(row["ko"], ()), *row["en"].split("|"))
        return cls(entries)

    def phrases(self, lexicon: Lexicon) -> dict[str, list[Phrase]]:
        """The translations of each term as terms of `lexicon`, those without any left out."""
        found = {}
        for term, words in self.entries.items():
            phrases = [_phrase(each, lexicon) for each in words]
            if kept := [phrase for phrase in dict.fromkeys(phrases) if phrase]:
                found[term] = kept
        return found


def translated(
    examples: Sequence[Example],
    into: str,
    dictionary: Dictionary,
    lexicon: Lexicon,
    weight: float,
    seed: int,
) -> tuple[list[Example], list[int]]:
    """The whole examples of the other language that are labelled with sectors, in terms of `into`.

    Also returns where they stand in `examples`. `weight` multiplies theirs. Terms that the dictionary lacks
    are left out, but for Latin words in Korean text, and so are documents of which nothing is left. Of
    several translations a document has one throughout, drawn in proportion to the root of how many documents
    of `into` have it.
    """
    frequency: Counter[str] = Counter()
    for example in examples:
        if example.language == into:
            frequency.update(set(example.terms["text"]))
    phrases = dictionary.phrases(lexicon)
    table = _to_english(phrases) if into == "en" else _to_korean(phrases, lexicon)
    choices = {
        phrase: (options, [min(map(frequency.__getitem__, option)) ** 0.5 + _UNSEEN for option in options])
        for phrase, options in table.items()
    }
    longest = max(map(len, choices), default=0)
    packer = Packer()
    found, places = [], []
    for place, example in enumerate(examples):
        if example.language in (into, "und") or example.sectors is None or example.terms_only:
            continue
        translator = _Translator(choices, longest, into == "en", Random(f"{seed}-{place}"))  # noqa: S311
        terms: dict[str, Sequence[str]] = {
            name: packer.terms(translator.read(bag)) for name, bag in example.terms.items()
        }
        if not terms["text"]:
            continue
        found.append(
            replace(example, candidates=[], terms=terms, language=into, weight=example.weight * weight)
        )
        places.append(place)
    return found, places


class _Translator:
    """Translates one document, each phrase the same way wherever it stands."""

    def __init__(
        self,
        choices: Mapping[Phrase, tuple[Sequence[Phrase], Sequence[float]]],
        longest: int,
        keeps_latin: bool,
        random: Random,
    ) -> None:
        self._choices = choices
        self._longest = longest
        self._keeps_latin = keeps_latin
        self._random = random
        self._chosen: dict[Phrase, Phrase] = {}

    def read(self, terms: Iterable[str]) -> list[str]:
        """The translation of `terms`, the longest known phrases first."""
        given = tuple(terms)
        found: list[str] = []
        at = 0
        while at < len(given):
            for size in range(min(self._longest, len(given) - at), 0, -1):
                phrase = given[at : at + size]
                if phrase in self._choices:
                    found += self._choose(phrase)
                    at += size
                    break
            else:
                if self._keeps_latin and given[at].isascii():
                    found.append(given[at])
                at += 1
        return found

    def _choose(self, phrase: Phrase) -> Phrase:
        if phrase not in self._chosen:
            options, weights = self._choices[phrase]
            self._chosen[phrase] = self._random.choices(options, weights)[0]
        return self._chosen[phrase]


def _phrase(words: str, lexicon: Lexicon) -> Phrase:
    """Words as documents are read, but for names, which the dictionary does not hold."""
    return tuple(term for terms in tokenize(words, lexicon).terms for term in terms)


def _to_english(phrases: Mapping[str, list[Phrase]]) -> dict[Phrase, list[Phrase]]:
    return {(term,): options for term, options in phrases.items()}


def _to_korean(phrases: Mapping[str, list[Phrase]], lexicon: Lexicon) -> dict[Phrase, list[Phrase]]:
    """The dictionary turned round; a word like "at" or "because", alone, translates nothing."""
    idle = {_phrase(word, lexicon) for word in _FUNCTION_WORDS.split()}
    found: dict[Phrase, list[Phrase]] = {}
    for term, options in phrases.items():
        for option in options:
            if option not in idle:
                found.setdefault(option, []).append((term,))
    return found
