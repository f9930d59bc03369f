"""Where the furniture of a page stands in a text: menus, tickers, lists of other articles, notices, credits.

Nothing is rewritten: the spans say which characters must not give labels, and offsets into the text stay
true. A line of the article wrongly taken costs more than a menu left standing. Time and memory are linear in
the length of the text, and the same text always gives the same spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from nordclass.text.furniture.captions import caption_spans
from nordclass.text.furniture.contacts import mark_contacts
from nordclass.text.furniture.datelines import datelines_by_look, find_datelines
from nordclass.text.furniture.edges import (
    find_title,
    forget_notices,
    mark_above,
    mark_columns,
    mark_foot,
    mark_weather,
)
from nordclass.text.furniture.learned import mark_learned
from nordclass.text.furniture.lines import (
    DATE,
    MAX_SHORT,
    ONLY_DATE,
    PATH_MARKS,
    SEPARATOR,
    Line,
    Page,
    is_file_name,
    is_furniture,
    pieces_of,
    read_page,
)
from nordclass.text.furniture.notes import mark_notes
from nordclass.text.furniture.phrases import DECORATION, Anchored, key, small
from nordclass.text.furniture.rules import Rules, load_rules
from nordclass.text.furniture.strangers import is_headline, mark_strangers
from nordclass.text.offsets import Offsets
from nordclass.text.sentences import BOUNDARY, REPORT_END

MIN_REPEAT: Final = 40
"""Minimum characters of a paragraph that is furniture when it comes again."""
MIN_REPEATED_TITLE: Final = 12
"""Minimum characters of one of the first lines that is furniture when it comes again."""
MAX_ITEMS: Final = 12
"""Maximum lines of a list of other articles or of attachments."""
MAX_HEADING: Final = 80
"""Maximum characters of a heading that is known by its end."""
MAX_HEADLINE: Final = 90
"""Maximum characters of a headline with a full stop, behind Related: and the like."""
MAX_LONE: Final = 120
"""Maximum characters of one headline behind Related: in what is longer, the article goes on."""
MAX_TAIL: Final = 300
"""Maximum characters of an appeal of a broadcaster at the end of a line."""
MAX_LIST_ITEM: Final = 90
"""Maximum characters of an item of a list, and of the title of a neighbour behind 이전글."""
MAX_NEIGHBOUR: Final = 40
"""Maximum characters of another line that is known by the furniture above it."""
MAX_SUMMARY: Final = 5
"""Maximum sentences of a summary."""
MIN_SUMMARY_SENTENCE: Final = 15
"""Minimum characters of one of these."""
SUMMARY_REACH: Final = 60, 20_000
"""Lines, and characters, below the heading of a summary in which its sentences must come again."""
MAX_MASTHEAD_WORDS: Final = 4
"""Maximum words of the name of a paper above its menu."""
MAX_MASTHEAD: Final = 40
"""Maximum characters of such a name in Latin letters."""
MAX_KOREAN_MASTHEAD: Final = 14
"""Maximum characters of such a name in Korean."""
MIN_MASTHEAD_MENU: Final = 3
"""Minimum pieces of the menu below it."""

_ITEM: Final = re.compile(r"[-–·•▸▶▷>›→*◦∙‧ㆍ]|[①-⑳]|\d{1,2}(?:[.)위]| )")
_WRAPPED: Final = re.compile(rf"{DECORATION}{{1,6}}|더보기|more", re.IGNORECASE)
_BOUNDARY: Final = re.compile(BOUNDARY)
_ATTACHMENT: Final = re.compile(
    r"[\[<【※* ]{0,3}(?:붙\s?임|별\s?첨|첨\s?부)(?:\s?\d{1,2})?[\]>】]?(?:\s{0,3}[:：]|\s|\d)"
)
_TURN_WORDS: Final = (
    "이전글 다음글 이전기사 다음기사 이전 다음 previousarticle nextarticle previouspost nextpost"
)
_TURN: Final = frozenset(_TURN_WORDS.split())
"""Links to the article before and behind, as `key` has them."""
_REPORT_END: Final = re.compile(REPORT_END)
_RIGHTS: Final = re.compile(r"[©ⓒ]|저작권|전재|배포|copyright|rights", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[가-하])[.)]|[①-⑳]")
_ATTACHED_END: Final = re.compile(r"(?:\d ?(?:부|매|장|건)\.?|[(/<]?끝[.)/>]{0,2})$")
_HANGUL: Final = re.compile("[가-힣]")
_MARK: Final = re.compile(r"[※*▶☞■▲(\[<-]{1,2} ?\Z")


def furniture(text: str, title: str = "") -> list[Offsets]:
    """Return the page furniture of a normalised `text`: sorted, disjoint, half-open spans of characters.

    A text without furniture gives an empty list; white space between two pieces belongs to their span. The
    `title`, where it is known apart from the text, tells what stands above the article.
    """
    rules = load_rules()
    page, inside = page_by_rules(text, title)
    mark_learned(page, title)
    if not any(line.in_article for line in page.lines):
        _keep_digest(page, rules)
    inside += find_datelines(page, rules, title, inside)
    spans = [(line.start, line.end) for line in page.lines if line.drop]
    spans += inside
    return _merge(text, spans) if spans else spans


def page_by_rules(text: str, title: str = "") -> tuple[Page, list[Offsets]]:
    """The lines of a text, those that rules know for furniture dropped, and the furniture within lines."""
    rules = load_rules()
    page = read_page(text)
    inside = _inside(text, rules)
    forget_notices(page, inside)
    heading = find_title(page, title)
    for index, line in enumerate(page.lines):
        if line.short and not line.sentence:
            line.drop = is_furniture(page, index, rules)
        elif line.short:
            line.drop = rules.lists.box.match(line.text, line.head) is not None
    mark_columns(page, rules)
    mark_weather(page, rules)
    mark_above(page, heading)
    _mark_lists(page, rules)
    mark_contacts(page, rules)
    _mark_attachments(page)
    _mark_neighbours(page, rules)
    mark_foot(page, rules)
    mark_strangers(page, rules, heading, title)
    _mark_teasers(page, rules)
    _mark_repeats(page)
    mark_notes(page, text)
    return page, inside


def _mark_lists(page: Page, rules: Rules) -> None:
    """Headings such as 많이 본 뉴스 with what follows on their line or below them."""
    for index, line in enumerate(page.lines):
        if not line.short:
            continue
        known_by_end = page.edge(index) and len(line.text) <= MAX_HEADING
        if known_by_end and rules.lists.strong_end.compiled.match(line.text):
            line.drop = True
            _mark_items(page, index + 1)
        found = rules.lists.strong.match(line.text, line.head)
        rest = line.text[found.end() :] if found else ""
        if found and not _WRAPPED.sub("", rest).strip(" :：()"):
            line.drop = True
            _mark_items(page, index + 1)
        elif line.drop:
            continue
        elif found:
            if not rest.strip()[0].isalpha() and not (line.sentence and not SEPARATOR.search(rest)):
                line.drop = index >= page.top or len(pieces_of(rest)) > 1 or any(map(str.isdigit, rest))
        elif line.sentence:
            continue
        elif found := rules.lists.weak.match(line.text, line.head):
            _mark_weak(page, index, line.text[found.end() :])
        elif rules.lists.summary.match(line.text, line.head):
            _mark_summary(page, index)


def _keep_digest(page: Page, rules: Rules) -> None:
    """The lists of a newsletter (주간 통상 브리핑 over 주요 뉴스), where they are all that it tells."""
    left = [line for line in page.lines if not line.drop]
    if len(left) > 1 or not any(word in small(line.text) for line in left for word in rules.lists.digests):
        return
    for index, line in enumerate(page.lines):
        if rules.lists.strong.match(line.text, line.head) is not None:
            for item in page.lines[index + 1 : index + 1 + MAX_ITEMS]:
                item.drop = item.drop and not _ITEM.match(item.text) and not is_headline(item)


def _mark_weak(page: Page, index: int, rest: str) -> None:
    """Related: A | B; Next: A, at the foot; RELATED, with a list of marked items below."""
    line = page.lines[index]
    rest = rest.lstrip(":：]> ")
    if rest:
        cuts = len(pieces_of(rest))
        line.drop = (cuts >= 2 and page.edge(index)) or cuts >= 3 or index > page.bottom
    elif index > page.bottom and index + 1 < len(page.lines) and _ITEM.match(page.lines[index + 1].text):
        line.drop = True
        _mark_items(page, index + 1)


def _mark_items(page: Page, first: int) -> None:
    """The list below a heading: to a blank line, a sentence, a long line or, if marked, an unmarked line."""
    marked = False
    for index in range(first, min(first + MAX_ITEMS, len(page.lines))):
        line = page.lines[index]
        item = _ITEM.match(line.text) is not None
        apart = line.gap and not (index > page.bottom or (item and index == first))
        if line.sentence or apart or len(line.text) > MAX_LIST_ITEM:
            return
        marked = item if index == first else marked
        if (marked or first <= page.top) and not item:
            return
        line.drop = True


def _mark_summary(page: Page, index: int) -> None:
    """요약봇 and its sentences, where the article below says each of them again."""
    page.lines[index].drop = True
    lines, characters = SUMMARY_REACH
    below = " ".join(line.text for line in page.lines[index + 1 : index + lines])[:characters]
    for line in page.lines[index + 1 : index + 1 + MAX_SUMMARY]:
        core = line.text.strip("-·•▶* .")
        if len(core) < MIN_SUMMARY_SENTENCE or below.count(core) < 2:
            return
        line.drop = True


def _mark_attachments(page: Page) -> None:
    """붙임 1. 사업 개요 1부. to 2. 사진 3매. 끝.: what a letter of an office sends along."""
    lines = page.lines
    for index, line in enumerate(lines):
        if line.drop or not line.short or not _ATTACHMENT.match(line.text):
            continue
        for last in range(index, min(index + MAX_ITEMS, len(lines))):
            if not lines[last].short or (last > index and not _NUMBERED.match(lines[last].text)):
                break
            if _ATTACHED_END.search(lines[last].text):
                for other in lines[index : last + 1]:
                    other.drop = True


def _mark_teasers(page: Page, rules: Rules) -> None:
    """[포토] … and [Video] …, not as the first line, where it may be the title of the article itself."""
    is_first = True
    for line in page.lines:
        if line.drop:
            continue
        may_go = line.short and not line.sentence and not is_first
        if may_go and rules.lists.teaser.match(line.text, line.head):
            line.drop = True
        is_first = False


def _mark_neighbours(page: Page, rules: Rules) -> None:
    """Lines known only by the furniture next to them: dates, one section's name, the name of the site."""
    lines = page.lines
    for line in lines[page.bottom + 1 :]:
        line.drop = line.drop or (line.short and (key(line.text) in _TURN or is_file_name(line.text)))
    for index, (before, line, after) in enumerate(zip(lines, lines[1:], [*lines[2:], None], strict=False)):
        if line.drop or not before.drop:
            continue
        turns = key(before.text) in _TURN
        if len(line.text) > (MAX_LIST_ITEM if turns else MAX_NEIGHBOUR):
            continue
        turned = turns and index > page.bottom and line.short and not line.sentence
        if turned or (ONLY_DATE.match(line.text) and DATE.search(line.text)) or is_file_name(line.text):
            line.drop = True
        elif line.start < (lines[page.top].start if page.top < len(lines) else 0):
            apart = line.gap and (after is None or after.gap)
            line.drop = not apart and key(line.text) in rules.menus.known
    if len(lines) > 2 and page.top > 1 and _is_masthead(lines[0], lines[1], rules):
        lines[0].drop = True


def _is_masthead(first: Line, second: Line, rules: Rules) -> bool:
    """The first line, short, with a menu of sections directly below: the name of the paper."""
    if first.drop or first.sentence or not second.drop or second.gap:
        return False
    if any(mark in second.text for mark in PATH_MARKS):
        return False
    pieces = [key(piece) for piece in pieces_of(second.text)]
    longest = MAX_KOREAN_MASTHEAD if _HANGUL.search(first.text) else MAX_MASTHEAD
    short = len(first.text) <= longest and len(first.text.split()) <= MAX_MASTHEAD_WORDS
    return short and len(pieces) >= MIN_MASTHEAD_MENU and not rules.menus.sections.isdisjoint(pieces)


def _mark_repeats(page: Page) -> None:
    """The second copy of a paragraph; a second copy of the title (one of the first lines) in the text."""
    seen: set[str] = set()
    titles: set[str] = set()
    for index, line in enumerate(page.lines):
        if line.drop or len(line.text) < (MIN_REPEATED_TITLE if titles or index <= page.top else MIN_REPEAT):
            continue
        long = len(line.text) >= MIN_REPEAT
        known, words = (seen, line.text) if long else (titles, small(line.text))
        if words in known:
            line.drop = True
        elif long or index <= page.top:
            known.add(words)


def _inside(text: str, rules: Rules) -> list[Offsets]:
    """Spans within lines: notices with their sentence, appeals to the end of the line, credits, datelines."""
    lowered = text.lower()
    spans = caption_spans(text)
    for anchored in (*rules.inline, *datelines_by_look()):
        if anchored.anchors(lowered):
            spans += _near(text, anchored) if anchored.near[0] else _all(text, anchored)
    words = rules.words_in(lowered)
    if not words.isdisjoint(rules.lists.run_on.literals):
        for pattern in rules.lists.run_on.patterns:
            spans += _widened(text, pattern, _headlines)
    widened = (
        (rules.notices.anywhere, _notice),
        (rules.notices.bans, _ban),
        (rules.notices.appeals, _sentence),
        (rules.notices.tails, _tail),
        (rules.notices.openings, _rest_of_sentence),
    )
    for phrases, widen in widened:
        for word in words & phrases.keys():
            for source in phrases[word]:
                if all(other in lowered for other in source.words):
                    spans += _widened(text, source.compiled, widen)
    return spans


def _all(text: str, anchored: Anchored) -> list[Offsets]:
    """The matches of the patterns in the whole text."""
    return [found.span() for pattern in anchored.patterns for found in pattern.finditer(text)]


def _near(text: str, anchored: Anchored) -> list[Offsets]:
    """The matches of the patterns around their literals; no part of the text is searched twice."""
    before, after = anchored.near
    spans: list[Offsets] = []
    done = 0
    for found in re.finditer("|".join(map(re.escape, anchored.literals)), text):
        if found.start() >= done:
            low, done = max(done, found.start() - before), found.end() + after
            for pattern in anchored.patterns:
                spans += [match.span() for match in pattern.finditer(text, low, done)]
    return spans


def _widened(text: str, pattern: re.Pattern[str], widen: Callable[[str, int, int], Offsets]) -> list[Offsets]:
    """The spans around the matches of a phrase; a match inside the span of the one before adds nothing."""
    spans: list[Offsets] = []
    for found in pattern.finditer(text):
        if not spans or found.end() > spans[-1][1]:
            spans.append(widen(text, *found.span()))
    return spans


def _tail(text: str, start: int, end: int) -> Offsets:
    """From a phrase to the end of its line, if that is near; else nothing."""
    stop = text.find("\n", end, end + MAX_TAIL + 1)
    if stop < 0:
        stop = len(text) if len(text) - end <= MAX_TAIL else start
    return start, stop


def _headlines(text: str, start: int, end: int) -> Offsets:
    """From a heading to the end of its line, if only headlines follow there; from Related: to a full stop."""
    start, stop = _tail(text, start, end)
    sentence = _BOUNDARY.search(text, end, stop)
    if sentence is None:
        listed = stop - end <= MAX_LONE or SEPARATOR.search(text, end, stop)
        return (start, stop) if listed else (start, start)
    lone = text[end - 1] in ":：" and text[start:end].isascii() and sentence.end() - end <= MAX_HEADLINE
    return (start, sentence.end()) if lone else (start, start)


def _notice(text: str, start: int, end: int) -> Offsets:
    """The line or the sentence of a phrase, unless the sentence tells what happened."""
    low, high = _line_or_sentence(text, start, end)
    first, last = _sentence(text, start, end)
    return (start, start) if _REPORT_END.search(text[first:last]) else (low, high)


def _ban(text: str, start: int, end: int) -> Offsets:
    """As `_notice`, but a ban may be the subject of an article: it must end a sentence or speak of rights."""
    low, high = _notice(text, start, end)
    rest = text[end:high]
    alone = not rest[:12].strip() or not rest.strip()[0].isalnum()
    return (low, high) if alone or _RIGHTS.search(text, low, high) else (start, start)


def _line_or_sentence(text: str, start: int, end: int) -> Offsets:
    """Widen a phrase to its line if that is short, else to its sentence."""
    left = text.rfind("\n", max(0, start - MAX_SHORT), start) + 1
    right = text.find("\n", end, end + MAX_SHORT)
    right = len(text) if right < 0 else right
    if right - left <= MAX_SHORT and len(_BOUNDARY.findall(text, left, right)) <= 2:
        return left, right
    return _sentence(text, start, end)


def _sentence(text: str, start: int, end: int) -> Offsets:
    """Widen a phrase to its sentence, at most `MAX_SHORT` characters each way."""
    low, high = max(0, start - MAX_SHORT), min(len(text), end + MAX_SHORT)
    left = text.rfind("\n", low, start) + 1
    begins = left > 0 or low == 0
    left = left if begins else low
    right = text.find("\n", end, high)
    right = high if right < 0 else right
    sentences = [found.end() for found in _BOUNDARY.finditer(text, left, right)]
    before = [stop for stop in sentences if stop <= start]
    after = [stop for stop in sentences if stop >= end]
    return (before[-1] if before else left if begins else start), (after[0] if after else right)


def _rest_of_sentence(text: str, start: int, end: int) -> Offsets:
    """From a phrase, and marks before it, to the end of its sentence."""
    mark = _MARK.search(text, max(0, start - 4), start)
    return (mark.start() if mark else start), _sentence(text, start, end)[1]


def _merge(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Sort the spans and join those that touch or have only white space between them."""
    merged: list[Offsets] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
