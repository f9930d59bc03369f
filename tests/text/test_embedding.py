from __future__ import annotations

import numpy as np
import pytest

from nordclass.text.embedding import Embedding, as_bytes

EMBEDDING = Embedding(("port", "ship", "rice"), np.array([[2, 0], [1, 1], [0, 4]], np.float32))


def test_means_are_weighted_by_the_length_of_the_vectors_and_have_length_one():
    means = EMBEDDING.means([["port", "rice"], ["port", "port", "unknown"], ["ship"]])
    assert means == pytest.approx(np.array([[2, 4], [4, 0], [1, 1]]) / [[20**0.5], [4], [2**0.5]], abs=1e-6)


def test_a_bag_without_known_terms_means_nothing():
    means = EMBEDDING.means([[], ["unknown"], ["rice"], []])
    assert means.tolist() == [[0, 0], [0, 0], [0, 1], [0, 0]]
    assert EMBEDDING.means([]).shape == (0, 2)
    assert EMBEDDING.means([[], ["x"]]).tolist() == [[0, 0], [0, 0]]


def test_many_terms_are_read_in_parts(monkeypatch):
    chance = np.random.RandomState(0)
    embedding = Embedding(tuple("abcdefgh"), chance.normal(size=(8, 5)).astype(np.float32))
    bags = [list(chance.choice(list("abcdefghxy"), size)) for size in (0, 3, 90, 2, 1, 17, 0, 40, 6)]
    whole = embedding.means(bags)
    monkeypatch.setattr("nordclass.text.embedding._AT_ONCE", 20)
    parts = embedding.means(bags)
    assert parts == pytest.approx(whole, abs=1e-6)
    short = [i for i, bag in enumerate(bags) if len(bag) <= 20]
    assert parts[short].tobytes() == whole[short].tobytes()
    assert embedding.means(bags[2:3])[0].tobytes() == parts[2].tobytes()


def test_rounding_moves_no_meaning():
    vectors = np.random.RandomState(0).normal(size=(50, 64)) * np.linspace(1, 10, 50)[:, None]
    terms = tuple(map(str, range(50)))
    exact, whole = Embedding(terms, vectors.astype(np.float32)), Embedding(terms, as_bytes(vectors))
    bags = [[term] for term in terms] + [list(terms[i : i + 9]) for i in range(0, 50, 5)]
    alike = (exact.means(bags) * whole.means(bags)).sum(axis=1)
    assert alike[10:].min() > 0.999
    assert alike.min() > 0.97  # vectors of a tenth of the longest: a number is 3 or so


def test_sums_of_bytes_do_not_overflow():
    embedding = Embedding(("a", "b"), np.array([[127, 0], [127, -127]], np.int8))
    # In a byte two of the first would be -2.
    assert embedding.means([["a"] * 2, ["b"] * 2]) == pytest.approx(
        np.array([[1, 0], [0.5**0.5, -(0.5**0.5)]]), abs=1e-6
    )


def test_rounding_nothing():
    assert as_bytes(np.zeros((2, 3))).tolist() == [[0, 0, 0]] * 2
    assert as_bytes(np.zeros((0, 3))).shape == (0, 3)
