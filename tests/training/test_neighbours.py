from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from nordclass.training.examples import examples
from nordclass.training.neighbours import TERMS, fit_neighbours, neighbours_out_of_fold
from nordclass.training.records import labelled
from nordclass.training.vectorizing import fit_vectorizer, matrix


@pytest.fixture(scope="module")
def rows(some, classifier):
    found = [e.terms for e in examples(list(labelled(some)), classifier.lexicon)]
    return matrix(fit_vectorizer(found, {"text": 1.0, "title": 0.4}, min_df=2), found)


def test_the_heaviest_terms_are_kept(rows):
    labels = np.zeros((rows.shape[0], 2), bool)
    neighbours = fit_neighbours(rows, labels, 10)
    counts = np.bincount(neighbours.documents, minlength=rows.shape[0])
    assert counts.tolist() == np.minimum(np.diff(rows.indptr), TERMS).tolist()
    for number, (start, end) in enumerate(zip(rows.indptr, rows.indptr[1:], strict=False)):
        similar = neighbours.similarities(rows.indices[start:end], rows.data[start:end])
        assert similar.argmax() == number
        assert similar[number] == pytest.approx(1, abs=0.02)  # it is asked by the terms that are kept


def test_out_of_fold_no_document_of_the_fold_is_asked(rows):
    documents = rows.shape[0]
    fold = np.arange(documents) % 3
    labels = np.repeat((fold == 0)[:, None], 2, axis=1)
    indexed = np.arange(documents) % 10 != 9
    neighbours = fit_neighbours(rows[indexed], labels[indexed], 10)
    found = neighbours_out_of_fold(neighbours, rows, fold, indexed)
    assert found.shape == (documents, 3)
    share = labels[indexed].mean()
    assert found[fold == 0, :2].max() < share / 2  # no document that may be asked has the labels
    assert found[fold != 0, :2].mean() > share
    assert (found[:, -1] < 0.95).all()


def test_no_term_that_is_kept_weighs_nothing():
    rows = csr_matrix(np.array([[1.0, 0.001, 0.0], [0.0, 0.5, 0.5]], np.float32))
    neighbours = fit_neighbours(rows, np.zeros((2, 1), bool), 1)
    assert neighbours.weights.tolist() == [255, 1, 180, 180]
    assert neighbours.starts.tolist() == [0, 1, 3, 4]
    assert neighbours.documents.tolist() == [0, 0, 1, 1]


def test_many_documents_are_numbered_too(rows):
    many = rows[np.arange(2**16 + 1) % rows.shape[0]]
    labels = np.zeros((many.shape[0], 1), bool)
    labels[-1] = True
    neighbours = fit_neighbours(many, labels, 3)
    last = rows[2**16 % rows.shape[0]]
    similar = neighbours.similarities(last.indices, last.data)
    assert similar[-1] == similar.max() > 0.5
