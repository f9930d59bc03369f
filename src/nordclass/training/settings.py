"""The recipe of a model: what it is trained on and with which settings."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import inf
from pathlib import Path
from typing import Any, Final, TypeVar

from nordclass.errors import DataError
from nordclass.model.classifier import MARGIN
from nordclass.model.heads import RELEASE
from nordclass.result import KINDS
from nordclass.text.language import LANGUAGES

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of documents: JSON Lines in UTF-8, plain, .gz or .xz, unless `kind` says otherwise.

    `path` is relative to the recipe; `labels` names a table of labels by id that replaces the file's own
    (tab-separated: id, split, and a column for each of the `kinds`);
    `split` keeps only rows of that split; `kind` is "articles", "aid" (aid projects, whose codes are mapped
    to sectors and which are `terms_only`, as rows of "articles" may be), "sentences" (running sentences,
    which the ids of `labels`, "FIRST..LAST", join to articles; a first one that looks like a headline becomes
    the title) or "words" (a tab-separated table of words of the sectors, with the columns sector, ko, en);
    `column` holds the text; `weight` is that of each row, times its own if it has one; `most` caps the number
    of rows (an even sample); `characters` cuts each text (0: not at all); `use` is "train" or "lexicon"
    (unlabelled text that the lexicon is learned from);
    `representative = false` keeps documents that only teach (hard ones, translations) out of thresholds and
    figures; `group` is the column that says which documents belong together in cross-validation
    (`nordclass.training.records.Labelled`), where a row has it, else its id; `kinds` are the kinds of label
    that are learned from it: "sectors", "countries" and "regions" (these two together), or all three;
    `release = true` says that they are releases of ministries, which may have gates of their own.
    """

    path: str
    name: str = ""
    labels: str = ""
    split: str = ""
    kind: str = "articles"
    column: str = "text"
    use: str = "train"
    weight: float = 1.0
    most: int = 0
    characters: int = 0
    representative: bool = True
    group: str = "group"
    kinds: tuple[str, ...] = KINDS
    release: bool = False


@dataclass(frozen=True, slots=True)
class LexiconSettings:
    """`learn`: learn a lexicon from the data (needs minutes); else the base model's serves.

    With it come vectors of `dimensions` numbers for what the `meanings` most frequent terms mean.
    """

    learn: bool = False
    size: int = 150_000
    min_count: int = 2
    meanings: int = 32_000
    dimensions: int = 64


@dataclass(frozen=True, slots=True)
class DictionarySettings:
    """A dictionary (`nordclass.training.dictionary.Dictionary`) by which sectors are taught across languages.

    `path` is relative to the recipe, empty for none; a translated document has its own weight times `weight`.
    """

    path: str = ""
    weight: float = 0.1


@dataclass(frozen=True, slots=True)
class PlaceSettings:
    """Settings of the country head.

    `iterations` trees of `leaves` and the mean of `networks` with as many hidden `units` make the combiner;
    `weights` scale the fields of a candidate; `false_alarms` is the share of documents without a label that
    the thresholds should give one at most (measured out of fold; a wish, not a promise). `threshold` and
    `gate` are those of the countries, a gate of 0 lets every document pass; None has them chosen where F1 and
    exact match are highest. `gates` has
    other gates for documents of a language ("ko", "en") and, where the data says what releases are, for those
    that read like one ("ko-release").
    """

    c: float = 3.0
    min_df: int = 3
    iterations: int = 150
    leaves: int = 10
    networks: int = 3
    units: int = 32
    false_alarms: float = 0.06
    threshold: float | None = None
    gate: float | None = None
    gates: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(
        default_factory=lambda: {"measure": 0.25, "near": 1.0, "window": 0.5, "title": 0.5, "document": 1.0}
    )


@dataclass(frozen=True, slots=True)
class SectorSettings:
    """Settings of the sector head; as those of the country head.

    The `nearest` documents of the data are asked what they were about, whatever they weigh; for that the
    model keeps the heaviest terms of each document, of its title too, unless `nearest` is 0. A document whose
    best country or region is a partner with the probability `sure_partner` passes the gate whatever else is
    said of it; 0 lets none pass so.
    """

    c: float = 20.0
    min_df: int = 2
    iterations: int = 200
    leaves: int = 12
    false_alarms: float = 0.05
    gate: float | None = None
    gates: Mapping[str, float] = field(default_factory=dict)
    sure_partner: float = 0.0
    nearest: int = 10
    weights: Mapping[str, float] = field(default_factory=lambda: {"text": 1.0, "title": 0.4})


@dataclass(frozen=True, slots=True)
class CardSettings:
    """What only a person can say in the model card, as Markdown.

    `use`: what the model is for; `labels`: how the labels were made and how well annotators agree; `limits`:
    what the model is bad at.
    """

    use: str = ""
    labels: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that makes a model, but for the documents themselves.

    `margin`: a label is uncertain when its score is at most this far from its threshold.
    """

    name: str = "custom"
    version: str = "1.0"
    licence: str = "unstated"
    seed: int = 0
    folds: int = 5
    margin: float = MARGIN
    data: tuple[Source, ...] = ()
    lexicon: LexiconSettings = field(default_factory=LexiconSettings)
    dictionary: DictionarySettings = field(default_factory=DictionarySettings)
    places: PlaceSettings = field(default_factory=PlaceSettings)
    sectors: SectorSettings = field(default_factory=SectorSettings)
    card: CardSettings = field(default_factory=CardSettings)


@dataclass(frozen=True, slots=True)
class _Range:
    """Finite numbers from `least`, or only above it, to `most`."""

    least: int
    most: float = inf
    above: bool = False

    def __contains__(self, number: float) -> bool:
        enough = number > self.least if self.above else number >= self.least
        return enough and number <= self.most and number != inf

    def __str__(self) -> str:
        if self.most != inf:
            return f"between {self.least} and {self.most}"
        return f"above {self.least}" if self.above else f"{self.least} or more"


ALLOWED: Final[Mapping[str, _Range]] = {
    **dict.fromkeys(("c", "weight"), _Range(0, above=True)),
    **dict.fromkeys(("characters", "meanings", "most", "nearest", "networks", "weights"), _Range(0)),
    **dict.fromkeys(("dimensions", "iterations", "min_count", "min_df", "size", "units"), _Range(1)),
    **dict.fromkeys(("folds", "leaves"), _Range(2)),
    **dict.fromkeys(("false_alarms", "gate", "gates", "margin", "sure_partner", "threshold"), _Range(0, 1)),
    "seed": _Range(0, 2**31 - 1),
}
"""What the numbers of a recipe may be, by their names, which mean the same in every table."""


def read_recipe(path: str | os.PathLike[str]) -> Recipe:
    """Read a recipe from a TOML file. Raises DataError when it is none, or a number in it cannot be."""
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(f"cannot read the recipe {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"the recipe {path} is not valid TOML: {error}") from None
    sources = table.get("data", [])
    if not isinstance(sources, list):
        raise DataError(f"the recipe {path}: data must be a list of tables")
    table["data"] = tuple(_build(Source, entry, path) for entry in sources)
    parts = {
        "lexicon": LexiconSettings,
        "dictionary": DictionarySettings,
        "places": PlaceSettings,
        "sectors": SectorSettings,
        "card": CardSettings,
    }
    for key, kind in parts.items():
        if key in table:
            table[key] = _build(kind, table[key], path)
    recipe = _build(Recipe, table, path)
    for manner in (*recipe.places.gates, *recipe.sectors.gates):
        if manner.removesuffix(RELEASE) not in LANGUAGES:
            known = ", ".join((*LANGUAGES, *(f"{language}{RELEASE}" for language in LANGUAGES)))
            raise DataError(f"the recipe {path}: gates are for {known}, not for {manner!r}")
    for head, usual in ((recipe.places, PlaceSettings()), (recipe.sectors, SectorSettings())):
        if unknown := sorted(set(head.weights) - set(usual.weights)):
            known = ", ".join(usual.weights)
            raise DataError(f"the recipe {path}: weights are of {known}, not of {', '.join(unknown)}")
    return recipe


def _build(kind: type[T], table: Mapping[str, Any], path: Path) -> T:
    if not isinstance(table, Mapping):
        raise DataError(f"the recipe {path}: {kind.__name__} must be a table")
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(table) - known)
    if unknown:
        raise DataError(
            f"the recipe {path} has unknown settings for {kind.__name__}: {', '.join(unknown)};"
            f" it has {', '.join(sorted(known))}"
        )
    if kind is Source and "path" not in table:
        raise DataError(f"a [[data]] of the recipe {path} needs a path")
    built = kind(**{n: tuple(value) if isinstance(value, list) else value for n, value in table.items()})
    usual = kind(**{"path": ""} if kind is Source else {})
    for name, value in table.items():
        if not _alike(value, getattr(usual, name)):
            raise DataError(f"the recipe {path}: {name} cannot be {value!r}")
        numbers = value.values() if isinstance(value, Mapping) else [value]
        if name in ALLOWED and (wrong := [number for number in numbers if number not in ALLOWED[name]]):
            raise DataError(f"the recipe {path}: {name} must be {ALLOWED[name]}, not {wrong[0]}")
    return built


def _alike(value: object, usual: object) -> bool:
    """Whether a value is of the kind that is usual; a whole number serves as a fraction."""
    if isinstance(usual, Mapping):
        return isinstance(value, Mapping) and all(_alike(part, 0.0) for part in value.values())
    if isinstance(value, list):
        return isinstance(usual, tuple) and all(isinstance(part, str) for part in value)
    if isinstance(usual, float | None):  # None: chosen while training unless a number is given
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return type(value) is type(usual)
