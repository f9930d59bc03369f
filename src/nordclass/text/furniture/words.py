"""The words and the places that some lines of a page have in common with others, roughly and fast."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nordclass.text.place_names import places

_WORD: Final = re.compile(r"[가-힣]{2,}|[A-Za-z]{4,}")
_COMMON_WORDS: Final = """
    also been from have into more most news over said says than that their them then they this were what
    when where which while will with would about after being could first other there these those year
    years south north korea korean
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_NAME: Final = re.compile(r"[가-힣]{2,}|[A-Z][a-z]+(?: [A-Z][a-z]+)?")


def stems(texts: Iterable[str]) -> set[str]:
    """The stems of the words of some lines: two syllables in Korean, six letters in English."""
    return {
        word[:2] if word[0] >= "가" else word[:6].lower()
        for text in texts
        for word in _WORD.findall(text)
        if word.lower() not in _COMMON
    }


def places_of(text: str) -> list[str]:
    """The names of places in a text, roughly: Korean ones abroad as far as no particle follows them."""
    abroad = places()
    found = (part for name in _NAME.findall(text) for part in {name, *name.split()})
    return [name for name in found if name in abroad.korean or name.lower() in abroad.states]
