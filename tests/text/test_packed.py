"""Strings of model files answer as lists and dicts of them would."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nordclass.text.columns import UNKNOWN
from nordclass.text.packed import PackedStrings, PackedTable, SortedStrings, lookup

strings = st.text("가나 aß𝄞", min_size=1, max_size=4)


@given(st.lists(strings))
def test_packed_strings_are_those_that_were_packed(given):
    packed = PackedStrings("\n".join(given).encode())
    assert list(packed) == given
    assert [packed[i] for i in range(-len(given), len(given))] == given * 2
    assert packed[1:] == given[1:]
    with pytest.raises(IndexError):
        packed[len(given)]


@given(st.sets(strings), st.booleans())
def test_sorted_strings_say_where_each_stands(given, searched):
    packed = SortedStrings("\n".join(sorted(given)).encode())
    packed._searches = -1_000_000 if searched else 1_000_000  # search for all, or ask the dict for all
    asked = [*given, "", "가가가가가", "zz", "\ud800"]
    places = {string: at for at, string in enumerate(sorted(given))}
    assert [packed.get(string) for string in asked] == [places.get(string, UNKNOWN) for string in asked]
    assert [string in packed for string in asked] == [string in given for string in asked]


def test_half_a_surrogate_pair_is_no_question_mark():
    assert SortedStrings(b"?\n??").get("\ud800") == UNKNOWN


def test_what_any_strings_are_looked_up_in():
    for terms in (("b", "a"), PackedStrings(b"b\na"), SortedStrings(b"a\nb")):
        assert [lookup(terms).get(term, UNKNOWN) for term in (*terms, "c")] == [0, 1, UNKNOWN]


def packed(entries):
    return PackedTable("\n".join(entries).encode(), "\n".join(entries.values()).encode())


@given(
    st.dictionaries(st.text("가나 aß𝄞", min_size=1, max_size=4), st.text("정부 협력", max_size=5), min_size=1)
)
def test_a_packed_table_answers_as_a_dict(entries):
    entries = dict(sorted(entries.items()))
    table = packed(entries)
    asked = [*entries, "", "가가가가가", "zz", "\ud800"]
    assert [table.get(key) for key in asked] == [entries.get(key) for key in asked]
    assert len(table) == len(entries)
    assert table.entries == entries


def test_a_packed_table_answers_the_same_once_it_has_become_a_dict(monkeypatch):
    table = packed({"가": "나", "다": ""})
    monkeypatch.setattr("nordclass.text.packed._SEARCH", 1)
    assert [table.get(key) for key in ["가", "다", "라"] * 3] == ["나", "", None] * 3


def test_a_packed_table_travels_to_other_processes():
    table = copy.deepcopy(packed({"가": "나", "다": "라 마"}))  # by way of what pickle makes of it
    assert (table.get("다"), table.get("나"), table.entries) == ("라 마", None, {"가": "나", "다": "라 마"})


def test_an_empty_packed_table():
    assert (len(PackedTable(b"", b"")), PackedTable(b"", b"").get("가"), PackedTable(b"", b"").entries) == (
        0,
        None,
        {},
    )


@pytest.mark.parametrize(
    ("keys", "values"), [(b"a\nb", b"c"), (b"a", b"b\nc"), (b"\xff", b"a"), (b"a", b"\xff")]
)
def test_bytes_that_are_no_packed_table(keys, values):
    with pytest.raises(ValueError):
        PackedTable(keys, values)
