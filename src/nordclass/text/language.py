"""Which language a document is in, by its letters and, in Latin script, its commonest words."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.text.foreign import is_foreign

LANGUAGES: Final = ("ko", "en")
"""The languages that documents are read in."""

_SMALL: Final = np.uint32(ord("a") ^ ord("A"))
_SAMPLE: Final = 20_000
# A Hangul syllable carries about as much as two and a half Latin letters.
_HANGUL_WEIGHT: Final = 2.5


def language(text: str) -> str:
    """Say "ko", "en" or "und" for `text`, by its first 20,000 characters.

    "und" is a text without Hangul and Latin letters, or in another language that is written in Latin letters.
    """
    sample = text[:_SAMPLE]
    letters = np.frombuffer(sample.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    hangul = _between(letters, "가", "힣") * _HANGUL_WEIGHT
    latin = _between(letters | _SMALL, "a", "z")
    if not hangul and not latin:
        return "und"
    if hangul >= latin * 0.5:
        return "ko"
    return "und" if is_foreign(sample) else "en"


def _between(letters: NDArray[np.uint32], first: str, last: str) -> int:
    """How many of the code points `letters` are from `first` to `last`."""
    return int(np.count_nonzero(letters - np.uint32(ord(first)) <= ord(last) - ord(first)))
