"""Writes a model folder: a manifest in JSON, numpy arrays and a card for people."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Array
from nordclass.errors import ModelError
from nordclass.mentions.candidates import NUMBERS
from nordclass.model.card import CARD, card
from nordclass.model.classifier import Classifier
from nordclass.model.heads import MeaningReader
from nordclass.model.linear import LinearScorer
from nordclass.model.precision import digits, halves
from nordclass.model.reader import NETWORK, TREE_LINKS, TREE_NUMBERS
from nordclass.model.sector_scorer import SectorScorer
from nordclass.model.store import DAMAGE, FORMAT, MANIFEST, read_manifest
from nordclass.text.embedding import Vectors
from nordclass.text.lexicon import Lexicon
from nordclass.trees import BoostedTrees


def save(classifier: Classifier, path: Path) -> None:
    """Write `classifier` to the folder `path`, moved into place when complete.

    Raises ModelError when `path` exists and is not a model folder, or cannot be written. An older model in
    its place then stays.
    """
    with _room(path) as (target, scratch):
        folder = scratch / "model"
        folder.mkdir()
        _write(classifier, folder)
        for keep in _companions(target):
            shutil.copy2(keep, folder / keep.name)
        _put(folder, target, scratch / "old")


def check_target(path: Path) -> None:
    """Refuse at once what `save` would refuse after the work; makes the folders above `path`.

    Raises ModelError when `path` exists and is not a model folder, or nothing can be written beside it.
    """
    with _room(path):
        pass


@contextmanager
def _room(path: Path) -> Iterator[tuple[Path, Path]]:
    """The folder that `path` stands for, links followed, and an empty one beside it that goes at the end.

    Raises ModelError as `save`, also for what fails while the model is written.
    """
    try:
        target = Path(os.path.realpath(path))
        if os.path.lexists(target) and not (target.is_dir() and _only_model(target)):
            raise ModelError(f"{path} exists and is not a model folder; choose another")
        if os.path.ismount(target):  # it could not be moved away
            raise ModelError(f"{path} is where a file system begins; choose a folder in it")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as scratch:
            yield target, Path(scratch)
    except OSError as error:
        raise ModelError(f"cannot write the model to {path}: {error.strerror or error}") from None


def _put(folder: Path, target: Path, old: Path) -> None:
    """Move `folder` to `target`, and what was there to `old`: back again if something comes between."""
    try:
        if target.exists():
            target.rename(old)
        folder.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def _companions(path: Path) -> list[Path]:
    """Files that a person keeps beside a model: its recipe and notes, not the card, which is written anew."""
    return [p for p in path.iterdir() if _is_companion(p) and p.name != CARD] if path.is_dir() else []


def _is_companion(path: Path) -> bool:
    """Whether it is such a file as people keep beside a model, or the card; no folder of such a name is."""
    return path.suffix in (".toml", ".md") and path.is_file()


def _only_model(path: Path) -> bool:
    """Whether a folder holds nothing but a model (the files that its manifest names), a recipe and a card."""
    others = {p.name for p in path.iterdir() if not _is_companion(p)}
    if not others:
        return True
    try:
        return others <= {MANIFEST, *read_manifest(path)["files"]}
    except (ModelError, KeyError, TypeError):
        return False


def _write(classifier: Classifier, folder: Path) -> None:
    arrays: dict[str, Array] = _lexicon_arrays(classifier.lexicon)
    manifest: dict[str, Any] = {"format": FORMAT, "description": asdict(classifier.description)}
    if classifier.places:
        places = classifier.places
        manifest["places"] = {
            "threshold": places.threshold,
            "region_threshold": places.region_threshold,
            "gate": places.gate,
            "gates": dict(places.gates),
            "numbers": list(NUMBERS),
            "scorer": _scorer(places.scorer, "places", arrays),
            "combiner": _trees(places.combiner, "places", arrays),
        }
        if scorer := places.mentions:
            arrays["places_mention_weights"] = scorer.weights
            manifest["places"]["mentions"] = {
                "weights": "places_mention_weights",
                "scale": scorer.scale,
                "bias": scorer.bias,
            }
        if places.reader:
            manifest["places"]["reader"] = _reader(places.reader, "places", arrays)
    if classifier.sectors:
        head = classifier.sectors
        manifest["sectors"] = {
            "labels": list(head.labels),
            "thresholds": digits(head.thresholds),
            "gate": head.gate,
            "gates": dict(head.gates),
            "sure_partner": head.sure_partner,
            "scorers": {
                language: _sector_scorer(scorer, f"sectors_{language}", arrays)
                for language, scorer in sorted(head.scorers.items())
            },
            "combiner": _trees(head.combiner, "sectors", arrays),
        }
        arrays["sectors_priors"] = head.priors
        if head.presence:
            manifest["sectors"]["presence"] = {
                "weights": [float(weight) for weight in head.presence.weights],
                "bias": head.presence.bias,
            }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    manifest["files"] = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.npy"))
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    try:
        text = card(manifest)
    except DAMAGE as error:
        raise ModelError(f"the description of the model fits no model card: {error!r:.300}") from None
    (folder / CARD).write_text(text, encoding="utf-8")


def _lexicon_arrays(lexicon: Lexicon) -> dict[str, Array]:
    entries = sorted(lexicon.entries.items())
    return {
        "lexicon_words": _packed([word for word, _ in entries]),
        "lexicon_terms": _packed([terms for _, terms in entries]),
        "lexicon_particles": _packed(sorted(lexicon.particles)),
        "lexicon_nouns": _packed(sorted(lexicon.nouns)),
    }


def _scorer(scorer: LinearScorer, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    arrays[f"{name}_weights"] = halves(scorer.weights)
    arrays[f"{name}_bias"] = scorer.bias
    arrays[f"{name}_idf"] = np.concatenate([f.idf for f in scorer.vectorizer.fields]).astype(np.float32)
    fields = []
    for field in scorer.vectorizer.fields:
        if any(one >= other for one, other in pairwise(field.terms)):
            raise ModelError(
                f"the terms of the field {field.name} do not ascend: they could not be found again"
            )
        arrays[f"{name}_terms_{field.name}"] = _packed(field.terms)
        fields.append({"name": field.name, "weight": field.weight, "plain": field.plain})
    return {"arrays": name, "fields": fields}


def _sector_scorer(scorer: SectorScorer, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    entry = _scorer(scorer.linear, name, arrays)
    if scorer.passages:
        arrays[f"{name}_passage_weights"] = scorer.passages.weights
        arrays[f"{name}_passage_bias"] = scorer.passages.bias
        entry["passages"] = {
            "arrays": f"{name}_passage",
            "scale": scorer.passages.scale,
            "step": scorer.passages.step,
        }
    if found := scorer.neighbours:
        entries = np.diff(found.starts)
        arrays[f"{name}_neighbour_documents"] = found.documents
        arrays[f"{name}_neighbour_weights"] = found.weights
        arrays[f"{name}_neighbour_labels"] = np.packbits(found.labels, axis=1)
        arrays[f"{name}_neighbour_entries"] = entries.astype(
            np.uint32 if entries.max(initial=0) >= 2**16 else np.uint16
        )
        entry["neighbours"] = {
            "arrays": f"{name}_neighbour",
            "nearest": found.nearest,
            "terms": found.terms,
        }
    if scorer.register:
        arrays[f"{name}_register"] = halves(scorer.register.weights)
        entry["register"] = {"weights": f"{name}_register", "bias": scorer.register.bias}
    return entry


def _trees(trees: BoostedTrees, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    for part in (*TREE_LINKS, *TREE_NUMBERS):
        arrays[f"{name}_trees_{part}"] = getattr(trees, part)
    return {"arrays": f"{name}_trees", "start": trees.start, "depth": trees.depth}


def _reader(reader: MeaningReader, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    arrays[f"{name}_meaning_terms"] = _packed(reader.embedding.terms)
    arrays[f"{name}_meaning_vectors"] = _stored(reader.embedding.vectors)
    for part in NETWORK:
        arrays[f"{name}_network_{part}"] = getattr(reader.network, part)
    return {"arrays": name, "output_bias": reader.network.output_bias}


def _stored(vectors: Vectors) -> Array:
    """Bytes as they are; fractions, which come from an older model, in half precision."""
    return vectors if vectors.dtype == np.int8 else vectors.astype(np.float16)


def _packed(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode("utf-8"), dtype=np.uint8)
