"""The name of the site around a headline: Headline - The Freedonia Times, 제목 < 국제 < 기사본문 - 가나일보.

Many a paper is named like its country, which takes no part in what it reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nordclass.text.furniture.phrases import key, small
from nordclass.text.furniture.rules import Rules, SiteRules, load_rules
from nordclass.text.offsets import Offsets
from nordclass.text.place_names import places
from nordclass.text.titles import JOINT

_SEPARATOR: Final = re.compile(rf"{JOINT}|\s*[‹«]\s*")
_MOST_PARTS: Final = 12
_LONGEST_NAME: Final = 40
_LONGEST_OUTLET: Final = 9
_MOST_WORDS: Final = 5
_MOST_WORDS_OF_PAPER: Final = 3
_MOST_WORDS_OF_BRANCH: Final = 3
_SHORTEST_BRANCH: Final = 4
_FEWEST_WORDS: Final = 3
_SHORTEST_HEADLINE: Final = 8
_HANGUL: Final = re.compile("[가-힣]")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,6}")
_LINKS: Final = frozenset(("the", "of", "in", "and", "for", "&", "to"))
_WORDS: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d")
_ACRONYM: Final = re.compile(r" \([A-Z][A-Za-z+]{1,14}\)$")
_LONGEST_OFFICE: Final = 70
_MOST_WORDS_OF_OFFICE: Final = 9


def site_spans(headline: str, body: str) -> list[Offsets]:
    """The spans of a headline, which is one line, that name the site and its sections.

    Where a line of the `body` repeats a part of the headline, all else that stands nowhere in it is the
    site's; otherwise a part at either end must look like the name of a paper.
    """
    separators = list(_SEPARATOR.finditer(headline))
    if not 0 < len(separators) < _MOST_PARTS:
        return []
    starts = [0, *(separator.end() for separator in separators)]
    ends = [*(separator.start() for separator in separators), len(headline)]
    rules = load_rules()
    found = _repeated(headline, starts, ends, body)
    first, last = found or _named(headline, starts, ends, rules)
    if found is None and last == len(starts) - 1 and "|" in headline:
        last = _before_stranger(headline, starts, ends, body, rules)
    start, end = starts[first], ends[last]
    if len(headline[start:end].strip()) < _SHORTEST_HEADLINE:
        return []
    return [span for span in ((0, start), (end, len(headline))) if span[0] < span[1]]


def _repeated(headline: str, starts: Sequence[int], ends: Sequence[int], body: str) -> tuple[int, int] | None:
    """The first and the last of the parts that a line repeats; of several such runs the longest.

    None, too, where it is a word or two, as a table or a list of tags may have them; where the body has a
    part beside it, as a release repeats its second title on another line; and where one is longer than a
    name, or than the run itself.
    """
    whole = "\n".join(map(small, body.split("\n")))
    said = frozenset(whole.split("\n"))
    runs = [(first, last) for first in range(len(starts)) for last in range(first, len(starts))]
    del runs[len(starts) - 1]  # the whole headline: that a line repeats it tells nothing
    runs = [run for run in runs if small(headline[starts[run[0]] : ends[run[1]]]) in said]
    if not runs:
        return None
    first, last = max(runs, key=lambda run: ends[run[1]] - starts[run[0]])
    run = headline[starts[first] : ends[last]]
    beside = [headline[starts[at] : ends[at]] for at in (*range(first), *range(last + 1, len(starts)))]
    longest = min(_LONGEST_NAME, len(run) - 1)
    if len(run.split()) < _FEWEST_WORDS or any(
        len(part) > longest or small(part).strip(" -") in whole for part in beside
    ):
        return None
    return first, last


def _named(headline: str, starts: Sequence[int], ends: Sequence[int], rules: Rules) -> tuple[int, int]:
    """The first and the last part that are left without names of papers, and sections beside these."""
    parts = [headline[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    named = [_is_site(part, rules.sites) for part in parts]
    named[-1] = named[-1] or _is_outlet(parts[-1], rules.sites)
    if len(parts) > 1 and not named[-1]:
        named[-1] = _is_office(parts[-1], headline[ends[-2] : starts[-1]], rules.sites)
    others = [
        at
        for at, (part, site) in enumerate(zip(parts, named, strict=True))
        if not site and key(part) not in rules.menus.known and key(part) not in rules.sites.parts
    ]
    if not others or not any(named[: others[0]] + named[others[-1] + 1 :]):
        return 0, len(parts) - 1
    return others[0], others[-1]


def is_tag_of_site(name: str, sites: SiteRules) -> bool:
    """Whether what stands between brackets names a paper: in Korean one word, not after a place."""
    if not _HANGUL.search(name):
        return _is_site(name, sites)
    return len(name.split()) == 1 and (
        _is_outlet(name, sites) or (_is_site(name, sites) and not _of_place(name))
    )


def _is_outlet(part: str, sites: SiteRules) -> bool:
    """Whether one word ends as many a paper does, which other words do, too: 새빛경제, but not 디지털경제."""
    fronts = [part.removesuffix(tail) for tail in sites.tails if part.endswith(tail)]
    if not fronts or len(part.split()) > 1 or len(part) > _LONGEST_OUTLET:
        return False
    known = any(len(front) < 2 or front.endswith(sites.fields) for front in fronts)
    return not known and not _of_place(part)


def _of_place(name: str) -> bool:
    """Whether a word begins with the name of a place: 베트남뉴스."""
    return any(name[:size] in places().korean for size in range(2, len(name)))


def _before_stranger(
    headline: str, starts: Sequence[int], ends: Sequence[int], body: str, rules: Rules
) -> int:
    """The last part but for a name behind the last bar, no word of which stands in the body."""
    at = len(starts) - 1
    if not at or "|" not in headline[ends[at - 1] : starts[at]] or not body.strip():
        return at
    part = headline[starts[at] :].strip()
    words = [word for word in _WORDS.findall(part) if word.lower() not in _LINKS]
    if len(part) > _LONGEST_OFFICE or len(words) < 2 or not all(word[0].isupper() for word in words):
        return at
    if small(part) in places().states or key(part) in rules.menus.known or _DIGITS.search(part):
        return at
    below = body.lower()
    return at if any(word.lower() in below for word in words) else at - 1


def _is_office(part: str, separator: str, sites: SiteRules) -> bool:
    """Whether it is named like the site of an authority: | Government of Freedonia.

    Behind a dash may also stand the authority that a project helps: only some are sites there.
    """
    offices = sites.offices if "|" in separator else sites.foreign_offices
    if not part.isascii() or ":" in separator:
        return False
    words = part.split()
    if not 3 <= len(words) <= _MOST_WORDS_OF_OFFICE or len(part) > _LONGEST_OFFICE:
        return False
    if any(word.islower() and word not in _LINKS for word in words):
        return False
    name = f" {small(part.replace(',', ' '))} "
    return any(f" {office} " in name for office in offices)


def _is_site(part: str, sites: SiteRules) -> bool:
    """Whether a part of a headline looks like the name of a paper, an agency or a station."""
    part = _ACRONYM.sub("", part)
    words = part.split()
    name = small(part)
    if not 0 < len(part) <= _LONGEST_NAME or len(words) > _MOST_WORDS:
        return False
    if name in sites.names or _DOMAIN.fullmatch(name if name.endswith(".com") else part):
        return True
    if part.isascii() and words[0].lower() in sites.names and len(words) <= _MOST_WORDS_OF_BRANCH:
        return all(len(word) >= _SHORTEST_BRANCH for word in words[1:])
    if _HANGUL.search(part):
        return any(name.endswith(end) and name != end for end in sites.ends)
    if len(words) < 2 or any(word.islower() and word not in _LINKS for word in words):
        return False
    last = name.rpartition(" ")[2]
    short = len(name.removeprefix("the ").split()) <= _MOST_WORDS_OF_PAPER
    return any(name.endswith(f" {word}") and (short or word != last) for word in sites.words)
