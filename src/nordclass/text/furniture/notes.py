"""English notes around an article: captions of file photos, who the author is, About Nordfjell at the end."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nordclass.text.furniture.lines import Line, Page
from nordclass.text.furniture.phrases import small
from nordclass.text.furniture.rules import load_rules

MAX_CAPTION: Final = 400
"""Maximum characters of a caption or a note on the author."""
MAX_BELOW_AUTHOR: Final = 5
"""Maximum lines below a note on the author, none of which is a sentence."""
MAX_BELOW_ABOUT: Final = 24
"""Maximum lines below About Nordfjell, which stands in the last two thirds of a text."""
MAX_ABOUT: Final = 70
"""Maximum characters of such a heading."""
MAX_WRAPPED: Final = 100
"""Maximum characters of a line that goes on in the next one of its paragraph."""

_FILE: Final = re.compile(r"FILE(?: PHOTO)? ?[-–—:] ")
_AUTHOR: Final = re.compile(
    r"[(*\-–— ]{0,3}the (?:author|writer|columnist)s? (?:is|are|was|works?|teach(?:es)?|heads?|serves?) ",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(r"About (?:the )?[A-ZÀ-ÖØ-Þ0-9][^\n.!?;]{0,60}:?$")
_SMALL: Final = frozenset(("of", "the", "for", "and", "in", "de", "&", "on", "to", "del", "la", "du"))
_QUOTED: Final = re.compile(r"[\"“][^\n]{5,200}\d{4}")


def mark_notes(page: Page, whole: str) -> None:
    """Captions anywhere, notes on the author in the last lines, firms and offices at the end."""
    lines = page.lines
    last = len(lines) - 1
    if page.top >= last:
        return
    for line in lines if "FILE" in whole or ")\n" in whole or whole[-1] == ")" else ():
        text = line.text
        if (text[-1] == ")" or text[:4] == "FILE") and len(text) <= MAX_CAPTION:
            line.drop = line.drop or bool(_FILE.match(text) or _credit().search(text, max(0, len(text) - 70)))
    for line in lines[max(page.top + 1, page.bottom, last - MAX_BELOW_AUTHOR) :]:
        if len(line.text) <= MAX_CAPTION and _AUTHOR.match(line.text):
            line.drop = True
    if "\nAbout " not in whole and "ources\n" not in whole:
        return
    first = max(page.top + 1, len(lines) // 3, last - MAX_BELOW_ABOUT)
    for index in range(first, last):
        text = lines[index].text
        if text[:6] == "About " and _is_about(text):
            lines[index].drop = True
            _drop_paragraph(lines, index + 1)
        elif small(text) == "sources" and _QUOTED.match(lines[index + 1].text):
            for line in lines[index:]:
                line.drop = True
            return


@cache
def _credit() -> re.Pattern[str]:
    """(AP Photo/Ana Lopez), at the end of a line."""
    names = "|".join(map(re.escape, load_rules().agencies.photographers))
    return re.compile(rf"\((?:{names})(?: Photo| Images)?/[^()\n]{{1,40}}\)$", re.IGNORECASE)


def _is_about(text: str) -> bool:
    """Whether it names a firm or an office, all in capitals, and no project, event or the like."""
    if len(text) > MAX_ABOUT or not _ABOUT.match(text):
        return False
    words = text.rstrip(":").split()[1:]
    if any(word.islower() and word not in _SMALL for word in words):
        return False
    topics = load_rules().topics
    return not any(word.lower() in topics for word in words) and not words[0].isdigit()


def _drop_paragraph(lines: list[Line], first: int) -> None:
    """The paragraph below a heading: one line, or those of a filled paragraph to the end of a sentence."""
    for index in range(first, len(lines)):
        line = lines[index]
        wrapped = len(lines[index - 1].text) <= MAX_WRAPPED and not lines[index - 1].sentence
        if index > first and (line.gap or not wrapped):
            return
        line.drop = True
