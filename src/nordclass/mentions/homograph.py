"""Settles whether a form that is also an ordinary word names a place here.

The cues are a table that a person can read and mend (`data/homographs.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from nordclass.mentions.gazetteer import NAMES, Form
from nordclass.taxonomy.tables import rows


class Verdict(Enum):
    """What a homograph is in its place."""

    PLACE = "place"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one form: texts right after and right before it, words anywhere in the document.

    `other` names another place that the form stands for, with the document's words that tell so; with
    `other_named` its mentions tell so, too. If it is one of the form's own places (PIF), the cues say between
    them; see `settle`.
    `default` is "place", "word", or "strict": a word unless a cue right beside it says otherwise.
    """

    default: str
    after_place: tuple[str, ...] = ()
    after_word: tuple[str, ...] = ()
    before_place: tuple[str, ...] = ()
    before_word: tuple[str, ...] = ()
    text_place: tuple[str, ...] = ()
    text_word: tuple[str, ...] = ()
    other: str = ""
    text_other: tuple[str, ...] = ()
    other_named: bool = False


_PLACE: Final = Cues("place")
_WORD: Final = Cues("word")

_GIVEN_NAMES: Final = "(given names)"
_SURNAMES: Final = "(surnames)"
_CITIES: Final = "(cities)"
_CITY_KINDS: Final = frozenset({"city", "capital"})
_CUE_LENGTH: Final = 16
"""Maximum characters of a cue right beside a form."""
_UNCAPITALISED: Final = 60
"""Characters on either side that show whether a text has capital letters."""
_CLOSE: Final = "CLOSE"
_NOUN: Final = "NOUN"
_NAMED: Final = "NAMED"
# A Korean word that ends in no particle, a closing mark or a counted amount, right before a form.
_BEHIND_NOUN: Final = re.compile(
    "(?:[가-힣](?<![은는을를에의와이한된난든운른])(?<!으로)(?<!에서)|[0-9%)]|(?<=[^ \n])['\"]) ?$"
)
# Nothing stands there that 中 could belong to: 협의 中, but not 현대차 中 판매.
_NOTHING_NAMED: Final = re.compile(
    " ?(?:$|[]\n,.;)…」』”’'\"]|에(?![가-힣])|에[는도서]|으로|이[라다며고던었]|인|일 |임)"
)
_QUOTES: Final = "\"'”’」』>》"


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in cell.split("|") if word)


@lru_cache(maxsize=1)
def cues() -> dict[str, Cues]:
    """Cues by form, lower case."""
    return {
        row["form"].lower(): Cues(
            after_place=_words(row["after_place"]),
            after_word=_words(row["after_word"]),
            before_place=_words(row["before_place"]),
            before_word=_words(row["before_word"]),
            text_place=_words(row["text_place"]),
            text_word=_words(row["text_word"]),
            other=row["other"],
            text_other=tuple(word for word in _words(row["text_other"]) if word != _NAMED),
            other_named=_NAMED in row["text_other"].split("|"),
            default=row["default"],
        )
        for row in rows("homographs.tsv")
    }


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """What before an English form makes it a person's name."""
    return frozenset(map(str.strip, cues()[_GIVEN_NAMES].before_word))


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """What behind the name of a state makes it a person's."""
    return frozenset(map(str.strip, cues()[_SURNAMES].after_word))


def settle(
    text: str,
    start: int,
    end: int,
    form: Form,
    *,
    evidence: bool,
    listed: bool,
    holds: Callable[[tuple[str, ...]], bool],
    told_by: Callable[..., bool],
) -> Verdict | str:
    """Decide for the form at `text[start:end]`.

    `evidence`: the same place is named elsewhere in the document by a form that is sure; `listed`: a sure
    mention stands right beside it; `holds` says whether the document holds one of some words, `told_by`
    whether the mentions of a place, or those right `beside` the form, tell that it means that place. Returns
    a verdict, or the code of the one place that the form means. Of places that share it, a name elsewhere
    tells first which is meant (the finder counts them); then `other` by its words, else the first that is not
    it.
    """
    cue = cues().get(form.text.lower()) or (_PLACE if form.kind in NAMES else _WORD)
    after, before = _around(text, start, end)
    if not form.korean and (
        not (
            _written_as_name(text[start:end], form) or _is_capital_in_lower_case(text, start, end, form, cue)
        )
        or _behind_given_name(before)
    ):
        return Verdict.WORD
    if _is_word_beside(cue, before, after) or (
        text[start + 1 : start + 2].isupper() and _is_word_in_capitals(cue, after)
    ):
        return Verdict.WORD
    place: Verdict | str = Verdict.PLACE
    if cue.other in form.codes:
        if evidence:
            return place
        place = next(code for code in form.codes if code != cue.other)
    if cue.other and holds(cue.text_other):
        return cue.other
    if cue.other_named and told_by(cue.other, beside=True):
        return cue.other
    if _is_place_beside(cue, form, before, after):
        return place
    if cue.default == "strict":
        return Verdict.WORD
    if evidence or holds(cue.text_place):
        return place
    if cue.other_named and told_by(cue.other, beside=False):
        return cue.other
    if listed:
        return place
    if holds(cue.text_word) or _is_word_behind_noun(cue, before, after):
        return Verdict.WORD
    return place if cue.default == "place" else Verdict.WORD


def is_place_beside(text: str, start: int, end: int, form: Form) -> bool:
    """Whether a cue right beside the form at `text[start:end]` says that a place is named there."""
    after, before = _around(text, start, end)
    return _is_place_beside(cues()[form.text.lower()], form, before, after)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands right after and right before a span."""
    return text[end : end + _CUE_LENGTH], text[max(0, start - _CUE_LENGTH) : start]


def _is_word_beside(cue: Cues, before: str, after: str) -> bool:
    """Whether what stands right beside a form says that it is a word."""
    if after.startswith(cue.after_word) or before.endswith(cue.before_word):
        return True
    closes = len(before) > 1 and before[-1] in _QUOTES and not before[-2].isspace()
    return closes and _CLOSE in cue.before_word


def _is_word_in_capitals(cue: Cues, after: str) -> bool:
    """Whether what is behind a form, both in capitals, says it is a word: JORDAN SMITH, TURKEY BREAST."""
    return after.isupper() and (
        after.title().startswith(cue.after_word) or after.lower().startswith(cue.after_word)
    )


def _behind_given_name(before: str) -> bool:
    """Whether a given name and a blank stand before an English form."""
    return before[-1:] == " " and (before.split() or [""])[-1] in given_names()


def _is_place_beside(cue: Cues, form: Form, before: str, after: str) -> bool:
    """Whether what stands right beside a form says that it is a place."""
    if after.startswith(cue.after_place) or before.endswith(cue.before_place):
        return True
    return form.korean and form.kind in _CITY_KINDS and after.startswith(cues()[_CITIES].after_place)


def _is_word_behind_noun(cue: Cues, before: str, after: str) -> bool:
    """Whether a form that may follow a noun does, and names nothing: 협의 中."""
    return (
        _NOUN in cue.before_word
        and _BEHIND_NOUN.search(before) is not None
        and _NOTHING_NAMED.match(after) is not None
    )


def _written_as_name(found: str, form: Form) -> bool:
    """Whether `found` begins with a capital, and is in capitals throughout if the form is (DR is not Dr)."""
    return found[0].isupper() and (found.isupper() or not all(map(str.isupper, form.spellings)))


def _is_capital_in_lower_case(text: str, start: int, end: int, form: Form, cue: Cues) -> bool:
    """Whether the form is a capital, where no cue is against it, in a text without capital letters."""
    around = text[max(0, start - _UNCAPITALISED) : end + _UNCAPITALISED]
    return form.kind == "capital" and cue.default == "place" and around.islower()
