"""What an estimator is given, in any of its shapes; refusals are tested where users meet them (estimator)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from nordclass.training.targets import Targets, label_sets, texts_of

ROWS = [[1, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize("of", [list, tuple, np.array, lambda labels: np.array(labels)[:, None]])
def test_one_label_a_text(of):
    found = Targets.of(of(["b", "a", "b"]))
    assert found.classes.tolist() == ["a", "b"]
    assert found.matrix.tolist() == [[False, True], [True, False], [False, True]]
    assert (found.multilabel, found.indicator) == (False, False)


def test_sets_of_labels():
    found = Targets.of([{"b"}, ["a", "b"], ()])
    assert found.classes.tolist() == ["a", "b"]
    assert found.matrix.tolist() == [[False, True], [True, True], [False, False]]
    assert (found.multilabel, found.indicator) == (True, False)


def test_labels_that_are_tuples_stay_what_they_are():
    found = Targets.of([[("a", 1)], [("a", 1), ("b", 2)]])
    assert list(found.classes) == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("of", [list, np.array, csr_matrix])
def test_indicators(of):
    found = Targets.of(of(ROWS))
    assert found.classes.tolist() == [0, 1]
    assert found.matrix.tolist() == [list(map(bool, row)) for row in ROWS]
    assert (found.multilabel, found.indicator) == (True, True)


@pytest.mark.parametrize("y", [[[], []], [["a"], "b"], "ab", None, np.zeros((2, 2, 2), int)])
def test_what_are_no_labels(y):
    with pytest.raises(ValueError, match="label"):
        Targets.of(y)


def test_label_sets():
    assert label_sets([["a", "a"], {"b"}, ()]) == [{"a"}, {"b"}, set()]
    with pytest.raises(ValueError, match="labels must be"):
        label_sets(["ab"])


def test_texts_are_plain_strings():
    texts = texts_of(np.array(["a", "b"]))
    assert texts == ["a", "b"]
    assert {type(text) for text in texts} == {str}
    with pytest.raises(TypeError, match=r"X\[1\] must be a text, not 3"):
        texts_of(["a", 3])
