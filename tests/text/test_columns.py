from __future__ import annotations

from nordclass.text import columns
from nordclass.text.columns import UNKNOWN, Columns


def test_terms_have_the_numbers_of_the_table():
    found = Columns({"a": 0, "b": 7})
    for _ in range(2):
        assert [found[term] for term in ("b", "?", "a")] == [7, UNKNOWN, 0]


def test_few_terms_are_remembered_and_none_is_forgotten(monkeypatch):
    monkeypatch.setattr(columns, "_REMEMBERED", 3)
    table = {str(i): i for i in range(9)}
    found = Columns(table)
    assert [found[term] for term in [*table, *table]] == [*range(9), *range(9)]
    assert len(found) <= 3
