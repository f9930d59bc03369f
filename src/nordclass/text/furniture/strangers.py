"""Headlines and stories around an article that have nothing to do with it.

Lists of other articles stand under headings that no table can hold all of. What gives them away besides is
that they share hardly a word with the article: of the words of its second half about three in ten stand in
the first half, of those of another article one in twenty-five. Words alone take nothing: each rule asks for
the look of a list, a heading, or a ticker too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Final

from nordclass.text.furniture.edges import MIN_COLUMN, is_item
from nordclass.text.furniture.lines import Line, Page
from nordclass.text.furniture.phrases import key, small
from nordclass.text.furniture.rules import Rules, load_rules
from nordclass.text.furniture.words import places_of, stems
from nordclass.text.place_names import places

MAX_SHARED: Final = 0.12
"""Maximum share of the words of a stranger that are in the article, too."""
MAX_SHARED_ABROAD: Final = 0.5
"""Maximum share where the stranger names places abroad, none of which the article names."""
MIN_WORDS: Final = 4
"""Minimum words by which a stranger is judged."""
MIN_BODY_LINES: Final = 2
"""Minimum lines of an article by which others are judged."""
MIN_ITEMS: Final = 2
"""Minimum headlines of a list under a heading that is not known."""
MAX_RUBRIC: Final = 24
"""Maximum characters of such a heading in Korean."""
MAX_RUBRIC_WORDS: Final = 6
"""Maximum words of such a heading in English."""
MAX_APART: Final = 4
"""Maximum lines from one sentence of an article to its next; what is farther below may be of the foot."""
MAX_LIFTED: Final = 3
"""Maximum sentences of the foot."""
_MIN_HEADLINE: Final = 10
"""Minimum characters of a headline."""
_MAX_HEADLINE: Final = 110
"""Maximum characters of a headline."""

_LISTED: Final = re.compile(r"^(?:[-·•├└│] ?)+")
_PARTS: Final = re.compile("[/&·]")
_HEADLINE: Final = re.compile(
    r"(?:[·•▶▸☞-] |\[[^\[\]]{1,12}\] ?|\([A-Za-z0-9 ]{2,12}\) |\d{1,2}[.)]? "
    r"|(?:Opinion|Profile|Analysis|Interview|Video|Podcast|Explainer|Feature|Comment): )?"
    r"(?!붙임|첨부|별첨|[^\s:：]{1,12} ?[:：] )(?![a-z])\w"
)
_RUBRIC: Final = re.compile(r"['‘“\[<【■▶◆]{0,2} ?[^\W\d][^\d.!?:：·,()~→]*$")
_UNFINISHED: Final = re.compile(r"[,:：·(]$|\S[은는을를와과에며]$|(?:하고|위해|하여|고려해)$")
"""How the line of a paragraph breaks off, but no headline ends."""
_COMMENTS: Final = re.compile(
    r"(?:\d{1,4} )?(?:comments?|댓글|네티즌 ?의견|한줄 ?댓글|독자 ?의견) ?[(\[]?\d{0,4}개?[)\]]?$",
    re.IGNORECASE,
)
_TEASER: Final = re.compile(
    r"[➤→☞»«] ?\w|(?:don['’]t miss|watch|more on this|explained|read(?: more| also| next)?|see also"
    r"|prev(?:ious)?|next|also read|이전글?|다음글?) ?[:|] ?|[▲▼] ?\w.*\d{4}[-.]\d\d?[-.]\d\d?$",
    re.IGNORECASE,
)
_SAID_BEFORE: Final = re.compile(r"[가-힣]다\.? ?[(\[</]|제공[)\]>]?$")
"""A sentence before the credit, or the credit of an office: it tells of the article's own event."""
_CREDIT_FIRST: Final = re.compile(r"(?:File|Caption|Photo): ")
_CREDIT_WITHIN: Final = 60
"""The last characters of a caption, among which the credit is."""
_OWN: Final = re.compile(
    r"사업|목록|명단|현황|협력|내용|내역|세부|프로그램|일정|계획|개요|성과|결과|참가|참석|국가|분야|부문|지원|과제|붙임|참고|별첨"
    r"|projects?\b|program|list\b|annex|agenda|schedule|countr|participants|agreements|members|results|speakers|partners",
    re.IGNORECASE,
)
"""Headings of lists that are the article's own."""
_NEWS: Final = re.compile(
    r"기사|뉴스|소식|속보|클릭|이슈|추천|인기|랭킹|베스트|화제|눈길|볼만|볼 만|읽|pick|more\b|news|latest"
    r"|stor(?:y|ies)|\bnext|read|trend|popular|headline|today|elsewhere|recommend|topics|liked|watch|radar"
    r"|don['’]t miss|discover",
    re.IGNORECASE,
)
"""Words of headings of lists of other articles."""
_PROJECT: Final = re.compile(
    r"(?:사업|지원|건설|건립|구축|조성|연수|협력|개선|공급|보급|훈련|과정|센터|정비)$|, [A-Z][A-Za-z ]{2,30}$"
)
"""How a line of a list of projects ends, but seldom a headline."""
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}$")
"""When another article came out, at the end of its headline."""
_TICKER: Final = re.compile(
    r"[\[<【(]?\s?(?:속보|1보|긴급|breaking(?: news)?|just in)\s?[\]>】)|:]", re.IGNORECASE
)


class Article:
    """What title and sentences of a page say, without the furniture; worked out when first asked for."""

    def __init__(self, lines: Iterable[Line], title: str = "") -> None:
        self._texts = [title, *(line.text for line in lines if line.in_article)]
        self._named: dict[str, bool] = {}

    @cached_property
    def words(self) -> set[str]:
        """Its words, as `stems` has them."""
        return stems(self._texts)

    @cached_property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(self._texts)

    @cached_property
    def places(self) -> list[str]:
        """The places that it names, as `places_of` finds them."""
        return places_of(self.text)

    def names(self, place: str) -> bool:
        """Whether the name of a place stands in it, perhaps with a particle."""
        if place not in self._named:
            self._named[place] = place in self.text
        return self._named[place]


def mark_strangers(page: Page, rules: Rules, heading: int, title: str) -> None:
    """What stands below known headings, lists under unknown ones, tickers above the article.

    `heading` is where the line of the title stands, 0 where none does; `title` is what was given for it.
    """
    _mark_rest(page, rules)
    _lift_bottom(page)
    article = Article(page.lines, title)
    body_lines = sum(line.in_article for line in page.lines)
    if body_lines:
        _mark_menu_of_places(page, rules, heading, title, article)
    if body_lines < MIN_BODY_LINES:
        return
    _mark_lists_below(page, article)
    _mark_teasers(page, article)
    _mark_tickers(page, rules, heading, title, article)


def _is_strange(lines: Sequence[Line], article: Article) -> bool:
    """Whether some lines are unlike the article, or half like it and name other places than it."""
    shared = _shared(lines, article)
    return shared <= MAX_SHARED or (shared <= MAX_SHARED_ABROAD and _is_elsewhere(lines, article))


def _is_unlike(lines: Sequence[Line], article: Article) -> bool:
    """Whether some lines together share hardly a word with the article."""
    return _shared(lines, article) <= MAX_SHARED


def _shared(lines: Sequence[Line], article: Article) -> float:
    """Which share of the words of some lines stands in the article; 1 where they have too few to say."""
    words = stems(line.text for line in lines)
    return len(words & article.words) / len(words) if len(words) >= MIN_WORDS else 1.0


def _is_elsewhere(lines: Iterable[Line], article: Article) -> bool:
    """Whether the lines name places, and none that the article names."""
    named = {name for line in lines for name in places_of(line.text)}
    return bool(named) and not any(map(article.names, named))


def is_headline(line: Line) -> bool:
    """Whether a line looks like a headline: three words and more, whole, no label, no list of states."""
    text = line.text
    return (
        line.short
        and _MIN_HEADLINE <= len(text) <= _MAX_HEADLINE
        and text[-1] != "."
        and len(text.split()) >= 3
        and _HEADLINE.match(text) is not None
        and _UNFINISHED.search(text) is None
        and 2 * len(places_of(text)) < len(text.split())
    )


def _mark_rest(page: Page, rules: Rules) -> None:
    """All below a heading of other articles or of comments, sentences too, if it is unlike what stands above.

    Behind the heading stands a headline or a name, no sentence, and less of the article than above.
    """
    body_lines = 0
    for index, line in enumerate(page.lines):
        if line.in_article:
            body_lines += 1
        elif body_lines >= MIN_BODY_LINES and (
            _COMMENTS.match(line.text) or (line.drop and _heads_list(line, rules))
        ):
            rest = page.lines[index + 1 :]
            below = [other for other in rest if not other.drop]
            fewer = sum(other.is_body for other in below) < body_lines
            if rest and not rest[0].is_body and fewer and _is_unlike(below, Article(page.lines[:index])):
                for other in below:
                    other.drop = True
                page.bottom = min(page.bottom, index)
            return


def _lift_bottom(page: Page) -> None:
    """A last sentence far below the others that shares nothing with them is of the foot: an address."""
    body = [index for index, line in enumerate(page.lines) if line.in_article]
    for _ in range(MAX_LIFTED):
        if len(body) <= MIN_BODY_LINES or body[-1] - body[-2] <= MAX_APART:
            return
        last = body.pop()
        if not _is_unlike([page.lines[last]], Article(page.lines[:last])):
            return
        page.bottom = body[-1]


def _heads_list(line: Line, rules: Rules) -> bool:
    found = rules.lists.strong.match(line.text, line.head)
    if found is not None and len(line.text) - found.end() <= 4:
        return True
    return small(line.text) in rules.lists.closing


def _mark_lists_below(page: Page, article: Article) -> None:
    """실시간 뉴스, Up Next: a short line below the article and headlines under it."""
    run: list[Line] = []
    for line in [*page.lines[page.bottom + 1 :], None]:
        if line is not None and not line.drop and (is_headline(line) or (not run and _is_rubric(line))):
            run.append(line)
            continue
        _drop_list(run, article)
        run = [line] if line is not None and not line.drop and _is_rubric(line) else []


def _is_rubric(line: Line) -> bool:
    """Whether a line may head a list: a few words without figures and full stops."""
    text = line.text
    few = len(text.split()) <= MAX_RUBRIC_WORDS if text.isascii() else len(text) <= MAX_RUBRIC
    return few and _RUBRIC.match(text) is not None and _UNFINISHED.search(text) is None


def _drop_list(run: Sequence[Line], article: Article) -> None:
    """A rubric and its headlines; under one that does not say news they must be unlike the article.

    Under words such as 사업 목록 stands what the article is about, most often in other words than it has.
    """
    items = run[1:]
    if len(items) < MIN_ITEMS or not _is_rubric(run[0]) or _OWN.search(run[0].text):
        return
    if sum(_PROJECT.search(line.text) is not None for line in items) * 2 > len(items):
        return
    if _NEWS.search(run[0].text):
        strange = all(_CLOCK.search(line.text) for line in items) or _is_strange(items, article)
    else:
        strange = _is_unlike(items, article)
    if strange:
        for line in run:
            line.drop = True


def _mark_teasers(page: Page, article: Article) -> None:
    """Within and below the article, what is of another one: ➤ Headline, Watch: headline, a credited picture.

    Where the article names no place, a caption may be what says with whom it is.
    """
    for line in page.lines[page.top + 1 :]:
        if line.drop or not line.short:
            continue
        if _is_teaser(line.text):
            line.drop = _is_elsewhere([line], article) and _is_strange([line], article)
        elif _is_caption(line.text) and article.places:
            line.drop = _is_elsewhere([line], article) and _is_unlike([line], article)


def _mark_menu_of_places(page: Page, rules: Rules, heading: int, title: str, article: Article) -> None:
    """A column above the title, of sections of a paper and of places that the article does not name.

    A column of places that it names may be the states that it is about.
    """
    above = page.lines[: heading or page.top]
    if len(above) < MIN_COLUMN:
        return
    run: list[Line] = []
    for line in [*above[: None if title else _own_title(above, article)], None]:
        if line is not None and (line.drop or _is_listed(line)):
            run.append(line)
            continue
        if len(run) >= MIN_COLUMN:
            _drop_menu_of_places(run, line, rules, article)
        run = []


def _is_listed(line: Line) -> bool:
    """Whether a line may be an item of a menu: a word or few, or a place and a word behind it."""
    if is_item(line) or _LISTED.match(line.text):
        return True
    return len(line.text) <= MAX_RUBRIC and len(line.text.split()) <= 3 and bool(_place_in(line.text))


def _drop_menu_of_places(run: list[Line], after: Line | None, rules: Rules, article: Article) -> None:
    items = [_LISTED.sub("", line.text) for line in run]
    named = [_place_in(item) for item in items]
    section = [
        any(key(w) in rules.menus.known or key(w) in rules.menus.items for w in _PARTS.split(item))
        for item in items
    ]
    known = [at for at, line in enumerate(run) if named[at] or section[at] or line.drop]
    headed = after.text if after is not None else ""
    strange = sum(bool(place) and not article.names(place) and place not in headed for place in named)
    at_home = rules.menus.at_home(map(key, items))
    mixed = at_home >= MIN_COLUMN or (strange and sum(section) >= 2 and at_home)
    most = 2 * strange >= sum(map(bool, named)) >= MIN_COLUMN
    # Nothing but states may be the list of those who take part.
    most = most and (any(section) or any(line.drop for line in run))
    if most or (mixed and 2 * len(known) >= len(run)):
        # The last may be a short title.
        last = len(run) if len(run[-1].text.split()) < 3 else known[-1] + 1
        for line in run[known[0] : last]:
            line.drop = True


def _place_in(item: str) -> str:
    """The place abroad that an item of a menu names, or with which it begins (베트남센터); empty if none."""
    abroad = places()
    if item.lower() in abroad.states:
        return item
    if found := places_of(item):
        return found[0]
    return next((item[:end] for end in range(min(len(item), 8), 1, -1) if item[:end] in abroad.korean), "")


def _is_teaser(text: str) -> bool:
    return _TEASER.match(text) is not None or text[-1] == "»"


@cache
def _credit() -> re.Pattern[str]:
    """The credit of a picture: AP Photo, File photo, 사진=, /뉴시스."""
    agencies = load_rules().agencies
    photos, captions = ("|".join(map(re.escape, names)) for names in (agencies.photos, agencies.captions))
    return re.compile(
        rf"\b(?:{photos}) Photo\b|\bPhotos? ?(?:[Cc]redit|[Cc]ourtesy|by)?:|\b[Ff]ile (?:photo|picture)\b"
        r"|\((?:Photo|Image)\b|사진 ?[=:제]|자료 ?사진|게티이미지"
        rf"|[=/(\[](?:{captions})\b"
    )


def _is_caption(text: str) -> bool:
    """Whether a line ends with the credit of a picture."""
    if _SAID_BEFORE.search(text):
        return False
    credit = _credit().search(text, max(0, len(text) - _CREDIT_WITHIN)) or _CREDIT_FIRST.match(text)
    return credit is not None


def _mark_tickers(page: Page, rules: Rules, heading: int, title: str, article: Article) -> None:
    """속보 or [속보] with a headline, above the title of an article that is about something else."""
    above = page.lines[: heading or page.top]
    if not any(_is_ticker(line.text, rules) for line in above):
        return
    if not title:
        own = _own_title(page.lines[: page.top + 1], article)
        if own is None:
            return
        article = Article(page.lines, page.lines[own].text)
        above = above[:own]
    announced = False
    for index, line in enumerate(above):
        if _announces(line.text, rules):
            line.drop = announced = True
        elif line.drop:
            continue
        elif _TICKER.match(line.text) or (announced and is_headline(line)):
            # Right above the text it may be the article's own, in other words.
            near = not heading and index + 1 == len(above)
            line.drop = (_is_unlike if near else _is_strange)([line], article)
        else:
            announced = False


def _own_title(above: Sequence[Line], article: Article) -> int | None:
    """Where the last headline above an article stands that shares a word with it."""
    for index in range(len(above) - 1, -1, -1):
        line = above[index]
        if not line.drop and is_headline(line) and stems([line.text]) & article.words:
            return index
    return None


def _is_ticker(text: str, rules: Rules) -> bool:
    return _TICKER.match(text) is not None or _announces(text, rules)


def _announces(text: str, rules: Rules) -> bool:
    """Whether a line is only the word that announces a headline: 속보, LATEST NEWS."""
    return small(text.strip("[]<>【】 ")) in rules.lists.tickers
