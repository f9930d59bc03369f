"""Finds every mention of a country or region, with exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nordclass.mentions.gazetteer import Form, Gazetteer, fold, gazetteer
from nordclass.mentions.homograph import Verdict, settle

REGION_MARK = "@"
"""Codes of regions begin with this mark inside the mention layer: AU is Australia, @AU the African Union."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at `text[start:end]` of the normalised text; `form` tells how."""

    start: int
    end: int
    code: str
    form: Form


# What may stand before a Korean name inside a word: in-, to-, from-, anti-, both-, north- ...
_PREFIXES = frozenset("주대한재방친반탈북남동서전구신각양미중일러비")
_HANGUL = re.compile("[가-힣]*")
_COMPOUND_NEXT = re.compile(
    "(?:정상|외교|동맹|관계|양국|협력|공동|국방|연합|경제|통상|무역|관세|간|의|이|가|은|는|을|를|과|와|에|도|군사|회담|"
    "협정|협상|수교|교류|갈등|패권|원자력|방위|안보|재계|비즈니스|친선|의원|산업|기업|상호|정책|전략|기술|과학|문화|관광|"
    "미래|포럼|대화|합의|조약|투자|수출|수입|제재|압박|의존|특사|대사|기간|중|직후|일정|성과|당시|때|후|길)"
)
_SHORT = 2
_SEPARATORS = frozenset("-·~/:,")


def find(text: str, table: Gazetteer | None = None) -> list[Mention]:
    """The mentions in the normalised `text`, in order of position.

    A form that stands for several places at once (한중일) gives one mention for each, over the same span.
    """
    table = table or gazetteer()
    folded = fold(text)
    sure: list[tuple[int, int, Form]] = []
    open_: list[tuple[int, int, Form]] = []
    for index, start, end in table.automaton.find_matches_as_indexes(folded):
        form = table.forms[index]
        if not form.codes or not _stands_alone(text, start, end, form):
            continue
        (open_ if form.check == "homograph" else sure).append((start, end, form))
    sure += _pairs(text, table)
    sure.sort(key=lambda m: m[:2])
    if open_:
        sure += _settled(text, open_, sure)
        sure.sort(key=lambda m: m[:2])
    return list(_resolved(sure))


def _stands_alone(text: str, start: int, end: int, form: Form) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if not form.korean:
        if (before.isalnum() and before.isascii()) or (after.isalnum() and after.isascii()):
            return False
        return form.check != "case" or _cased(text[start:end], form.text)
    if form.kind == "hanja":
        return _hanja_stands_alone(before, after)
    hangul_before = "가" <= before <= "힣"
    if form.kind == "compound":
        if hangul_before:
            return False
        return not "가" <= after <= "힣" or _COMPOUND_NEXT.match(text, end) is not None
    if not hangul_before:
        return True
    if form.check == "homograph":
        return False
    if end - start > _SHORT:
        return True
    return before in _PREFIXES and not (start > 1 and "가" <= text[start - 2] <= "힣")


def _cased(found: str, form: str) -> bool:
    return found == form or (found.isupper() and len(found) > _SHORT)


def _hanja_stands_alone(before: str, after: str) -> bool:
    return not ("\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff")


def _pairs(text: str, table: Gazetteer) -> list[tuple[int, int, Form]]:
    """Abbreviations that count only beside each other: 한-베, 한·중·일, 미-중."""
    found = []
    for match in _pair_pattern(table).finditer(text):
        parts = [(m.start() + match.start(), m.group()) for m in re.finditer("[가-힣]+", match.group())]
        if not any(part in ("한", "북", "미", "중") for _, part in parts):
            continue
        for start, part in parts:
            codes = table.pairs[part]
            found.append((start, start + len(part), Form(codes, "ko", "pair", part, "")))
    return found


_patterns: dict[int, re.Pattern[str]] = {}


def _pair_pattern(table: Gazetteer) -> re.Pattern[str]:
    key = id(table)
    if key not in _patterns:
        one = "(?:" + "|".join(sorted(map(re.escape, table.pairs), key=len, reverse=True)) + ")"
        _patterns[key] = re.compile(
            f"(?<![가-힣A-Za-z]){one}(?:[-·~/]{one})+(?=[^가-힣]|$|간|의|양|정상|관계|협|외교|공동|경제|군사)"
        )
    return _patterns[key]


def _settled(
    text: str, open_: Sequence[tuple[int, int, Form]], sure: Sequence[tuple[int, int, Form]]
) -> list[tuple[int, int, Form]]:
    """Those of the homographs `open_` that name a place here, given the mentions that are sure."""
    named = Counter(code for *_, form in sure for code in form.codes)
    edges = sorted([s for s, *_ in sure] + [e for _, e, _ in sure])
    kept = []
    for start, end, form in open_:
        verdict = settle(
            text,
            start,
            end,
            form,
            evidence=any(named[code] for code in form.codes),
            listed=_listed(text, start, end, edges),
        )
        if isinstance(verdict, Verdict):
            if verdict is Verdict.PLACE:
                kept.append((start, end, form))
        else:
            kept.append((start, end, replace(form, codes=(verdict,))))
    return kept


def _listed(text: str, start: int, end: int, edges: Sequence[int]) -> bool:
    """Whether another mention stands next to this span, with a separator and blanks between."""
    at = bisect_left(edges, start)
    gaps = []
    if at > 0:
        gaps.append(text[edges[at - 1] : start])
    after = bisect_left(edges, end)
    if after < len(edges):
        gaps.append(text[end : edges[after]])
    return any(0 < len(gap) <= 3 and _SEPARATORS.intersection(gap) and not gap.strip("-·~/:, ") for gap in gaps)


def _resolved(found: Sequence[tuple[int, int, Form]]) -> list[Mention]:
    """One mention a place; a name that several states share goes to the one named elsewhere, else the first."""
    named = Counter(form.codes[0] for *_, form in found if len(form.codes) == 1)
    mentions = []
    for start, end, form in found:
        if form.kind == "compound" or len(form.codes) == 1:
            mentions += [Mention(start, end, code, form) for code in form.codes]
        else:
            code = max(form.codes, key=lambda c: named[c])
            mentions.append(Mention(start, end, code, form))
    return mentions
