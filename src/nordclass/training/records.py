"""Labelled documents: read, checked, made uniform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nordclass.errors import DataError
from nordclass.taxonomy import countries, regions


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its labels.

    `countries`, `regions` or `sectors` is None where the record does not say (unlabelled for that head,
    which is not the same as labelled with nothing). `terms_only` documents teach the words of the sectors
    and nothing else.
    """

    id: str
    title: str
    text: str
    countries: frozenset[str] | None
    regions: frozenset[str] | None
    sectors: frozenset[str] | None
    weight: float = 1.0
    terms_only: bool = False


def labelled(records: Iterable[Mapping[str, Any]]) -> Iterator[Labelled]:
    """Check `records` and make them uniform.

    A record has `text`, and `title`, `countries`, `regions`, `sectors` as far as known; labels are lists,
    or strings joined by `;`, `,` or blanks (a table's cell). Raises DataError naming the record.
    """
    for number, record in enumerate(records, start=1):
        name = str(record.get("id") or f"record {number}")
        text = record.get("text")
        title = record.get("title") or ""
        if not isinstance(text, str) or not isinstance(title, str):
            raise DataError(f"{name}: 'text' and 'title' must be strings")
        yield Labelled(
            name,
            title,
            text,
            _codes(record.get("countries"), name, "country", countries()),
            _codes(record.get("regions"), name, "region", regions()),
            _codes(record.get("sectors"), name, "sector", None),
            float(record.get("weight") or 1.0),
            bool(record.get("terms_only", False)),
        )


def _codes(
    value: object, record: str, what: str, known: Mapping[str, object] | None
) -> frozenset[str] | None:
    if value is None:
        return None
    if isinstance(value, str):
        found = value.replace(",", ";").replace("|", ";").split(";")
    elif isinstance(value, (list, tuple, set, frozenset)) and all(isinstance(v, str) for v in value):
        found = list(value)
    else:
        raise DataError(f"{record}: labels of kind {what} must be a list of codes or a string of them")
    codes = frozenset(code.strip() for code in found if code.strip())
    if known is not None and not codes <= known.keys():
        wrong = ", ".join(sorted(codes - known.keys()))
        raise DataError(f"{record}: unknown {what} code {wrong}")
    return codes
