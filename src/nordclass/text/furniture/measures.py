"""What can be measured of the lines of a page: looks, place, and what they share with the rest.

The columns are those of one line, of where it stands, of its neighbours, of windows before and behind it, of
the stretch of short lines that it is part of, and of the page. None says which words a line has.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Floats
from nordclass.text.furniture.lines import MONTHS, Line, Page
from nordclass.text.furniture.words import places_of, stems

OWN: Final = (
    "characters",
    "words",
    "characters a word",
    "full stop",
    "ending",
    "body",
    "furniture",
    "digits",
    "capitals",
    "mark",
    "date",
    "bars",
    "quotes",
    "byline",
    "address",
    "shared",
    "stems",
    "places elsewhere",
    "places of the article",
    "gap",
)
"""The measures of a line by itself, and of what it shares with the rest of the article."""
WHERE: Final = (
    "lines above",
    "lines below",
    "place",
    "lines",
    "share told above",
    "share told below",
    "behind a long line",
    "before a long line",
    "characters above",
    "characters below",
    "above the article",
    "below the article",
)
"""Where it stands."""
OF_NEIGHBOURS: Final = (
    "characters",
    "full stop",
    "ending",
    "body",
    "furniture",
    "digits",
    "mark",
    "date",
    "shared",
    "places elsewhere",
    "places of the article",
)
"""What is seen of each neighbour."""
OF_WINDOWS: Final = (
    "characters",
    "full stop",
    "body",
    "furniture",
    "shared",
    "places elsewhere",
    "places of the article",
)
"""What is seen of the lines in a window, on average."""
STRETCH: Final = ("length", "nth", "shared", "places elsewhere", "full stops", "furniture")
"""The lines between two long ones."""
PAGE: Final = ("furniture", "long lines", "body", "Korean")
"""The page as a whole."""
NEIGHBOURS: Final = (-3, -2, -1, 1, 2, 3)
WINDOWS: Final = ((-6, 0), (1, 7), (-12, 0), (1, 13))
"""First line and the one behind the last, from the line on."""

COLUMNS: Final = (
    *OWN,
    *WHERE,
    *(f"{name} at {at:+}" for at in NEIGHBOURS for name in OF_NEIGHBOURS),
    *(f"{name} in {low:+} to {high:+}" for low, high in WINDOWS for name in OF_WINDOWS),
    *(f"stretch: {name}" for name in STRETCH),
    *(f"page: {name}" for name in PAGE),
)
"""The names of the columns, in order."""

MIN_LONG: Final = 120
"""Minimum characters of a line that counts as long."""
MAX_AWAY: Final = 20
"""Lines to the nearest long one, at most; as many where there is none."""
MAX_STEMS: Final = 12
"""Stems of a line that count, at most."""
MAX_LOOKED: Final = 120
"""Characters of a line in which marks, figures and the like are looked for."""
MAX_PLACES: Final = 40
"""Different places of a page that count, each looked for in the rest of it; so time stays linear."""

_FULL_STOP: Final = re.compile(r"[.!?。][\"”’')\]]{0,3}$")
_ENDING: Final = re.compile(r"[.!?。다요음함임][\"”’')\]]{0,3}$")
_MARK: Final = re.compile(r"[-–•·▶▸►☞■□◆◇○●▲▼*+#>»│└├\[]|\d{1,2}[.)] ?")
_DATE: Final = re.compile(
    r"\d{4}[-./년] ?\d{1,2}[-./월] ?\d{1,2}|\d{1,2}:\d{2}|\d{1,4}(?:분|시간|일) ?전"
    rf"|\b\d{{1,2}} (?:{MONTHS})|\b(?:{MONTHS})[a-z]{{0,6}} \d{{1,2}}\b"
    r"|\b(?:hours?|minutes?|days?|min|hrs?) (?:ago|read)\b"
)
_BYLINE: Final = re.compile(
    r"기자|특파원|\bby\b|@|편집|updated|입력|승인|published|posted|written", re.IGNORECASE
)
_QUOTE: Final = re.compile("[\"“”'‘’]")
_DIGIT: Final = re.compile(r"\d")
_CAPITAL: Final = re.compile(r"\b[A-Z]")
_BAR: Final = re.compile(r"[|│ㅣ·›»>/]")
_ADDRESS: Final = re.compile(r"https?:|www\.|\]\(|\.(?:com|org|kr|net|png|jpg)")
_NEIGHBOUR_COLUMNS: Final = [OWN.index(name) for name in OF_NEIGHBOURS]
_WINDOW_COLUMNS: Final = [OWN.index(name) for name in OF_WINDOWS]
_STRETCH_COLUMNS: Final = [
    OWN.index(name) for name in ("shared", "places elsewhere", "full stop", "furniture")
]
_REACH: Final = max(NEIGHBOURS)
_PADDED: Final = np.array(NEIGHBOURS) + _REACH
_BOUNDS: Final = np.array(WINDOWS)
_KOREAN_WITHIN: Final = 300


def measures(page: Page, title: str = "") -> Floats:
    """The measures of the lines of a page after the rules: shape (lines, len(COLUMNS)).

    The `title`, where it is known apart from the text, counts as a line of the article.
    """
    lines = page.lines
    own = _own(lines, title)
    long = np.array([len(line.text) >= MIN_LONG and not line.drop for line in lines])
    parts = (
        own,
        _where(page, own, long),
        _neighbours(own),
        _windows(own),
        _stretches(own, long),
        np.broadcast_to(_whole(lines, own, long), (len(lines), len(PAGE))),
    )
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _own(lines: Sequence[Line], title: str) -> Floats:
    rest = _Rest.of(lines, title)
    rows = [(*_look(line), *rest.shared(index), line.gap) for index, line in enumerate(lines)]
    return np.array(rows, dtype=np.float32)


def _look(line: Line) -> tuple[float, ...]:
    """How a line looks: `OWN` up to what it shares. Of a long line the beginning is looked at."""
    size, words = len(line.text), len(line.text.split())
    end, start = line.text[-4:], line.text[:MAX_LOOKED]
    return (
        math.log1p(size),
        math.log1p(words),
        size / words,
        _FULL_STOP.search(end) is not None,
        _ENDING.search(end) is not None,
        line.is_body,
        line.drop,
        len(_DIGIT.findall(start)) / len(start),
        len(_CAPITAL.findall(start)) / words,
        _MARK.match(start) is not None,
        _DATE.search(start) is not None,
        len(_BAR.findall(start)) / words,
        _QUOTE.search(start) is not None,
        _BYLINE.search(start) is not None,
        _ADDRESS.search(start) is not None,
    )


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the body of a page says: against it a line is held.

    A line of the body is held against the others, any other line against those that do not stand beside it:
    the lead of another story says what its headline says.
    """

    lines: Sequence[Line]
    stems: list[set[str]]
    places: list[set[str]]
    lines_with: Counter[str]
    """In how many lines of the body a stem stands."""
    times: dict[str, int]
    """How often the body names a place."""

    @classmethod
    def of(cls, lines: Sequence[Line], title: str) -> _Rest:
        found = [stems([line.text]) for line in lines]
        named = [set(places_of(line.text)) for line in lines]
        lines_with = Counter(stems([title])) if title else Counter()
        for line, words in zip(lines, found, strict=True):
            if line.in_article:
                lines_with.update(words)
        body = "\n".join([title, *(line.text for line in lines if line.in_article)])
        places = list(dict.fromkeys(place for group in named for place in sorted(group)))
        times = {place: body.count(place) for place in places[:MAX_PLACES]}
        return cls(lines, found, named, lines_with, times)

    def shared(self, index: int) -> tuple[float, float, float, float]:
        """Share of stems that the rest has, number of stems, places elsewhere, places that the rest names."""
        near = [index] if self.lines[index].in_article else [index - 1, index + 1]
        near = [at for at in near if 0 <= at < len(self.lines) and self.lines[at].in_article]
        words, named = self.stems[index], self.places[index] & self.times.keys()
        if near:
            beside = [self.stems[at] for at in near]
            known = sum(self.lines_with[word] > sum([word in others for others in beside]) for word in words)
        else:
            known = sum(word in self.lines_with for word in words)
        inside = sum(
            self.times[place] > sum([self.lines[at].text.count(place) for at in near]) for place in named
        )
        share = (known + 0.5) / (len(words) + 1.5)
        return share, min(len(words), MAX_STEMS), len(named) - inside, inside


def _where(page: Page, own: Floats, long: NDArray[np.bool_]) -> Floats:
    lines = page.lines
    count = len(lines)
    at = np.arange(count)
    told = np.cumsum([0, *(len(line.text) if line.in_article else 0 for line in lines)])
    whole = max(int(told[-1]), 1)
    above, below = told[:-1], told[-1] - told[1:]
    behind = np.where(long, at, -MAX_AWAY - 1)
    before = np.where(long, at, count + MAX_AWAY)
    behind = at - np.maximum.accumulate(behind)
    before = np.minimum.accumulate(before[::-1])[::-1] - at
    return np.stack(
        (
            at,
            count - 1 - at,
            at / count,
            np.full(count, math.log1p(count)),
            above / whole,
            below / whole,
            np.minimum(behind, MAX_AWAY),
            np.minimum(before, MAX_AWAY),
            np.log1p(above),
            np.log1p(below),
            at < page.top,
            at > page.bottom,
        ),
        axis=1,
        dtype=np.float32,
    )


def _neighbours(own: Floats) -> Floats:
    """The lines around each; -1 where there is none."""
    count = len(own)
    padded = np.full((count + 2 * _REACH, len(_NEIGHBOUR_COLUMNS)), -1, dtype=np.float32)
    padded[_REACH : _REACH + count] = own[:, _NEIGHBOUR_COLUMNS]
    beside: Floats = padded[np.arange(count)[:, None] + _PADDED].reshape(count, -1)
    return beside


def _windows(own: Floats) -> Floats:
    count = len(own)
    sums = np.zeros((count + 1, len(_WINDOW_COLUMNS)))
    np.cumsum(own[:, _WINDOW_COLUMNS], axis=0, out=sums[1:])
    bounds = np.minimum(np.maximum(np.arange(count)[:, None, None] + _BOUNDS, 0), count)
    first, last = bounds[..., 0], bounds[..., 1]
    means: Floats = (sums[last] - sums[first]) / np.maximum(last - first, 1)[..., None]
    return means.reshape(count, -1)


def _stretches(own: Floats, long: NDArray[np.bool_]) -> Floats:
    """Of each line that is not long, the stretch between two long ones; zeros for the long ones."""
    rows = np.zeros((len(own), len(STRETCH)), dtype=np.float32)
    ends = np.flatnonzero(np.diff(np.concatenate(([True], long, [True])).astype(np.int8)))
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        part = own[first:last, _STRETCH_COLUMNS]
        mean = part.mean(axis=0)
        rows[first:last, 0] = last - first
        rows[first:last, 1] = np.arange(last - first)
        rows[first:last, 2:] = (mean[0], part[:, 1].sum(), mean[2], mean[3])
    return rows


def _whole(lines: Sequence[Line], own: Floats, long: NDArray[np.bool_]) -> tuple[float, ...]:
    start = "".join(line.text for line in lines if line.in_article)[:_KOREAN_WITHIN]
    return (
        float(own[:, OWN.index("furniture")].mean()),
        float(long.sum()),
        float(own[:, OWN.index("body")].sum()),
        float(any("가" <= letter <= "힣" for letter in start)),
    )
