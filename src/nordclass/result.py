"""What a classification answers: labels with scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

KINDS: Final = ("countries", "regions", "sectors")
"""The kinds of label, by their names in results and files."""


class Label(NamedTuple):
    """One label of a document.

    `code` is an ISO 3166-1 alpha-2 code for countries and a taxonomy id for regions and sectors; `score`
    is a calibrated probability between 0 and 1; `name_ko` and `name_en` are for people. `dac` is the 3-digit
    OECD DAC code of a sector, None for countries, regions and sectors that the taxonomy does not know.
    """

    code: str
    score: float
    name_ko: str
    name_en: str
    dac: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The labels of one document, each tuple sorted by score, highest first.

    `language` is "ko", "en" or "und" (neither Korean nor English); `model` names the model that answered.
    `uncertain` holds the labels, told or not, that are within the model's margin of turning over, because of
    their own score or because it is doubtful whether the document has any of the kind: countries first, then
    regions, then sectors. A person may want to look at those.
    """

    countries: tuple[Label, ...] = ()
    regions: tuple[Label, ...] = ()
    sectors: tuple[Label, ...] = ()
    language: str = "und"
    model: str = ""
    uncertain: tuple[Label, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record of the output schema without its id: plain lists and dicts, ready for JSON.

        A sector has its DAC code beside its score: text like `code`, for it is a name and no quantity.
        `uncertain` is not part of the schema.
        """
        return {
            "language": self.language,
            "countries": _plain(self.countries),
            "regions": _plain(self.regions),
            "sectors": _plain(self.sectors),
            "model": self.model,
        }


def _plain(labels: tuple[Label, ...]) -> list[dict[str, Any]]:
    return [
        {"code": label.code, "score": round(label.score, 4), **({"dac": label.dac} if label.dac else {})}
        for label in labels
    ]
