"""Fits the small neural networks of the country head, in and out of fold."""

from __future__ import annotations

import warnings
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.model.network import Network, scaled, squeezed
from nordclass.training.fitting import Floats, Targets, folds_at_once, held_out

_EPOCHS: Final = 8
_SHRINKAGE: Final = 0.1
_RATE: Final = 0.002
_BATCH: Final = 256
_COPIED: Final = 65_536
_COPIES: Final = 2
"""How often a fit holds what it is given: as it came, and as one array."""


def fit_network(
    meant: Floats,
    rows: Floats,
    targets: NDArray[np.bool_],
    weights: Floats,
    *,
    networks: int,
    units: int,
    seed: int,
    seen: NDArray[np.bool_] | None = None,
) -> Network:
    """The mean of `networks` networks of one hidden layer (scikit-learn's, Adam, eight epochs), as one.

    `meant` has shape (candidates, meanings), `rows` (candidates, columns), `targets`, `weights` and `seen`
    (candidates,): only the candidates that `seen` marks are learned from, whose `targets` must differ.
    Networks that start from other seeds err in other places; their mean errs less.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import threadpool_limits

    if seen is not None:
        rows, targets, weights = rows[seen], targets[seen], weights[seen]
    small = squeezed(rows)
    center, scale = small.mean(axis=0), np.maximum(small.std(axis=0), np.float32(1e-6))
    inputs = _inputs(meant, scaled(rows, center, scale), seen)
    fitted = []
    for number in range(networks):
        model = MLPClassifier(
            (units,),
            alpha=_SHRINKAGE,
            learning_rate_init=_RATE,
            max_iter=_EPOCHS,
            batch_size=min(_BATCH, len(inputs)),
            random_state=seed + number,
        )
        with threadpool_limits(1), warnings.catch_warnings():  # sums in one order: the same on every run
            warnings.simplefilter("ignore", ConvergenceWarning)  # few epochs on purpose
            model.fit(inputs, targets, sample_weight=weights)
        fitted.append(model)
    return Network(
        center.astype(np.float32),
        scale.astype(np.float32),
        np.hstack([model.coefs_[0] for model in fitted]).astype(np.float32),
        np.concatenate([model.intercepts_[0] for model in fitted]).astype(np.float32),
        (np.concatenate([model.coefs_[1][:, 0] for model in fitted]) / networks).astype(np.float32),
        float(np.mean([model.intercepts_[1][0] for model in fitted])),
    )


def _inputs(meant: Floats, numbers: Floats, seen: NDArray[np.bool_] | None) -> Floats:
    """The rows of `meant` that `seen` marks, with `numbers` beside them; there is room for one such array."""
    chosen = np.arange(len(meant)) if seen is None else np.flatnonzero(seen)
    inputs = np.empty((len(chosen), meant.shape[1] + numbers.shape[1]), dtype=np.float32)
    for first in range(0, len(chosen), _COPIED):
        part = slice(first, first + _COPIED)
        inputs[part, : meant.shape[1]] = meant[chosen[part]]
    inputs[:, meant.shape[1] :] = numbers
    return inputs


def network_out_of_fold(
    meant: Floats,
    rows: Floats,
    targets: Targets,
    *,
    networks: int,
    units: int,
    seed: int,
) -> Floats:
    """Log-odds of each candidate from a network that has not seen its fold."""

    def score(seen: NDArray[np.bool_], held: NDArray[np.bool_]) -> Floats:
        shape = {"networks": networks, "units": units, "seed": seed}
        network = fit_network(meant, rows, targets.true, targets.weights, seen=seen, **shape)
        return network.logits(meant[held], rows[held])

    return held_out(targets, score, folds_at_once(len(rows), _COPIES * (meant.nbytes + rows.nbytes)))
