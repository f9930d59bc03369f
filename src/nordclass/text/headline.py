"""A headline that comes alone, without its article."""

from __future__ import annotations

import re
from typing import Final

from nordclass.text.sentences import NO_HEADLINE_END
from nordclass.text.titles import LONGEST_TITLE

_FEWEST_WORDS: Final = 3
_NO_HEADLINE_END: Final = re.compile(NO_HEADLINE_END)


def lone_headline(text: str, title: str | None) -> str | None:
    """The headline that is all there is of a document, as a clipping or a table of titles has it; else None.

    It is one line of at most 150 characters and three words or more that does not end as a sentence does.
    """
    if len(text) > 2 * LONGEST_TITLE or (title and text.strip()):
        return None
    line = (text.strip() or title or "").strip()
    if len(line) > LONGEST_TITLE or len(line.split()) < _FEWEST_WORDS or len(line.splitlines()) > 1:
        return None
    return None if _NO_HEADLINE_END.search(line) else line
