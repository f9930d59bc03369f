"""The blocks of text of a web page, in their order, and which of them stand beside one another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from nordclass.files.extras import need
from nordclass.text.sentences import BLOCK_END

LABEL: Final = 5
"""Rank of a block whose class or id calls it a title; that of h1 to h4 is 1 to 4."""
BOLD: Final = 8
"""Rank of a block that begins in bold type; that of any other is 0."""

_INLINE_TAGS: Final = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s samp "
    "small span strike strong sub sup time tt u var wbr"
)
INLINE: Final = frozenset(_INLINE_TAGS.split())
"""Elements that stand in a line of text; whatever is no HTML is a block."""

_SKIPPED_TAGS: Final = (
    "head script style noscript template select option textarea svg title iframe object button"
)
_SKIPPED: Final = frozenset(_SKIPPED_TAGS.split())
_RANKS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "b": BOLD, "strong": BOLD}
_TITLED: Final = re.compile(
    r"(?<![a-z])tit(?![a-z])|(?<!sub)(?<!sub[-_])title|(?<!sub)(?<!sub[-_])subject|(?<!sub)head_?line", re.I
)
_ASIDE: Final = frozenset(["nav", "aside", "footer", "figure", "figcaption", "caption", "details", "dialog"])
_WHOLE: Final = frozenset(("html", "body", "main", "article"))  # have-sidebar and the like name the page
_ASIDE_NAME: Final = re.compile(
    r"(?<![a-z])(?:related|relation|recommend(?:ed)?|comments?|repl(?:y|ies)|sns|share|sharing|social|nav|gnb|lnb"
    r"|menu|footer|copyright|banner|breadcrumbs?|location|aside|popular|rank(?:ing)?|tags?|byline|captions?"
    r"|img|photos?|images?|ads?|newsletter|teasers?)(?![a-z])|hidden|display\s{0,9}:\s{0,9}none",
    re.I,
)
_SENTENCE_END: Final = re.compile(BLOCK_END)
_SHORTEST_SENTENCE: Final = 20
_NOTICE: Final = re.compile(r"[©ⓒ]|\(c\)|copyright|all rights reserved", re.I)
_MOST_NAME: Final = 300
_MARKING: Final = 2


@dataclass(slots=True)
class Block:
    """Text between two boundaries of blocks, its white space made single blanks."""

    text: str
    """What it says."""
    node: int
    """The number of the element that it stands in."""
    linked: int
    """How many of its characters, white space aside, are in links."""
    rank: int
    """The rank of the heading that it is marked as, see `LABEL` and `BOLD`; 0 if none."""
    aside: bool
    """Whether it stands in a menu, a caption, a list of others, or hidden."""

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do, and is no notice."""
        text = self.text
        ends = len(text) >= _SHORTEST_SENTENCE and " " in text and _SENTENCE_END.search(text[-8:])
        return bool(ends) and not _NOTICE.search(text[:_MOST_NAME])

    @property
    def is_heading(self) -> bool:
        """Whether it is marked as one, by more than bold type."""
        return 1 <= self.rank <= LABEL

    @property
    def is_link(self) -> bool:
        """Whether links are most of it."""
        return self.linked * 2 > len(squeezed(self.text))


@dataclass(slots=True)
class HtmlPage:
    """A page's blocks; for each of its elements the number of the one around it, and what text it holds."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def home(self, block: Block) -> int:
        """The element whose part a block is: the innermost that holds more than it."""
        node, size = block.node, len(squeezed(block.text))
        while self.sizes[node] == size and self.parents[node] >= 0:
            node = self.parents[node]
        return node

    def located(self, lines: Iterable[str]) -> list[int | None]:
        """Where each of the lines stands: the first block that says it, behind the line before if it can."""
        places: dict[str, list[int]] = {}
        for index, block in enumerate(self.blocks):
            places.setdefault(squeezed(block.text), []).append(index)
        found: list[int | None] = []
        last = -1
        for line in lines:
            here = places.get(squeezed(line))
            if here:
                behind = bisect_right(here, last)
                last = here[behind if behind < len(here) else 0]
            found.append(last if here else None)
        return found

    def homes(self, places: Iterable[int]) -> set[int]:
        """The elements whose parts the blocks at such places are."""
        return {self.home(self.blocks[place]) for place in places}


def squeezed(text: str) -> str:
    """A text without white space, by which extractors differ."""
    return "".join(text.split())


def read_blocks(tree: Any) -> HtmlPage:  # noqa: ANN401 - an element of lxml
    """The blocks of a parsed page, in time linear in its size."""
    walk = need("lxml.etree", "html").iterwalk(tree, events=("start", "end"))
    reader = _Reader()
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            reader.end(element.tail)
        elif tag in _SKIPPED:
            walk.skip_subtree()
            reader.skip()
        else:
            reader.start(tag, element)
    reader.flush()
    return reader.page


@dataclass(slots=True)
class _Open:
    """An element whose end has not come; one that has no number shares that of the one around it."""

    node: int
    is_block: bool
    is_numbered: bool
    is_link: bool
    rank: int
    aside: bool


class _Reader:
    """Gathers the blocks while the elements of a page begin and end."""

    def __init__(self) -> None:
        self.page = HtmlPage()
        self._open = [_Open(-1, True, False, False, 0, False)]
        self._pieces: list[str] = []
        self._linked = self._rank = 0

    def start(self, tag: str, element: Any) -> None:  # noqa: ANN401 - an element of lxml
        """An element begins."""
        around = self._open[-1]
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_MOST_NAME]
        is_aside = _is_aside(tag, f"{names} {(element.get('style') or '')[:_MOST_NAME]}")
        # A caption is shown on lines of its own whatever element holds it.
        is_block = around.node < 0 or (tag not in INLINE and ":" not in tag) or (is_aside and tag != "a")
        if is_block:
            self.flush()
        # What stands in the head of an article, or between its breaks, is as near to it as if it stood in it.
        is_numbered = is_block and (around.node < 0 or tag not in ("header", "br"))
        node = around.node
        if is_numbered:
            node = len(self.page.parents)
            self.page.parents.append(around.node)
            self.page.sizes.append(0)
        rank = _RANKS.get(tag) or (LABEL if _TITLED.search(names) else 0)
        is_link = around.is_link or tag == "a"
        self._open.append(_Open(node, is_block, is_numbered, is_link, rank, around.aside or is_aside))
        self._add(element.text)

    def skip(self) -> None:
        """An element begins whose text is none of the page's."""
        around = self._open[-1]
        self._open.append(replace(around, is_block=False, is_numbered=False, rank=0))

    def end(self, tail: str | None) -> None:
        """An element ends, with text behind it."""
        ended = self._open[-1]
        if ended.is_block:
            self.flush()
        self._open.pop()
        if ended.is_numbered and self._open[-1].node >= 0:
            self.page.sizes[self._open[-1].node] += self.page.sizes[ended.node]
        if self._open[-1].node >= 0:
            self._add(tail)

    def flush(self) -> None:
        """A boundary: what was gathered is a block."""
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            around = self._open[-1]
            self.page.sizes[around.node] += len(squeezed(text))
            self.page.blocks.append(Block(text, around.node, self._linked, self._rank, around.aside))
        self._linked = self._rank = 0

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text)
        if text.isspace():
            return
        if self._open[-1].is_link:
            self._linked += len(squeezed(text))
        self._rank = self._rank or self._mark()

    def _mark(self) -> int:
        """The rank of text that comes now: of its block, what is in it, and what it begins."""
        marks = []
        numbered = 0
        for opened in reversed(self._open):
            if opened.is_numbered and self.page.sizes[opened.node]:
                break  # it began with other text
            marks.append(opened.rank)
            numbered += opened.is_numbered
            if numbered == _MARKING:
                break
        return min(filter(None, marks), default=0)


def _is_aside(tag: str, names: str) -> bool:
    """Whether an element stands beside the article: by its tag, or by the class, id and style given."""
    return tag in _ASIDE or (tag not in _WHOLE and _ASIDE_NAME.search(names) is not None)
