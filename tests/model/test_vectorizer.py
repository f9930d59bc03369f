from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nordclass.model.vectorizer import Field, Vectorizer

WORDS = st.lists(st.sampled_from("abcdxyz"), max_size=20)


def field(name, terms, idf, first, weight=1.0, plain=False):
    return Field(name, tuple(terms), np.array(idf, dtype=np.float32), first, weight, plain)


BODY = field("body", "abcd", [1.0, 2.0, 3.0, 1.5], 0, 2.0)
HEAD = field("head", "ax", [1.25, 1.0], 4, 0.5)
MEASURE = field("measure", "mn", [1.0, 1.0], 6, 0.25, plain=True)
VECTORIZER = Vectorizer([BODY, HEAD, MEASURE])


def dense(row, width=VECTORIZER.width):
    columns, values = row
    full = np.zeros(width)
    full[columns] = values
    return full


def test_fields_are_found_by_name():
    assert VECTORIZER.field("head") is HEAD
    with pytest.raises(KeyError, match="foot"):
        VECTORIZER.field("foot")


def test_a_row_by_hand():
    row = dense(
        VECTORIZER.transform({"body": ["a", "c", "a", "?"], "head": ["x"], "measure": {"n": 3.0, "?": 1.0}})
    )
    a, c = 1.0 + log(2), 3.0
    length = (a * a + c * c) ** 0.5
    assert row == pytest.approx([2 * a / length, 0, 2 * c / length, 0, 0, 0.5, 0, 0.75])


def test_width_counts_all_fields():
    assert VECTORIZER.width == 8
    assert Vectorizer([]).width == 0


@pytest.mark.parametrize("bags", [{}, {"body": []}, {"body": ["?"]}, {"other": ["a"]}, {"measure": {}}])
def test_nothing_known_gives_an_empty_row(bags):
    columns, values = VECTORIZER.transform(bags)
    assert len(columns) == len(values) == 0
    assert (columns.dtype, values.dtype) == (np.int32, np.float32)


@given(WORDS, WORDS)
def test_each_field_has_the_length_of_its_weight(body, head):
    row = dense(VECTORIZER.transform({"body": body, "head": head}))
    for part, one, bag in ((row[:4], BODY, body), (row[4:6], HEAD, head)):
        expected = one.weight if set(bag) & set(one.terms) else 0.0
        assert np.linalg.norm(part) == pytest.approx(expected, rel=1e-5)


@given(WORDS, st.randoms())
def test_order_of_terms_does_not_matter(body, random):
    mixed = random.sample(body, len(body))
    assert dense(VECTORIZER.transform({"body": mixed})) == pytest.approx(
        dense(VECTORIZER.transform({"body": body}))
    )


@given(WORDS, WORDS)
def test_columns_ascend(body, head):
    columns, _ = VECTORIZER.transform({"head": head, "body": body})
    assert (np.diff(columns) > 0).all()


@given(WORDS)
def test_counted_terms_give_the_row_of_the_terms(body):
    listed, counted = VECTORIZER.transform({"body": body}), VECTORIZER.transform({"body": Counter(body)})
    assert (listed[0] == counted[0]).all()
    assert (listed[1] == counted[1]).all()
