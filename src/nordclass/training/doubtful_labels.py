"""Labels that may not be meant as they are written: each would be learned all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from nordclass.result import KINDS
from nordclass.taxonomy.places import HOME
from nordclass.training.records import Labelled

_LISTED: Final = 12
_CHARACTERS: Final = 60
_JOIN: Final = re.compile("[/／；、·ㆍ\n\r]+")
"""What people put between labels; cells are not split there, for it stands in names, too."""
_LOOSE: Final = re.compile(r"[\s_-]+")


def home_as_partner(documents: Iterable[Labelled]) -> str:
    """What to say where documents are labelled with the home country; empty where none is."""
    if any(HOME in (document.countries or ()) for document in documents):
        return f"the home country, {HOME}, is never told as a partner: as a label it always counts as missed"
    return ""


def contradictions(documents: Iterable[Labelled]) -> str:
    """What to say of documents of one id and text that differ in their labels of a kind; empty where none do.

    A dozen ids are named at most. What is `terms_only`, such as a clause, has labels of its own.
    """
    first: dict[tuple[str, ...], frozenset[str]] = {}
    told: dict[str, None] = {}
    for document in documents:
        for kind in () if document.terms_only else KINDS:
            labels = getattr(document, kind)
            same = (document.id, document.title, document.text, kind)
            if labels is not None and first.setdefault(same, labels) != labels:
                told[document.id] = None
    if not told:
        return ""
    listed = _listed([_quoted(id) for id in told])
    return f"the same records, by id and text, that differ in their labels and are all learned: {listed}"


def doubtful_sectors(documents: Iterable[Labelled]) -> str:
    """What to say of sectors that look like one another, or like several that are joined; else empty.

    A dozen are named at most.
    """
    sectors = sorted({sector for document in documents for sector in document.sectors or ()})
    told = [" and ".join(map(_quoted, group)) for group in _alike(sectors)]
    told += [f"{_quoted(whole)} for {' and '.join(map(_quoted, parts))}" for whole, parts in _joined(sectors)]
    if not told:
        return ""
    return f"sectors that may be the same, or several in one, and are learned apart: {_listed(told)}"


def _listed(items: Sequence[str]) -> str:
    """The first dozen of the items, and how many more there are."""
    return ", ".join(items[:_LISTED]) + (f" and {len(items) - _LISTED} more" if len(items) > _LISTED else "")


def _alike(sectors: Sequence[str]) -> list[list[str]]:
    """Those that differ in nothing but capitals, blanks, hyphens and underscores, together."""
    groups: dict[str, list[str]] = {}
    for sector in sectors:
        groups.setdefault(_LOOSE.sub("", sector).casefold(), []).append(sector)
    return [group for group in groups.values() if len(group) > 1]


def _joined(sectors: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Those all of whose parts are sectors, too, with these."""
    split = [(sector, [part.strip() for part in _JOIN.split(sector)]) for sector in sectors]
    known = set(sectors)
    return [(sector, parts) for sector, parts in split if len(parts) > 1 and known.issuperset(parts)]


def _quoted(name: str) -> str:
    """A sector or an id for a message: on one line, not endless."""
    return f"{name!r:.{_CHARACTERS}}"
