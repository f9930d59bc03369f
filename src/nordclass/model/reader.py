"""Reads the parts of a model folder and checks each: whatever a file says, what is read can be applied."""

from __future__ import annotations

import hashlib
import io
import math
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nordclass.array_types import Array, Floats
from nordclass.errors import ModelError
from nordclass.model.classifier import Description
from nordclass.model.columns import OLD_PLACE_COLUMNS, PLACE_COLUMNS
from nordclass.model.heads import MEANINGS, MeaningReader
from nordclass.model.linear import LinearScorer
from nordclass.model.mentions import MentionScorer, mention_columns, mention_fields
from nordclass.model.neighbours import Neighbours
from nordclass.model.network import Network
from nordclass.model.passages import PassageScorer
from nordclass.model.sector_scorer import PASSAGE_FIELD, Register, SectorScorer
from nordclass.model.vectorizer import Field, Vectorizer
from nordclass.text.embedding import Embedding, Vectors
from nordclass.text.packed import PackedStrings, SortedStrings
from nordclass.trees import BoostedTrees

_OLD_STEP: Final = 25
"""How many terms after one passage the next began in models up to format 8, which do not say so."""

TREE_LINKS: Final = ("roots", "column", "left", "right")
TREE_NUMBERS: Final = ("cut", "value")

NETWORK: Final = ("center", "scale", "hidden", "hidden_bias", "output")


_LARGEST_FILE: Final = 256 * 2**20
_LONGEST_STEP: Final = 1000
_LARGEST_NUMBER: Final = 1e9
"""No weight of a model that was trained comes near; sums of a million such numbers fit a float32."""
_MOST_STEPS: Final = 2**28
"""Nodes times depth of trees: what it takes, at most, to see how they branch. Some seconds."""

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    **dict.fromkeys(("name", "version", "licence", "library"), (str,)),
    **dict.fromkeys(("versions", "labels", "metrics", "settings"), (dict,)),
    "data": (list,),
    "margin": (int, float),
}


def file_content(file: Path, largest: int = _LARGEST_FILE) -> bytes:
    """What stands in a plain file (no pipe, no device) of at most `largest` bytes.

    Raises OSError when it cannot be read, ModelError when it is none or larger.
    """
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ModelError(f"{file} is no file")
    if status.st_size > largest:
        raise ModelError(f"{file} is too large for a model file")
    return file.read_bytes()


_HEADERS: Final = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def _array_in(content: bytes) -> Array:
    """The array in the content of an `.npy` file, whose memory it shares: `np.load` makes two copies.

    Raises an Exception of some kind when there is none.
    """
    file = io.BytesIO(content)
    shape, by_columns, dtype = _HEADERS[npy.read_magic(file)](file)
    if min(shape, default=0) < 0:
        raise ValueError(f"a shape of {shape}")
    numbers = np.frombuffer(content, dtype, math.prod(shape), file.tell())
    return numbers.reshape(shape, order="F" if by_columns else "C")


def number(value: object) -> float:
    """A number that can be reckoned with. Raises TypeError or ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r:.40} is no number")
    if not abs(value) <= _LARGEST_NUMBER:
        raise ValueError(f"{value!r:.40} is out of range")
    return float(value)


def gates(entry: Mapping[str, Any]) -> dict[str, float]:
    """The gates by manner of a head; models up to format 3 have none."""
    return {manner: number(gate) for manner, gate in entry.get("gates", {}).items()}


def description(entry: Mapping[str, Any]) -> Description:
    """What a model says of itself. Raises TypeError or ValueError when it has not the form of that."""
    for name, value in entry.items():
        if not isinstance(value, _TYPES.get(name, (object,))):
            raise TypeError(f"its {name:.40} is a {type(value).__name__}")
    if "margin" in entry:
        number(entry["margin"])
    return Description(**entry)


class Reader:
    """Reads the arrays of a model folder; `hashes` are the SHA-256 of its files by name.

    Its methods raise ModelError, or what Python raises for an `entry` of the manifest of another form.
    """

    def __init__(self, path: Path, hashes: Mapping[str, str]) -> None:
        self._path = path
        self._hashes = hashes

    def _damaged(self, why: str) -> ModelError:
        return ModelError(f"{self._path} is damaged: {' '.join(why.split())[:300]}")

    def _array(self, name: str, kinds: str, dimensions: int = 1) -> Array:
        """An array of one of numpy's `kinds` whose file has the hash that the manifest names."""
        file = f"{name}.npy"
        expected = self._hashes.get(file)
        if expected is None or Path(file).name != file:
            raise self._damaged(f"its manifest has no file {file}")
        try:
            content = file_content(self._path / file)
        except OSError as error:
            raise self._damaged(f"cannot read {file} ({error.strerror})") from None
        if hashlib.sha256(content).hexdigest() != expected:
            raise self._damaged(f"the hash of {file} is not the one in the manifest")
        try:
            array = _array_in(content)
        except Exception as error:  # of many kinds, tokenize.TokenError among them
            raise self._damaged(f"{file} is no array ({error!r:.200})") from None
        if array.dtype.kind not in kinds or array.ndim != dimensions:
            raise self._damaged(f"{file} has {array.ndim} dimensions of {array.dtype}, as nothing in a model")
        return array

    def numbers(self, name: str, dimensions: int = 1) -> Floats:
        """An array of finite numbers."""
        return self._finite(name, self._array(name, "f", dimensions))

    def _finite(self, name: str, array: Array) -> Floats:
        with np.errstate(over="ignore"):  # what is too large becomes infinite
            numbers: Floats = array.astype(np.float32, copy=False)
        if not (np.abs(numbers) <= _LARGEST_NUMBER).all():
            raise self._damaged(f"{name}.npy holds values that are no numbers to reckon with")
        return numbers

    def content(self, name: str) -> bytes:
        """The bytes of an array of bytes."""
        return self._array(name, "u").tobytes()

    def strings(self, name: str) -> PackedStrings:
        """A list of strings."""
        return PackedStrings(self.content(name))

    def ordered(self, name: str) -> SortedStrings:
        """A list of strings in ascending order."""
        return SortedStrings(self.content(name))

    def scorer(self, entry: Mapping[str, Any]) -> LinearScorer:
        """A linear scorer whose weights are as many as its terms."""
        name = entry["arrays"]
        idf = self.numbers(f"{name}_idf")
        fields = []
        first = 0
        for part in entry["fields"]:
            terms = self.ordered(f"{name}_terms_{part['name']}")
            end = first + len(terms)
            if not isinstance(part["name"], str):
                raise self._damaged(f"a field of {name} has no name")
            if not part["plain"] and not (idf[first:end] > 0).all():
                raise self._damaged(f"terms of {name} have no weight")
            fields.append(
                Field(part["name"], terms, idf[first:end], first, number(part["weight"]), bool(part["plain"]))
            )
            first = end
        weights = self.numbers(f"{name}_weights", 2)
        bias = self.numbers(f"{name}_bias")
        if not len(bias) or weights.shape != (first, len(bias)) or len(idf) != first:
            raise self._damaged(f"the parts of {name} do not fit each other")
        return LinearScorer(Vectorizer(fields), weights, bias)

    def mentions(self, entry: Mapping[str, Any], vectorizer: Vectorizer) -> MentionScorer:
        """A scorer of single mentions, of whose terms the country scorer's `vectorizer` knows the columns."""
        weights = self._array(entry["weights"], "i")
        fits = len(weights) == mention_columns(vectorizer) and mention_fields(vectorizer)
        if weights.dtype != np.int8 or not fits:
            raise self._damaged(f"{entry['weights']}.npy does not fit its terms")
        return MentionScorer(vectorizer, weights, number(entry["scale"]), number(entry["bias"]))

    def sector_scorer(self, entry: Mapping[str, Any], labels: int) -> SectorScorer:
        """A scorer of a number of `labels`, with the passages and neighbours that it has."""
        linear = self.scorer(entry)
        if len(linear.bias) != labels + 1:
            raise self._damaged(f"the scores of {entry['arrays']} are not those of its labels")
        passages = self._passages(entry["passages"], linear, labels) if "passages" in entry else None
        neighbours = None
        if "neighbours" in entry:
            neighbours = self._neighbours(entry["neighbours"], linear.vectorizer.width, labels)
        register = self._register(entry["register"], linear) if "register" in entry else None
        return SectorScorer(linear, passages, neighbours, register)

    def _register(self, entry: Mapping[str, Any], linear: LinearScorer) -> Register:
        weights = self.numbers(entry["weights"])
        if len(weights) != linear.vectorizer.width:
            raise self._damaged(f"{entry['weights']}.npy does not fit its terms")
        return Register(weights, number(entry["bias"]))

    def _passages(self, entry: Mapping[str, Any], linear: LinearScorer, labels: int) -> PassageScorer:
        name = entry["arrays"]
        weights = self._array(f"{name}_weights", "i", 2)
        bias = self.numbers(f"{name}_bias")
        terms = [len(field.terms) for field in linear.vectorizer.fields if field.name == PASSAGE_FIELD]
        fits = [weights.shape] == [(count, labels) for count in terms] and len(bias) == labels
        step = entry.get("step", _OLD_STEP)
        if not fits or weights.dtype != np.int8 or type(step) is not int or not 1 <= step <= _LONGEST_STEP:
            raise self._damaged(f"the parts of {name} do not fit each other")
        return PassageScorer(weights, number(entry["scale"]), bias, step)

    def _neighbours(self, entry: Mapping[str, Any], columns: int, labels: int) -> Neighbours:
        name = entry["arrays"]
        counts = self._array(f"{name}_entries", "u").astype(np.int64)
        documents = self._array(f"{name}_documents", "u")
        weights = self._array(f"{name}_weights", "u")
        answers = self._answers(f"{name}_labels", labels)
        starts = np.concatenate([[0], np.cumsum(counts)])
        nearest, terms = entry["nearest"], entry.get("terms", 0)
        if (
            len(counts) != columns
            or not 0 <= counts.min(initial=0) <= counts.max(initial=0) <= len(documents)
            or not starts[-1] == len(documents) == len(weights)
            or documents.dtype == np.uint64  # which numpy does not count
            or documents.max(initial=0) >= len(answers)
            or weights.dtype != np.uint8
            or answers.shape != (len(answers), labels)
            or type(nearest) is not int
            or nearest < 1
            or type(terms) is not int
            or terms < 0
        ):
            raise self._damaged(f"the parts of {name} do not fit each other")
        return Neighbours(starts, documents, weights, answers, nearest, terms)

    def _answers(self, name: str, labels: int) -> NDArray[np.bool_]:
        """Which of a number of `labels` each document has: a bit each, in models of format 4 a byte each."""
        array = self._array(name, "bu", 2)
        if array.dtype == np.bool_:
            return array
        if array.dtype != np.uint8 or array.shape[1] != -(-labels // 8):
            raise self._damaged(f"{name}.npy and the labels do not fit each other")
        return np.unpackbits(array, axis=1, count=labels).astype(bool)

    def trees(self, entry: Mapping[str, Any], columns: int) -> BoostedTrees:
        """Boosted trees over rows of a number of `columns`, whose links stay inside their arrays."""
        name = entry["arrays"]
        parts = {part: self._array(f"{name}_{part}", "i") for part in TREE_LINKS}
        numbers = {part: self.numbers(f"{name}_{part}") for part in TREE_NUMBERS}
        nodes = len(numbers["value"])
        for part, beyond in (("roots", nodes), ("left", nodes), ("right", nodes), ("column", columns)):
            links = parts[part]
            if len(links) == 0 or links.min() < 0 or links.max() >= beyond:
                raise self._damaged(f"trees of {name} lead nowhere")
            parts[part] = links.astype(np.int32, copy=False)
        if any(len(part) != nodes for part in (*numbers.values(), *(parts[p] for p in TREE_LINKS[1:]))):
            raise self._damaged(f"trees of {name} do not fit each other")
        depth = int(number(entry["depth"]))
        if not 0 <= depth < nodes or depth * nodes > _MOST_STEPS:
            raise self._damaged(f"trees of {name} are none")
        if not _grown(parts["roots"], parts["left"], parts["right"], depth):
            raise self._damaged(f"branches of {name} grow into each other")
        return BoostedTrees(
            parts["roots"],
            parts["column"],
            numbers["cut"],
            parts["left"],
            parts["right"],
            numbers["value"],
            number(entry["start"]),
            depth,
        )

    def meaning_reader(self, entry: Mapping[str, Any]) -> MeaningReader:
        """A network over meanings and place rows whose parts fit each other and the embedding."""
        name = entry["arrays"]
        terms = self.strings(f"{name}_meaning_terms")
        vectors = self._vectors(f"{name}_meaning_vectors")
        parts = {
            part: self.numbers(f"{name}_network_{part}", 2 if part == "hidden" else 1) for part in NETWORK
        }
        inputs, units = parts["hidden"].shape
        if (
            len(terms) != len(vectors)
            or inputs != MEANINGS * vectors.shape[1] + len(parts["center"])
            or not len(parts["center"]) == len(parts["scale"])
            or len(parts["center"]) not in (PLACE_COLUMNS, OLD_PLACE_COLUMNS)
            or not len(parts["hidden_bias"]) == len(parts["output"]) == units
            or not (parts["scale"] * _LARGEST_NUMBER > 1).all()
        ):
            raise self._damaged(f"the network of {name} does not fit its parts")
        network = Network(**parts, output_bias=number(entry["output_bias"]))
        return MeaningReader(Embedding(terms, vectors), network)

    def _vectors(self, name: str) -> Vectors:
        """Vectors of terms: bytes, in older models and what was made from them fractions."""
        array = self._array(name, "fi", 2)
        if array.dtype == np.int8:
            return array
        if array.dtype.kind == "i":
            raise self._damaged(f"{name}.npy holds {array.dtype}, as nothing in a model")
        return self._finite(name, array)


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
    hung = np.zeros(len(nodes), dtype=bool)
    hung[below] = True
    reached = nodes
    for _ in range(depth):
        reached = top[reached]
    return bool(
        (reached == roots[tree - 1]).all()
        and (below > np.tile(above, 2)).all()
        and (tree[below] == np.tile(tree[above], 2)).all()
        and np.count_nonzero(hung) == len(below) == len(nodes) - len(roots)
    )
