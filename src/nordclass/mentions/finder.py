"""Finds every mention of a country or region, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from typing import Final

from nordclass.mentions.gazetteer import NAMES, Form, Gazetteer, fold, gazetteer
from nordclass.mentions.homograph import Verdict, is_place_beside, settle
from nordclass.mentions.namesake import DOUBTFUL, WORDS, is_person, is_shouted, may_be_place, state_behind
from nordclass.mentions.word_lists import any_of
from nordclass.taxonomy.names import is_region
from nordclass.taxonomy.places import HOME


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at `text[start:end]` of the normalised text; `form` tells how."""

    start: int
    end: int
    code: str
    form: Form


Found = tuple[int, int, Form]
"""Start, end and form of a spelling that was found."""

# What may stand before a Korean name inside a word: in-, to-, from-, anti-, both-, north- ...
_PREFIXES: Final = frozenset("주대한재방친반탈북남동서전구신각양미중일러비")
_NEAR_PREFIXES: Final = frozenset("주대한친")
# What follows a name that is a word, too, behind a prefix: 재호주 한인회, 반이란 시위, 탈독일.
_PREFIX_NEXT: Final = {
    "재": re.compile(" ?(?:한인|교민|동포|교포|한국|대한|유학생|상공인|체육회)"),
    "반": re.compile(" ?(?:시위|감정|정서|세력|진영|여론|노선)"),
    "탈": re.compile("(?![가-힣])|[을를은는이가의화]"),
}
_OF_STATES: Final = frozenset({"name", "old", "short"})
_COMPOUND_NEXT: Final = re.compile(f"{any_of('after_compound')}|이(?![라란다며고었])")
_SHORT_NEXT: Final = re.compile(any_of("after_short_name"))
_WORD_END: Final = re.compile(f"(?:{any_of('particles')})?(?![가-힣])")
_SHORT_NEXT_KINDS: Final = frozenset({"city", "capital", "person"})
# An embassy of the place, or of another in it (주중국쿠바대사관): here a short name may stand in a word.
_POST: Final = re.compile("대사|총영사")
_MISSION: Final = re.compile(
    r" ?(?:대사|총영사|분관|한국|대한민국|공관|문화원|대표부|한인)|\((?:총|대|표)|·주"
)
_RESIDENT: Final = re.compile("(?:^|[^가-힣])[주재]한$")
_VISIT_NEXT: Final = re.compile("하[며고여는면기]|했|할 |한 |해 |단|객")
_HANJA_BEFORE: Final = frozenset("對訪駐在親反脫")
_HANJA_AFTER: Final = frozenset("發産製")
_HANGUL_BEFORE_HANJA: Final = frozenset("한대주방친반미북")
# 서 사하라 and 한 유럽연합 begin in no word either: 에서 사하라, 대한 유럽연합.
_LETTERS_OF_OFFICES: Final = frozenset("미러한서")
_LETTERS_THAT_ARE_WORDS: Final = frozenset("중일")
_OPENING: Final = re.compile("(?:^|(?<![0-9])\n|[(\\['\"…·]|[.?!] )[ '\"]*$")
_OPENING_LENGTH: Final = 3
# One letter before a separator and the name of another state: 미·이란, 일-필리핀, 러·우크라이나.
_LETTERS: Final = "미중일러영독프북"
_LETTER_MARKS: Final = frozenset("-·~")
_LETTER_REGIONS: Final = frozenset({"@EU", "@ASEAN", "@NATO", "@GCC"})
_SHORT: Final = 2
_LONGEST_HANJA: Final = 12
"""Maximum hanja written without a blank on either side of a name; a longer run is no Korean text."""
_ACRONYM: Final = 5
"""Minimum letters of an acronym that may also be written as a name, Unesco: shorter ones may be words."""
_TOWN_KINDS: Final = (NAMES | {"city", "capital"}) - {"demonym"}
_SPOKEN: Final = 60
_LIST_GAP: Final = 3
_SEPARATORS: Final = frozenset("-·~/:,\n")
_LATIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_WRAP: Final = re.compile("\n(?<=[a-z]\n)(?=[a-z])")
# Two or three blanks between words: a line of a page was justified.
_WIDE: Final = re.compile("  (?<=[a-z가-힣]  ) ?(?=[a-z가-힣])")
# A name before 어 is a language, but 중국어선 are boats and 북한어민 people.
_LANGUAGE_NEXT: Final = re.compile("어(?![선민업촌류획장종린르머부항망뢰패묵])")
_SPOKEN_NEXT: Final = re.compile(
    r"(?:-speak(?:ing|ers?)| speak(?:ing|ers(?! of\b| me[et]))|[- ](?:languages?|lessons?|subtitles|"
    r"translations?|alphabet|dictionary|interpret(?:ers?|ation)))\b"
)
_SPOKEN_BEFORE: Final = re.compile(
    r"\b(?:[Ii]n|into|(?:translated|translation) from|speaks?|spoke|speaking|fluent|learn(?:s|ed|ing)?|"
    r"teach(?:es|ing)?|taught|languages?:?|translated) "
    r"(?:[A-Z][a-z]+(?:, (?:and |or )?| and | or | to ))*$"
)
# An adjective has a noun behind it; a language ends its list, or a word follows that no noun begins with.
_SPOKEN_END: Final = re.compile(
    r"(?:, (?:and |or )?[A-Z][a-z]+| (?:and|or|to) [A-Z][a-z]+){0,8}"
    r"(?:[.;:)\"]|\n(?![a-z])|$|,(?! (?:and |or )?[A-Z])|"
    r" (?:from|at|in|with|to|for|as|when|but|by|on|is|are|was|were|will|may|well|than) )"
)
# A run of abbreviations that names languages: 한·영·중·일 4개 국어, 한·영·불어, 한-영 동시통역.
_LANGUAGES_NEXT: Final = re.compile(
    "(?:[-·~/.][가-힣]{1,6}){0,8}(?:[어문](?=[를을로는은의과와판본]|[^가-힣]|$)|"
    " ?(?:[0-9]|[두세네] )개? ?(?:국어|언어|외국어)| ?(?:동시 ?|순차 ?)?(?:통역|번역|자막|사전)|"
    " (?:언어|다국어|이중언어))"
)
_LANGUAGES_BEFORE: Final = re.compile("(?:언어|국어|자막|통역|번역) ?[(:] ?$")


def find(text: str, table: Gazetteer | None = None) -> list[Mention]:
    """The mentions in the normalised `text`, in order of position.

    Spans do not overlap, except that a form that stands for several places at once (한중일) gives one mention
    for each, over the same span.
    """
    table = table or gazetteer()
    possible: list[Found] = []
    others: dict[str, tuple[int, tuple[str, ...]]] = {}  # names that mean something else in this text
    folded = _unwrapped(fold(text))
    spots = table.automaton.find_matches_as_indexes(folded, overlapping=True)
    if "  " in text:
        spots += _spotted_across(folded, table)
    for index, start, end in spots:
        form, latin, language = table.entries[index]
        if not form.codes:
            stands = _blocks(text, start, end, form)
            if stands and ", " in form.text:
                _note_town(text, start, form, others)
        elif latin:
            stands = _is_whole(text, start, end) and (form.check != "case" or _cased(text[start:end], form))
            if stands and language and _is_spoken(text, start, end):
                form = _hidden(form)
            if stands and text[end : end + 1] == "," and (state := state_behind(text, start, end)):
                if form.kind in _TOWN_KINDS:
                    others.setdefault(form.text, (start, (state,)))
                form = form._replace(codes=(state,))
            elif stands and form.text in DOUBTFUL:
                if form.text in WORDS:
                    form = _hidden(form) if is_shouted(text, start, end) else form
                elif is_person(text, start, end):
                    others.setdefault(form.text, (start, ()))
                    form = _hidden(form)
        else:
            stands = _stands_alone(text, start, end, form)
            if stands and language and text.startswith("어", end) and _LANGUAGE_NEXT.match(text, end):
                form = _hidden(form)
        if stands:
            possible.append((start, end, form))
    if others:
        possible = _renamed(text, possible, others)
    possible += _pairs(text, table)
    chosen = _leftmost_longest(possible)
    sure = [m for m in chosen if m[2].codes and m[2].check != "homograph"]
    if len(sure) < len(chosen):
        sure = _with_homographs(text, possible, chosen, sure)
    return _resolved(text, _with_letters(text, sure, table))


def _with_letters(text: str, found: list[Found], table: Gazetteer) -> list[Found]:
    """`found` and the states that one letter stands for before a separator and a name: 미 in 미·이란."""
    letters = [
        (start - 2, start - 1, table.pairs[text[start - 2]])
        for start, _, form in found
        if text[start - 1 : start] in _LETTER_MARKS
        and text[start - 2 : start - 1] in table.pairs
        and _is_lettered(text, start, form)
    ]
    taken = _Spans(found)
    letters = [m for m in letters if not taken.overlap(m)]
    return sorted(found + letters, key=lambda m: m[:2]) if letters else found


def _is_lettered(text: str, start: int, form: Form) -> bool:
    """Whether a letter before the name of a state at `start`, and the separator there, is a state's."""
    if text[start - 2] not in _LETTERS or HOME in form.codes:
        return False
    if is_region(form.codes[0]):
        if form.codes[0] not in _LETTER_REGIONS:  # 중·남미 are the Americas
            return False
    elif form.kind not in NAMES:
        return False
    return not text[max(0, start - 3) : start - 2].isalnum()


def _note_town(text: str, start: int, form: Form, others: dict[str, tuple[int, tuple[str, ...]]]) -> None:
    """Note in `others` the town of a blocker (Lebanon, Ohio): the text may go on to name it alone."""
    town = form.text.partition(", ")[0]
    if state := state_behind(text, start, start + len(town)):
        others.setdefault(town, (start, (state,)))


def _renamed(
    text: str, possible: Sequence[Found], others: dict[str, tuple[int, tuple[str, ...]]]
) -> list[Found]:
    """`possible` where names that a town or a person of the text bears are theirs from there on.

    Not so if the text names the state in another way, too; and Jordan, of Ms Jordan, may be a place in "to
    Jordan". What stands in the headline is of the story below it.
    """
    named = {code for *_, form in possible if form.text not in others for code in form.codes}
    headline = text.find("\n")
    renamed = []
    for start, end, form in possible:
        if form.text in others and form.codes and named.isdisjoint(form.codes):
            first, codes = others[form.text]
            if (start > first or end <= headline < first) and (codes or not may_be_place(text, start)):
                form = form._replace(codes=codes)
        renamed.append((start, end, form))
    return renamed


def _leftmost_longest(possible: Iterable[Found]) -> list[Found]:
    """Of overlapping spans the one that begins first, of those the longest."""
    chosen = []
    reached = 0
    for found in sorted(possible, key=lambda m: (m[0], -m[1])):
        if found[0] >= reached:
            chosen.append(found)
            reached = found[1]
    return chosen


def _with_homographs(
    text: str, possible: Sequence[Found], chosen: Sequence[Found], sure: list[Found]
) -> list[Found]:
    """`sure` and the `chosen` homographs that name a place; a rejected one gives way to what it hid."""
    open_ = [m for m in chosen if m[2].codes and m[2].check == "homograph"]
    if not open_:
        return sure
    kept = _settled(text, open_, sure)
    spans = {m[:2] for m in kept}
    rejected = [m for m in open_ if m[:2] not in spans]
    if rejected:
        refused, taken = (
            _Spans(rejected),
            _Spans([m for m in chosen if not m[2].codes or m[2].check != "homograph"] + kept),
        )
        kept += _leftmost_longest(
            m
            for m in possible
            if m[2].codes and m[2].check != "homograph" and refused.overlap(m) and not taken.overlap(m)
        )
    return sorted(sure + kept, key=lambda m: m[:2])


class _Spans:
    """Spans that do not overlap one another, to be asked whether one of them overlaps another span."""

    def __init__(self, spans: Iterable[Found]) -> None:
        ordered = sorted(m[:2] for m in spans)
        self.starts = [start for start, _ in ordered]
        self.ends = [end for _, end in ordered]

    def overlap(self, span: Found) -> bool:
        """Whether one of these overlaps `span`."""
        at = bisect_right(self.ends, span[0])
        return at < len(self.starts) and self.starts[at] < span[1]


def _unwrapped(text: str) -> str:
    """`text` with a blank for each line break between Latin letters: a name may be broken over two lines."""
    return _WRAP.sub(" ", text) if "\n" in text else text


def _spotted_across(text: str, table: Gazetteer) -> list[tuple[int, int, int]]:
    """Where a form stands in folded `text` with wide blanks for one inside it: its index, start and end."""
    wide = list(_WIDE.finditer(text))
    if not wide:
        return []
    starts, shifts = [0], [0]
    for blanks in wide:
        shifts.append(shifts[-1] + len(blanks.group()) - 1)
        starts.append(blanks.end() - shifts[-1])
    spots = []
    for index, start, end in table.automaton.find_matches_as_indexes(_WIDE.sub(" ", text), overlapping=True):
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        if first < last:
            spots.append((index, start + shifts[first], end + shifts[last]))
    return spots


def _hidden(form: Form) -> Form:
    """The form as a blocker: it names no place here, and neither does a name inside it."""
    return form._replace(codes=())


def _is_spoken(text: str, start: int, end: int) -> bool:
    """Whether the English demonym at `text[start:end]` is a language: French-speaking, in French, Lao."""
    if _SPOKEN_NEXT.match(text, end):
        return True
    if not _SPOKEN_BEFORE.search(text, max(0, start - _SPOKEN), start):
        return False
    return _SPOKEN_END.match(text, end) is not None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter and no digit continues the span."""
    if text[start - 1 : start] in _LATIN or text[end : end + 1] in _LATIN:  # most often so
        return False
    return not _continues(text, start - 1, -1) and not _continues(text, end, 1)


def _continues(text: str, at: int, step: int) -> bool:
    """Whether the character at `at`, next to a span, continues a word that way.

    One with an accent does if a plain one stands beyond it; else it may be what is left of a damaged
    quotation mark.
    """
    char = text[at : at + 1]
    if char in _LATIN:
        return True
    return "\u00c0" <= char <= "\u024f" and text[at + step : at + step + 1] in _LATIN


def _blocks(text: str, start: int, end: int, form: Form) -> bool:
    """Whether a blocker stands here: whole where it ends in letters, and with the capital it begins with.

    New London is a town, but a firm may have new London offices. A text without capitals has none there.
    With the check "case" all its capitals count: the Bangkok Post, not the old Bangkok post office. A Korean
    one stands, too, in a longer word, unless its check says otherwise.
    """
    if form.korean:
        if form.check == "word":
            return _WORD_END.match(text, end) is not None
        return form.check != "homograph" or not is_place_beside(text, start, end, form)
    found = text[start:end]
    if form.check == "case" and not _cased(found, form):
        return False
    if found[0] in _LATIN and _continues(text, start - 1, -1):
        return False
    if found[-1] in _LATIN and _continues(text, end, 1):
        return False
    return not form.text[0].isupper() or found[0].isupper() or found.islower()


def _stands_alone(text: str, start: int, end: int, form: Form) -> bool:
    """Whether the characters around a span let it be the form, which is Korean."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if form.kind == "hanja":
        return _hanja_stands_alone(text, start, end)
    hangul_before = "가" <= before <= "힣"
    if form.text[1:2] == " " and not _letter_stands(text, start, form.text[0]):
        return False
    if end - start <= _SHORT and _goes_on(text, end, form):
        return False
    if form.kind == "compound":
        if hangul_before or _LANGUAGES_NEXT.match(text, end):
            return False
        if not "가" <= after <= "힣" or _COMPOUND_NEXT.match(text, end) is not None:
            return True
        return form.text[0] == "방" and _VISIT_NEXT.match(text, end) is not None
    if not hangul_before:
        return True
    if form.check != "homograph" and end - start > _SHORT:
        return end - start > _SHORT + 1 or before == "주" or not _goes_on(text, end, form)
    if form.kind == "name" and (_POST.match(text, end) or _RESIDENT.search(text, max(0, start - 3), start)):
        return True
    if start > 1 and "가" <= text[start - 2] <= "힣":
        return False
    if form.check == "homograph" and before == "주":
        return _MISSION.match(text, end) is not None
    if before in _PREFIX_NEXT and form.kind in _OF_STATES and (form.check or form.kind != "name"):
        return _PREFIX_NEXT[before].match(text, end) is not None
    return before in (_PREFIXES if form.kind == "name" and form.check != "homograph" else _NEAR_PREFIXES)


def _letter_stands(text: str, start: int, letter: str) -> bool:
    """Whether the letter that a form begins with may stand for itself at `start`: 미 정부, 일 총리.

    Then no word ends in it; 중 and 일, which are words, too, begin a line, a sentence or a quotation.
    """
    if letter in _LETTERS_THAT_ARE_WORDS:
        return _OPENING.search(text, max(0, start - _OPENING_LENGTH), start) is not None
    return letter not in _LETTERS_OF_OFFICES or not "가" <= text[start - 1 : start] <= "힣"


def _goes_on(text: str, end: int, form: Form) -> bool:
    """Whether a city or person abroad, which is short, is followed by what makes it part of a longer word."""
    return (
        form.kind in _SHORT_NEXT_KINDS
        and HOME not in form.codes
        and "가" <= text[end : end + 1] <= "힣"
        and _SHORT_NEXT.match(text, end) is None
    )


def _cased(found: str, form: Form) -> bool:
    if "\n" in found or "  " in found:
        found = " ".join(found.split())
    if found in form.spellings or (found.isupper() and len(found) > _SHORT):
        return True
    return len(found) >= _ACRONYM and found.istitle() and form.text.isalpha() and form.text.isupper()


def _is_hanja(text: str) -> bool:
    """Whether there is text, of Chinese characters alone."""
    return bool(text) and all("\u4e00" <= char <= "\u9fff" for char in text)


def _is_spaced_name(text: str, start: int, end: int) -> bool:
    """Whether hanja between blanks are the middle of a person's name: 姜 泰 洙, but not 韓 中 日."""
    if start < 2 or end - start > 1:
        return False
    name = text[start - 2 : end + 2 : 2]
    return len(name) == 3 and _is_hanja(name) and not gazetteer().hanja.issuperset((name[0], name[2]))


def _hanja_stands_alone(text: str, start: int, end: int) -> bool:
    """Whether hanja here are no part of a word, date or gloss: 美·日, 對中, 韓美 but not 美術, 15日."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isdigit() or (before == "(" and after == ")"):
        return False
    if before == after == " " and _is_spaced_name(text, start, end):
        return False
    if "가" <= before <= "힣" and (
        before not in _HANGUL_BEFORE_HANJA or text[start - 2 : start - 1].isalpha()
    ):
        return False
    countries = gazetteer().hanja
    run = text[max(0, start - _LONGEST_HANJA) : end + _LONGEST_HANJA]
    if len(run) > 2 * _LONGEST_HANJA and _is_hanja(run):
        return False
    at = end
    while _is_hanja(text[at : at + 1]):
        if text[at] in _HANJA_AFTER and not _is_hanja(text[at + 1 : at + 2]):
            break
        if text[at] not in countries:
            return False
        at += 1
    at = start - 1
    while at >= 0 and _is_hanja(text[at]):
        if text[at] not in countries and not (
            text[at] in _HANJA_BEFORE and not (at and _is_hanja(text[at - 1]))
        ):
            return False
        at -= 1
    return True


def _pairs(text: str, table: Gazetteer) -> list[Found]:
    """Abbreviations that count only beside each other: 한-베, 한·중·일, 한.일, 中·러."""
    found: list[Found] = []
    reached = 0
    for separator in _SEPARATOR.finditer(text):
        begin, after = separator.span()
        if begin < reached or _PAIR_ANCHORS.isdisjoint((text[begin - 1 : begin], text[after : after + 1])):
            continue
        while begin > reached and _in_pair(text[begin - 1]):
            begin -= 1
        match = _pair_pattern(table).match(text, begin)
        if match is None:
            continue
        reached = match.end()
        if _LANGUAGES_NEXT.match(text, reached) or _LANGUAGES_BEFORE.search(text, max(0, begin - 5), begin):
            continue
        parts = [(m.start(), m.group()) for m in _PART.finditer(text, begin, reached)]
        if "." in match.group() and any(_is_doubtful(table, part) for _, part in parts):
            continue  # a sentence may end there
        if any(part in _PAIR_ANCHORS for _, part in parts):
            # Hanja are names by themselves.
            found += [
                (start, start + len(part), table.pairs[part]) for start, part in parts if part in table.pairs
            ]
    return found


_HANJA_ANCHORS: Final = "韓北美中日"
_PAIR_ANCHORS: Final = frozenset(f"한북미중{_HANJA_ANCHORS}")
_SEPARATOR: Final = re.compile("[-·~/.]")
_PART: Final = re.compile(f"[가-힣]+|[{_HANJA_ANCHORS}]")


def _in_pair(char: str) -> bool:
    return "가" <= char <= "힣" or char in _HANJA_ANCHORS


def _is_doubtful(table: Gazetteer, part: str) -> bool:
    return part in table.pairs and table.pairs[part].check == "homograph"


@lru_cache(maxsize=4)
def _pair_pattern(table: Gazetteer) -> re.Pattern[str]:
    forms = sorted(map(re.escape, table.pairs), key=len, reverse=True)
    one = f"(?:{'|'.join(forms)}|[{_HANJA_ANCHORS}])"
    return re.compile(
        f"(?<![가-힣A-Za-z]){one}(?:{_SEPARATOR.pattern}{one})+"
        "(?=[^가-힣]|$|간|의|양|정상|관계|협|외교|공동|경제|군사|가|는|은|이 )"
    )


def _settled(text: str, open_: Sequence[Found], sure: Sequence[Found]) -> list[Found]:
    """Those of the homographs `open_` that name a place here, given the mentions that are sure."""
    named = Counter(code for *_, form in sure for code in form.codes)
    edges = sorted([s for s, *_ in sure] + [e for _, e, _ in sure])
    holds = lru_cache(maxsize=None)(lambda words: any(word in text for word in words))
    kept: list[Found] = []
    for start, end, form in sorted(open_, key=lambda m: m[2].kind not in NAMES):
        verdict = settle(
            text,
            start,
            end,
            form,
            evidence=any(named[code] for code in form.codes),
            listed=form.kind != "pair" and _listed(text, start, end, edges),
            holds=holds,
            told_by=partial(_told_by, text, start, end, sure, named),
        )
        if isinstance(verdict, Verdict):
            if verdict is Verdict.PLACE:
                kept.append((start, end, form))
                named.update(form.codes)
        else:
            kept.append((start, end, form._replace(codes=(verdict,))))
    return kept


# What parts sentences; not the point of an abbreviation, U.S. Sen.
_STOP: Final = re.compile("\n|(?<![A-Z])(?<!Sen)(?<!Gov)(?<!Rep)[.!?]['\"]? ")
_BEHIND_TOWN: Final = re.compile(
    r"\b(?:[Ii]n|near|outside|from|of|at|to) (?P<town>[A-Z][a-z]+(?: [A-Z][a-z]+)?), $"
)
_JOINED: Final = re.compile(",? ?(?:and|or) |, |[·-]|[와과나], ?|[와과나] ")
_start: Final = itemgetter(0)
_TOWN_LENGTH: Final = 40
_SENTENCE: Final = 400
"""Maximum characters of a sentence on either side of a mention that are looked at."""
_MANY: Final = 5
_MOST: Final = 2 / 3
"""Minimum mentions of a place, and their share, in a document that is on it."""


def _told_by(
    text: str, start: int, end: int, sure: Sequence[Found], named: Counter[str], code: str, *, beside: bool
) -> bool:
    """Whether mentions tell that the span `text[start:end]` means the place `code`.

    They do if a part of that place is joined to it (Texas and Georgia). Unless only what is right `beside`
    counts, they do, too, if its sentence names that place and no third one but the home country, if most
    mentions of the document (`named` counts them) are of it, or if a town of none stands before it: Dalton,
    Georgia.
    """
    at = bisect_left(sure, start, key=_start)
    if beside:
        return any(
            other[2].kind == "city"
            and code in other[2].codes
            and _JOINED.fullmatch(text, min(end, other[1]), max(start, other[0])) is not None
            for other in sure[max(0, at - 1) : at + 1]
        )
    town = _BEHIND_TOWN.search(text, max(0, start - _TOWN_LENGTH), start)
    if town is not None and not (at and sure[at - 1][1] > town.start("town")):
        return True
    if named[code] >= _MANY and named[code] >= _MOST * (named.total() - named[HOME]):
        return True
    first = max((m.end() for m in _STOP.finditer(text, max(0, start - _SENTENCE), start)), default=0)
    stop = _STOP.search(text, end, end + _SENTENCE)
    last = stop.start() if stop else end + _SENTENCE
    spans = sure[bisect_left(sure, first, key=_start) : bisect_left(sure, last, key=_start)]
    return {other for *_, form in spans for other in form.codes if other != HOME} == {code}


def _listed(text: str, start: int, end: int, edges: Sequence[int]) -> bool:
    """Whether another mention stands next to this span, with a separator and blanks between."""
    before, after = bisect_left(edges, start), bisect_left(edges, end)
    return (before > 0 and _separated(text, edges[before - 1], start)) or (
        after < len(edges) and _separated(text, end, edges[after])
    )


def _separated(text: str, start: int, end: int) -> bool:
    """Whether the gap `text[start:end]` holds a separator and nothing but separators and blanks."""
    if not 0 < end - start <= _LIST_GAP:
        return False
    gap = text[start:end]
    return bool(_SEPARATORS.intersection(gap)) and not gap.strip("-·~/:, \n")


def _resolved(text: str, found: Sequence[Found]) -> list[Mention]:
    """One mention a place; a name that states share goes to the one named elsewhere, else the first.

    Listed beside the name of one of them (민주콩고·콩고), it means another.
    """
    named: Counter[str] | None = None
    mentions = []
    for i, (start, end, form) in enumerate(found):
        codes = form.codes
        if len(codes) == 1:
            mentions.append(Mention(start, end, codes[0], form))
        elif form.kind == "compound":
            mentions += [Mention(start, end, code, form) for code in codes]
        else:
            if named is None:
                named = Counter(other.codes[0] for *_, other in found if len(other.codes) == 1)
            beside = {
                code
                for other in found[max(0, i - 1) : i + 2]
                if form.kind == "name" and _separated(text, min(end, other[1]), max(start, other[0]))
                for code in other[2].codes
            }
            left = [code for code in codes if code not in beside] or codes
            mentions.append(Mention(start, end, max(left, key=named.__getitem__), form))
    return mentions
