from __future__ import annotations

import numpy as np
import pytest

from nordclass.training.embeddings import learn_embedding


@pytest.fixture(scope="module")
def documents():
    """Two topics with words of their own, in an order that chance gives."""
    chance = np.random.RandomState(0)
    topics = [[f"{topic}{i}" for i in range(20)] for topic in ("ship", "rice")]
    return [list(chance.choice(topics[n % 2], 30)) for n in range(200)]


def test_terms_of_a_topic_mean_alike(documents):
    embedding = learn_embedding(documents, size=100, min_count=2, dimensions=8)
    vectors = embedding.vectors / np.linalg.norm(embedding.vectors, axis=1, keepdims=True)
    ship = np.array([term.startswith("ship") for term in embedding.terms])
    alike = vectors @ vectors.T
    assert alike[ship][:, ship].mean() > alike[ship][:, ~ship].mean() + 0.5


def test_rare_terms_say_more(documents):
    extended = [[*document, "the"] for document in documents]
    extended[0] += ["seldom"] * 8
    embedding = learn_embedding(extended, size=100, min_count=2, dimensions=8)
    lengths = dict(zip(embedding.terms, np.linalg.norm(embedding.vectors, axis=1), strict=True))
    # "the" stands everywhere: the logarithm of one, plus one. Rounding moves each number by up to one half.
    assert lengths["seldom"] / lengths["the"] == pytest.approx(np.log(201 / 2) + 1, rel=0.03)


def test_vectors_are_whole_numbers(documents):
    vectors = learn_embedding(documents, size=100, min_count=2, dimensions=8).vectors
    assert vectors.dtype == np.int8
    assert np.abs(vectors).max() == 127


def test_the_same_documents_give_the_same_vectors(documents):
    one, other = (learn_embedding(documents, size=100, min_count=2, dimensions=8) for _ in range(2))
    assert one.terms == other.terms
    assert one.vectors.tobytes() == other.vectors.tobytes()


def test_the_most_frequent_terms_are_taken(documents):
    embedding = learn_embedding([*documents, ["the"] * 500], size=30, min_count=2, dimensions=8)
    assert len(embedding.terms) == 30
    assert embedding.terms[0] == "the"


@pytest.mark.parametrize("few", [[], [[]], [["a", "b"]] * 20])
def test_too_little_to_learn_from(few):
    assert learn_embedding(few, size=100, min_count=2, dimensions=8) is None


def test_terms_that_stand_beside_nothing():
    assert learn_embedding([[f"w{i % 40}"] for i in range(400)], size=100, min_count=2, dimensions=8) is None
