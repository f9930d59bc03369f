"""The headline of a web page: what its head declares, or what stands right above the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nordclass.files.html.blocks import BOLD, Block, HtmlPage, squeezed
from nordclass.text.sentences import STATEMENT_BLOCK_END
from nordclass.text.titles import LONGEST_TITLE

_SHORTEST_TITLE: Final = 8
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
# What pages are called that show any article of a board, and the headings of their parts.
_GENERIC_WORDS: Final = (
    "보도자료 보도설명자료 보도해명자료 보도참고자료 공지사항 공지 알림 알림마당 소식 소식알림 뉴스 "
    "새소식 기사 본문 기사본문 본문내용 상세 상세보기 상세내용 상세정보 상세페이지 보기 보기화면 게시판 "
    "게시글 게시물 글보기 내용 내용보기 자료실 자료 인쇄 인쇄하기 프린트 언론보도 언론 보도 목록 홈 "
    "메인 메뉴 정보 페이지 화면 제목 첨부파일 view print news article articles press release releases "
    "notice notices board home detail details main menu page title content contents untitled document"
)
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())
_LABELS: Final = frozenset(("제목", "글제목", "title", "subject"))
_META: Final = re.compile(
    r"(?:#|키워드|태그|작성|등록|게시|조회|입력|수정|승인|담당|첨부|출처|글쓴|번호|부서|배포|기사\s?입력|발행|date\b|by\s|posted|published|"
    r"updated|views?\b)|[\w.+-]+@[\w-]+\.|(?:19|20)\d\d\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}",
    re.I,
)
_STATEMENT_END: Final = re.compile(STATEMENT_BLOCK_END)
_PATH: Final = re.compile(r"[>›»|]|\bHome\b")
_ABOVE: Final = 40
_ABOVE_BOLD: Final = 6
_ABOVE_PLAIN: Final = 4
_LONG_PLAIN: Final = 12
_TOP_LINES: Final = 12
_FEWEST_WORDS: Final = 3
_HALF: Final = 0.5
_ANY: Final = 0.01
_MOST_OF_A_SITE: Final = 6


def headline(
    title: str | None, declared: Sequence[str], lines: Sequence[str], page: HtmlPage
) -> tuple[str | None, str | None]:
    """The title of a page whose head says `title`, and a line to put above its text, if there must be one.

    A title that the page shows as a heading stays. One that neither the page nor its text knows, as boards
    have (`보도자료 상세보기`), gives way to the heading right above the text, else to what was `declared`.

    `title` comes without the name of the site; `declared` are the headlines in data for programs, `lines` the
    text.
    """
    start = _start(lines, page)
    if start is None or (title and _is_shown(title, page.blocks[: start + 1])):
        return title, None
    if title and (part := _shown_part(title, page.blocks[:start])):
        return part, None
    text = " ".join(lines)
    above, is_marked = _above(page.blocks[:start], text)
    if above is None:
        fitting = (said for said in declared if _share(said, text) >= _HALF)
        return (title if title and _share(title, text) >= _HALF else next(fitting, title)), None
    if title and _is_better(title, above, text, is_marked=is_marked):
        missing = is_marked and _share(above, text) and squeezed(above) not in squeezed(text)
        return title, above if missing else None
    if is_marked:
        return above, None
    return None, above if squeezed(above) not in squeezed(" ".join(lines[:_TOP_LINES])) else None


def _start(lines: Sequence[str], page: HtmlPage) -> int | None:
    """The block with the first sentence of the text."""
    places = [place for place in page.located(lines) if place is not None]
    return next((place for place in places if page.blocks[place].is_sentence), None)


def _is_shown(title: str, blocks: Sequence[Block]) -> bool:
    """Whether one of the blocks shows the title, as more than a step of a path."""
    wanted = squeezed(title)
    if len(wanted) < _SHORTEST_TITLE or _is_generic(title):
        return False
    shown = (block.text for block in blocks if wanted in squeezed(block.text))
    return any(not _PATH.search(text.replace(title, "")) for text in shown)


def _shown_part(title: str, blocks: Sequence[Block]) -> str | None:
    """What the page shows of a title that has more: the name of the site in a form of its own."""
    whole = squeezed(title)
    texts = (block.text for _, block in _upward(blocks, _ABOVE) if _may_be_headline(block))
    return next(
        (text for text in texts if len(_words(text)) >= _FEWEST_WORDS and squeezed(text) in whole), None
    )


def _is_better(title: str, above: str, text: str, *, is_marked: bool) -> bool:
    """Whether a title that the page does not show is the article's rather than what stands above the text."""
    words = len(_words(title))
    if words > _MOST_OF_A_SITE and _share(above, text) < _HALF:
        return True
    said, shown = _share(title, text), _share(above, f"{text} {title}")
    return said > shown or (said == shown and words > 1 and not is_marked)


def _share(title: str, text: str) -> float:
    """How much of the words of a title a text says; nothing of one that may be the name of a site."""
    words = _words(title)
    return sum(word in text for word in words) / len(words) if len(words) >= _FEWEST_WORDS else 0.0


def _words(title: str) -> list[str]:
    """The words of a title without those of boards."""
    return [word for word in _WORD.findall(title) if word.lower() not in _GENERIC]


def _is_generic(title: str) -> bool:
    """Whether nothing but what pages of boards are called is in a title."""
    return not _words(title)


def _above(blocks: Sequence[Block], text: str) -> tuple[str | None, bool]:
    """What may be the headline above a text, by the words in both, and whether it is marked as one."""
    headings = _headings(blocks)
    shares = [_share(heading, text) for heading in headings]
    least = next((bound for bound in (_HALF, _ANY) if any(share >= bound for share in shares)), 0.0)
    heading = next((heading for heading, share in zip(headings, shares, strict=True) if share >= least), None)
    plain = _plain_line(blocks)
    if plain and (heading is None or _share(plain, text) > _share(heading, text)):
        return plain, False
    return heading, heading is not None


def _headings(blocks: Sequence[Block]) -> list[str]:
    """The headings above a text, the nearest first, in bold type last; one labelled a title alone."""
    marked: list[str] = []
    bold: list[str] = []
    for distance, (index, block) in enumerate(_upward(blocks, _ABOVE)):
        if not _may_be_headline(block):
            continue
        if index and blocks[index - 1].text.strip(" :").lower() in _LABELS:
            return [block.text]
        if block.is_heading:
            marked.append(block.text)
        elif block.rank == BOLD and distance < _ABOVE_BOLD:
            bold.append(block.text)
    return [*marked, *bold]


def _plain_line(blocks: Sequence[Block]) -> str | None:
    """A line right above the text that may be its headline, though nothing marks it."""
    for _, block in _upward(blocks, _ABOVE_PLAIN):
        if _may_be_headline(block) and len(block.text) >= _LONG_PLAIN and not _PATH.search(block.text):
            return block.text
    return None


def _upward(blocks: Sequence[Block], most: int) -> list[tuple[int, Block]]:
    """The last blocks, from below, up to a sentence of other text."""
    found: list[tuple[int, Block]] = []
    for index in range(len(blocks) - 1, max(len(blocks) - 1 - most, -1), -1):
        if blocks[index].is_sentence and not blocks[index].aside:
            break
        found.append((index, blocks[index]))
    return found


def _may_be_headline(block: Block) -> bool:
    text = block.text
    if not _SHORTEST_TITLE <= len(text) <= LONGEST_TITLE or block.aside or block.is_link:
        return False
    states = _STATEMENT_END.search(text) is not None and not block.is_heading
    return not (_is_generic(text) or _META.match(text) or states)
