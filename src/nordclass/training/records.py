"""Labelled documents: read, checked, made uniform."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from numbers import Real
from typing import Any, Final
from unicodedata import normalize

from nordclass.cells import as_text, columns_of, is_empty, members
from nordclass.errors import DataError
from nordclass.result import COUNTRIES, KINDS, REGIONS
from nordclass.taxonomy import countries, regions, sectors
from nordclass.taxonomy.names import name_rows, plain_code

COLUMNS: Final = ("id", "group", "title", "text", *KINDS, "weight", "terms_only", "representative", "release")
"""The columns of a record that are read."""

_SURE_JOIN: Final = re.compile(";")
_ANY_JOIN: Final = re.compile("[;,|]")
_FLAGS: Final[Mapping[object, bool]] = {
    **dict.fromkeys((True, "true", "yes", "1"), True),
    **dict.fromkeys((False, "false", "no", "0"), False),
}
_PLACES: Final = {COUNTRIES: ("country", countries), REGIONS: ("region", regions)}
"""What a label of a kind of places is called, and what gives all there are, by their codes."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its labels.

    `countries`, `regions` or `sectors` is None where the record does not say (unlabelled for that head,
    which is not the same as labelled with nothing). `terms_only` documents teach the words of the sectors, by
    document and by passage, and nothing else; thresholds and figures are taken from `representative`
    documents alone, not from those that only teach. `release` says that it is a release of a ministry; what
    is told of these may have a gate of its own. Documents of one `group` (a release and its retelling, an
    article and its translation) are never on both sides of a cross-validation: what was learned from one
    would flatter the figures of the other.
    """

    id: str
    group: str
    title: str
    text: str
    countries: frozenset[str] | None
    regions: frozenset[str] | None
    sectors: frozenset[str] | None
    weight: float = 1.0
    terms_only: bool = False
    representative: bool = True
    release: bool = False


def labelled(records: Iterable[Mapping[str, Any]]) -> list[Labelled]:
    """Check `records` and make them uniform.

    A record has `text`, and `title`, `countries`, `regions`, `sectors` as far as known; capitals in these
    names and blanks around them do not matter (`columns_of`). Labels are lists or arrays of codes (also of
    mappings with a `code`, as `nordclass label` writes them), or a cell of a table: a JSON list, or codes
    joined by `;`. Countries and regions may be joined by `,` or `|` too, and so may sectors in a cell without
    `;` whose parts are all sectors of ours or labels that other records have; names of one's own keep their
    commas and bars. Whole numbers serve as codes. Codes are composed (NFC). An empty cell (a blank string,
    NaN) says "labelled with nothing", None says nothing. One without `group` is a group of its own.

    Raises DataError naming the record.
    """
    found: list[Labelled] = []
    joined: dict[int, frozenset[str]] = {}
    for number, record in enumerate(records, start=1):
        if not isinstance(record, Mapping):
            raise DataError(f"record {number} must be a mapping of columns, not {type(record).__name__}")
        row = columns_of(record, COLUMNS)
        document = _uniform(row, number)
        if parts := _perhaps_joined(row.get("sectors")):
            joined[len(found)] = parts
        found.append(document)
    known = frozenset(sectors()).union(*(d.sectors or () for i, d in enumerate(found) if i not in joined))
    for i, parts in joined.items():
        whole = found[i].sectors or frozenset()
        if parts <= known and not whole <= known:
            found[i] = replace(found[i], sectors=parts)
    return found


def _uniform(record: Mapping[str, Any], number: int) -> Labelled:
    id, group = record.get("id"), record.get("group")
    name = f"record {number}" if is_empty(id) else str(id)
    text = record.get("text")
    title = "" if is_empty(record.get("title")) else record["title"]
    if not isinstance(text, str) or not isinstance(title, str):
        raise DataError(f"{name}: 'text' and 'title' must be strings")
    return Labelled(
        name,
        # A blank keeps the numbers of those without apart from every group that is given.
        f" {number}" if is_empty(group) else (as_text(group) or str(group)).strip(),
        title,
        text,
        _places(record, name, COUNTRIES),
        _places(record, name, REGIONS),
        _sectors(record.get("sectors"), name),
        weight_of(record, name),
        _flag(record, "terms_only", False, name),
        _flag(record, "representative", True, name),
        _flag(record, "release", False, name),
    )


def _flag(record: Mapping[str, Any], column: str, usual: bool, name: str) -> bool:
    """What a column says, as a truth value, a number or a word; an empty cell says the usual."""
    value = record.get(column)
    if is_empty(value):
        return usual
    try:
        return _FLAGS[value.strip().lower() if isinstance(value, str) else value]
    except (KeyError, TypeError):
        raise DataError(f"{name}: '{column}' must be true or false, not {value!r}") from None


def weight_of(record: Mapping[str, Any], name: str) -> float:
    """The weight of a record, 1 where it has none. Raises DataError that names it when it is no weight."""
    value = record.get("weight")
    if is_empty(value):
        return 1.0
    if isinstance(value, (Real, str)):
        with suppress(ValueError):
            if 0 < (weight := float(value)) < inf:
                return weight
    raise DataError(f"{name}: 'weight' must be a number above 0, not {value!r}")


def _places(record: Mapping[str, Any], name: str, kind: str) -> frozenset[str] | None:
    what, known = _PLACES[kind]
    codes = _codes(record.get(kind), name, what, _ANY_JOIN)
    if codes is not None and not codes <= known().keys():
        wrong = ", ".join(_with_meant(code, kind) for code in sorted(codes - known().keys()))
        raise DataError(f"{name}: unknown {what} code {wrong}")
    return codes


def _sectors(value: object, record: str) -> frozenset[str] | None:
    """Sectors, which may be of one's own: a cell is split at `;` alone (see `_perhaps_joined`)."""
    codes = _codes(value, record, "sector", _SURE_JOIN)
    for code in sorted(codes or ()):
        try:
            code.encode("utf-8")
        except UnicodeEncodeError:
            raise DataError(
                f"{record}: the sector {code!a} holds half a character (a lone surrogate)"
            ) from None
        if ";" in code:
            raise DataError(
                f"{record}: the sector {code!r} holds a `;`, which joins labels in tables; rename it"
            )
    return codes


def _codes(value: object, record: str, what: str, join: re.Pattern[str]) -> frozenset[str] | None:
    """The labels of a record; None where it does not say."""
    if value is None:
        return None
    if is_empty(value):
        return frozenset()
    if isinstance(value, str):
        found: list[str | None] = [*_split(value, record, what, join)]
    elif (listed := members(value)) is not None:
        found = [_code(each) for each in listed]
    else:
        found = [as_text(value)]
    if None in found:
        raise DataError(f"{record}: labels of kind {what} must be a list of codes or a string of them")
    return _cleaned(code for code in found if code)


def _code(member: object) -> str | None:
    """A code as it stands in a list: by itself, or with its score as `nordclass label` writes it."""
    return as_text(member.get("code") if isinstance(member, Mapping) else member)


def _split(cell: str, record: str, what: str, join: re.Pattern[str]) -> list[str]:
    """The labels in a cell of a table: a JSON list, or codes with a `join` between them."""
    if not _is_list(cell):
        return join.split(cell)
    try:
        listed = json.loads(cell)
    except (ValueError, RecursionError):
        listed = None
    found = [_code(each) for each in listed] if isinstance(listed, list) else [None]
    if None in found:
        raise DataError(
            f"{record}: labels of kind {what} begin with [ and are no JSON list of strings;"
            ' write them as one;two or as ["one", "two"]'
        )
    return [code for code in found if code]


def _is_list(cell: str) -> bool:
    return cell.lstrip().startswith("[")


def _perhaps_joined(value: object) -> frozenset[str]:
    """The sectors that a cell without `;` joins, unless it is the name of one; empty where it joins none."""
    if not isinstance(value, str) or _is_list(value) or _SURE_JOIN.search(value):
        return frozenset()
    parts = _ANY_JOIN.split(value)
    return _cleaned(parts) if len(parts) > 1 else frozenset()


def _cleaned(codes: Iterable[str]) -> frozenset[str]:
    """Codes without blanks around them, composed, so that those that look the same are; no empty ones."""
    return frozenset(normalize("NFC", code.strip()) for code in codes if code.strip())


def _with_meant(code: str, kind: str) -> str:
    """A code that is none of its kind, and what it may stand for, if need be of the other kind of places."""
    if meant := _meant(code, _PLACES[kind][1]()):
        return f"{code} (perhaps {' or '.join(meant)})"
    other = REGIONS if kind == COUNTRIES else COUNTRIES
    what, known = _PLACES[other]
    if meant := _meant(code, known()):
        it = "it" if meant == [code] else " or ".join(meant)
        return f"{code} (a {what}; put {it} under {other})"
    return code


def _meant(word: str, known: Collection[str]) -> list[str]:
    """Those of the codes that are `known` that a word may stand for."""
    folded = word.casefold()
    codes = {code.casefold(): code for code in known}
    return [codes[folded]] if folded in codes else [c for c in _by_name().get(folded, ()) if c in known]


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Collection[str]]:
    """The codes of countries and regions by their names and three-letter codes, in lower case.

    What else tells one alone (its capital, a person, a Chinese character) stands for it, too.
    """
    names: dict[str, dict[str, None]] = {}
    others: dict[str, dict[str, None]] = {}
    for country in countries().values():
        names.setdefault(country.iso3.casefold(), {})[country.code] = None
    for row in name_rows():
        found = names if row.kind in ("name", "short", "old") else others
        found.setdefault(row.form.casefold(), {})[plain_code(row.code)] = None
    return {form: codes for form, codes in others.items() if len(codes) == 1} | names
