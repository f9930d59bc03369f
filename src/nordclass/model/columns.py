"""The columns of the dense rows that the combiners read, by name and in order.

A stored model knows a column by its position alone: names may change, their order may not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from nordclass.mentions.candidates import NUMBERS
from nordclass.model.mentions import MENTION_NAMES

SUMMARY_NAMES: Final = (
    "best country score",
    "best region score",
    "countries",
    "regions",
    "sum of country probabilities",
    "any cooperation score",
    "best sector score",
    "second sector score",
    "home mentions",
    "is Korean",
    "thousands of characters",
    "lines per thousand characters",
    "share of lines with a bullet",
)
"""What both rows say of the document as a whole."""

RELATIVE_NAMES: Final = (
    "is region",
    "place score",
    "best other score",
    "lead over best other",
    "places with higher scores",
    "sum of other probabilities",
    "mean score of listed",
    "best score of listed",
    "listed",
)
"""What compares a place with the other places of its document; listed are those in lists with it."""

PLACE_NAMES: Final = (*NUMBERS, *RELATIVE_NAMES, *SUMMARY_NAMES, *MENTION_NAMES)
SECTOR_NAMES: Final = (
    "sector score",
    "rank",
    "score less the best",
    "sum of probabilities",
    "prior",
    "number of the sector",
    *SUMMARY_NAMES,
    "best passage",
    "share of neighbours",
    "similarity of neighbours",
)
PRESENCE_NAMES: Final = (
    "best sector log-odds",
    "second sector log-odds",
    "any cooperation score",
    "best country score",
    "best region score",
)

PLACE_COLUMNS: Final = len(PLACE_NAMES)
SECTOR_COLUMNS: Final = len(SECTOR_NAMES)
PRESENCE_COLUMNS: Final = len(PRESENCE_NAMES)
OLD_PLACE_COLUMNS: Final = PLACE_COLUMNS - len(MENTION_NAMES)
"""How many of the place columns, the first, the networks of models up to format 9 read."""


def _positions(names: Sequence[str]) -> Mapping[str, int]:
    return {name: column for column, name in enumerate(names)}


def _span(names: Sequence[str], part: Sequence[str]) -> slice:
    """The columns of `part`, which stand together among `names`."""
    first = names.index(part[0])
    return slice(first, first + len(part))


PLACE_COLUMN: Final = _positions(PLACE_NAMES)
"""The position of each column of a place's row, by name."""

NUMBERS_OF_PLACE: Final = _span(PLACE_NAMES, NUMBERS)
SUMMARY_OF_PLACE: Final = _span(PLACE_NAMES, SUMMARY_NAMES)
MENTIONS_OF_PLACE: Final = _span(PLACE_NAMES, MENTION_NAMES)

SECTOR_COLUMN: Final = _positions(SECTOR_NAMES)
"""The position of each column of a sector's row, by name."""

SUMMARY_OF_SECTOR: Final = _span(SECTOR_NAMES, SUMMARY_NAMES)

SUMMARY_OF_PRESENCE: Final = [SUMMARY_NAMES.index(name) for name in PRESENCE_NAMES if name in SUMMARY_NAMES]
"""The positions in a summary of what `Presence` reads of it."""
