"""Learns the country head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.errors import DataError
from nordclass.model.heads import (
    MEANINGS,
    FirstPass,
    MeaningReader,
    PlaceHead,
    meanings,
    no_mentions,
    place_rows,
)
from nordclass.model.linear import LinearScorer
from nordclass.model.mentions import MentionScorer, mention_fields
from nordclass.taxonomy.names import is_region
from nordclass.text.embedding import Embedding
from nordclass.training.examples import Example
from nordclass.training.fitting import (
    Floats,
    Targets,
    best_gate,
    best_of_each,
    best_threshold,
    decided_by_own_gates,
    fit_and_hold_out,
    fit_trees,
    trees_out_of_fold,
)
from nordclass.training.mentions import fit_mentions
from nordclass.training.networks import fit_network, network_out_of_fold
from nordclass.training.settings import PlaceSettings
from nordclass.training.vectorizing import fit_vectorizer, matrix
from nordclass.trees import sigmoid

_ENOUGH: Final = 2000
"""Minimum candidates for a network: with fewer it learns no more than the trees know already."""

_MOST: Final = 200_000
"""Maximum candidates that the linear scorers and the network learn from: a fit copies what it is given."""
_AT_ONCE: Final = 20_000
"""Candidates beyond these that are scored at a time."""


def enough_for_network(examples: Sequence[Example], settings: PlaceSettings) -> bool:
    """Whether a network that reads meanings is asked for and has candidates enough to learn from."""
    partner = [c.code in e.partners for e in examples if e.partners is not None for c in e.candidates]
    return settings.networks > 0 and len(partner) >= _ENOUGH and 0 < sum(partner) < len(partner)


@dataclass(frozen=True)
class PlaceScores:
    """The fitted scorers, and for each example what they say of each of its candidates, out of fold.

    There is no scorer of mentions where the recipe has none of the fields that it reads.
    """

    scorer: LinearScorer
    mentions: MentionScorer | None
    held_out: Sequence[Floats]
    mentions_held_out: Sequence[Floats]


def _evenly(count: int, share: float) -> NDArray[np.bool_]:
    """Marks a `share` of `count` examples, evenly spread; all where it is 1 or more."""
    steps = np.floor(np.arange(count + 1) * min(share, 1.0))
    marked: NDArray[np.bool_] = np.diff(steps) > 0
    return marked


def fit_place_scorer(
    examples: Sequence[Example], fold: NDArray[np.int64], settings: PlaceSettings
) -> PlaceScores:
    """Fit the linear scorers on the candidates of the examples that are labelled with places.

    Of more than `_MOST` candidates an even sample of the examples is learned from; the others are scored by
    scorers that have not seen them either.
    """
    owner, found, targets, weights = [], [], [], []
    for i, example in enumerate(examples):
        for candidate in example.candidates:
            owner.append(i)
            found.append(candidate)
            targets.append(example.partners is not None and candidate.code in example.partners)
            weights.append(example.weight)
    owners = np.array(owner, dtype=np.int64)
    known = np.array([examples[i].partners is not None for i in owner], dtype=bool)
    known &= _evenly(len(examples), _MOST / max(int(known.sum()), 1))[owners]
    taught = [candidate for candidate, k in zip(found, known, strict=True) if k]
    bags = [candidate.bags for candidate in taught]
    vectorizer = fit_vectorizer(bags, settings.weights, min_df=settings.min_df, plain=("measure",))
    own = Targets(
        np.array(targets, dtype=bool)[known, None],
        np.array(weights, dtype=np.float32)[known],
        fold[owners[known]],
    )
    scores = np.empty(len(found), dtype=np.float32)
    coef, bias, inside = fit_and_hold_out(matrix(vectorizer, bags), own, settings.c)
    scores[known] = inside[:, 0]
    said = no_mentions(len(found))
    mentions = None
    if mention_fields(vectorizer):
        mentions, said[known] = fit_mentions(vectorizer, taught, own)
    others = np.flatnonzero(~known)
    for first in range(0, len(others), _AT_ONCE):
        part = others[first : first + _AT_ONCE]
        some = [found[i] for i in part]
        scores[part] = (matrix(vectorizer, [candidate.bags for candidate in some]) @ coef + bias)[:, 0]
        if mentions:
            said[part] = mentions.scores(some)
    ends = np.searchsorted(owners, np.arange(1, len(examples)))
    linear = LinearScorer(vectorizer, coef, bias)
    return PlaceScores(linear, mentions, np.split(scores, ends), np.split(said, ends))


def _meanings(passes: Sequence[FirstPass], candidates: int, embedding: Embedding) -> Floats:
    """The `meanings` of all `candidates`, in one array that is filled bit by bit."""
    meant = np.empty((candidates, MEANINGS * embedding.dimensions), dtype=np.float32)
    filled = 0
    for first in passes:
        meant[filled : filled + len(first.candidates)] = meanings(first, embedding)
        filled += len(first.candidates)
    return meant


def _fit_reader(
    embedding: Embedding,
    passes: Sequence[FirstPass],
    rows: Floats,
    targets: Targets,
    settings: PlaceSettings,
    seed: int,
) -> tuple[MeaningReader, Floats]:
    """Fit the network; also returns the log-odds of the candidates of all `passes`, out of fold.

    Of more than `_MOST` candidates an even sample of the documents is learned from, as by the linear scorer.
    """
    shape = {"networks": settings.networks, "units": settings.units, "seed": seed}
    sizes = [len(first.candidates) for first in passes]
    sample = _evenly(len(passes), _MOST / len(rows))
    known = np.repeat(sample, sizes)
    meant = _meanings(
        [first for first, s in zip(passes, sample, strict=True) if s], int(known.sum()), embedding
    )
    own, answers = rows[known], targets[known]
    network = fit_network(meant, own, answers.true, answers.weights, seen=None, **shape)
    reader = MeaningReader(embedding, network)
    read = np.empty(len(rows), dtype=np.float32)
    read[known] = network_out_of_fold(meant, own, answers, **shape)
    ends = np.cumsum(sizes)
    for i in np.flatnonzero(~sample).tolist():
        part = slice(ends[i] - sizes[i], ends[i])
        read[part] = reader.logits(passes[i], rows[part])
    return reader, read


def fit_place_combiner(
    fitted: PlaceScores,
    passes: Sequence[FirstPass],
    examples: Sequence[Example],
    fold: NDArray[np.int64],
    settings: PlaceSettings,
    seed: int,
    embedding: Embedding | None = None,
) -> tuple[PlaceHead, Floats]:
    """Fit the combiner and the thresholds; also returns the out-of-fold probabilities, for reports.

    With an `embedding` (for examples that are `enough_for_network`) a network reads the words' meanings
    beside the trees. Raises DataError when no example is there to choose thresholds on.
    """
    labelled = [i for i, e in enumerate(examples) if e.partners is not None and e.representative]
    if not labelled:
        raise DataError("no representative record is labelled with countries; thresholds are chosen on those")
    taught = [i for i, e in enumerate(examples) if e.partners is not None and passes[i].candidates]
    rows = np.concatenate([place_rows(passes[i]) for i in taught])
    owner = np.concatenate([np.full(len(passes[i].candidates), i) for i in taught])
    codes = [candidate.code for i in taught for candidate in passes[i].candidates]
    target = np.array(
        [code in (examples[i].partners or ()) for i, code in zip(owner, codes, strict=True)], dtype=bool
    )
    shape = {"iterations": settings.iterations, "leaves": settings.leaves, "seed": seed}
    weight = np.array([examples[i].weight for i in owner], dtype=np.float32)
    targets = Targets(target, weight, fold[owner])
    combiner = fit_trees(rows, target, weight, **shape)
    held_out = trees_out_of_fold(rows, targets, **shape)
    reader = None
    if embedding is not None:
        reader, read = _fit_reader(embedding, [passes[i] for i in taught], rows, targets, settings, seed)
        held_out = (held_out + read) / np.float32(2)
    probabilities = sigmoid(held_out)
    region = np.array([is_region(code) for code in codes], dtype=bool)
    number = {i: n for n, i in enumerate(labelled)}
    owners = np.array([number.get(i, -1) for i in owner], dtype=np.int64)
    known = []
    for kind, marked in ((~region, False), (region, True)):
        part = kind & (owners >= 0)
        gold = np.array([sum(is_region(c) == marked for c in examples[i].partners or ()) for i in labelled])
        found = np.bincount(owners[part], weights=target[part], minlength=len(labelled))
        known.append((probabilities[part], target[part], owners[part], (gold - found).astype(np.float32)))
    states, regions = known
    best = best_of_each(states[0], states[2], len(labelled))
    presence = decided_by_own_gates(best, [passes[i].manner for i in labelled], settings.gates)

    def threshold_behind(gate: float) -> float:
        if settings.threshold is not None:
            return settings.threshold
        return best_threshold(*states, presence >= gate)

    gate = settings.gate
    if gate is None:
        gate = best_gate(*states, presence, threshold_behind, settings.false_alarms)
    cuts = threshold_behind(gate), best_threshold(*regions)
    head = PlaceHead(fitted.scorer, combiner, *cuts, gate, reader, settings.gates, fitted.mentions)
    return head, probabilities


def best_places(
    head: PlaceHead | None,
    passes: Sequence[FirstPass],
    examples: Sequence[Example],
    probabilities: Floats | None,
) -> Floats:
    """With what probability the best place of each example is a partner, shape (examples,); 0 without any.

    `probabilities` are those out of fold that `fit_place_combiner` returns for the examples it has learned
    from; None where it has learned from none. The others are asked of the `head`, which has not seen them.
    """
    best = np.zeros(len(examples), dtype=np.float32)
    at = 0
    for i, (first, example) in enumerate(zip(passes, examples, strict=True)):
        if probabilities is not None and example.partners is not None:
            own = probabilities[at : at + len(first.candidates)]
            at += len(first.candidates)
        else:
            own = head.probabilities(first) if head else np.zeros(0, dtype=np.float32)
        best[i] = own.max(initial=0.0)
    return best
