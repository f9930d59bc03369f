"""One line of a page: is it a menu, a ticker, a date of publication, a telephone number, a button?

Every rule asks for two signs: a known word or phrase (`data/furniture.toml`) and the look of the line
(short, cut by separators, no sentence, above or below the article).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nordclass.text.furniture.inline import TAG
from nordclass.text.furniture.phrases import head_of, key, small
from nordclass.text.furniture.rules import Rules
from nordclass.text.sentences import LINE_END

MAX_SHORT: Final = 200
"""Maximum characters of a short line; a longer one is text, and only phrases inside it can be furniture."""
MAX_LINES: Final = 20_000
"""Maximum lines that are looked at; of a text with more, which is no page, half are at each end."""
MAX_LANGUAGES: Final = 40
"""Maximum languages in a menu of them."""
MIN_LANGUAGES: Final = 3
"""Minimum languages in such a menu, if none is called as at home."""
MIN_SENTENCE: Final = 40
"""Minimum characters of a line of the article that ends like a sentence."""
MIN_CUT_SENTENCE: Final = 91
"""Minimum characters of such a line that is cut by bars or wide gaps."""
MIN_BULLET: Final = 12
"""Minimum characters of a line of the article that begins with a bullet."""
MAX_END: Final = 60
"""Last characters of a line that are searched for a phrase with which furniture ends."""
MAX_STAMP: Final = 40
"""First characters of a line among which the date of a stamp stands."""
MAX_CONTACT: Final = 120
"""Maximum characters of a line with a telephone number to ask at."""
MAX_FIGURES: Final = 160
"""Maximum characters of a line of figures, of the weather or of markets."""
MAX_EDGE_FIGURES: Final = 60
"""Maximum characters of one above or below the article that is known by fewer signs."""
MAX_ONE_FIGURE: Final = 30
"""Maximum characters of one there with a single temperature."""
MIN_ROW_WORDS: Final = 4
"""Minimum words of a row of menu words without separators."""
MIN_KNOWN_WORDS: Final = 0.6
"""Minimum share of its words that must be menu words."""
MIN_KNOWN_PIECES: Final = 0.5
"""Minimum share of the pieces of a menu that must be known, anywhere on a page."""
MAX_FROM_ENDS: Final = 4
"""Maximum lines between a menu of unknown words and the first or the last line of a page."""
MAX_MENU_PIECE: Final = 22
"""Maximum mean characters of a piece of such a menu."""
MAX_COUNTER: Final = 30
"""Maximum characters of a counter with its value."""
MAX_PATH: Final = 60
"""Maximum characters of a breadcrumb."""

SEPARATOR: Final = re.compile(r"[|ㅣ│┃>›〉»▌▸▶►▼▾■\[\]◦┊✕]+|::|\s{2,}|\s[·•/—–-](?=\s)")
"""A dot or a slash without spaces is not one: 통상·산업·에너지 협력 is a title."""
_BAR: Final = re.compile(r"[|ㅣ│┃>›〉»▌▸◦┊]+|::|\s{3,}|\s[·•/—](?=\s)")
"""The separators of menus that no title and no bulleted line has."""
PHONE: Final = re.compile(
    r"(?<![\d.])(?:\(?0\d{1,2}\)?[-. ]{1,2}[\d○]{3,4}[-. ][\d○]{4}|1\d{3}-\d{4}|\+\d{1,3}[\d .()-]{7,16})"
    r"(?!\d)"
)
MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
"""Alternatives of a regular expression: how the English names of the months begin."""
DATE: Final = re.compile(
    r"(?:19|20)?\d\d\s?[-./년]\s?\d{1,2}\s?[-./월]\s?(?:\d{1,2}|$)|\d{1,2}:\d{2}"
    r"|\d{1,2}시 ?\d{1,2}분|\d{1,2}\.\d{2} \d"
    rf"|(?:\d{{1,2}} )?(?:{MONTHS})[a-z]{{0,6}}\.? \d{{1,4}}",
    re.IGNORECASE,
)
ONLY_DATE: Final = re.compile(r"[\d\s.:/\-~년월일시분()월화수목금토일오전후AaPpMm]{6,40}$")

_LINE: Final = re.compile(r"[^\n]+")
_SENTENCE_END: Final = re.compile(LINE_END)
BULLET: Final = re.compile(r"[□ㅇ○◯※❍◎☐]|\*{1,3} |-\s?[가-힣(]|[①-⑳]|\d{1,2}[.)] ")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}|\d{1,2}시")
_DEGREES: Final = re.compile(
    r"[-+]?\d{1,2}(?:\.\d)?\s?(?:℃|°C|°F|°(?!\w)|[CF](?=[\s|,/]|$)|도(?=[\s|·,/]|$))|(?<=\s)-?\d{1,2}/-?\d{1,2}(?=\s|$)"
)
_NUMBER: Final = re.compile(r"\d[\d,.]*")
_TREND: Final = re.compile(r"\d[\d,.원엔달러유로%]{0,14}\s?[▲▼]|[▲▼]\s?\d")
_TOKEN: Final = re.compile(r"[^\s\d|·,()/:%\[\]▲▼]+")
_ONLY_PHONE: Final = re.compile(
    r"[-\s]{0,3}(?:\([TFtf]\))?[\s(☎☏]{0,3}0\d{1,2}-\d{3,4}-\d{4}[\s~,\d)\-]{0,20}$"
)
_BYLINE: Final = re.compile(
    r"by (?:our |a |an |the )?[A-Za-z][\w.'\-]{1,20}(?:,? [A-Za-z][\w.'\-]{0,20}){0,5}(?<![a-z]{3}\.)"
    r"(?: \| [A-Za-zÀ-ž][\w.'\-]{1,20}(?:,? [A-Za-z][\w.'\-]{0,20}){0,4})?$",
    re.IGNORECASE,
)
_PAGE_NUMBER: Final = re.compile(
    r"[-–—] ?\d{1,3} ?(?:/ ?\d{1,3} ?)?[-–—]$|page \d{1,4}(?: ?(?:of|/) ?\d{1,4})?$|총 ?\d{1,3} ?쪽.{0,20}$",
    re.IGNORECASE,
)
_TAGS: Final = re.compile(rf"(?:{TAG}[\s,]{{0,3}}){{1,40}}$")
_FILE: Final = re.compile(r"\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|jpe?g|png)\b", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r"[\w(\[][^\n/]{0,80}\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|jpe?g|png)(?: ?[(\[][^()\[\]]{1,20}[)\]])?"
    r"(?: ?(?:다운로드|내려받기|미리보기|바로보기|download|view))?$",
    re.IGNORECASE,
)
_ATTACHED: Final = re.compile(r"[\[<]?\s?(?:첨부|붙임|파일|attach|download)", re.IGNORECASE)
_HARD_BAR: Final = re.compile(r"[|ㅣ│┃>›〉»▌▸◦┊]|::|\s{3,}")
_OTHERS: Final = re.compile(r"[^:：]{0,14}(?:보기|많이|추천|인기|다른)")
_LABEL: Final = re.compile(r"[가-힣][가-힣· ]{0,11}?(?: ?[:：](?!:) ?| - )|[A-Z][A-Za-z ]{1,20}: ")
"""협력 분야: 보건 · 교육 · 관광 and Sectors: Health | Education tell something."""
_CHANGE: Final = re.compile(r"\d ?%p? ?(?:증가|감소|상승|하락|늘|줄)")
_REMARK: Final = re.compile(r"[(*]|(?=[가-힣])[^|│┃ㅣ>›〉»]*, ")
"""What no menu begins with: (주최/주관) …, *(충북) …; in Korean a comma before the first bar."""
_CUT: Final = re.compile(r"[\s|ㅣ│·/•]+")
PATH_MARKS: Final = (" > ", " › ", " 〉 ", " » ")


@dataclass(slots=True)
class Line:
    """A line that is not blank, without its outer white space."""

    start: int
    end: int
    text: str
    head: str
    """What `head_of` gives for it; empty if it is long."""
    gap: bool
    """Whether a blank line stands before it."""
    sentence: bool
    """Whether it is long enough for a sentence and ends like one."""
    short: bool
    """Whether it has at most `MAX_SHORT` characters."""
    is_body: bool
    """A sentence, a bullet or a long line: part of an article, if it is no notice."""
    drop: bool = False
    """Whether it is furniture."""

    @property
    def in_article(self) -> bool:
        """Whether it is of the body and not furniture: what the article is known by so far."""
        return self.is_body and not self.drop


@dataclass(slots=True)
class Page:
    """The lines of a text, and which of them the article is taken to begin and to end with.

    As read, `top` is the index of the first and `bottom` that of the last line with `is_body`; both are the
    number of lines where there is none. Rules then move them past notices of the site and lines of the foot.
    """

    lines: list[Line]
    top: int
    bottom: int

    def edge(self, index: int) -> bool:
        """Whether the line is above or below the article."""
        return index < self.top or index > self.bottom


def read_page(text: str) -> Page:
    """Cut the text into lines and find where the article begins and ends."""
    lines: list[Line] = []
    top, bottom, previous = -1, -1, 0
    for found in _looked_at(text):
        raw = found.group()
        shown = raw.strip()
        if not shown:
            continue
        size = len(shown)
        start = found.start() + (0 if raw[0] == shown[0] else raw.index(shown[0]))
        gap = bool(lines) and text.count("\n", previous, start) > 1
        final = size >= MIN_SENTENCE and _SENTENCE_END.search(shown, size - 5) is not None
        sentence = final and (size >= MIN_CUT_SENTENCE or not _cut(shown))
        bullet = size >= MIN_BULLET and BULLET.match(shown) is not None and not _cut(shown)
        is_body = sentence or bullet or size > MAX_SHORT
        if is_body:
            top = len(lines) if top < 0 else top
            bottom = len(lines)
        previous = start + size
        short = size <= MAX_SHORT
        lines.append(
            Line(start, previous, shown, head_of(shown) if short else "", gap, sentence, short, is_body)
        )
    return Page(lines, len(lines) if top < 0 else top, len(lines) if bottom < 0 else bottom)


def _looked_at(text: str) -> Iterator[re.Match[str]]:
    """The lines of a text; of an endless list, those at its ends."""
    if text.count("\n") <= MAX_LINES:
        yield from _LINE.finditer(text)
        return
    head = tail = 0
    for _ in range(MAX_LINES // 2):
        head = text.index("\n", head) + 1
        tail = text.rindex("\n", 0, tail or None)
    yield from _LINE.finditer(text, 0, head)
    yield from _LINE.finditer(text, tail)


def _cut(text: str) -> bool:
    """Whether the line is cut by a bar, an arrow or wide gaps."""
    return "|" in text or " > " in text or "   " in text or "ㅣ" in text


def is_furniture(page: Page, index: int, rules: Rules) -> bool:
    """Whether a short line that is no sentence is furniture by itself."""
    line, edge = page.lines[index], page.edge(index)
    text, head = line.text, line.head
    digits = _NUMBER.search(text) is not None
    return (
        small(text) in rules.notices.alone
        or rules.notices.start.match(text, head) is not None
        or (index > page.bottom and rules.notices.foot.match(text, head) is not None)
        or _has_end(text, rules)
        or rules.lists.box.match(text, head) is not None
        or (text[:3] == ">> " and index > page.top)
        or (text[0] == "#" and _TAGS.match(text) is not None)
        or (edge and _is_languages(text, rules))
        or (index < page.top and _BYLINE.match(text) is not None)
        or rules.reporter_line.compiled.match(text) is not None
        or (digits and (_is_stamp(line, edge, rules) or _is_contact(text, rules)))
        or (digits and _is_figures(text, edge, rules))
        or (digits and _PAGE_NUMBER.match(text) is not None)
        or ("." in text and _ATTACHED.match(text) is not None and _FILE.search(text) is not None)
        or _is_menu(page, index, rules)
    )


def is_file_name(text: str) -> bool:
    """Whether the line is the name of a file, perhaps with its size and a button."""
    return "." in text and _FILE_NAME.match(text) is not None


def _has_end(text: str, rules: Rules) -> bool:
    """Whether the line ends with a phrase such as 저작권 정책 or click here."""
    tail = text[-MAX_END:].lower()
    return rules.notices.end.anchors(tail) and any(
        pattern.search(text, len(text) - MAX_END) for pattern in rules.notices.end.patterns
    )


def _is_stamp(line: Line, edge: bool, rules: Rules) -> bool:
    """입력 2023.05.27 17:42; 2023-09-26 11:00 최종수정; outside the article a bare date and time."""
    text = line.text
    if rules.notices.stamp.match(text, line.head):
        return DATE.search(text[:MAX_STAMP]) is not None
    if not DATE.match(text):
        return False
    words = [word for word in map(key, text.split()) if word]
    if not words:
        return edge and _CLOCK.search(text) is not None and ONLY_DATE.match(text) is not None
    return all(word in rules.menus.counters or word in rules.menus.controls for word in words)


def _is_contact(text: str, rules: Rules) -> bool:
    """문 의: 국제협력담당관 홍길동 (044-000-0000); (044-000-0000); Contact: …, +82 42 …."""
    if len(text) > MAX_CONTACT or not PHONE.search(text):
        return False
    if BULLET.match(text):
        return rules.contacts.lead.compiled.match(text) is not None
    return _ONLY_PHONE.match(text) is not None or rules.contacts.word.compiled.search(text) is not None


def _is_figures(text: str, edge: bool, rules: Rules) -> bool:
    """서울 19℃ 맑음 부산 20℃ 비; 코스피 2,557.08 ▲ 원/달러 1,326.7 ▼."""
    if len(text) > MAX_FIGURES or BULLET.match(text):
        return False
    numbers = len(_NUMBER.findall(text))
    if numbers < 2 and not (edge and len(text) <= MAX_EDGE_FIGURES):
        return False
    words = [word for word in map(key, _TOKEN.findall(text)) if word]
    degrees = len(_DEGREES.findall(text))
    weather = sum(word in rules.figures.weather for word in words)
    sparse = len(words) <= (3 if weather else 2) * degrees
    if degrees >= 2 and sparse and (weather or edge or degrees >= 3):
        return True
    if edge and degrees and len(text) <= MAX_ONE_FIGURE and len(words) <= 2 and "도" not in text:
        return True
    signs = degrees + weather
    if edge and len(text) <= MAX_EDGE_FIGURES and signs >= 2 and weather and len(words) <= 3 * signs:
        return True
    markets = len(rules.figures.markets.intersection(words)) + text.count("/달러")
    trends = len(_TREND.findall(text))
    if numbers < 2 or sum(len(word) > 1 for word in words) > 1.5 * numbers + 1:
        return False
    return markets >= (1 if edge else 2) if trends else edge and markets >= 3


def _is_languages(text: str, rules: Rules) -> bool:
    """한국어 English 日本語 Tiếng Việt: nothing but languages, three, or one that is called as at home."""
    words = _CUT.split(text.lower())
    if len(words) > 2 * MAX_LANGUAGES:
        return False
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in (2, 1) if " ".join(words[at : at + n]) in rules.menus.languages), 0)
        if not size:
            return False
        found.append(" ".join(words[at : at + size]))
        at += size
    return len(found) >= MIN_LANGUAGES or not rules.menus.own_languages.isdisjoint(found)


def pieces_of(text: str) -> list[str]:
    """The pieces between separators, without empty ones."""
    return [piece for part in SEPARATOR.split(text) if (piece := part.strip(" ,:#()+-").strip())]


def _is_menu(page: Page, index: int, rules: Rules) -> bool:
    """Short pieces between separators, with enough menu words among them or outside the article."""
    text = page.lines[index].text
    pieces = pieces_of(text)
    count = len(pieces)
    words = [key(word) for piece in pieces for word in piece.split()]
    known_words = sum(map(rules.menus.known.__contains__, words))
    if count < 2 and (len(words) < 2 or not known_words):
        return False
    named = [word for word in words if word]
    if 2 <= len(named) < len(words) and all(word in rules.menus.controls for word in named):
        return True
    label = _LABEL.match(text)
    labelled = (
        label is not None
        and not _OTHERS.match(text)
        and key(label.group()) not in rules.menus.known
        and key(label.group()) not in rules.menus.counters
    )
    # Two words at home in menus only: Agriculture Science and Technology may be a title.
    row = (
        len(words) >= MIN_ROW_WORDS
        and known_words >= MIN_KNOWN_WORDS * len(words)
        and rules.menus.at_home(words) >= 2
    )
    if row and not BULLET.match(text) and not labelled:
        return True
    if count == 1:
        return False
    buttons = [_is_control(piece, rules) for piece in pieces]
    controls = sum(buttons)
    known = controls + sum(
        not button and key(piece) in rules.menus.sections
        for piece, button in zip(pieces, buttons, strict=True)
    )
    if labelled and not controls:
        return False
    if known >= MIN_KNOWN_PIECES * count and known >= 2:
        return not (BULLET.match(text) and controls < count)
    bars = len([part for part in _BAR.split(text) if part.strip()])
    far = MAX_FROM_ENDS < index < len(page.lines) - 1 - MAX_FROM_ENDS
    plain = (
        BULLET.match(text) is None
        and text[0] not in "◇◆■●▷▶▪•·→⇒✔└＊"
        and _SENTENCE_END.search(text[-3:]) is None
    )
    if far or not plain or not page.edge(index) or bars < 2 or len(text) > MAX_MENU_PIECE * bars:
        return False
    if _CHANGE.search(text):
        return False
    if controls:
        return True
    return not _REMARK.match(text) and (
        (bars >= _least_bars(text) and not _is_table(page, index, count)) or _is_path(page, index)
    )


def _least_bars(text: str) -> int:
    """How many pieces of unknown words make a menu: more in Korean, if only dots and slashes cut it."""
    soft = not _HARD_BAR.search(text) and "가" <= text[0] <= "힣" and not _OTHERS.match(text)
    return 4 if soft else 3


def _is_control(piece: str, rules: Rules) -> bool:
    """A button, a counter with its value (조회 3,204), or a date."""
    word, counters = key(piece), rules.menus.counters
    if word in rules.menus.controls or (not word and DATE.search(piece) is not None):
        return True
    first, last = key(piece.split(None, 1)[0]), key(piece.split()[-1])
    if first in counters and len(piece) <= MAX_COUNTER and (word in counters or _NUMBER.search(piece)):
        return True
    return DATE.match(piece) is not None and (not last or last in counters)


def _is_path(page: Page, index: int) -> bool:
    """섬 > 태평양: a breadcrumb above the article."""
    text = page.lines[index].text
    return index < page.top and len(text) <= MAX_PATH and any(mark in text for mark in PATH_MARKS)


def _is_table(page: Page, index: int, count: int) -> bool:
    """Whether the line above or below is cut by bars into as many pieces: rows of a table."""
    if "|" not in page.lines[index].text:
        return False
    others = page.lines[max(0, index - 1) : index] + page.lines[index + 1 : index + 2]
    return any("|" in other.text and len(pieces_of(other.text)) == count for other in others)
