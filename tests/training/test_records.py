from __future__ import annotations

from unicodedata import normalize

import numpy as np
import pytest

from nordclass import DataError
from nordclass.training.records import labelled


class NAType:
    """As pandas has it: neither equal to itself nor not."""

    def __ne__(self, other):
        return self

    __eq__ = __ne__

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")

    __hash__ = None


EMPTY = (float("nan"), np.float64("nan"), np.datetime64("NaT"), NAType(), " ")
"""What else than None and "" stands in an empty cell."""
RECORD = {"id": "a1", "title": "제목", "text": "본문"}


def one(**columns):
    (record,) = labelled([RECORD | columns])
    return record


def test_kinds_that_a_record_does_not_name_are_unknown():
    record = one()
    assert (record.countries, record.regions, record.sectors) == (None, None, None)
    assert (record.id, record.title, record.text) == ("a1", "제목", "본문")
    assert (record.weight, record.terms_only) == (1.0, False)


@pytest.mark.parametrize("empty", [[], (), "", " ; "])
def test_kinds_that_a_record_leaves_empty_are_known_to_be_empty(empty):
    assert one(countries=empty).countries == frozenset()


@pytest.mark.parametrize(
    "cell",
    [
        "VN;KZ",
        "VN, KZ",
        " VN |KZ;",
        ["VN", "KZ"],
        ("KZ", "VN", "VN"),
        {"VN", "KZ"},
        '["VN", "KZ"]',
        ' ["KZ","VN"]',
        np.array(["VN", "KZ"]),
        np.array(["VN", "KZ"], dtype=object),
        [{"code": "VN", "score": 0.9}, {"code": "KZ", "score": 0.4}],
        '[{"code": "VN", "score": 0.9}, {"code": "KZ"}]',
    ],
)
def test_labels_are_lists_or_cells_of_a_table(cell):
    assert one(countries=cell).countries == {"VN", "KZ"}


@pytest.mark.parametrize("empty", EMPTY)
def test_cells_that_are_empty(empty):
    columns = ("id", "title", "weight", "group", "countries", "regions", "sectors")
    assert one(**dict.fromkeys(columns, empty)) == one(
        id="", title="", weight=1, group="", countries=[], regions=(), sectors=""
    )


def test_sectors_may_be_ones_own():
    assert one(sectors="smart farm;드론").sectors == {"smart farm", "드론"}
    assert one(sectors='["smart farm", "드론, 위성", ""]').sectors == {"smart farm", "드론, 위성"}
    assert one(sectors="[]").sectors == frozenset()


@pytest.mark.parametrize("join", [",", "|", ", ", " | "])
@pytest.mark.parametrize("more", ["", ";Other", "; Other;"])
def test_names_of_ones_own_keep_commas_and_bars(join, more):
    name = f"Food{join}water{join}land"
    assert one(sectors=name + more).sectors == {name} | ({"Other"} if more else set())


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("energy, water", {"energy", "water"}),
        ("energy|water,", {"energy", "water"}),
        ("energy,water;", {"energy,water"}),
        ('["energy,water"]', {"energy,water"}),
        ("energy, wind", {"energy, wind"}),
    ],
)
def test_sectors_of_the_taxonomy_may_be_joined_by_commas_and_bars(cell, codes):
    assert one(sectors=cell).sectors == codes


def test_labels_that_other_records_have_may_be_joined_by_commas_and_bars():
    cells = ["a,b", "a", ["b"], "b|energy", "a,c", ["a|b"], "a|b", "x,y", "x"]
    assert [document.sectors for document in labelled([RECORD | {"sectors": cell} for cell in cells])] == [
        {"a", "b"},
        {"a"},
        {"b"},
        {"b", "energy"},
        {"a,c"},
        {"a|b"},
        {"a|b"},
        {"x,y"},
        {"x"},
    ]


@pytest.mark.parametrize("given", [["a;b"], '["a;b"]', ("c", " a ; b ")])
def test_names_that_hold_what_joins_labels_are_refused(given):
    with pytest.raises(DataError, match=r"^a1: the sector '.*;.*' holds a `;`"):
        one(sectors=given)


@pytest.mark.parametrize("given", [["\ud83d"], "b;\ude00", '["\\ud83d"]'])
def test_names_that_cannot_be_written_are_refused(given):
    with pytest.raises(
        DataError, match=r"^a1: the sector '\\ud[8e][30][d0]' holds half a character"
    ) as caught:
        one(sectors=given)
    assert str(caught.value).isascii()


@pytest.mark.parametrize(
    "given", [220, 220.0, np.int64(220), np.float64(220), "220", [220], [220.0], np.array([220]), "[220]"]
)
def test_whole_numbers_are_codes(given):
    assert one(sectors=given).sectors == {"220"}


def test_large_numbers_keep_their_digits():
    assert one(sectors=[2**64 + 1]).sectors == {str(2**64 + 1)}


@pytest.mark.parametrize(
    "cell", ["['녹색']", "['녹색', '자원']", "[", "[1.5]", '["a", null]', '[{"name": "a"}]', "[" * 100_000]
)
def test_a_cell_that_begins_like_a_list_and_is_none_is_told(cell):
    """pandas writes lists so into CSV."""
    with pytest.raises(DataError, match=r'a1: labels of kind sector .* write them as one;two or as \["one"'):
        one(sectors=cell)


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        ("countries", "UK", "unknown country code UK (perhaps GB)"),
        ("countries", "uz", "unknown country code uz (perhaps UZ)"),
        ("countries", "UZB", "unknown country code UZB (perhaps UZ)"),
        ("countries", "Uzbekistan", "unknown country code Uzbekistan (perhaps UZ)"),
        ("countries", "몽골;vn", "unknown country code vn (perhaps VN), 몽골 (perhaps MN)"),
        ("countries", "콩고", "unknown country code 콩고 (perhaps CD or CG)"),
        ("countries", "Atlantis", "unknown country code Atlantis"),
        ("countries", "ASEAN", "unknown country code ASEAN (a region; put it under regions)"),
        ("countries", "아세안", "unknown country code 아세안 (a region; put ASEAN under regions)"),
        ("regions", "VN", "unknown region code VN (a country; put it under countries)"),
        ("regions", "Congo", "unknown region code Congo (a country; put CD or CG under countries)"),
        ("countries", "中國;Hanoi", "unknown country code Hanoi (perhaps VN), 中國 (perhaps CN)"),
        ("countries", "Dominican", "unknown country code Dominican"),
        ("regions", "아세안", "unknown region code 아세안 (perhaps ASEAN)"),
        ("regions", "central_asia", "unknown region code central_asia (perhaps CENTRAL_ASIA)"),
    ],
)
def test_what_an_unknown_code_may_stand_for_is_told(kind, given, told):
    with pytest.raises(DataError) as caught:
        one(**{kind: given})
    assert str(caught.value) == f"a1: {told}"


def test_columns_are_read_whatever_their_capitals():
    written = {
        "ID": "a1",
        "Title": "제목",
        " Text": "본문",
        "Countries": "PE",
        "REGIONS ": "",
        "Sectors": "a|energy",
        "Weight": "2",
        "Group": "g",
        "Terms_Only": "true",
    }
    plain = {name.strip().lower(): value for name, value in written.items()}
    other = RECORD | {"sectors": ["a"]}
    assert labelled([written, other]) == labelled([plain, other])
    assert labelled([written, other])[0].sectors == {"a", "energy"}
    assert one(Sectors="ict", sectors=None).sectors is None


def test_letters_that_are_composed_otherwise_are_the_same():
    apart = normalize("NFD", "녹색")
    assert one(sectors=[apart, "녹색"]).sectors == {"녹색"}
    cells = [f"{apart}|녹색", "녹색"]
    assert [d.sectors for d in labelled([RECORD | {"sectors": cell} for cell in cells])] == [{"녹색"}] * 2
    with pytest.raises(DataError, match="perhaps MN"):
        one(countries=normalize("NFD", "몽골"))


def test_records_without_id_are_named_by_number():
    records = labelled([{"text": "a"}, {"text": "b"}])
    assert [(record.id, record.title) for record in records] == [("record 1", ""), ("record 2", "")]


def test_records_without_a_group_are_groups_of_their_own():
    given = [
        {},
        {"group": "a"},
        {"group": None},
        {"group": ""},
        *({"group": empty} for empty in EMPTY),
        {"group": " a"},
        {"group": 2},
        {"group": 2.0},
        {"group": "2"},
    ]
    groups = [record.group for record in labelled([RECORD | columns for columns in given])]
    assert groups[1] == groups[-4] == "a"
    assert groups[-3] == groups[-2] == groups[-1] == "2"
    assert len(set(groups)) == 5 + len(EMPTY)


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"countries": "VN;QQ"}, "unknown country code QQ"),
        ({"countries": ["vn"]}, "unknown country code vn"),
        ({"regions": ["ASIA"]}, "unknown region code ASIA"),
        ({"regions": "VN"}, "unknown region code VN"),
        ({"countries": 5}, "unknown country code 5"),
        ({"countries": ["VN", 5.5]}, "list of codes"),
        ({"countries": True}, "list of codes"),
        ({"countries": ["VN", None]}, "list of codes"),
        ({"sectors": [{"score": 0.9}]}, "list of codes"),
        ({"sectors": {"ict": 0.9}}, "list of codes"),
        ({"text": None}, "must be strings"),
        ({"text": b"bytes"}, "must be strings"),
        ({"title": 5}, "must be strings"),
        ({"weight": "heavy"}, "'weight' must be a number above 0"),
        ({"weight": -1}, "'weight' must be a number above 0"),
        ({"weight": float("inf")}, "'weight' must be a number above 0"),
        ({"weight": [1]}, "'weight' must be a number above 0"),
        ({"text": float("nan")}, "must be strings"),
    ],
)
def test_malformed_records_are_named(columns, complaint):
    with pytest.raises(DataError, match=complaint) as caught:
        one(**columns)
    assert str(caught.value).startswith("a1: ")
    assert "\n" not in str(caught.value)


def test_malformed_records_without_id_are_named_by_number():
    with pytest.raises(DataError, match="record 2: unknown country"):
        list(labelled([{"text": "a"}, {"text": "b", "countries": "Vietnam"}]))


def test_a_record_that_is_no_mapping_is_named():
    with pytest.raises(DataError, match="record 2 must be a mapping"):
        list(labelled([RECORD, "text"]))


@pytest.mark.parametrize(("given", "weight"), [("0.5", 0.5), (2, 2.0), (np.float32(0.5), 0.5), ("", 1.0)])
def test_weights(given, weight):
    assert one(weight=given).weight == weight


@pytest.mark.parametrize("column", ["release", "representative", "terms_only"])
def test_flags_are_read_as_they_are_meant(column):
    usual = getattr(one(), column)
    assert {getattr(one(**{column: empty}), column) for empty in (None, "", *EMPTY)} == {usual}
    assert all(
        getattr(one(**{column: told}), column) for told in (True, 1, np.bool_(1), "true", " TRUE", "1", "yes")
    )
    assert not any(
        getattr(one(**{column: told}), column) for told in (False, 0, "false", "False ", "0", "no")
    )
    for odd in ("perhaps", 2, [True], np.array([1, 0])):
        with pytest.raises(DataError, match=f"a1: '{column}' must be true or false, not"):
            one(**{column: odd})
