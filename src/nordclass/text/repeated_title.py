"""A title that its text says again on one of its first lines, or on two or three of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from nordclass.text.headline_tags import without_brackets
from nordclass.text.offsets import Offsets

_LETTERS: Final = re.compile(r"[^\W_]+")
_LINE: Final = re.compile(r"[^\n]+")
_MOST_LINES: Final = 8
"""Lines among which the title is looked for."""
_MOST_JOINED: Final = 3
"""Lines that one title may be broken into."""
_FEWEST: Final = 8
"""Letters and digits of a title that is looked for below the first line, or on more lines than one."""
_AROUND: Final = 60
"""Letters and digits of the tags and the name of the site around a title."""


def repeated_title(body: str, headline: str, bare: Callable[[str], str]) -> Offsets | None:
    """The span of the first lines of `body` that say a headline again; None where none do.

    The same letters and digits count as the same, and what stands in brackets before the headline may be
    missing. `bare` takes tags and the name of the site off a line. A body that is nothing else has none.
    """
    places = list(_first_lines(body))
    said = _letters(body[: places[-1][1]]) if places else ""
    titles = (_letters(headline), _letters(without_brackets(headline)))
    wanted = [title for title in titles if title and title in said]
    if not wanted:
        return None
    longest = 2 * (len(headline) + _AROUND)
    lines: list[tuple[int, int, str]] = []
    for start, end in places:
        line = body[start:end] if end - start <= longest else ""
        letters = _letters(line)
        if letters not in wanted and any(
            title in letters and len(letters) <= len(title) + _AROUND for title in wanted
        ):
            letters = _letters(bare(line))
        lines.append((start, end, letters))
    for at in range(len(lines)):
        joined = ""
        for last, (_, end, letters) in enumerate(lines[at : at + _MOST_JOINED]):
            joined += letters
            if joined in wanted and (at + last == 0 or len(joined) >= _FEWEST):
                start = lines[at][0]
                return (start, end) if _letters(body[:start]) or _has_letters(body, end) else None
    return None


def _first_lines(body: str) -> Iterator[Offsets]:
    found = 0
    for line in _LINE.finditer(body):
        if line[0].isspace():
            continue
        yield line.span()
        found += 1
        if found == _MOST_LINES:
            return


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))


def _has_letters(body: str, start: int) -> bool:
    """Whether a letter or a digit stands behind."""
    return any(line[0].strip() and _letters(line[0]) for line in _LINE.finditer(body, start))
