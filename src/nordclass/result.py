"""What a classification answers: labels with scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

COUNTRIES: Final = "countries"
REGIONS: Final = "regions"
SECTORS: Final = "sectors"
KINDS: Final = (COUNTRIES, REGIONS, SECTORS)
"""The kinds of label, by their names in results and files."""

UNCERTAIN: Final = "uncertain"
EXPLAINED: Final = "explained"
"""The names of what results hold only on request."""


class Label(NamedTuple):
    """One label of a document.

    `code` is an ISO 3166-1 alpha-2 code for countries and a taxonomy id for regions and sectors; `score`
    is a calibrated probability between 0 and 1; `name_ko` and `name_en` are for people. `dac` is the 3-digit
    OECD DAC code of a sector, None for countries, regions and sectors that the taxonomy does not know. `kind`
    is one of KINDS: the region AU is not the country AU.
    """

    code: str
    score: float
    name_ko: str
    name_en: str
    dac: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The labels of one document, each tuple sorted by score, highest first.

    `language` is "ko", "en" or "und" (neither Korean nor English); `model` names the model that answered.
    `uncertain` holds the labels, told or not, whose score is within the model's margin of the threshold, or
    whose document is as near to the gate, so that it is doubtful whether it has any of the kind: countries
    first, then regions, then sectors. A person may want to check those.
    """

    countries: tuple[Label, ...] = ()
    regions: tuple[Label, ...] = ()
    sectors: tuple[Label, ...] = ()
    language: str = "und"
    model: str = ""
    uncertain: tuple[Label, ...] = ()

    def to_dict(self, *, uncertain: bool = False) -> dict[str, Any]:
        """The record of the output schema without its id: plain lists and dicts, ready for JSON.

        A sector has its DAC code beside its score: text like `code`, for it is a name and no quantity.
        `uncertain` is not part of the schema and is added only on request; as it holds labels of all kinds,
        each has its `kind`.
        """
        return {
            "language": self.language,
            "countries": _plain(self.countries),
            "regions": _plain(self.regions),
            "sectors": _plain(self.sectors),
            "model": self.model,
            **({UNCERTAIN: [_with_kind(label) for label in self.uncertain]} if uncertain else {}),
        }


class Span(NamedTuple):
    """Where something stands in the input: in its `part`, "title" or "text", from `start` to before `end`.

    The offsets count characters of what was given, as slices of a string do; `written` is what stands there.
    """

    part: str
    start: int
    end: int
    written: str


class Reason(NamedTuple):
    """A term that speaks for a label, or against it, and the words that hold it.

    `weight` is what the term adds to the log-odds of the linear stage (`nordclass.model.heads`).
    """

    term: str
    weight: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A label, told or not, with the words behind it.

    `mentions` are where a country or region is named, in order; a sector has none. `reasons` are the terms of
    the greatest weight either way, greatest first. Beside them the score counts what no word shows alone:
    where and how often a place is named, what else the document names, which documents are similar.
    """

    label: Label
    told: bool
    mentions: tuple[Span, ...]
    reasons: tuple[Reason, ...]

    def to_dict(self, spans: int | None = None) -> dict[str, Any]:
        """Plain lists and dicts, ready for JSON.

        Of a name's and of each term's places the first `spans` are listed, or all; `count` says how many
        there are.
        """
        return {
            **_with_kind(self.label),
            "told": self.told,
            "count": len(self.mentions),
            "mentions": [span._asdict() for span in self.mentions[:spans]],
            "reasons": [
                {
                    "term": reason.term,
                    "weight": round(reason.weight, 4),
                    "count": len(reason.spans),
                    "spans": [span._asdict() for span in reason.spans[:spans]],
                }
                for reason in self.reasons
            ],
        }


def _with_kind(label: Label) -> dict[str, Any]:
    return {"kind": label.kind, **_plain((label,))[0]}


def _plain(labels: tuple[Label, ...]) -> list[dict[str, Any]]:
    return [
        {"code": label.code, "score": round(label.score, 4), **({"dac": label.dac} if label.dac else {})}
        for label in labels
    ]
