"""A headline that comes alone, without its article."""

from __future__ import annotations

import re
from typing import Final

from nordclass.text.normalize import UNSEEN, normalize
from nordclass.text.sentences import NO_HEADLINE_END
from nordclass.text.titles import LONGEST_TITLE

_FEWEST_WORDS: Final = 3
_LONGEST_RAW: Final = 4 * LONGEST_TITLE
"""Maximum characters before a text is normalised: a syllable of Hangul may be three, blanks stand around."""
_NO_HEADLINE_END: Final = re.compile(NO_HEADLINE_END)


def lone_headline(text: str, title: str | None) -> str | None:
    """The headline that is all there is of a document, as a clipping or a table of titles has it; else None.

    It is one line of at most 150 characters and three words or more that does not end as a sentence does,
    once it is normalised. It is given as it stands in `text`, or in `title` where `text` is blank, without
    the blanks around it.
    """
    if len(text) > _LONGEST_RAW:
        return None
    line = _stripped(text)
    if title:
        title = _stripped(title)
        if line and title:
            return None
    line = line or title or ""
    plain = normalize(line)[0]
    if len(plain) > LONGEST_TITLE or len(plain.split()) < _FEWEST_WORDS or len(plain.splitlines()) > 1:
        return None
    return None if _NO_HEADLINE_END.search(plain) else line


def _stripped(text: str) -> str:
    """Text without blanks and characters without width around it."""
    while (shorter := text.strip().strip(UNSEEN)) != text:
        text = shorter
    return text
