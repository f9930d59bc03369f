from __future__ import annotations

import numpy as np
import pytest

from nordclass.text.embedding import Embedding

EMBEDDING = Embedding(("port", "ship", "rice"), np.array([[2, 0], [1, 1], [0, 4]], np.float32))


def test_means_are_weighted_by_the_length_of_the_vectors_and_have_length_one():
    means = EMBEDDING.means([["port", "rice"], ["port", "port", "unknown"], ["ship"]])
    assert means == pytest.approx(np.array([[2, 4], [4, 0], [1, 1]]) / [[20**0.5], [4], [2**0.5]], abs=1e-6)


def test_a_bag_without_known_terms_means_nothing():
    means = EMBEDDING.means([[], ["unknown"], ["rice"], []])
    assert means.tolist() == [[0, 0], [0, 0], [0, 1], [0, 0]]
    assert EMBEDDING.means([]).shape == (0, 2)
    assert EMBEDDING.means([[], ["x"]]).tolist() == [[0, 0], [0, 0]]
