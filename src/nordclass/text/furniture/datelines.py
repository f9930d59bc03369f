"""English datelines, and lines above an article that name a place and a date only.

Where the reporter sat is no part of what is reported. There are two kinds of dateline:

- On any line, by their look: a place in capitals, or any place with a date, then a dash and a long paragraph
  (MANILA — The bank …; Dakar, Aug. 18 — …), or a place in capitals, an agency and a dash (LIMA (AFP) - …).
- At the beginning of an article, by the table of names: a city or a state in any letters, with a state, a
  date or an agency beside it (Suva, Fiji – …; Hanoi (VNA): …).

So a city alone goes in capitals only. In small letters (Manila — The bank …) it is left: it says where a
paper is at home, and that state often takes part in what it reports. A state alone before a colon
(Kenya: trade rose) is no dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from nordclass.text.furniture.lines import MONTHS, Line, Page
from nordclass.text.furniture.phrases import Anchored, Lazy, key, small
from nordclass.text.furniture.rules import Rules, load_rules
from nordclass.text.offsets import Offsets
from nordclass.text.place_names import places

MAX_LINES_ABOVE: Final = 40
"""Maximum lines from the top that are looked at."""
MIN_REST: Final = 60
"""Minimum characters of the paragraph behind a dateline."""
MIN_WRAPPED_REST: Final = 12
"""Minimum characters behind it on its line, if the paragraph goes on below."""
NEAR_TOP: Final = 4
"""Lines at the top among which a dateline needs no blank line before it."""

_WORD: Final = r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]{0,19}(?:[.\-'’][^\W\d_]{1,15}){0,3}\.?"
_PLACE: Final = rf"{_WORD}(?: (?:(?:of|de|es|la|del|do|da|and) )?{_WORD}){{0,3}}"
_MONTH: Final = rf"(?i:{MONTHS})[a-zA-Z]{{0,6}}\.?"
_STATE: Final = rf"(?!{_MONTH} \d){_WORD}(?: (?:and |of )?{_WORD}){{0,2}}"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE: Final = (
    rf"(?:(?:{_MONTH} {_DAY}|{_DAY} {_MONTH})(?:(?:, ?| |/)\d{{4}})?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
_BRACKETS: Final = r"\((?:[A-Z]|dpa)[^()\n]{0,40}(?:\([^()\n]{1,12}\))?\)|/ ?[A-Z][^/\n]{1,40}/"
_MARK: Final = r"-{1,3}|[–—]{1,2}"

_DATELINE: Final = re.compile(
    rf"(?P<lead>\([A-Z][\w .]{{1,20}}\) ?(?:[-–—] )?|[A-Z][A-Z.]{{1,14}} ?[-–—] ?)?"
    rf"(?P<place>{_PLACE}(?:/{_PLACE})?)"
    rf"(?:,? ?(?:\[(?P<square>{_STATE})\]|\((?P<round>{_STATE})\))"
    rf"|, (?P<state>{_STATE})| - (?P<dashed>{_STATE}))?"
    rf"(?:(?:[,.]| [-–—])? (?P<date>{_DATE})[.,]?)?"
    rf"(?:,? ?(?:(?:{_MARK}) ?)?(?P<source>{_BRACKETS})|,? \| (?P<bars>[A-Z][A-Za-z ]{{1,24}}) (?=\|)"
    rf"|, (?P<agency>(?!{_MONTH} \d)[A-Z][\w./]{{1,20}}(?: [A-Z]\w{{1,15}})?)"
    rf"|(?<=\d)\. (?P<before_colon>[A-Z]\w{{1,15}})(?=:))?"
    rf"(?:(?P<end> ?\.? ?(?:{_MARK})(?= )| ?[:;](?= )|\.(?= )| ?\|(?= ))"
    rf"|(?(source)|(?(square)|(?(round)|(?!)))))"
    rf" (?=[A-ZÀ-Þ\d\"'“‘(\[$€£])"
)
_SMALL: Final = frozenset(("of", "de", "es", "la", "el", "del", "do", "da", "and"))
_MARKS: Final = frozenset("-–—:;|)/.")
_PLACE_LINE: Final = re.compile(
    rf"(?:(?P<first>{_DATE}),? )?(?P<place>{_PLACE})"
    rf"(?:, (?P<state>{_STATE}?))?(?:,? (?P<date>{_DATE}))?[.:]?$"
)
_REPORTER_LINE: Final = re.compile(
    rf"{_WORD}(?: {_WORD}){{1,2}}, (?:{_WORD} ){{0,3}}(?:Correspondent|Reporter|Bureau Chief)$"
)
_NO_LAST_WORDS: Final = "a an the of on in to for and with by at from its their that will"
_NO_LAST: Final = frozenset(_NO_LAST_WORDS.split())
"""With these a line ends that goes on below, and no title."""
_ITEM: Final = re.compile(rf"{_PLACE} ?(?::|[-–—]) ")
_CITY_STATES: Final = frozenset(("SINGAPORE", "HONG KONG"))
_NO_PLACE: Final = re.compile(
    rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH}$|(?:On|In|By|At|The|From|Until|Since|After|Before)\b",
    re.IGNORECASE,
)


@cache
def datelines_by_look() -> tuple[Anchored, ...]:
    """Patterns of the datelines that need no table of names, wherever a line begins with one."""
    wires = "|".join(map(re.escape, load_rules().agencies.datelines))
    wire = rf"^[A-Z][A-Z.'\-]{{1,20}}[^\n()]{{0,40}}\((?:{wires})\) ?[-–—]{{1,2}} ?"
    return (
        Anchored((") -", ") –", ") —"), (Lazy(wire, re.MULTILINE),)),
        Anchored((" -", " –", " —"), (Lazy(_place_and_date(), re.MULTILINE),)),
    )


def _place_and_date() -> str:
    """LIMA – …; DAKAR, Aug. 18 — …; NAIROBI, Kenya, 3 Oct. 2023 (The Courier) - … before a long paragraph."""
    city = r"[A-Z][A-Z.'’\-]{2,20}(?: [A-Z][A-Z.'’\-]{1,20}){0,3}"
    country = r"(?:, [A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20}){0,2})?"
    month = rf"(?:{MONTHS})[a-z]{{0,6}}\.?"
    date = rf"(?:{month} \d{{1,2}}|\d{{1,2}} {month})(?:,? \d{{4}})?"
    source = r"(?: \([A-Z][^()\n]{1,40}\))?"
    dated = rf"[A-Z][A-Za-z.'’\- ]{{2,30}}{country}, {date}"
    return rf"^(?:{city}{country}(?:, {date})?|{dated}){source} ?(?:--|[-–—])[ \t](?=[^\n]{{60}})"


def find_datelines(page: Page, rules: Rules, title: str, found_before: Iterable[Offsets]) -> list[Offsets]:
    """Spans of datelines above and in the first paragraph, by the table of names; marks lines of them alone.

    Where a line begins with one of the spans `found_before`, only what goes on behind it is looked at.
    """
    spans: list[Offsets] = []
    begun = dict(found_before)
    for index, line in _candidates(page):
        short = index < page.top and not line.sentence and len(line.text) <= MIN_REST
        if short and _is_place_line(page, index, rules, title):
            line.drop = True
        elif _may_be_dateline(line.text, begun.get(line.start, line.start) - line.start):
            found = _DATELINE.match(line.text)
            if found and small(line.text) != small(title) and _is_dateline(page, index, found, rules):
                spans.append((line.start, line.start + found.end()))
    return spans


def _candidates(page: Page) -> Iterator[tuple[int, Line]]:
    """The lines down to the first of the article at which a paragraph may begin with a dateline."""
    for index in range(min(page.top + 1, MAX_LINES_ABOVE, len(page.lines))):
        line = page.lines[index]
        if index >= NEAR_TOP and not (line.gap or page.lines[index - 1].drop):
            continue
        if not line.drop and ("A" <= line.text[0] <= "Z" or line.text[0] in "(0123456789ÅÉÎÍÓÖØÚÜÇŞŠŽ"):
            yield index, line


def _may_be_dateline(text: str, start: int) -> bool:
    """Whether a mark stands before the first small word: cheap, and true of every dateline."""
    for word in text[start : start + 120].split(" ", 9)[:9]:
        if word:
            if word[-1] in _MARKS:
                return True
            if word[0].islower() and word not in _SMALL:
                return False
    return False


def _is_dateline(page: Page, index: int, found: re.Match[str], rules: Rules) -> bool:
    """Whether what looks like a dateline is one: by its place, state, date, agency and what follows."""
    known = places()
    end = (found["end"] or "").strip()
    agency = found["agency"] or found["bars"] or found["before_colon"]
    state = found["square"] or found["round"] or found["state"] or found["dashed"]
    source = found["source"]
    if state and small(state) not in known.states:
        if found["round"]:
            source, state = f"({state})", None
        elif found["state"] and not agency and not found["date"]:
            agency, state = state, None
        elif not found["date"]:
            return False
    names = [small(name) for name in found["place"].rstrip(".").split("/")]
    least = 1 if found["date"] else MIN_WRAPPED_REST
    if _NO_PLACE.match(found["place"]) or not _goes_on(page, index, found.end(), least):
        return False
    city = all(name in known.cities or name in known.doubtful for name in names)
    sure = city or found["place"].isupper() or (state is not None and small(state) in known.states)
    if found["date"]:
        if not end and not source:
            return city and bool(found["lead"])
        return sure or (source is not None and end != ".")
    alone = any(name in known.states and name not in known.cities for name in names)
    if alone and found["place"] not in _CITY_STATES:
        return source is not None and _is_wire(source, rules) and bool(end)
    if source:
        return sure if end not in ("", ".") else sure and _is_wire(source, rules)
    if found["lead"] and city and state:
        return True
    if agency:
        named = agency.isupper() or "." in agency or _is_wire(agency, rules)
        return sure and named and end not in ("", ".") and small(agency) not in known.states
    if not state or end in ("", ".", "|", ";") or not _is_prose(page, index):
        return False
    if small(state) not in names and any(name in known.states for name in names):
        return False  # two states that take part
    return city or (found["place"].isupper() and end != ":")


def _is_wire(source: str, rules: Rules) -> bool:
    """Whether an agency known by name, or a date, is meant."""
    name = small(source.strip("()/ "))
    return name in rules.agencies.openings or re.search(r"\d{4}$", name) is not None


def _goes_on(page: Page, index: int, at: int, least: int) -> bool:
    """Whether a paragraph follows, on the line itself or over several."""
    rest = len(page.lines[index].text) - at
    return rest >= MIN_REST or (rest >= least and _is_wrapped(page, index))


def _is_wrapped(page: Page, index: int) -> bool:
    """Whether the sentence goes on, on the line below."""
    line = page.lines[index]
    if index + 1 == len(page.lines) or line.sentence:
        return False
    after = page.lines[index + 1]
    lower = (
        after.text[0].islower() or line.text[-1] == "," or line.text.rpartition(" ")[2].lower() in _NO_LAST
    )
    return lower and not after.gap and len(after.text) >= MIN_WRAPPED_REST


def _is_prose(page: Page, index: int) -> bool:
    """Whether it is a sentence, and none in a list of such: Hanoi: Rice is dearer. Manila: It is cheaper."""
    line = page.lines[index]
    if not line.is_body and not _is_wrapped(page, index):
        return False
    after = page.lines[index + 1 : index + 3]
    return not any(_ITEM.match(other.text) for other in after)


def _is_place_line(page: Page, index: int, rules: Rules, title: str) -> bool:
    """ADDIS ABABA, Ethiopia; Addis Ababa, 9 June 2019; a state below the name of a section."""
    line = page.lines[index]
    if not (index < 2 or "," in line.text or line.text.isupper()):
        return False
    if page.top == len(page.lines) or small(line.text) == small(title):
        return False
    if _REPORTER_LINE.match(line.text):
        return True
    found = _PLACE_LINE.match(line.text)
    if not found or _NO_PLACE.match(found["place"]):
        return False
    known = places()
    place, state = small(found["place"]), small(found["state"] or "")
    before, after = page.lines[index - 1 : index], page.lines[index + 1]
    if before and before[0].text[-1] in ":：":
        return False
    if place in known.states and not (state or found["date"] or found["first"]):
        return _is_rubric(index, line, before, after, rules)
    if any("," in other.text and _PLACE_LINE.match(other.text) for other in (*before, after)):
        return False
    city = place in known.cities or place in known.doubtful
    if state:
        return state in known.states and (city or found["place"].isupper() or bool(found["date"]))
    return city and (found["date"] is not None or found["first"] is not None or found["place"].isupper())


def _is_rubric(index: int, line: Line, before: list[Line], after: Line, rules: Rules) -> bool:
    """Whether a line that names a state stands above a list that goes, or under a section, which goes too."""
    if after.drop and index == 0:
        return True
    if index != 1 or line.gap or not after.gap or key(before[0].text) not in rules.menus.sections:
        return False
    before[0].drop = True
    return True
