from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import numpy as np
import pytest

from nordclass.cells import as_text, columns_of, first_column, folded, is_empty


@pytest.mark.parametrize(
    "value",
    [None, "", " \t\n", "\u3000", float("nan"), np.float32("nan"), Decimal("nan"), np.datetime64("NaT")],
)
def test_what_holds_nothing(value):
    assert is_empty(value)


@pytest.mark.parametrize(
    "value",
    ["a", "nan", 0, False, float("inf"), -np.inf, [], {}, np.array([]), np.array([1, 2]), datetime.max],
)
def test_what_holds_something(value):
    assert not is_empty(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *(
            (" a ", " a "),
            (220, "220"),
            (220.0, "220"),
            (np.int8(7), "7"),
            (-0.0, "0"),
            (1e16, "10000000000000000"),
        ),
        *((value, None) for value in (True, np.nan, np.inf, 2.5, None, ["a"])),
    ],
)
def test_texts_and_whole_numbers(value, text):
    assert as_text(value) == text


def test_names_are_compared_without_capitals_and_blanks():
    assert folded(" Straße ") == "strasse"


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (["Body", "TEXT "], "TEXT "),
        (["Text", "text"], "text"),
        (["TEXT", "Text"], "TEXT"),
        (["body", "본문"], "body"),
        (["title"], None),
        ([], None),
    ],
)
def test_the_first_wanted_name_that_there_is(columns, found):
    assert first_column(("text", "body"), columns) == found


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"text": 1, "other": 2}, {"text": 1}),
        ({" Text ": 1, "SECTORS": 2}, {"text": 1, "sectors": 2}),
        ({"Text": 1, "text": 2, "TEXT": 3}, {"text": 2}),
        ({"Text": 1, "TEXT": 2}, {"text": 1}),
        ({"TEXT": 1, "text": None}, {"text": None}),
        ({3: 1, None: 2}, {}),
    ],
)
def test_columns_are_found_whatever_their_capitals_and_blanks(record, found):
    assert columns_of(record, ("text", "sectors")) == found


def test_a_column_that_is_asked_for_in_capitals():
    assert columns_of({"body": 1}, ("Body",)) == {"Body": 1}
