"""A model on disk: a folder of JSON and numpy arrays. Opening one never executes anything."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nordclass.errors import ModelError
from nordclass.mentions.candidates import NUMBERS
from nordclass.model.card import CARD, card
from nordclass.model.classifier import Classifier, Description
from nordclass.model.heads import PlaceHead, SectorHead
from nordclass.model.linear import LinearScorer
from nordclass.model.trees import BoostedTrees
from nordclass.model.vectorizer import Field, Vectorizer
from nordclass.text.lexicon import Lexicon, PackedTable

FORMAT = 1
MANIFEST = "manifest.json"
_TREE_ARRAYS = ("roots", "column", "cut", "left", "right", "value")
_LARGEST = 256 * 2**20

_DAMAGE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, EOFError, MemoryError)
"""What reading a damaged model may raise."""

Array = NDArray[Any]


def save(classifier: Classifier, path: Path) -> None:
    """Write `classifier` to the folder `path`, moved into place when complete.

    Raises ModelError when `path` exists and is not a model folder, or cannot be written.
    """
    check_target(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as scratch:
            folder = Path(scratch) / "model"
            folder.mkdir()
            _write(classifier, folder)
            for keep in _companions(path):
                shutil.copy2(keep, folder / keep.name)
            if path.exists():
                path.rename(Path(scratch) / "old")
            folder.rename(path)
    except OSError as error:
        raise ModelError(f"cannot write the model to {path}: {error.strerror}") from None


def check_target(path: Path) -> None:
    """Refuse at once what `save` would refuse after the work.

    Raises ModelError when `path` exists and is not a model folder.
    """
    if path.exists() and not (path.is_dir() and _only_model(path)):
        raise ModelError(f"{path} exists and is not a model folder; choose another")


def _companions(path: Path) -> list[Path]:
    """Files that a person keeps beside a model: its recipe and notes, not the card, which is written anew."""
    if not path.is_dir():
        return []
    return [p for p in path.glob("*") if p.suffix in (".toml", ".md") and p.name != CARD]


def _only_model(path: Path) -> bool:
    """Whether a folder holds nothing but a model (the files that its manifest names), a recipe and a card."""
    others = {p.name for p in path.iterdir() if p.suffix not in (".toml", ".md")}
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
            "numbers": list(NUMBERS),
            "scorer": _scorer(places.scorer, "places", arrays),
            "combiner": _trees(places.combiner, "places", arrays),
        }
    if classifier.sectors:
        head = classifier.sectors
        manifest["sectors"] = {
            "labels": list(head.labels),
            "thresholds": [round(float(t), 4) for t in head.thresholds],
            "scorers": {
                language: _scorer(scorer, f"sectors_{language}", arrays)
                for language, scorer in sorted(head.scorers.items())
            },
            "combiner": _trees(head.combiner, "sectors", arrays),
        }
        arrays["sectors_priors"] = head.priors
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    manifest["files"] = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("*.npy"))
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    (folder / CARD).write_text(card(manifest), encoding="utf-8")


def _lexicon_arrays(lexicon: Lexicon) -> dict[str, Array]:
    entries = sorted(lexicon.entries.items())
    return {
        "lexicon_words": _packed([word for word, _ in entries]),
        "lexicon_terms": _packed([terms for _, terms in entries]),
        "lexicon_particles": _packed(sorted(lexicon.particles)),
        "lexicon_nouns": _packed(sorted(lexicon.nouns)),
    }


def _scorer(scorer: LinearScorer, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    arrays[f"{name}_weights"] = scorer.weights.astype(np.float16)
    arrays[f"{name}_bias"] = scorer.bias
    arrays[f"{name}_idf"] = np.concatenate([f.idf for f in scorer.vectorizer.fields]).astype(np.float32)
    fields = []
    for field in scorer.vectorizer.fields:
        arrays[f"{name}_terms_{field.name}"] = _packed(field.terms)
        fields.append({"name": field.name, "weight": field.weight, "plain": field.plain})
    return {"arrays": name, "fields": fields}


def _trees(trees: BoostedTrees, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    for part in _TREE_ARRAYS:
        arrays[f"{name}_trees_{part}"] = getattr(trees, part)
    return {"arrays": f"{name}_trees", "start": trees.start, "depth": trees.depth}


def _packed(strings: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(strings).encode("utf-8"), dtype=np.uint8)


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
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"no model at {path}: cannot read {MANIFEST} ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{file} is damaged: {error}") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise ModelError(f"{file} is not a model's manifest")
    if manifest["format"] > FORMAT:
        raise ModelError(
            f"{path} has model format {manifest['format']}, this nordclass reads up to {FORMAT}: upgrade it"
        )
    return manifest


def _read(path: Path) -> Classifier:
    manifest = read_manifest(path)
    try:
        reader = _Reader(path, manifest["files"])
        lexicon = Lexicon(
            PackedTable(reader.array("lexicon_words").tobytes(), reader.array("lexicon_terms").tobytes()),
            reader.strings("lexicon_particles"),
            reader.strings("lexicon_nouns"),
        )
        places = sector_head = None
        if "places" in manifest:
            entry = manifest["places"]
            if entry["numbers"] != list(NUMBERS):
                raise ModelError(f"{path} was made by a nordclass with other features: train it anew")
            places = PlaceHead(
                reader.scorer(entry["scorer"]),
                reader.trees(entry["combiner"]),
                float(entry["threshold"]),
                float(entry["region_threshold"]),
            )
        if "sectors" in manifest:
            entry = manifest["sectors"]
            labels = tuple(map(str, entry["labels"]))
            scorers = {lang: reader.scorer(part) for lang, part in entry["scorers"].items()}
            thresholds = np.array(entry["thresholds"], dtype=np.float32)
            priors = reader.array("sectors_priors")
            if not len(labels) == len(thresholds) == len(priors) or any(
                len(scorer.bias) != len(labels) + 1 for scorer in scorers.values()
            ):
                raise ModelError(f"{path} is damaged: its sectors do not fit each other")
            sector_head = SectorHead(labels, scorers, reader.trees(entry["combiner"]), priors, thresholds)
        description = Description(**manifest["description"])
    except _DAMAGE as error:
        raise ModelError(f"{path} is damaged: {error!r}") from None
    return Classifier(lexicon, places, sector_head, description)


class _Reader:
    """Reads the checked arrays of a model folder."""

    def __init__(self, path: Path, hashes: Mapping[str, str]) -> None:
        self._path = path
        self._hashes = hashes

    def array(self, name: str) -> Array:
        """An array whose file has the size and hash that the manifest names, and no NaN."""
        file = f"{name}.npy"
        expected = self._hashes.get(file)
        if expected is None or Path(file).name != file:
            raise ModelError(f"{self._path} is damaged: its manifest has no file {file}")
        target = self._path / file
        try:
            if target.stat().st_size > _LARGEST:
                raise ModelError(f"{target} is too large for a model file")
            content = target.read_bytes()
        except OSError as error:
            raise ModelError(f"{self._path} is damaged: cannot read {file} ({error.strerror})") from None
        if hashlib.sha256(content).hexdigest() != expected:
            raise ModelError(f"{target} is damaged: its hash is not the one in the manifest")
        with target.open("rb") as stream:
            array: Array = np.load(stream, allow_pickle=False)
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ModelError(f"{target} is damaged: it holds values that are no numbers")
        return array

    def strings(self, name: str) -> list[str]:
        """A list of strings."""
        text = self.array(name).tobytes().decode("utf-8")
        return text.split("\n") if text else []

    def scorer(self, entry: Mapping[str, Any]) -> LinearScorer:
        """A linear scorer."""
        name = entry["arrays"]
        idf = self.array(f"{name}_idf").astype(np.float32)
        fields = []
        first = 0
        for part in entry["fields"]:
            terms = tuple(self.strings(f"{name}_terms_{part['name']}"))
            end = first + len(terms)
            fields.append(
                Field(part["name"], terms, idf[first:end], first, float(part["weight"]), bool(part["plain"]))
            )
            first = end
        weights = self.array(f"{name}_weights").astype(np.float32)
        bias = self.array(f"{name}_bias")
        if weights.shape != (first, len(bias)) or len(idf) != first:
            raise ModelError(f"{self._path} is damaged: the parts of {name} do not fit each other")
        return LinearScorer(Vectorizer(fields), weights, bias)

    def trees(self, entry: Mapping[str, Any]) -> BoostedTrees:
        """Boosted trees whose links stay inside their arrays."""
        parts = {part: self.array(f"{entry['arrays']}_{part}") for part in _TREE_ARRAYS}
        nodes = len(parts["value"])
        for part in ("roots", "left", "right"):
            links = parts[part]
            if links.ndim != 1 or len(links) == 0 or links.min() < 0 or links.max() >= nodes:
                raise ModelError(f"{self._path} is damaged: trees of {entry['arrays']} lead nowhere")
        if any(len(parts[p]) != nodes for p in ("column", "cut", "left", "right")):
            raise ModelError(f"{self._path} is damaged: trees of {entry['arrays']} do not fit each other")
        depth = int(entry["depth"])
        if any(parts[p].dtype.kind != "i" for p in ("roots", "left", "right", "column")) or not (
            0 <= depth < nodes and parts["column"].min() >= 0
        ):
            raise ModelError(f"{self._path} is damaged: trees of {entry['arrays']} are none")
        if not _grown(parts["roots"], parts["left"], parts["right"], depth):
            raise ModelError(f"{self._path} is damaged: branches of {entry['arrays']} grow into each other")
        return BoostedTrees(**parts, start=float(entry["start"]), depth=depth)


def _grown(roots: Array, left: Array, right: Array, depth: int) -> bool:
    """Whether every node but the roots hangs from one earlier node of its own tree, at most `depth` deep."""
    nodes = np.arange(len(left))
    inner = left != nodes
    if roots[0] != 0 or (np.diff(roots) <= 0).any() or ((right != nodes) != inner).any():
        return False
    above = nodes[inner]
    below = np.concatenate([left[inner], right[inner]])
    tree = np.searchsorted(roots, nodes, side="right")
    top = nodes.copy()
    top[below] = np.tile(above, 2)
    reached = nodes
    for _ in range(depth):
        reached = top[reached]
    return bool(
        (reached == roots[tree - 1]).all()
        and (below > np.tile(above, 2)).all()
        and (tree[below] == np.tile(tree[above], 2)).all()
        and len(np.unique(below)) == len(below) == len(nodes) - len(roots)
    )
