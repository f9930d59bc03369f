"""From a document with its mentions to a sequence of tokens, names masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from nordclass.text.lexicon import HANGUL_RUN, LATIN_WORD, Lexicon
from nordclass.text.offsets import Offsets

MASK: Final = "\x01"
"""Stands for each character of a mention in masked text."""

# What a token may begin with stands in front, so that most other characters are passed over at once.
_TOKEN: Final = re.compile(f"(?=[가-힣A-Za-z{MASK}\n.!?])({HANGUL_RUN}|{LATIN_WORD}|{MASK}+|\n|[.!?](?=\\s))")


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


def mask(text: str, spans: Iterator[Offsets] | Sequence[Offsets]) -> str:
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
    pieces = _TOKEN.split(masked)  # gap, token, gap, ..., token, gap
    surfaces = pieces[1::2]
    marks = [i for i, surface in enumerate(surfaces) if surface < "A"]
    return Tokens(
        tuple(accumulate(map(len, pieces)))[:-1:2],
        tuple(lexicon.read(surfaces)),
        tuple(surfaces),
        frozenset([i for i in marks if surfaces[i][0] == MASK]),
        frozenset([i for i in marks if surfaces[i][0] != MASK]),
    )
