"""The swap test: a document's partner replaced by another country throughout, name forms matched.

The partner's answer must move to the new country, and all other answers must stay.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nordclass import Classifier, Result
from nordclass.mentions.finder import Mention, find
from nordclass.mentions.gazetteer import gazetteer
from nordclass.taxonomy import countries
from nordclass.text.normalize import normalize

NAMES = ("name", "short", "old")
PLACES = ("capital", "city")


@dataclass(frozen=True)
class Swap:
    """One swap and what came of it."""

    id: str
    language: str
    old: str
    new: str
    before: Result
    after: Result

    @property
    def moved(self) -> bool:
        return self.new in codes(self.after, "countries") and self.old not in codes(self.after, "countries")

    @property
    def places_kept(self) -> bool:
        """Whether the partner moved and every other country and region stayed as it was."""
        expected = codes(self.before, "countries") - {self.old} | {self.new}
        return expected == codes(self.after, "countries") and (
            codes(self.before, "regions") == codes(self.after, "regions")
        )

    @property
    def sectors_kept(self) -> bool:
        return codes(self.before, "sectors") == codes(self.after, "sectors")


def codes(result: Result, kind: str) -> frozenset[str]:
    return frozenset(label.code for label in getattr(result, kind))


def swaps(classifier: Classifier, rows: Sequence[Mapping[str, Any]], count: int) -> Iterator[Swap]:
    """`count` swaps over documents that are told a country, each new country as seldom as can be."""
    pairs = []
    for row in rows:
        title, text = normalize(row["title"])[0], normalize(row["text"])[0]
        before = classifier.classify(text, title=title)
        pairs += [(row["id"], title, text, before, label.code) for label in before.countries]
    chance = random.Random(7)
    used = dict.fromkeys(sorted(classifier.description.labels["countries"].keys() - {"KR", "KP"}), 0)
    done: set[tuple[str, str, str]] = set()
    made = 0
    while made < count:
        begun = made
        chance.shuffle(pairs)
        for id, title, text, before, old in pairs:
            ranked = sorted(used, key=lambda code: (used[code], chance.random()))
            for new in ranked:
                if (id, old, new) in done:
                    continue
                changed = swapped(title, text, old, new)
                if changed is not None:
                    done.add((id, old, new))
                    used[new] += 1
                    made += 1
                    after = classifier.classify(changed[1], title=changed[0])
                    yield Swap(id, before.language, old, new, before, after)
                    break
            if made == count:
                return
        if made == begun:
            return


def swapped(title: str, text: str, old: str, new: str) -> tuple[str, str] | None:
    """Title and text with every mention of `old` replaced by one of `new`; None when a form has no match.

    `title` and `text` must be normalised.
    """
    whole = f"{title}\n{text}"
    mentions = find(whole)
    if any(mention.code == new for mention in mentions):
        return None
    edits: dict[str, list[tuple[int, int, str]]] = {"title": [], "text": []}
    for mention in mentions:
        if mention.code != old:
            continue
        form = counterpart(whole, mention, old, new)
        if form is None:
            return None
        where, start, end = place(title, mention)
        edits[where].append((start, end, form))
    return _edited(title, edits["title"]), _edited(text, edits["text"])


def place(title: str, mention: Mention) -> tuple[str, int, int]:
    """Where a mention of `title` and text, with a line break between, stands: which part, start, end.

    What the document leaves out is edited, too: a headline that the text says again must stay the same.
    """
    if mention.start < len(title):
        return "title", mention.start, mention.end
    return "text", mention.start - len(title) - 1, mention.end - len(title) - 1


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, form in sorted(set(edits), reverse=True):
        text = text[:start] + form + text[end:]
    return text


def counterpart(text: str, mention: Mention, old: str, new: str) -> str | None:
    """A form of `new` of the kind, script and ending that the mention of `old` has."""
    found, form = text[mention.start : mention.end], mention.form
    language = "ko" if form.korean else "en"
    if form.kind == "compound":
        wanted = tuple(sorted(new if code == old else code for code in form.codes))
        options = [text for codes, text in _compounds() if tuple(sorted(codes)) == wanted]
    elif form.kind in NAMES:
        entry = countries()[new]
        known = _forms()[new, language, "name"]
        first = entry.name_ko if language == "ko" else entry.name_en
        options = [first, *known]
    elif form.kind in PLACES:
        options = _forms()[new, language, "capital"]
    else:
        options = _forms()[new, language, form.kind]
    for option in options:
        if _shape(option) == _shape(found) and option.isascii() == found.isascii():
            return option.upper() if language == "en" and found.isupper() and len(found) > 3 else option
    return None


def _shape(form: str) -> object:
    """What the words around a form depend on: its final consonant; plural and first sound in English."""
    last = form[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - 0xAC00) % 28
        return "none" if final == 0 else "l" if final == 8 else "other"
    if "\u4e00" <= last <= "\u9fff":
        return "hanja"
    return form.lower().endswith("s"), form[0].lower() in "aeiou"


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, str, str], list[str]]:
    """Spellings that mean one country and nothing else, by country, language and kind."""
    table: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    # Spellings that are also other words come last: they are taken where a country has no other.
    for form in sorted(
        [*gazetteer().entries.all(), *gazetteer().pairs.values()], key=lambda f: f.check == "homograph"
    ):
        if len(form.codes) == 1:
            language = "ko" if form.korean else "en"
            table[form.codes[0], language, form.kind].append(form.text)
    return table


@lru_cache(maxsize=1)
def _compounds() -> list[tuple[tuple[str, ...], str]]:
    return [(form.codes, form.text) for form in gazetteer().entries.all() if form.kind == "compound"]
