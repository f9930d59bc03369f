"""Which language a document is in, by its letters."""

from __future__ import annotations

import re

_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")
_SAMPLE = 20_000
# A Hangul syllable carries about as much as two and a half Latin letters.
_HANGUL_WEIGHT = 2.5


def language(text: str) -> str:
    """Say "ko", "en" or "und" for the letters of `text` (its first 20,000 characters)."""
    sample = text[:_SAMPLE]
    hangul = len(_HANGUL.findall(sample)) * _HANGUL_WEIGHT
    latin = len(_LATIN.findall(sample))
    if not hangul and not latin:
        return "und"
    return "ko" if hangul >= latin * 0.5 else "en"
