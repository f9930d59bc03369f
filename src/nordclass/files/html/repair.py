"""What an extractor left out of an article or ran together, told by the blocks of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from nordclass.files.html.blocks import Block, HtmlPage, squeezed

_OPENING: Final = "\"'“‘「『[(<【▶■□○"
"""Marks with which a line may begin."""
_REACH: Final = 50_000
"""Maximum characters of a page that are looked through for the next line of the article."""


def is_whole(part: str, text: str, page: HtmlPage) -> bool:
    """Whether a part of a page's text leaves out no sentence that belongs to it.

    Such a sentence stands beside one of the part's own in the same element, or right behind the part, or is
    the lead: above the part without a heading between.
    """
    given = _sentences(part, page)
    kept = squeezed(part)
    left = [place for place in _sentences(text, page) if squeezed(page.blocks[place].text) not in kept]
    if not given or not page.homes(given).isdisjoint(page.homes(left)):
        return False
    first, last = min(given), max(given)
    heading = max((at for at, block in enumerate(page.blocks[:first]) if block.is_heading), default=-1)
    return last + 1 not in left and not any(heading < place < first for place in left)


def unglued(text: str, page: HtmlPage) -> str:
    """A text whose lines are cut where a block of the page ends and the next one follows without a blank.

    Extractors run `<div>Africa</div><div>Kenya and …</div>` together.
    """
    said = [squeezed(block.text) for block in page.blocks]
    whole = "".join(said)
    ends = list(accumulate(map(len, said)))
    lines: list[str] = []
    last = 0
    for line in text.splitlines():
        wanted = squeezed(line)
        start = whole.find(wanted, last, last + len(wanted) + _REACH) if wanted else -1
        if start < 0:
            lines.append(line)
            continue
        last = start + len(wanted)
        inner = ends[bisect_right(ends, start) : bisect_left(ends, last)]
        lines += _cut(line, [end - start for end in inner]) if inner else [line]
    return "\n".join(lines)


def _cut(line: str, places: Sequence[int]) -> list[str]:
    """A line cut behind so many characters that are no blanks, unless a blank follows there.

    Nor before a small letter or a comma: an element that is no HTML stands within the sentence.
    """
    wanted = set(places)
    pieces: list[str] = []
    begin = count = 0
    for at, letter in enumerate(line):
        begins = (letter.isalnum() and not letter.islower()) or letter in _OPENING
        if begins and count in wanted and at > begin and not line[at - 1].isspace():
            pieces.append(line[begin:at])
            begin = at
        count += not letter.isspace()
    return [*pieces, line[begin:]]


def with_neighbours(text: str, page: HtmlPage) -> str:
    """A text with the sentences that stand between its own, or directly beside them, in the same element.

    Extractors pass over a paragraph that is no `<p>` among others that are. What stands in captions, menus
    and lists of others stays out.
    """
    given = _sentences(text, page)
    homes = page.homes(given)
    left = [place for place in _beside(given, page) if page.home(page.blocks[place]) in homes]
    said = squeezed(text)
    left = [place for place in left if squeezed(page.blocks[place].text) not in said]
    if not left:
        return text
    found = [(place, page.blocks[place].text) for place in left]
    last = -1
    lines = text.splitlines()
    for line, place in zip(lines, page.located(lines), strict=True):
        last = last if place is None else place
        found.append((last, line))
    return "\n".join(line for _, line in sorted(found, key=lambda item: item[0]))


def _beside(places: Iterable[int], page: HtmlPage) -> list[int]:
    """Where sentences stand between those at the places given, and next to the first and the last."""
    given = set(places)
    if not given:
        return []
    blocks = page.blocks
    first, last = min(given), max(given)
    between = [index for index in range(first + 1, last) if index not in given and _is_text(blocks[index])]
    above, below = first - 1, last + 1
    while above >= 0 and _is_text(blocks[above]):
        between.append(above)
        above -= 1
    while below < len(blocks) and _is_text(blocks[below]) and not blocks[below].is_link:
        between.append(below)
        below += 1
    return between


def _is_text(block: Block) -> bool:
    """Whether a block may be a paragraph of an article."""
    return block.is_sentence and not block.aside


def _sentences(text: str, page: HtmlPage) -> list[int]:
    """Where the sentences among the lines of a text stand."""
    places = page.located(text.splitlines())
    return [place for place in places if place is not None and page.blocks[place].is_sentence]
