from __future__ import annotations

from math import log

import numpy as np
import pytest

from nordclass.training.vectorizing import fit_vectorizer, matrix

DOCUMENTS = [
    {"text": ["a", "a", "b"], "measure": {"m": 2.0}},
    {"text": ["a", "c"], "measure": {"m": 1.0, "n": 1.0}},
    {"text": ["b", "a"]},
    {},
]


def test_terms_in_enough_documents_in_alphabetical_order():
    for min_df, terms in ((1, ("a", "b", "c")), (2, ("a", "b")), (3, ("a",)), (4, ())):
        assert fit_vectorizer(DOCUMENTS, {"text": 1.0}, min_df=min_df).fields[0].terms == terms


def test_frequencies_by_hand():
    (field,) = fit_vectorizer(DOCUMENTS, {"text": 1.0}, min_df=1).fields
    assert field.idf == pytest.approx([log(5 / 4) + 1, log(5 / 3) + 1, log(5 / 2) + 1])


def test_fields_follow_each_other():
    vectorizer = fit_vectorizer(DOCUMENTS, {"text": 1.0, "measure": 0.5}, min_df=1, plain=("measure",))
    assert [(f.name, f.first, f.weight, f.plain) for f in vectorizer.fields] == [
        ("text", 0, 1.0, False),
        ("measure", 3, 0.5, True),
    ]
    rows = matrix(vectorizer, DOCUMENTS)
    assert rows.shape == (4, 5)
    assert rows[:, 3].toarray().ravel().tolist() == [1.0, 0.5, 0, 0]
    assert rows[3].nnz == 0


def test_a_matrix_holds_the_rows_of_the_vectorizer():
    vectorizer = fit_vectorizer(DOCUMENTS, {"text": 2.0}, min_df=1)
    rows = matrix(vectorizer, DOCUMENTS)
    assert rows.dtype == np.float32
    for i, bags in enumerate(DOCUMENTS):
        columns, values = vectorizer.transform(bags)
        assert rows[i].indices.tolist() == columns.tolist()
        assert rows[i].data.tolist() == values.tolist()


def test_no_documents():
    assert matrix(fit_vectorizer(DOCUMENTS, {"text": 1.0}, min_df=1), []).shape == (0, 3)
