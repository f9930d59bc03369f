"""The two heads: partner countries and regions, and cooperation sectors.

Each has two stages. A linear scorer over TF-IDF terms says how much the words speak for a label; a few
boosted trees (the combiner) weigh that score against the rest of the document: how the other labels score,
how sure it is that the document tells of any cooperation, where and how often a country is named, what single
passages say and what the most similar of the documents learned from were about. Countries
and regions may have a second combiner, a small network that also reads what the words around a name mean.
The combiners read what the first stage of both heads says, never each other's answers. The gate of the
sectors alone also hears what the country head said in the end: a sure partner leaves no doubt that there is
a cooperation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, log
from typing import Final

import numpy as np

from nordclass.array_types import Floats
from nordclass.mentions.candidates import NUMBERS, Analysis, Bag, Candidate, features
from nordclass.model.columns import (
    MENTIONS_OF_PLACE,
    NUMBERS_OF_PLACE,
    PLACE_COLUMN,
    PLACE_COLUMNS,
    SECTOR_COLUMN,
    SECTOR_COLUMNS,
    SUMMARY_NAMES,
    SUMMARY_OF_PLACE,
    SUMMARY_OF_PRESENCE,
    SUMMARY_OF_SECTOR,
)
from nordclass.model.linear import LinearScorer
from nordclass.model.mentions import MENTION_COLUMNS, MentionScorer
from nordclass.model.network import Network
from nordclass.model.sector_scorer import PASSAGE_FIELD, UNREAD, Reading, SectorScorer
from nordclass.taxonomy.places import HOME
from nordclass.text.embedding import Embedding
from nordclass.trees import BoostedTrees, sigmoid

_BULLETS: Final = frozenset("□ㅇ○◦❍-*※▶▷▸▴△■◆·")

ABSENT: Final = -6.0
"""Stands for the log-odds of the best label where there is none."""


_TINY: Final = 1e-6

Layout = tuple[float, float, float]
"""Length of a document in thousands of characters, its lines per thousand, the share with a bullet."""


def layout(text: str) -> Layout:
    """How `text` is set out, which tells a ministry's release from a newspaper's page.

    Blanks around lines do not count, so that furniture, which is blanked out, changes nothing.
    """
    lines = [line for raw in text.split("\n") if (line := raw.strip())]
    size = max(sum(map(len, lines)), 1) / 1000
    bulleted = sum(line[0] in _BULLETS for line in lines)
    return size, len(lines) / size, bulleted / max(len(lines), 1)


@dataclass(frozen=True)
class FirstPass:
    """What one document is like, before any combiner: the linear scores of both heads, and more.

    `places` holds a score for each candidate, `mentions` what `MentionScorer.scores` says of each; `reading`
    says what the words say of the sectors. `terms` are the bags of `sector_terms`.
    """

    candidates: Sequence[Candidate]
    places: Floats
    mentions: Floats
    reading: Reading
    language: str
    home_mentions: int
    layout: Layout
    terms: Mapping[str, Sequence[str]]

    @property
    def manner(self) -> str:
        """What gates go by: the language, with RELEASE behind it where the words are those of a release."""
        return f"{self.language}{RELEASE}" if self.reading.release > 0 else self.language

    @property
    def sectors(self) -> Floats:
        """The linear score of each sector and, last, of "any"; empty where no scorer knows the language."""
        return self.reading.scores

    @cached_property
    def summary(self) -> Floats:
        """What both combiners see of the document as a whole, shape (len(SUMMARY_NAMES),)."""
        is_region = np.array([c.is_region for c in self.candidates], dtype=bool)
        states, regions = self.places[~is_region], self.places[is_region]
        ranked = np.sort(self.sectors[:-1])[::-1]
        length, lines, bulleted = self.layout
        values = {
            "best country score": states.max(initial=ABSENT),
            "best region score": regions.max(initial=ABSENT),
            "countries": len(states),
            "regions": len(regions),
            "sum of country probabilities": sigmoid(states).sum(),
            "any cooperation score": self.sectors[-1] if len(self.sectors) else ABSENT,
            "best sector score": ranked[0] if len(ranked) else ABSENT,
            "second sector score": ranked[1] if len(ranked) > 1 else ABSENT,
            "home mentions": min(self.home_mentions, 10),
            "is Korean": self.language == "ko",
            "thousands of characters": length,
            "lines per thousand characters": lines,
            "share of lines with a bullet": bulleted,
        }
        return np.array([values[name] for name in SUMMARY_NAMES], dtype=np.float32)


def log_odds(probability: float) -> float:
    """The logarithm of the odds of a probability, finite for 0 and 1 too."""
    inside = min(max(probability, _TINY), 1 - _TINY)
    return log(inside / (1 - inside))


@dataclass(frozen=True)
class MeaningReader:
    """A second combiner of the country head, which reads the meaning of the words around a name.

    Where the trees see only scores, the network also gets mean vectors of the terms left and right of the
    mentions, around their lists, within eight tokens, of the title, of the beginning and of the document.
    """

    embedding: Embedding
    network: Network

    def logits(self, first: FirstPass, rows: Floats) -> Floats:
        """The log-odds of each candidate of a document, whose `place_rows` are `rows`."""
        return self.network.logits(meanings(first, self.embedding), rows[:, : len(self.network.center)])


_DOCUMENT_BAGS: Final = 3
_OWN_BAGS: Final = 4
MEANINGS: Final = _DOCUMENT_BAGS + _OWN_BAGS
"""How many mean vectors `meanings` gives a candidate."""

_LEAD: Final = 60


def meanings(first: FirstPass, embedding: Embedding) -> Floats:
    """The mean vectors of the terms around each candidate, shape (candidates, MEANINGS * dimensions)."""
    text = first.terms["text"]
    bags = [first.terms["title"], text[:_LEAD], text]
    for candidate in first.candidates:
        bags += [*candidate.beside, candidate.bags["window"]]  # type: ignore[list-item]
    means = embedding.means(bags)
    count = len(first.candidates)
    shared = np.broadcast_to(means[:_DOCUMENT_BAGS].reshape(1, -1), (count, _DOCUMENT_BAGS * means.shape[1]))
    return np.hstack([means[_DOCUMENT_BAGS:].reshape(count, -1), shared])


RELEASE: Final = "-release"
"""What follows the language in the manner of a ministry's release."""


def gate_of(manner: str, gates: Mapping[str, float], usual: float) -> float:
    """The gate of a `manner` (`FirstPass.manner`) in `gates`, or that of its language, or the `usual` one."""
    return gates.get(manner, gates.get(manner.removesuffix(RELEASE), usual))


class _Gated:
    """A head whose documents must reach a gate: that of their manner in `gates`, or else `gate`."""

    gate: float
    gates: Mapping[str, float]

    def gate_in(self, manner: str) -> float:
        """The gate for documents of a manner (`FirstPass.manner`)."""
        return gate_of(manner, self.gates, self.gate)


@dataclass(frozen=True)
class PlaceHead(_Gated):
    """Which of the places named are partners.

    `threshold` and `region_threshold` are those of the probability; the best country must reach the gate
    (`nordclass.model.classifier.Scored`). With a `reader` the log-odds are the mean of its and the
    combiner's. Models up to format 9 have no scorer of single `mentions`.
    """

    scorer: LinearScorer
    combiner: BoostedTrees
    threshold: float
    region_threshold: float
    gate: float = 0.0
    reader: MeaningReader | None = None
    gates: Mapping[str, float] = field(default_factory=dict)
    mentions: MentionScorer | None = None

    def logits(self, candidates: Sequence[Candidate]) -> Floats:
        """The linear score of each candidate."""
        return self.scorer.first_logits([c.bags for c in candidates])

    def mention_logits(self, candidates: Sequence[Candidate]) -> Floats:
        """What the single mentions of each candidate say (`MentionScorer.scores`)."""
        if self.mentions is None:
            return no_mentions(len(candidates))
        return self.mentions.scores(candidates)

    def probabilities(self, first: FirstPass) -> Floats:
        """The probability of each candidate to be a partner."""
        if not first.candidates:
            return np.zeros(0, dtype=np.float32)
        rows = place_rows(first)
        logits = self.combiner.logits(rows)
        if self.reader is not None:
            logits = (logits + self.reader.logits(first, rows)) / np.float32(2)
        return sigmoid(logits)


def no_mentions(candidates: int) -> Floats:
    """Stands for what mentions say where nothing reads them, shape (candidates, MENTION_COLUMNS)."""
    return np.full((candidates, MENTION_COLUMNS), ABSENT, dtype=np.float32)


def place_rows(first: FirstPass) -> Floats:
    """One dense row for each candidate, for the combiner of the places: shape (candidates, PLACE_COLUMNS)."""
    scores = first.places
    probabilities = sigmoid(scores)
    column = PLACE_COLUMN
    rows = np.empty((len(scores), PLACE_COLUMNS), dtype=np.float32)
    numbers = np.array([candidate.numbers for candidate in first.candidates])
    rows[:, NUMBERS_OF_PLACE] = numbers.reshape(-1, len(NUMBERS))
    rows[:, column["is region"]] = [candidate.is_region for candidate in first.candidates]
    rows[:, column["place score"]] = scores
    rows[:, column["best other score"]] = best = _best_of_others(scores)
    rows[:, column["lead over best other"]] = scores - best
    rows[:, column["places with higher scores"]] = (scores > scores[:, None]).sum(axis=1)
    rows[:, column["sum of other probabilities"]] = probabilities.sum() - probabilities
    score_of = {c.code: score for c, score in zip(first.candidates, scores.tolist(), strict=True)}
    for row, candidate in zip(rows, first.candidates, strict=True):
        listed = [score_of[code] for code in candidate.peers if code in score_of]
        mean = fsum(listed) / len(listed) if listed else score_of[candidate.code]
        row[column["mean score of listed"]] = mean
        row[column["best score of listed"]] = max([ABSENT, *listed])
        row[column["listed"]] = len(listed)
    rows[:, SUMMARY_OF_PLACE] = first.summary
    rows[:, MENTIONS_OF_PLACE] = first.mentions
    return rows


def _best_of_others(scores: Floats) -> Floats:
    """For each of `scores` the highest of the others, at least ABSENT."""
    best, second = _two_best(scores)
    others = np.full(len(scores), max(best, ABSENT), dtype=np.float32)
    if len(scores):
        others[scores.argmax()] = max(second, ABSENT)
    return others


def _two_best(scores: Floats) -> Floats:
    """The highest of `scores` and the next; ABSENT for one that is missing or lower."""
    ranked: Floats = np.sort(np.append(scores, (ABSENT, ABSENT)).astype(np.float32))
    return ranked[:-3:-1]


@dataclass(frozen=True)
class Presence:
    """How probable it is that a document has any sector: a logistic regression over `presence_row`.

    The combiner asks of one sector after the other and says best which; that there is one at all is surer
    where several speak for themselves, the document as a whole sounds like cooperation and a partner is near.
    `weights` has shape (PRESENCE_COLUMNS,).
    """

    weights: Floats
    bias: float

    def probability(self, row: Floats) -> float:
        """The probability that the document of a row has any sector."""
        return float(sigmoid(row[np.newaxis] @ self.weights + np.float32(self.bias))[0])


def presence_row(logits: Floats, first: FirstPass) -> Floats:
    """What `Presence` sees of a document, shape (PRESENCE_COLUMNS,).

    The combiner's two highest log-odds, of `logits`, and the linear scores for "any cooperation", of the best
    country and of the best region.
    """
    return np.concatenate([_two_best(logits), first.summary[SUMMARY_OF_PRESENCE]])


@dataclass(frozen=True)
class SectorHead(_Gated):
    """Which sectors a document is about.

    `scorers` by language; `priors` and `thresholds` by label. That there is any sector must reach the gate
    (`nordclass.model.classifier.Scored`); how probable that is says `presence`, or without it (models up to
    format 2) the best sector's score. A document whose best country or region is a partner with the
    probability `sure_partner` passes in any case; with 0 none does.
    """

    labels: tuple[str, ...]
    scorers: Mapping[str, SectorScorer]
    combiner: BoostedTrees
    priors: Floats
    thresholds: Floats
    gate: float = 0.0
    presence: Presence | None = None
    gates: Mapping[str, float] = field(default_factory=dict)
    sure_partner: float = 0.0

    def settled(self, presence: float, partner: float) -> float:
        """`presence`, or certainty where the best place is a partner with the probability `partner`."""
        return 1.0 if 0 < self.sure_partner <= partner else presence

    def read(self, terms: Mapping[str, Bag], running: Sequence[str], language: str) -> Reading:
        """What the words of a document say (`SectorScorer.read`); UNREAD in a language without a scorer."""
        scorer = self.scorers.get(language)
        return UNREAD if scorer is None else scorer.read(terms, running)

    def probabilities(self, first: FirstPass) -> tuple[Floats, float]:
        """The probability of each label, shape (labels,), and that there is any at all."""
        if not len(first.sectors):
            return np.zeros(len(self.labels), dtype=np.float32), 0.0
        logits = self.combiner.logits(sector_rows(first, self.priors))
        probabilities = sigmoid(logits)
        if self.presence is None:
            return probabilities, float(probabilities.max())
        return probabilities, self.presence.probability(presence_row(logits, first))


def sector_rows(first: FirstPass, priors: Floats) -> Floats:
    """One dense row for each sector, for the combiner of the sectors: shape (labels, SECTOR_COLUMNS)."""
    scores = first.sectors[:-1]
    count = len(scores)
    rows = np.empty((count, SECTOR_COLUMNS), dtype=np.float32)
    ranks = np.empty(count, dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(count)
    column = SECTOR_COLUMN
    rows[:, column["sector score"]] = scores
    rows[:, column["rank"]] = ranks
    rows[:, column["score less the best"]] = scores - scores.max()
    rows[:, column["sum of probabilities"]] = sigmoid(scores).sum()
    rows[:, column["prior"]] = priors
    rows[:, column["number of the sector"]] = np.arange(count)
    rows[:, SUMMARY_OF_SECTOR] = first.summary
    reading = first.reading
    rows[:, column["best passage"]] = reading.passages if len(reading.passages) else ABSENT
    rows[:, column["share of neighbours"]] = reading.near[:-1] if len(reading.near) else 0.0
    rows[:, column["similarity of neighbours"]] = reading.near[-1] if len(reading.near) else 0.0
    return rows


def sector_terms(analysis: Analysis) -> dict[str, Sequence[str]]:
    """The bags of a document for the sector head: all its terms, and those of its title."""
    return {"text": analysis.terms, "title": analysis.title_terms}


def first_pass(analysis: Analysis, places: PlaceHead | None, sectors: SectorHead | None) -> FirstPass:
    """Score a document with the linear scorers of both heads; a head that is missing scores nothing."""
    terms = sector_terms(analysis)
    counted = Counter(terms["text"])  # both heads read them all: counted once
    found = list(features(analysis, counted)) if places else []
    language = analysis.document.language
    reading = sectors.read({**terms, PASSAGE_FIELD: counted}, analysis.terms, language) if sectors else UNREAD
    return FirstPass(
        candidates=found,
        places=places.logits(found) if places else np.zeros(0, dtype=np.float32),
        mentions=places.mention_logits(found) if places else no_mentions(0),
        reading=reading,
        language=language,
        home_mentions=len(analysis.by_code.get(HOME, ())),
        layout=layout(analysis.document.text),
        terms=terms,
    )
