from __future__ import annotations

import pytest

from nordclass.training.columns import columns_of


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
