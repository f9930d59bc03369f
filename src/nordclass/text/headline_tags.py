"""Tags around a headline, which say what kind of piece it is: [속보] …, [르포] …, … (종합), [연합뉴스] ….

A tag that tells something ([한-베트남 정상회담], [베트남 르포]) is part of the headline.
"""

from __future__ import annotations

import re
from typing import Final

from nordclass.text.furniture.phrases import key
from nordclass.text.furniture.rules import Rules, load_rules
from nordclass.text.offsets import Offsets
from nordclass.text.site_name import is_tag_of_site

_CLOSED_BY: Final = {"[": "]", "【": "】", "<": ">", "〈": "〉", "《": "》", "(": ")"}
_OPENED_BY: Final = {closing: opening for opening, closing in _CLOSED_BY.items()}
_LONGEST: Final = 24
_MOST: Final = 4
"""Tags that may stand at one end."""
_CUT: Final = re.compile(r"[\s·/,&|+]+")


def tag_spans(headline: str, *, ends: bool = True) -> list[Offsets]:
    """The spans of the tags at the beginning of a line and, if asked for, at its end; sorted, disjoint."""
    rules = load_rules()
    spans: list[Offsets] = []
    start, end = 0, len(headline)
    while len(spans) < _MOST and (span := _first(headline, start, rules)):
        spans.append(span)
        start = span[1]
    last: list[Offsets] = []
    while ends and len(last) < _MOST and (span := _last(headline, start, end, rules)):
        last.append(span)
        end = span[0]
    return spans + last[::-1]


def without_brackets(headline: str) -> str:
    """The headline without what stands in brackets at its beginning, whatever it says."""
    opening = headline.lstrip()
    closing = opening.find(_CLOSED_BY.get(opening[:1], "\n"), 1, _LONGEST)
    return opening[closing + 1 :] if closing > 0 else opening


def _first(headline: str, start: int, rules: Rules) -> Offsets | None:
    rest = headline[start : start + 3 * _LONGEST]
    begin = start + len(rest) - len(rest.lstrip())
    bracket = headline[begin : begin + 1]
    if bracket not in _CLOSED_BY:
        return None
    end = headline.find(_CLOSED_BY[bracket], begin, begin + _LONGEST)
    found = end >= 0 and _is_tag(headline[begin + 1 : end], bracket, rules)
    return (begin, end + 1) if found else None


def _last(headline: str, start: int, stop: int, rules: Rules) -> Offsets | None:
    end = len(headline[:stop].rstrip())
    bracket = _OPENED_BY.get(headline[end - 1 : end])
    if bracket is None or end <= start:
        return None
    begin = headline.rfind(bracket, max(start, end - _LONGEST), end)
    found = begin >= 0 and _is_tag(headline[begin + 1 : end - 1], bracket, rules)
    return (begin, end) if found else None


def _is_tag(inner: str, bracket: str, rules: Rules) -> bool:
    """Whether all words between brackets are words of tags, or the whole is one, or the name of a paper."""
    if bracket == "(":
        return key(inner) in rules.tags.round
    words = [key(word) for word in _CUT.split(inner) if word]
    known = key(inner) in rules.tags.square or (bool(words) and rules.tags.square.issuperset(words))
    return known or is_tag_of_site(inner.strip(), rules.sites)
