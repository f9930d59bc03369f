"""The classifier: from text to labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import Any, Final

from nordclass.array_types import Floats
from nordclass.mentions.candidates import Analysis, analyse
from nordclass.model.heads import FirstPass, PlaceHead, SectorHead, first_pass, log_odds
from nordclass.result import COUNTRIES, REGIONS, SECTORS, Explained, Label, Result
from nordclass.taxonomy import countries, regions, sectors
from nordclass.taxonomy.names import plain_code
from nordclass.taxonomy.schemes import NORDCLASS, check, convert
from nordclass.text.document import Document
from nordclass.text.headline import lone_headline
from nordclass.text.lexicon import Lexicon

MARGIN: Final = 0.1
"""How far from its threshold a score is still uncertain, unless the recipe says otherwise."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The labels of one kind in a document, highest score first, and which of them are assigned.

    A label is told where its margin, how far its score is above its threshold, is 0 or more, and `presence`,
    the probability that there is any label, reaches `gate`. So a document that tells of no cooperation is
    told no label, however high it scores, without losing the minor labels of one that does. Where nothing
    better is known, the best label's score is `presence`.
    """

    labels: tuple[Label, ...] = ()
    margins: tuple[float, ...] = ()
    presence: float = 0.0
    gate: float = 0.0

    @classmethod
    def of(cls, labels: Iterable[tuple[Label, float]], presence: float = 1.0, gate: float = 0.0) -> Scored:
        """Labels, given with their thresholds, of a document that has any with the probability `presence`."""
        ranked = sorted(labels, key=lambda item: (-item[0].score, item[0].code))
        margins = tuple([label.score - threshold for label, threshold in ranked])
        return cls(tuple([label for label, _ in ranked]), margins, presence, gate)

    @property
    def passes(self) -> bool:
        """Whether the document reaches its gate."""
        return self.presence >= self.gate

    @property
    def gate_margin(self) -> float:
        """How far `presence` is above the gate, or below it, as a probability from one half.

        The distance in log-odds is what counts: above a gate of .96 no probability is .1 higher. One half
        where there is no gate.
        """
        if not self.gate:
            return 0.5
        return 1 / (1 + exp(log_odds(self.gate) - log_odds(self.presence))) - 0.5

    def told(self) -> tuple[Label, ...]:
        """The labels that are told."""
        if not self.passes:
            return ()
        return tuple([x for x, margin in zip(self.labels, self.margins, strict=True) if margin >= 0])

    def near(self, margin: float) -> tuple[Label, ...]:
        """The labels, told or not, that would be told or not if score and gate margin changed by `margin`."""
        gate_margin = self.gate_margin
        found = zip(self.labels, self.margins, strict=True)
        return tuple([x for x, own in found if abs(min(own, gate_margin)) <= margin])


Kinds = tuple[Scored, Scored, Scored]
"""Countries, regions and sectors."""

Text = str | tuple[str | None, str]
"""A text, or a pair of title and text."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every label of one input with how far it is from being told, and what that was read from.

    `analysis` and `first` are None where the document is in a language that nordclass does not read.
    """

    text: str
    title: str | None
    document: Document
    kinds: Kinds = (Scored(), Scored(), Scored())
    analysis: Analysis | None = None
    first: FirstPass | None = None


@dataclass(frozen=True)
class Description:
    """What a model says of itself: its name, what made it, and what was measured of it.

    `margin`: a label is uncertain when its score is at most this far from its threshold, or the document as
    near to the gate (`Scored.near`). Raises ValueError
    when that is no number between 0 and 1.
    """

    name: str
    version: str
    licence: str = ""
    library: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    data: Sequence[Mapping[str, Any]] = ()
    labels: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    margin: float = MARGIN

    def __post_init__(self) -> None:
        if not 0 <= float(self.margin) <= 1:
            raise ValueError(f"margin must be between 0 and 1, not {self.margin!r}")


class Classifier:
    """Labels documents with partner countries, regions and cooperation sectors.

    Made by `nordclass.load` or `nordclass.train`. A classifier is read-only and may be shared by threads.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        places: PlaceHead | None,
        sector_head: SectorHead | None,
        description: Description,
    ) -> None:
        self.lexicon = lexicon
        self.places = places
        self.sectors = sector_head
        self.description = description
        self.name = f"{description.name} {description.version}"

    def classify(self, text: str, *, title: str | None = None, scheme: str = NORDCLASS) -> Result:
        """Label one document.

        `scheme` says what its sectors are: "nordclass", "dac" (codes of 3 digits) or "nine-bridges". Raises
        TypeError when `text` or `title` is not a string, NordclassError for another scheme and for one that
        knows none of the model's sectors.
        """
        self.check_scheme(scheme)
        return self.result(self.assess(text, title=title), scheme=scheme)

    def scores(self, text: str, *, title: str | None = None, scheme: str = NORDCLASS) -> Result:
        """Like `classify`, but with every candidate and every sector, however low its score.

        There are no sectors where the model has not learned the document's language.
        """
        self.check_scheme(scheme)
        return self.result(self.assess(text, title=title), scheme=scheme, all_scores=True)

    def explain(
        self,
        text: str,
        *,
        title: str | None = None,
        most: int = 8,
        uncertain: bool = False,
        all_scores: bool = False,
    ) -> tuple[Explained, ...]:
        """The labels of one document, countries first, each with the words behind it and their offsets.

        Of each label at most `most` terms are named. Labels that are uncertain and not told
        (`Result.uncertain`) are explained too with `uncertain`, every candidate and every sector with
        `all_scores`. Sectors are those of the model whatever the scheme. Raises TypeError when `text` or
        `title` is not a string.
        """
        assessed = self.assess(text, title=title)
        return self.explanation(assessed, most=most, uncertain=uncertain, all_scores=all_scores)

    def classify_many(
        self,
        texts: Iterable[Text],
        *,
        n_jobs: int = 1,
        progress: bool = False,
        scheme: str = NORDCLASS,
    ) -> Iterator[Result]:
        """Label many documents, in order, holding only a few at a time.

        Items are texts or (title, text) pairs; `n_jobs` is the number of processes (-1: one per core, which
        is also the maximum); `progress` shows a bar on stderr; `scheme` as for `classify`. Raises at once
        NordclassError as `classify`, and TypeError when `texts` is one text, a mapping or a table; TypeError
        that gives the number of an item that is neither a text nor a pair, after the results of those before
        it.
        """
        from nordclass.model.many import classify_many

        return classify_many(self, texts, n_jobs=n_jobs, progress=progress, scheme=scheme)

    def save(self, path: str | Path) -> None:
        """Write the model to the folder `path`, which must not hold anything but an older model."""
        from nordclass.model.writer import save

        save(self, Path(path))

    def assess(self, text: str, *, title: str | None = None) -> Assessment:
        """Read one document and score every label, for whoever wants more than one answer about it.

        Raises TypeError when `text` or `title` is not a string.
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        if title is not None and not isinstance(title, str):
            raise TypeError(f"title must be a str or None, not {type(title).__name__}")
        # What an article's headline says its body says again; so does a headline that comes alone.
        headline = lone_headline(text, title)
        document = Document.read(text, title) if headline is None else Document.read(headline, headline)
        if document.language == "und":
            return Assessment(text, title, document)
        analysis = analyse(document, self.lexicon)
        first = first_pass(analysis, self.places, self.sectors)
        countries_ = regions_ = sectors_ = Scored()
        if self.places:
            countries_, regions_ = scored_places(self.places, first, self.places.probabilities(first))
        if self.sectors and len(first.sectors):  # else none, not all with score 0
            partner = max((x.score for kind in (countries_, regions_) for x in kind.labels), default=0.0)
            probabilities, presence = self.sectors.probabilities(first)
            presence = self.sectors.settled(presence, partner)
            sectors_ = scored_sectors(self.sectors, first, probabilities, presence)
        kinds = (countries_, regions_, sectors_)
        return Assessment(text, title, document, kinds, analysis, first)

    def result(self, assessed: Assessment, *, scheme: str = NORDCLASS, all_scores: bool = False) -> Result:
        """What `classify` answers about a document that this classifier has assessed.

        With `all_scores` what `scores` answers. Raises NordclassError as these do.
        """
        self.check_scheme(scheme)
        uncertain = tuple(label for kind in assessed.kinds for label in kind.near(self.description.margin))
        countries_, regions_, sectors_ = (
            kind.labels if all_scores else kind.told() for kind in assessed.kinds
        )
        document = assessed.document
        result = Result(countries_, regions_, sectors_, document.language, self.name, uncertain)
        return convert(result, scheme, document.text)

    def explanation(
        self, assessed: Assessment, *, most: int = 8, uncertain: bool = False, all_scores: bool = False
    ) -> tuple[Explained, ...]:
        """What `explain` answers about a document that this classifier has assessed."""
        from nordclass.model.explaining import explain

        def picked(kind: Scored) -> tuple[Label, ...]:
            if all_scores:
                return kind.labels
            shown = {*kind.told(), *(kind.near(self.description.margin) if uncertain else ())}
            return tuple(label for label in kind.labels if label in shown)

        return explain(self, assessed, tuple(map(picked, assessed.kinds)), most)

    def check_scheme(self, scheme: str) -> None:
        """Raise NordclassError for a scheme that the model cannot answer in."""
        check(scheme, self.sectors.labels if self.sectors else ())


def scored_places(head: PlaceHead, first: FirstPass, probabilities: Floats) -> tuple[Scored, Scored]:
    """The countries and the regions of a document, given the probability of each of its candidates."""
    countries_: list[tuple[Label, float]] = []
    regions_: list[tuple[Label, float]] = []
    for candidate, probability in zip(first.candidates, probabilities, strict=True):
        score = float(probability)
        if candidate.is_region:
            region = regions()[plain_code(candidate.code)]
            label = Label(region.code, score, region.name_ko, region.name_en, kind=REGIONS)
            regions_.append((label, head.region_threshold))
        else:
            country = countries()[candidate.code]
            label = Label(country.code, score, country.name_ko, country.name_en, kind=COUNTRIES)
            countries_.append((label, head.threshold))
    best = max((label.score for label, _ in countries_), default=0.0)
    return Scored.of(countries_, best, head.gate_in(first.manner)), Scored.of(regions_)


def scored_sectors(head: SectorHead, first: FirstPass, probabilities: Floats, presence: float) -> Scored:
    """The sectors of a document, given the probability of each and that there is any (`settled`)."""
    known = sectors()
    found = []
    for code, score, threshold in zip(head.labels, probabilities, head.thresholds, strict=True):
        sector = known.get(code)
        names = (sector.name_ko, sector.name_en) if sector else (code, code)
        dac = sector.dac_primary if sector else None
        found.append((Label(code, float(score), *names, dac, SECTORS), float(threshold)))
    return Scored.of(found, presence, head.gate_in(first.manner))
