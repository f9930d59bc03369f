from __future__ import annotations

import pytest

from nordclass.training.doubtful_labels import doubtful_sectors, home_as_partner
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
