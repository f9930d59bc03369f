"""Captions of pictures: the note that a picture shows something else, and the credit behind a caption.

▲ 사진은 기사와 관련 없음. /AFP=연합뉴스 goes as a whole; of a caption that tells something only the credit.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nordclass.text.furniture.rules import load_rules
from nordclass.text.offsets import Offsets

_MARK: Final = r"[▲△▼▽◀▶※*\[(<]"
_PICTURE: Final = r"(?:(?:자료|참고) ?)?(?:사진|이미지|영상|화면)"
_NOTED: Final = re.compile(
    r"기사(?:의)?(?: ?(?:내용|본문))?(?:과는|와는|과|와)? ?"
    r"(?P<what>(?:직접(?:적인|적)? ?)?(?:관련|관계|연관)[이은]? ?"
    r"(?:없(?:습니다|음|다|는)|있지 않[가-힣]{1,4})|무관(?:합니다|하다|함|한)?|이해를 돕기 위[한해])"
)
_BEFORE: Final = re.compile(
    rf"(?:{_MARK} ?)?(?:(?:위|아래|본|이|해당) ?)?{_PICTURE}(?:은|는)? ?(?:(?:이|본|해당) ?)?$"
)
_OPENING: Final = re.compile(rf"[ \t]{{0,3}}(?:{_MARK} ?)?(?:(?:이|본|해당) ?)?")
_BEHIND: Final = re.compile(rf"[^\n.,\[\]()]{{0,30}}?{_PICTURE}(?:입니다|임|다)?(?=[ .\])>\n]|$)")
_CLOSE: Final = re.compile(r" ?\.?[\])>]?")
_REACH: Final = 24


def caption_spans(text: str) -> list[Offsets]:
    """The spans of notes and credits, unsorted."""
    spans = _notes(text) if "기사" in text else []
    if "/" in text or "자료" in text or "참고" in text or "생성" in text:
        for pattern in _credits():
            spans += [found.span("credit") for found in pattern.finditer(text)]
    return spans


def _notes(text: str) -> list[Offsets]:
    """사진은 기사와 관련 없음; 기사와 무관한 사진; 기사의 이해를 돕기 위한 이미지."""
    spans: list[Offsets] = []
    for found in _NOTED.finditer(text):
        low = max(0, found.start() - _REACH)
        begin = _begin(text, low, found.start())
        end = found.end()
        if found["what"][-1] in "한는해":
            behind = _BEHIND.match(text, end)
            if behind is None:
                continue
            begin = _line_begin(text, low, found.start()) if begin is None else begin
            end = behind.end()
        if begin is not None:
            close = _CLOSE.match(text, end)
            spans.append((begin, close.end() if close else end))
    return spans


def _begin(text: str, low: int, at: int) -> int | None:
    """Where the picture is spoken of, right before a note."""
    before = _BEFORE.search(text[low:at])
    return before and low + before.start()


def _line_begin(text: str, low: int, at: int) -> int | None:
    """Where the line of a note begins, if nothing but a mark stands before it."""
    begin = text.rfind("\n", low, at) + 1
    return begin if (begin or not low) and _OPENING.fullmatch(text, begin, at) else None


@cache
def _credits() -> tuple[re.Pattern[str], ...]:
    """A file picture on a line of its own; the credit behind a caption: … . /연합뉴스, ▲ … /AFP=연합뉴스."""
    wires = "|".join(sorted(map(re.escape, load_rules().agencies.pictures), key=len, reverse=True))
    paper = r"[가-힣]{2,6}(?:일보|신문|뉴스|통신|경제)"
    name = rf"(?:{wires}|{paper})"
    kind = r"(?: ?(?:제공|자료 ?사진|캡처|갈무리))"
    source = rf"(?:사진 ?[=:] ?)?(?:(?:{name} ?[=/] ?)?{name}{kind}?|[가-힣A-Za-z]{{2,12}}{kind})"
    made = r"(?:(?:생성형 ?)?(?:AI|인공지능)(?:가|로)? ?(?:생성|제작)(?:한|된)? ?(?:이미지|사진|그림))"
    shown = rf"(?:(?:자료|참고) ?(?:사진|이미지|화면|영상)|{made})(?:입니다|임)?"
    end = r"[ \t]{0,3}$"
    return tuple(
        re.compile(source, re.MULTILINE)
        for source in (
            rf"^[ \t]{{0,3}}(?P<credit>(?:{_MARK}[ \t]?)?{shown} ?\.?[\])>]?(?: ?/? ?{source})?\.?){end}",
            rf"(?<=[.!?\"'])(?P<credit> ?/ ?{source}){end}",
            rf"^[ \t]{{0,3}}[▲△▼▽◀▶][^\n/]{{4,160}}(?P<credit>/ ?(?:사진 ?[=:] ?)?"
            rf"(?:{name} ?[=/] ?)?(?:{wires}){kind}?){end}",
        )
    )
