"""Which language a document is in, by its letters and, in Latin script, its commonest words."""

from __future__ import annotations

import re

from nordclass.text.foreign import is_foreign

LANGUAGES = ("ko", "en")
"""The languages that documents are read in."""

_HANGUL = re.compile("[가-힣]+")
_LATIN = re.compile("[A-Za-z]+")
_SAMPLE = 20_000
# A Hangul syllable carries about as much as two and a half Latin letters.
_HANGUL_WEIGHT = 2.5


def language(text: str) -> str:
    """Say "ko", "en" or "und" for `text`, by its first 20,000 characters.

    "und" is a text without Hangul and Latin letters, or in another language that is written in Latin letters.
    """
    sample = text[:_SAMPLE]
    hangul = len("".join(_HANGUL.findall(sample))) * _HANGUL_WEIGHT
    latin = len("".join(_LATIN.findall(sample)))
    if not hangul and not latin:
        return "und"
    if hangul >= latin * 0.5:
        return "ko"
    return "und" if is_foreign(sample) else "en"
