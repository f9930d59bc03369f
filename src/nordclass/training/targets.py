"""Texts and labels in the shapes in which users of scikit-learn have them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.multiclass import check_classification_targets, type_of_target

from nordclass.training.examples import label_matrix

_ACCEPTED: Final = (
    "labels must be one a text, a set or list of labels a text (of a kind that can be sorted), or an array"
    " of shape (texts, labels) that holds 0 and 1"
)


@dataclass(frozen=True)
class Targets:
    """Labels as an indicator `matrix` of shape (texts, classes).

    `multilabel`: a text may have several or none; `indicator`: they were given as an indicator array.
    """

    classes: NDArray[Any]
    matrix: NDArray[np.bool_]
    multilabel: bool
    indicator: bool

    @classmethod
    def of(cls, y: Any) -> Targets:  # noqa: ANN401
        """Read `y`: one label a text, a set or list of labels a text, or an indicator array.

        Raises ValueError when it is none of these, or holds no label or a missing one.
        """
        if _are_sets(y):
            sets = label_sets(y)
            try:
                labels = sorted(frozenset().union(*sets))
            except TypeError:
                raise ValueError(_ACCEPTED) from None
            if not labels:
                raise ValueError("no text has a label")
            classes = np.fromiter(labels, dtype=object)  # objects: a label may be a tuple
            return cls(classes, label_matrix(sets, labels), multilabel=True, indicator=False)
        array = _label_array(y)
        if type_of_target(array) == "multilabel-indicator":
            return cls(np.arange(array.shape[1]), array.astype(bool), multilabel=True, indicator=True)
        if array.ndim != 1 and array.shape[1:] != (1,):
            raise ValueError(_ACCEPTED)
        classes, codes = np.unique(array.ravel(), return_inverse=True)
        return cls(classes, codes[:, None] == np.arange(len(classes)), multilabel=False, indicator=False)


def texts_of(X: Any) -> list[str]:  # noqa: ANN401
    """The texts of a list, array or series of them.

    Raises TypeError when `X` is one string, has no order or holds anything but strings, ValueError when it is
    a table.
    """
    if isinstance(X, (str, bytes)):
        raise TypeError("X must be a list of texts: for one text give [text]")
    if getattr(X, "ndim", 1) > 1:
        raise ValueError(f"X must be a list of texts, not a table of shape {X.shape}: give one column of it")
    if isinstance(X, (Mapping, AbstractSet)):  # their keys would be read, or texts in any order
        raise TypeError(f"X must be a list of texts, not {type(X).__name__}")
    try:
        texts = list(X)
    except TypeError:
        raise TypeError(f"X must be a list of texts, not {type(X).__name__}") from None
    for at, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"X[{at}] must be a text, not {text!r:.40} ({type(text).__name__})")
    return [str(text) for text in texts]  # an array holds strings of a kind of its own


def _label_array(y: Any) -> NDArray[Any]:  # noqa: ANN401
    """Labels, one a text, or indicators as an array.

    Raises ValueError when `y` is neither, a label is missing, or they are numbers that are no classes.
    """
    array = _as_array(y.toarray() if hasattr(y, "toarray") else y)  # indicators may be sparse
    if array.ndim == 1 or array.shape[1:] == (1,):
        labels = list(y) if array.ndim == 1 else list(array.ravel())
        _check_labels(labels)
        if labels and array.dtype == object and not isinstance(labels[0], str):
            array = _as_array(labels)  # numbers as objects: scikit-learn does not know what they are
    if array.ndim == 0 or type_of_target(array) == "unknown":
        raise ValueError(_ACCEPTED)
    check_classification_targets(array)
    return array


def _as_array(y: Any) -> NDArray[Any]:  # noqa: ANN401
    try:
        return np.asarray(y)
    except ValueError:  # rows of different length
        raise ValueError(_ACCEPTED) from None


def _check_labels(labels: Sequence[object]) -> None:
    """Raise ValueError when one of `labels` is missing, or some are strings and some are not.

    An array would hold such as strings, a class "nan" among them.
    """
    for at, label in enumerate(labels):
        if label is None or (isinstance(label, float) and math.isnan(label)):
            raise ValueError(f"y[{at}] is {label}: every text needs a label")
        if isinstance(label, str) != isinstance(labels[0], str):
            raise ValueError(f"y[{at}] is {label!r:.40} and y[0] {labels[0]!r:.40}: {_ACCEPTED}")


def label_sets(y: Any) -> list[frozenset[Any]]:  # noqa: ANN401
    """The set of labels of each text. Raises ValueError when `y` is no list of such."""
    try:
        rows = list(y)
        if any(isinstance(row, (str, bytes, np.ndarray)) for row in rows):
            raise ValueError(_ACCEPTED)
        return [frozenset(row) for row in rows]
    except TypeError:
        raise ValueError(_ACCEPTED) from None


def _are_sets(y: Any) -> bool:  # noqa: ANN401
    """Whether `y` is a list of sets or lists of labels, and not the rows of an indicator array.

    Raises ValueError when only some texts have such.
    """
    if getattr(y, "ndim", 0) == 1 and y.dtype == object:
        y = list(y)  # a column of a table
    if not isinstance(y, (list, tuple)):
        return False
    several = {isinstance(row, Collection) and not isinstance(row, (str, bytes, np.ndarray)) for row in y}
    if several == {True, False}:
        raise ValueError(_ACCEPTED)
    if several != {True}:
        return False
    # As label sets such rows would all be the same: nothing that could be learned is taken for an array.
    rows = all(isinstance(row, (list, tuple)) for row in y) and len(set(map(len, y))) == 1
    return not (rows and len(y[0]) and all(label in (0, 1) for row in y for label in row))
