"""Opens a model folder: JSON and numpy arrays. Opening one never executes anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from nordclass.errors import ModelError
from nordclass.mentions.candidates import NUMBERS
from nordclass.model.classifier import Classifier
from nordclass.model.columns import PLACE_COLUMNS, PRESENCE_COLUMNS, SECTOR_COLUMNS
from nordclass.model.heads import PlaceHead, Presence, SectorHead
from nordclass.model.reader import Reader, description, file_content, gates, number
from nordclass.text.lexicon import Lexicon
from nordclass.text.packed import PackedTable

FORMAT: Final = 10
MANIFEST: Final = "manifest.json"
_LARGEST_MANIFEST: Final = 16 * 2**20

DAMAGE: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, EOFError, MemoryError)
"""What reading a damaged model, or making a card of an odd description, may raise."""


def default_path() -> Path:
    """The folder of the shipped model: in the installed package, or in the checkout it runs from."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "models" / "base"
    return inside if inside.is_dir() else package.parent.parent / "models" / "base"


def load(path: str | Path | None = None) -> Classifier:
    """Load the model in the folder `path`, or the shipped one (kept for the life of the process).

    Raises ModelError when a file is missing, damaged, or of a newer format.
    """
    return _shipped() if path is None else _read(Path(path))


@lru_cache(maxsize=1)
def _shipped() -> Classifier:
    return _read(default_path())


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of the model folder `path`, checked for format. Raises ModelError."""
    file = path / MANIFEST
    try:
        manifest = json.loads(file_content(file, _LARGEST_MANIFEST).decode("utf-8"))
        json.dumps(manifest, ensure_ascii=False).encode()  # half a surrogate pair could never be printed
    except OSError as error:
        raise ModelError(f"no model at {path}: cannot read {MANIFEST} ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{file} is damaged: {error}") from None
    if not isinstance(manifest, dict) or type(manifest.get("format")) is not int or manifest["format"] < 1:
        raise ModelError(f"{file} is not a model's manifest")
    if manifest["format"] > FORMAT:
        raise ModelError(
            f"{path} has model format {manifest['format']}, this nordclass reads up to {FORMAT}: upgrade it"
        )
    return manifest


def _read(path: Path) -> Classifier:
    manifest = read_manifest(path)
    try:
        reader = Reader(path, manifest["files"])
        lexicon = Lexicon(
            PackedTable(reader.content("lexicon_words"), reader.content("lexicon_terms")),
            reader.strings("lexicon_particles"),
            reader.ordered("lexicon_nouns"),
        )
        places = _places(path, reader, manifest["places"]) if "places" in manifest else None
        sectors = _sectors(path, reader, manifest["sectors"]) if "sectors" in manifest else None
        return Classifier(lexicon, places, sectors, description(manifest["description"]))
    except DAMAGE as error:
        raise ModelError(f"{path} is damaged: {error!r:.300}") from None


def _places(path: Path, reader: Reader, entry: Mapping[str, Any]) -> PlaceHead:
    if entry["numbers"] != list(NUMBERS):
        raise ModelError(f"{path} was made by a nordclass with other features: train it anew")
    scorer = reader.scorer(entry["scorer"])
    return PlaceHead(
        scorer=scorer,
        combiner=reader.trees(entry["combiner"], PLACE_COLUMNS),
        threshold=number(entry["threshold"]),
        region_threshold=number(entry["region_threshold"]),
        gate=number(entry.get("gate", 0.0)),  # models of format 1 have neither
        reader=reader.meaning_reader(entry["reader"]) if "reader" in entry else None,
        gates=gates(entry),
        mentions=reader.mentions(entry["mentions"], scorer.vectorizer) if "mentions" in entry else None,
    )


def _sectors(path: Path, reader: Reader, entry: Mapping[str, Any]) -> SectorHead:
    labels = tuple(entry["labels"])
    scorers = {
        language: reader.sector_scorer(part, len(labels)) for language, part in entry["scorers"].items()
    }
    thresholds = np.array([number(value) for value in entry["thresholds"]], dtype=np.float32)
    priors = reader.numbers("sectors_priors")
    fits = 0 < len(labels) == len(thresholds) == len(priors)
    if not fits or not all(isinstance(label, str) and label for label in labels):
        raise ModelError(f"{path} is damaged: its sectors do not fit each other")
    combiner = reader.trees(entry["combiner"], SECTOR_COLUMNS)
    presence = None
    if "presence" in entry:  # models up to format 2 have none
        weights = np.array([number(value) for value in entry["presence"]["weights"]], dtype=np.float32)
        if len(weights) != PRESENCE_COLUMNS:
            raise ModelError(f"{path} was made by a nordclass with other features: train it anew")
        presence = Presence(weights, number(entry["presence"]["bias"]))
    return SectorHead(
        labels=labels,
        scorers=scorers,
        combiner=combiner,
        priors=priors,
        thresholds=thresholds,
        gate=number(entry.get("gate", 0.0)),
        presence=presence,
        gates=gates(entry),
        sure_partner=number(entry.get("sure_partner", 0.0)),  # models up to format 6 have none
    )
