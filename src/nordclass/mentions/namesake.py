"""What bears the name of a place that the table means elsewhere: a town with its state behind it, a person.

The names of persons are two rows of `data/homographs.tsv`, other words lists of `data/word_lists.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from nordclass.mentions.homograph import given_names, surnames
from nordclass.mentions.word_lists import any_of, words

US: Final = "US"
CANADA: Final = "CA"

# What goes on after a town with its state, and seldom after two places of a list: Mexico, Texas, and Canada.
_SHUT: Final = (
    r"(?=[.:;)\"]|'s\b|-based\b| \(| - |\n|$|, (?!and\b|or\b|as well\b)[a-z]|,? and [A-Z][a-z]+, [A-Z]|"
    r" (?:is|was|are|were|has|had|have|will|would|to|on|for|where|who|which|with|that|at|by|from|since|after|"
    r"when|while|because|before|during)\b)"
)
# What American and Canadian newspapers write behind a town: Athens, Ga., and Lebanon, Oregon, are no capital
# and no state.
_TOWN: Final = re.compile(
    r", (?:"
    rf"{any_of('us_states_short')}|"
    rf"(?P<state>{any_of('us_states')}){_SHUT}|(?P<new_york>New York), (?!and\b|or\b|as well\b)[a-z]|"
    rf"(?P<ca>{any_of('canadian_provinces_short')})|(?P<province>{any_of('canadian_provinces')}){_SHUT})"
)
_FULL: Final = frozenset({"state", "new_york", "province"})
# The town is itself behind a comma: a list (Canada, Mexico, Texas).
_IN_LIST: Final = re.compile(r"[A-Z]\w+, $")
_LIST_LENGTH: Final = 24

# Names of states and cities that persons bear.
BORNE: Final = frozenset(words("names_of_persons"))
_TITLES: Final = frozenset(words("titles"))
_WORD: Final = re.compile(r" ([A-Z][A-Za-z]+)\b(?!['-])")
_AGE: Final = re.compile(
    r", who is [1-9][0-9]?,|"
    r", [1-9][0-9]?, (?:of|from|who|whose|was|is|has|had|said|says|told|an?|the|loves|lives|"
    r"pleaded|died|faces)\b"
)
_NAME_LENGTH: Final = 16
_BEFORE_PLACE: Final = re.compile(r"\b(?:[Ii]n|[Tt]o|[Ff]rom|of|with|and|between|across|[Tt]he) $")


def state_behind(text: str, start: int, end: int) -> str | None:
    """The state, US or Canada, that `text[start:end]`, with a comma behind it, is a town of, or None."""
    found = _TOWN.match(text, end)
    if found is None:
        return None
    kind = found.lastgroup
    if kind in _FULL and _IN_LIST.search(text, max(0, start - _LIST_LENGTH), start):
        return None
    return CANADA if kind in ("ca", "province") else US


def is_person(text: str, start: int, end: int) -> bool:
    """Whether the name of a state at `text[start:end]` is a person's here: Ms Ireland, Kenya Brown."""
    if text[start - 1 : start] == " ":
        first = text.rfind(" ", max(0, start - _NAME_LENGTH), start - 1) + 1
        if text[first].isupper() and _calls(text[max(0, start - _NAME_LENGTH) : start - 1].split()):
            return True
    follows = text[end : end + 3]
    if follows[:1] == " " and follows[1:2].isupper():
        after = _WORD.match(text, end)
        return after is not None and _as_name(after[1]) in surnames()
    return (
        follows[:2] == ", " and (follows[2:].isdigit() or follows[2:] == "w") and bool(_AGE.match(text, end))
    )


def _calls(before: Sequence[str]) -> bool:
    """Whether the last of the words `before` a name is a given name or a title."""
    word = _as_name(before[-1].lstrip("('\"")) if before else ""
    if word in given_names() or (word in _TITLES and (word != "Justice" or before[-2:-1] != ["of"])):
        return True
    return word in BORNE and len(before) > 1 and before[-2] in _TITLES  # Justice Chad Holland


def _as_name(word: str) -> str:
    return word.title() if word.isupper() else word


def may_be_place(text: str, start: int) -> bool:
    """Whether a name at `start` that a person of the text bears stands where a place does: in Jordan."""
    return _BEFORE_PLACE.search(text, max(0, start - _NAME_LENGTH), start) is not None


# Acronyms that are words, in a line all of capitals.
WORDS: Final = frozenset({"US", "WHO", "ICE", "CAR", "SHAPE"})
DOUBTFUL: Final = BORNE | WORDS
# What goes on behind the pronoun: TELL US WHAT, FED US ALL, but not MEETS WITH US ENVOY.
_US_NEXT: Final = re.compile(rf"[.:;!?)]|$|\n| (?:{any_of('after_us')})\b")
_US_BEFORE: Final = re.compile(rf"\b(?:{any_of('before_us')}) $")
_WHO_AFTER: Final = re.compile(f" (?:{any_of('after_who')})")
_ICE_AFTER: Final = re.compile(f" (?:{any_of('after_ice')})")
_AFTER: Final = {"WHO": _WHO_AFTER, "ICE": _ICE_AFTER}
_LINE: Final = 300
_OTHERS: Final = 2
"""A line of capitals has more words than these that are not the acronym."""


@lru_cache(maxsize=1)
def _names_us(text: str) -> bool:
    """Whether a text names the United States otherwise, too; asked of one text again and again."""
    return "U.S." in text or "United States" in text


def is_shouted(text: str, start: int, end: int) -> bool:
    """Whether an acronym of `WORDS` stands as a word in a line that is all in capitals: TELL US WHAT."""
    if not (text[start - 3 : start] + text[end : end + 3]).isupper():
        return False
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    if len(line) > _LINE or not line.isupper() or not line.isascii() or len(line.split()) <= _OTHERS:
        return False
    name = text[start:end]
    if name == "US":
        before = _US_BEFORE.search(text, max(first, start - _NAME_LENGTH), start)
        if text.endswith("LET ", first, start):
            return not _names_us(text)
        return before is not None and _US_NEXT.match(text, end) is not None and not _names_us(text)
    if text.endswith("THE ", first, start):
        return name != "WHO" and name != "ICE"
    after = _AFTER.get(name)
    return after is None or after.match(text, end) is None
