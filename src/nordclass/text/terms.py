"""From a document with its mentions to a sequence of tokens, names masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nordclass.text.lexicon import Lexicon

MASK = "\x01"
"""Stands for each character of a mention in masked text."""

_TOKEN = re.compile(f"[가-힣]+|[A-Za-z]+(?:'[A-Za-z]+)*|{MASK}+|\n|[.!?](?=\\s)")
_POSSESSIVE = re.compile("'[a-z]{1,2}$")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document, as parallel sequences.

    `terms[i]` are the terms of token i; () for a masked mention and for a stop (end of sentence or line),
    which `stops` and `masked` hold the indexes of.
    """

    starts: tuple[int, ...]
    terms: tuple[tuple[str, ...], ...]
    surfaces: tuple[str, ...]
    masked: frozenset[int]
    stops: frozenset[int]


def mask(text: str, spans: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> str:
    """`text` with each character of the sorted `spans` replaced by the mask."""
    pieces = []
    at = 0
    for start, end in spans:
        if start < at:  # several mentions over one span
            continue
        pieces.append(text[at:start])
        pieces.append(MASK * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def tokenize(masked: str, lexicon: Lexicon) -> Tokens:
    """The tokens of text that `mask` made."""
    starts: list[int] = []
    terms: list[tuple[str, ...]] = []
    surfaces: list[str] = []
    masked_at: list[int] = []
    stops: list[int] = []
    for match in _TOKEN.finditer(masked):
        surface = match.group()
        first = surface[0]
        index = len(starts)
        if first == MASK:
            masked_at.append(index)
            found: tuple[str, ...] = ()
        elif first >= "가":
            found = lexicon.terms(surface)
        elif first.isalpha():
            found = lexicon.terms(word_form(surface))
        else:
            stops.append(index)
            found = ()
        starts.append(match.start())
        surfaces.append(surface)
        terms.append(found)
    return Tokens(tuple(starts), tuple(terms), tuple(surfaces), frozenset(masked_at), frozenset(stops))


def word_form(surface: str) -> str:
    """A Latin word in lower case without its possessive ending."""
    low = surface.lower()
    return _POSSESSIVE.sub("", low) if "'" in low else low
