"""Labelled documents: read, checked, made uniform."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

from nordclass.errors import DataError
from nordclass.taxonomy import countries, regions
from nordclass.taxonomy.tables import cells


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its labels.

    `countries`, `regions` or `sectors` is None where the record does not say (unlabelled for that head,
    which is not the same as labelled with nothing). `terms_only` documents teach the words of the sectors
    and nothing else; thresholds and figures are taken from `representative` documents alone, not from
    those that only teach. `release` says that it is a release of a ministry; what is told of these may have a
    gate of its own. Documents of one `group` (a release and its retelling, an article and its
    translation) are never on both sides of a cross-validation: what was learned from one would flatter the
    figures of the other.
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


def labelled(records: Iterable[Mapping[str, Any]]) -> Iterator[Labelled]:
    """Check `records` and make them uniform.

    A record has `text`, and `title`, `countries`, `regions`, `sectors` as far as known; labels are lists,
    or strings (a table's cell), which are joined by `;`, `,` or `|` or are JSON lists. One without `group` is
    a group of its own. Raises DataError naming the record.
    """
    for number, record in enumerate(records, start=1):
        if not isinstance(record, Mapping):
            raise DataError(f"record {number} must be a mapping of columns, not {type(record).__name__}")
        name = str(record.get("id") or f"record {number}")
        text = record.get("text")
        title = record.get("title") or ""
        if not isinstance(text, str) or not isinstance(title, str):
            raise DataError(f"{name}: 'text' and 'title' must be strings")
        group = record.get("group")
        yield Labelled(
            name,
            # A blank keeps the numbers of those without apart from every group that is given.
            f" {number}" if group is None or group == "" else str(group).strip(),
            title,
            text,
            _codes(record.get("countries"), name, "country", countries()),
            _codes(record.get("regions"), name, "region", regions()),
            _codes(record.get("sectors"), name, "sector", None),
            _weight(record.get("weight"), name),
            _flag(record, "terms_only", False, name),
            _flag(record, "representative", True, name),
            _flag(record, "release", False, name),
        )


def _flag(record: Mapping[str, Any], column: str, usual: bool, name: str) -> bool:
    """What a column says, as a truth value, a number or a word; an empty cell (None, NaN) says the usual."""
    value = record.get(column)
    if value is None or value == "" or value != value:
        return usual
    told = value.strip().lower() if isinstance(value, str) else value
    if told in (True, "true", "yes", "1"):
        return True
    if told in (False, "false", "no", "0"):
        return False
    raise DataError(f"{name}: '{column}' must be true or false, not {value!r}")


def _weight(value: object, record: str) -> float:
    if value is None or value == "":
        return 1.0
    if isinstance(value, (int, float, str)):
        with suppress(ValueError):
            if 0 < (weight := float(value)) < inf:
                return weight
    raise DataError(f"{record}: 'weight' must be a number above 0, not {value!r}")


def _codes(
    value: object, record: str, what: str, known: Mapping[str, object] | None
) -> frozenset[str] | None:
    if value is None:
        return None
    if isinstance(value, str):
        found = _split(value, record, what)
    elif isinstance(value, (list, tuple, set, frozenset)) and all(isinstance(v, str) for v in value):
        found = list(value)
    else:
        raise DataError(f"{record}: labels of kind {what} must be a list of codes or a string of them")
    codes = frozenset(code.strip() for code in found if code.strip())
    if known is not None and not codes <= known.keys():
        wrong = ", ".join(_with_meant(code, known) for code in sorted(codes - known.keys()))
        raise DataError(f"{record}: unknown {what} code {wrong}")
    return codes


def _split(cell: str, record: str, what: str) -> list[str]:
    """The labels in a cell of a table: a JSON list, or codes joined by `;`, `,` or `|`."""
    if not cell.lstrip().startswith("["):
        return cell.replace(",", ";").replace("|", ";").split(";")
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(code, str) for code in found):
        raise DataError(
            f"{record}: labels of kind {what} begin with [ and are no JSON list of strings;"
            ' write them as one;two or as ["one", "two"]'
        )
    return found


def _with_meant(code: str, known: Collection[str]) -> str:
    """A code that is not known, and what it may stand for."""
    folded = code.casefold()
    codes = {other.casefold(): other for other in known}
    meant = [codes[folded]] if folded in codes else [c for c in _by_name().get(folded, ()) if c in known]
    return f"{code} (perhaps {' or '.join(meant)})" if meant else code


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Collection[str]]:
    """The codes of countries and regions by their names and three-letter codes, in lower case."""
    found: dict[str, dict[str, None]] = {}
    for country in countries().values():
        found.setdefault(country.iso3.casefold(), {})[country.code] = None
    for code, _, kind, name, _ in cells("names.tsv"):
        if kind in ("name", "short", "old"):
            found.setdefault(name.casefold(), {})[code.removeprefix("@")] = None
    return found
