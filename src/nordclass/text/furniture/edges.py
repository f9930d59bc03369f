"""What stands above and below the article of a page: notices, what is above the title, columns, the foot."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from nordclass.text.furniture.lines import Line, Page
from nordclass.text.furniture.phrases import key, small
from nordclass.text.furniture.rules import Rules
from nordclass.text.offsets import Offsets
from nordclass.text.sentences import STATEMENT_LINE_END

MAX_NOTICES: Final = 12
"""Maximum notices above or below an article, and lines between one above and the article."""
MIN_KNOWN_TITLE: Final = 15
"""Minimum characters of a title that is looked for in the text."""
MIN_ABOVE: Final = 4
"""Minimum lines above the title that are more than a rubric and the name of the paper."""
MAX_WORD: Final = 8
"""Maximum characters of a Korean item of a menu in a column."""
MAX_ITEM: Final = 24
"""Maximum characters of such an item in other languages."""
MAX_ITEM_WORDS: Final = 3
"""Maximum words of such an item in other languages."""
MIN_COLUMN: Final = 4
"""Minimum items of a menu in a column."""
LONG_COLUMN: Final = 7
"""Minimum items of a column, some of them buttons, that is a menu even if most are unknown."""
MIN_CELLS: Final = 6
"""Minimum cells of a weather table in a column; two must be figures, two words of weather."""
MAX_CELL: Final = 10
"""Maximum characters of such a cell."""
MIN_KICKER: Final = 15
"""Minimum characters of a line directly above a Korean title that may be its first half."""

_HANGUL: Final = re.compile("[가-힣]")
_CLOSES: Final = re.compile(
    r"(?:이전|다음) ?(?:글|기사)|[^\n]{0,40}만족하십니까|[<ⓒ©]? ?(?:저작권자|copyright)", re.IGNORECASE
)
"""Furniture with which the foot of a page begins: the neighbours, a poll, whose rights it is."""
_STATEMENT_END: Final = re.compile(STATEMENT_LINE_END)


def forget_notices(page: Page, spans: list[Offsets]) -> None:
    """Sentences around the article may be notices of the site: it begins below and ends above them."""
    if not spans or page.top == len(page.lines):
        return
    top = _first_of_article(page, range(page.top, page.bottom + 1), spans)
    bottom = _first_of_article(page, range(page.bottom, page.top - 1, -1), spans)
    if top is not None and top <= page.top + MAX_NOTICES:
        page.top = top
    if bottom is not None:
        page.bottom = bottom


def _first_of_article(page: Page, indexes: range, spans: list[Offsets]) -> int | None:
    """The first of some lines that tells something and is no notice, if only few that tell come before it."""
    body = (index for index in indexes if page.lines[index].is_body)
    for index in islice(body, MAX_NOTICES):
        line = page.lines[index]
        if not any(start <= line.start and line.end <= end for start, end in spans):
            return index
    return None


def find_title(page: Page, title: str) -> int:
    """Where the last line above the article that is the title stands; 0 where none does.

    The line counts as a sentence from then on: nothing of a title may look like a menu.
    """
    wanted = small(title)
    if len(wanted) < MIN_KNOWN_TITLE or page.top == len(page.lines):
        return 0
    for index in range(page.top, -1, -1):
        if small(page.lines[index].text) == wanted:
            page.lines[index].sentence = True
            return index
    return 0


def mark_above(page: Page, title: int) -> None:
    """What stands above the line of the title: menus, editions, the name of the site.

    Above a Korean one may also stand summaries of the article: there some of it must be furniture already.
    """
    if title < MIN_ABOVE:
        return
    korean = _HANGUL.search(page.lines[title].text) is not None
    if korean and not any(line.drop for line in page.lines[:title]):
        return
    last = page.lines[title - 1]
    kicker = len(last.text) >= MIN_KICKER and _HANGUL.search(last.text) is not None
    for line in page.lines[: title - kicker]:
        line.drop = True


def mark_columns(page: Page, rules: Rules) -> None:
    """Menus with an item on each line, above or below the article; a list behind a colon is part of it."""
    for edge in (page.lines[: page.top], page.lines[page.bottom + 1 :]):
        run: list[Line] = []
        announced = False
        for line in edge:
            if line.drop or is_item(line):
                run.append(line)
                continue
            if not announced:
                _drop_column(run, rules)
            run, announced = [], line.text[-1] in ":："
        if not announced:
            _drop_column(run, rules)


def mark_weather(page: Page, rules: Rules) -> None:
    """A weather table of which each cell has become a line: 도쿄, 맑음, 22, 하노이, 흐림, 31."""
    for edge in (page.lines[: page.top], page.lines[page.bottom + 1 :]):
        run: list[Line] = []
        before: Line | None = None
        for line in [*edge, None]:
            if line is not None and len(line.text) <= MAX_CELL and not line.sentence:
                run.append(line)
                continue
            figures = sum(cell.text.strip("°℃C").lstrip("-+").replace(".", "").isdigit() for cell in run)
            words = sum(key(cell.text) in rules.figures.weather for cell in run)
            if len(run) >= MIN_CELLS and min(figures, words) >= 2:
                if before is not None and ("날씨" in before.text or "weather" in before.text.lower()):
                    before.drop = True
                for cell in run:
                    cell.drop = True
            run, before = [], line


def is_item(line: Line) -> bool:
    """A word, in English up to three, without a bullet."""
    text = line.text
    if line.sentence or len(text) > MAX_ITEM or not text[0].isalpha() or text[-1] in ":：":
        return False
    return len(text) <= MAX_WORD if _HANGUL.search(text) else len(text.split()) <= MAX_ITEM_WORDS


def _drop_column(run: list[Line], rules: Rules) -> None:
    """Buttons and words of papers, three, and half of the items known; in many items two are enough."""
    if len(run) < MIN_COLUMN:
        return
    words = [key(line.text) for line in run]
    long = len(run) >= LONG_COLUMN
    # Sections of a paper alone may be fields of a cooperation: one of the words must be a button.
    if rules.menus.at_home(words) < (2 if long else 3) or rules.menus.controls.isdisjoint(words):
        return
    known = [
        at
        for at, (line, word) in enumerate(zip(run, words, strict=True))
        if line.drop or word in rules.menus.known or word in rules.menus.items
    ]
    first, end = known[0], known[-1] + 1
    if long:
        end = max(end, len(run) - 1)  # the last may be a short title
    elif 2 * len(known) < end - first:
        return
    for line in run[first:end]:
        line.drop = True


def mark_foot(page: Page, rules: Rules) -> None:
    """Where the foot of a page has begun (Related articles, Share, ©), what ends like no sentence."""
    begun = False
    for index in range(page.bottom + 1, len(page.lines)):
        line = page.lines[index]
        if begun:
            line.drop = line.drop or (line.short and not _STATEMENT_END.search(line.text))
        elif _begins_foot(page, index, rules):
            line.drop = begun = True


def _begins_foot(page: Page, index: int, rules: Rules) -> bool:
    """A heading of a list of other articles, a button or a copyright mark."""
    line = page.lines[index]
    words = small(line.text)
    if words in rules.lists.closing or (line.drop and _CLOSES.match(line.text)):
        return True
    if words in rules.lists.perhaps_closing:
        beside = page.lines[max(index - 1, page.bottom + 1) : index] + page.lines[index + 1 : index + 2]
        return any(other.drop for other in beside)
    return line.drop and (line.text[0] in "©ⓒ" or rules.lists.strong.match(line.text, line.head) is not None)
