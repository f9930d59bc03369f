from __future__ import annotations

import pytest

from nordclass.training.doubtful_labels import contradictions, doubtful_sectors, home_as_partner
from nordclass.training.records import labelled

BEGINNING = "sectors that may be the same, or several in one, and are learned apart: "


def doubts(*sectors: str) -> str:
    told = doubtful_sectors(labelled({"text": "a", "sectors": [sector]} for sector in sectors))
    assert not told or told.startswith(BEGINNING)
    return told.removeprefix(BEGINNING)


def test_sectors_that_differ_in_little_are_named_together():
    told = doubts("forestry", "water supply", "Forestry", "Water-supply", "water_supply", "ports")
    assert told == "'Forestry' and 'forestry', 'Water-supply' and 'water supply' and 'water_supply'"


@pytest.mark.parametrize("join", ["/", " / ", "／", "；", "、", "·", "ㆍ", "\n", "\r\n"])
def test_sectors_that_other_records_have_by_themselves(join):
    whole = f"녹색{join}자원"
    assert doubts(whole, "자원", "녹색") == f"{whole!r} for '녹색' and '자원'"


@pytest.mark.parametrize("sectors", [("녹색/자원", "녹색"), ("a", "b"), ("a/", "a"), ("a&b", "a", "b")])
def test_other_sectors_are_not_in_doubt(sectors):
    assert doubts(*sectors) == ""


def test_a_dozen_is_named_on_one_line():
    told = doubts(*(f"{n}{'long' * 100}{name}" for n in range(10, 25) for name in "aA"))
    assert told.count(" and ") == 13
    assert told.endswith(" and 3 more")
    assert len(told) < 2000


def test_the_home_country_is_no_partner():
    records = [{"text": "a", "countries": countries} for countries in (None, [], ["MN"])]
    assert home_as_partner(labelled(records)) == ""
    assert "KR, is never told" in home_as_partner(labelled([*records, {"text": "a", "countries": "MN;KR"}]))


def test_records_that_contradict_each_other_are_named():
    def row(id, **labels):
        return {"id": id, "text": "a", **labels}

    rows = [
        *(row("a", sectors=["ict"]), row("a", sectors=["ict"]), row("a", countries=["PE"])),
        *(row("b", countries=["PE"], sectors=["ict"]), row("b", countries=[], sectors=["ict"])),
        *(row("c", sectors=["water"]), row("c", sectors=None), row("c", sectors=["ict"])),
        *(row("d", sectors=["ict"]), row("d", sectors=[], terms_only=True)),
        *(row("e", sectors=["ict"]), row("e", sectors=[]) | {"text": "b"}),
        *(row("", sectors=["ict"]), row(None, sectors=[]), {"text": "a", "sectors": ["water"]}),
    ]
    told = contradictions(labelled(rows))
    assert (
        told == "the same records, by id and text, that differ in their labels and are all learned: 'b', 'c'"
    )
    assert contradictions(labelled(rows[:3])) == ""
    many = contradictions(labelled(row(str(n // 2), regions=["EU"] * (n % 2)) for n in range(30)))
    assert many.endswith("'10', '11' and 3 more")
