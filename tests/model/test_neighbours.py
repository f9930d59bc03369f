from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nordclass.model.neighbours import HEAVIEST, Neighbours, _highest

COLUMNS = 40
DOCUMENTS = 60


@pytest.fixture
def dense():
    """Rows of length 1 of which a third of the values are not 0."""
    chance = np.random.RandomState(1)
    rows = chance.rand(DOCUMENTS, COLUMNS) * (chance.rand(DOCUMENTS, COLUMNS) < 0.33)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def neighbours(dense):
    columns, documents = np.nonzero(dense.T)
    starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=COLUMNS))])
    weights = np.rint(dense.T[columns, documents] * HEAVIEST).astype(np.uint8)
    labels = np.random.RandomState(2).rand(DOCUMENTS, 3) < (0.2, 0.5, 0.8)
    return Neighbours(starts, documents.astype(np.uint16), weights, labels, 5)


def row(values):
    (columns,) = np.nonzero(values)
    return columns, values[columns].astype(np.float32)


def test_similarities_are_cosines(neighbours, dense):
    for values in dense[:10]:
        columns, parts = row(values)
        found = neighbours.similarities(columns, 7 * parts)
        assert found == pytest.approx(dense @ values, abs=0.01)


@pytest.mark.parametrize("terms", [1, 4, COLUMNS - 1, COLUMNS, COLUMNS + 1])
def test_only_the_heaviest_terms_of_a_document_are_asked(neighbours, dense, terms):
    for values in dense[:10]:
        heaviest = np.where(values >= np.sort(values)[-min(terms, COLUMNS)], values, 0.0)
        few = replace(neighbours, terms=terms).similarities(*row(values))
        assert few == pytest.approx(neighbours.similarities(*row(heaviest)))


def test_each_document_is_its_own_nearest(neighbours, dense):
    for number, values in enumerate(dense):
        assert neighbours.similarities(*row(values)).argmax() == number


def test_answers_are_weighted_shares_of_the_nearest(neighbours):
    similarities = np.linspace(0.1, 0.6, DOCUMENTS)
    best = np.argsort(-similarities)[:5]
    shares = np.average(neighbours.labels[best], axis=0, weights=similarities[best] ** 2)
    assert neighbours.answer(similarities) == pytest.approx([*shares, 0.6], abs=0.01)


@pytest.mark.parametrize("size", [1, 4, 5, 6, 60, 3000])
@pytest.mark.parametrize("power", [0, 1, 8])
def test_the_highest_are_found(size, power):
    values = np.random.RandomState(size).rand(size) ** power * (np.arange(size) % 3 > 0)
    found = _highest(values, 5)
    assert sorted(values[found]) == sorted(values)[-5:]
    assert len(set(found)) == min(size, 5)


def test_where_none_is_alike_the_shares_of_all_documents_are_told(neighbours):
    found = neighbours.answer(neighbours.similarities(np.zeros(0, np.intp), np.zeros(0, np.float32)))
    assert found == pytest.approx([*neighbours.labels.mean(axis=0), 0.0])


def test_fewer_documents_than_are_asked_for(neighbours):
    few = replace(
        neighbours,
        starts=np.array([0, 2]),
        documents=np.array([0, 1], np.uint16),
        weights=np.full(2, HEAVIEST, np.uint8),
        labels=np.array([[True, False, True], [True, True, False]]),
    )
    answer = few.answer(few.similarities(np.array([0]), np.array([1.0], np.float32)))
    assert answer == pytest.approx([1, 0.5, 0.5, 1], abs=0.01)
