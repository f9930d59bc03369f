"""The classifier: from text to labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nordclass.mentions.candidates import analyse
from nordclass.mentions.finder import REGION_MARK
from nordclass.model.heads import PlaceHead, SectorHead, first_pass
from nordclass.result import Label, Result
from nordclass.taxonomy import countries, regions, sectors
from nordclass.taxonomy.schemes import NORDCLASS, check, convert
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon

MARGIN = 0.1
"""How far from its threshold a score is still uncertain, unless the recipe says otherwise."""

Scored = list[tuple[Label, float]]
"""Labels, each with the threshold that its score must reach to be told."""

Kinds = tuple[Scored, Scored, Scored]
"""Countries, regions and sectors, each sorted by score."""

Text = str | tuple[str | None, str]
"""A text, or a pair of title and text."""


@dataclass(frozen=True)
class Description:
    """What a model says of itself: its name, what made it, and what was measured of it.

    `margin`: a label is uncertain when its score is at most this far from its threshold. Raises ValueError
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
        kinds, document = self._score(text, title, scheme)
        told = [tuple(label for label, cut in kind if label.score >= cut) for kind in kinds]
        return self._result(told, kinds, document, scheme)

    def scores(self, text: str, *, title: str | None = None, scheme: str = NORDCLASS) -> Result:
        """Like `classify`, but with every candidate and every sector, however low its score."""
        kinds, document = self._score(text, title, scheme)
        every = [tuple(label for label, _ in kind) for kind in kinds]
        return self._result(every, kinds, document, scheme)

    def classify_many(
        self,
        texts: Iterable[Text],
        *,
        n_jobs: int = 1,
        progress: bool = False,
        scheme: str = NORDCLASS,
    ) -> Iterator[Result]:
        """Label many documents, in order, holding only a few at a time.

        Items are texts or (title, text) pairs; `n_jobs` is the number of processes (-1: one a core);
        `progress` shows a bar on stderr; `scheme` as for `classify`.
        """
        from nordclass.batch import classify_many

        return classify_many(self, texts, n_jobs=n_jobs, progress=progress, scheme=scheme)

    def save(self, path: str | Path) -> None:
        """Write the model to the folder `path`, which must not hold anything but an older model."""
        from nordclass.model.writer import save

        save(self, Path(path))

    def _uncertain(self, kinds: Kinds) -> tuple[Label, ...]:
        margin = self.description.margin
        return tuple(label for kind in kinds for label, cut in kind if abs(label.score - cut) <= margin)

    def _result(
        self, told: Sequence[tuple[Label, ...]], every: Kinds, document: Document, scheme: str
    ) -> Result:
        countries_, regions_, sectors_ = told
        result = Result(countries_, regions_, sectors_, document.language, self.name, self._uncertain(every))
        return convert(result, scheme, document.text)

    def _score(self, text: str, title: str | None, scheme: str) -> tuple[Kinds, Document]:
        """Every label of a document with its threshold, and the document."""
        check(scheme, self.sectors.labels if self.sectors else ())
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}")
        if title is not None and not isinstance(title, str):
            raise TypeError(f"title must be a str or None, not {type(title).__name__}")
        document = Document.read(text, title)
        if document.language == "und":
            return ([], [], []), document
        first = first_pass(analyse(document, self.lexicon), self.places, self.sectors)
        countries_: Scored = []
        regions_: Scored = []
        sectors_: Scored = []
        if self.places:
            scores_ = self.places.probabilities(first)
            states = [float(p) for p, c in zip(scores_, first.candidates, strict=True) if not c.is_region]
            country_cut, region_cut = self.places.cuts(max(states, default=0.0))
            for candidate, odds in zip(first.candidates, scores_, strict=True):
                score = float(odds)
                if candidate.is_region:
                    region = regions()[candidate.code[len(REGION_MARK) :]]
                    label = Label(region.code, score, region.name_ko, region.name_en)
                    regions_.append((label, region_cut))
                else:
                    country = countries()[candidate.code]
                    label = Label(country.code, score, country.name_ko, country.name_en)
                    countries_.append((label, country_cut))
        if self.sectors:
            known = sectors()
            scores_ = self.sectors.probabilities(first)
            cuts = self.sectors.cuts(scores_)
            for code, odds, cut in zip(self.sectors.labels, scores_, cuts, strict=True):
                sector = known.get(code)
                known_as = (
                    (sector.name_ko, sector.name_en, sector.dac_primary) if sector else (code, code, None)
                )
                sectors_.append((Label(code, float(odds), *known_as), cut))
        country_gate = self.places.gate if self.places else 0.0
        sector_gate = self.sectors.gate if self.sectors else 0.0
        kinds = _ranked(countries_, country_gate), _ranked(regions_, 0.0), _ranked(sectors_, sector_gate)
        return kinds, document


def _ranked(labels: Scored, gate: float) -> Scored:
    """Labels by score. The best one has to reach the gate, too: near that it is as uncertain."""
    ranked = sorted(labels, key=lambda item: (-item[0].score, item[0].code))
    return [(label, max(cut, gate)) for label, cut in ranked[:1]] + ranked[1:]
