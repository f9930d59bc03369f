from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from nordclass.taxonomy import countries, regions
from nordclass.taxonomy.places import HOME
from nordclass.taxonomy.tables import rows

ISO = Path(__file__).parent / "iso3166.txt"
GUIDE = {
    *("ASEAN", "EU", "GCC", "EAEU", "CENTRAL_ASIA", "AFRICA", "LATIN_AMERICA", "PACIFIC_ISLANDS"),
    *(
        "MIDDLE_EAST",
        "NEW_NORTHERN",
        "NEW_SOUTHERN",
        "UN",
        "G20",
        "MEKONG",
        "EUROPE",
        "AU",
        "MERCOSUR",
        "BRICS",
    ),
    *("VISEGRAD", "OECD", "APEC", "WTO", "NATO", "PACIFIC_ALLIANCE", "INDO_PACIFIC"),
}
"""The region codes of the labelling guide, the first list and paragraph 17."""

BOTH = {"name", "short", "old", "demonym", "capital", "city", "person", "body"}
KINDS = {"ko": BOTH | {"hanja", "pair", "compound"}, "en": BOTH | {"compound"}}
CHECKS = {"", "case", "homograph", "word"}


@pytest.fixture(scope="module")
def names() -> list[dict[str, str]]:
    return list(rows("names.tsv"))


def codes(row: dict[str, str]) -> list[str]:
    return row["code"].split(";")


def test_countries_are_those_of_iso_3166_and_kosovo():
    iso = [line.split() for line in ISO.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(iso) == 249
    ours = {(c.code, c.iso3, c.numeric) for c in countries().values() if c.code != "XK"}
    assert ours == {tuple(entry) for entry in iso}
    assert set(countries()) == {alpha2 for alpha2, *_ in iso} | {"XK"}


def test_codes_of_kosovo_are_user_assigned_and_its_own():
    kosovo = countries()["XK"]
    assert (kosovo.iso3, kosovo.numeric) == ("XKX", "983")
    assert Counter(c.iso3 for c in countries().values())[kosovo.iso3] == 1
    assert Counter(c.numeric for c in countries().values())[kosovo.numeric] == 1


def test_tables_name_no_code_twice():
    for table in ("countries.tsv", "regions.tsv"):
        assert [c for c, n in Counter(row["code"] for row in rows(table)).items() if n > 1] == []


@pytest.mark.parametrize("attribute", ["name_ko", "name_en"])
def test_names_are_there_and_distinct(attribute):
    for table in (countries(), regions()):
        found = Counter(getattr(place, attribute) for place in table.values())
        assert [name for name, n in found.items() if n > 1 or not name.strip()] == []


def test_korean_names_are_in_hangul_and_english_ones_are_not():
    for country in countries().values():
        assert any("가" <= char <= "힣" for char in country.name_ko), country
        assert not any("가" <= char <= "힣" for char in country.name_en), country


def test_regions_are_those_of_the_guide():
    assert set(regions()) == GUIDE
    assert {code for code, region in regions().items() if region.code != code} == set()


def test_groups_are_regions_without_repeats():
    for country in countries().values():
        assert set(country.groups) <= set(regions()), country
        assert len(set(country.groups)) == len(country.groups), country


# As of 2025, from the bodies' own lists of members.
MEMBERS = {
    "GCC": "AE BH KW OM QA SA",
    "EAEU": "AM BY KG KZ RU",
    "CENTRAL_ASIA": "KG KZ TJ TM UZ",
    "VISEGRAD": "CZ HU PL SK",
    "PACIFIC_ALLIANCE": "CL CO MX PE",
    "EU": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
}


@pytest.mark.parametrize("code", MEMBERS)
def test_members_of_a_region(code):
    assert regions()[code].members == tuple(MEMBERS[code].split())


def test_members_agree_with_groups():
    for region in regions().values():
        for code, country in countries().items():
            assert (code in region.members) == (region.code in country.groups)


def test_home_is_a_country():
    assert countries()[HOME].name_ko == "한국"


def test_every_row_of_names_is_valid(names):
    known = set(countries()) | {f"@{code}" for code in regions()}
    wrong = [
        row
        for row in names
        if not row["form"]
        or row["check"] not in CHECKS
        or row["lang"] not in KINDS
        or (row["code"] != "-" and not set(codes(row)) <= known)
        or len(set(codes(row))) != len(codes(row))
        or (row["kind"] == "blocker") != (row["code"] == "-")
        or row["kind"] not in {*KINDS[row["lang"]], "blocker"}
    ]
    assert wrong == []


def test_no_row_of_names_is_there_twice(names):
    keys = Counter((row["code"], row["lang"], row["kind"], row["form"]) for row in names)
    assert [key for key, n in keys.items() if n > 1] == []


def test_forms_are_written_as_normalised_text_is(names):
    from nordclass.text.normalize import normalize

    # A form that normalisation would change could never be found.
    assert [row["form"] for row in names if normalize(row["form"]) != (row["form"], None)] == []
    assert all(unicodedata.is_normalized("NFC", row["form"]) for row in names)


def test_every_place_has_its_own_names_among_the_forms(names):
    forms: dict[str, set[str]] = {}
    for row in names:
        for code in codes(row):
            forms.setdefault(code, set()).add(row["form"])
    for country in countries().values():
        if country.code == "AQ":  # is nobody's partner, like the high seas
            continue
        assert country.name_ko in forms[country.code], country
        assert country.name_en in forms[country.code], country
    for region in regions().values():
        assert region.name_ko in forms[f"@{region.code}"], region
        assert region.name_en in forms[f"@{region.code}"], region


def test_only_compounds_name_several_places_at_once(names):
    assert {row["kind"] for row in names if ";" in row["code"]} == {"compound"}


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("우즈벡", "UZ"),
        ("카자흐", "KZ"),
        ("키르기즈", "KG"),
        ("벨로루시", "BY"),
        ("그루지야", "GE"),
        ("조지아", "GE"),
        ("터키", "TR"),
        ("튀르키예", "TR"),
        ("인니", "ID"),
        ("사우디", "SA"),
        ("UAE", "AE"),
        ("남아공", "ZA"),
        ("美", "US"),
        ("中", "CN"),
        ("日", "JP"),
        ("英", "GB"),
        ("대만", "TW"),
        ("코소보", "XK"),
        ("타슈켄트", "UZ"),
        ("Tashkent", "UZ"),
        ("Vietnamese", "VN"),
    ],
)
def test_forms_that_the_library_promises(names, form, code):
    assert code in {c for row in names if row["form"] == form for c in codes(row)}


def test_every_homograph_cue_belongs_to_a_form_that_is_checked(names):
    checked = {row["form"] for row in names if row["check"] == "homograph"}
    # A row whose form stands in brackets holds cues that many forms share.
    cues = [cue for cue in rows("homographs.tsv") if not cue["form"].startswith("(")]
    assert [cue["form"] for cue in cues if cue["form"] not in checked] == []
    assert [form for form, n in Counter(cue["form"] for cue in cues).items() if n > 1] == []


def test_a_blocker_with_a_check_can_be_settled(names):
    cues = {cue["form"] for cue in rows("homographs.tsv")}
    blockers = [row for row in names if row["kind"] == "blocker" and row["lang"] == "ko"]
    assert [row["form"] for row in blockers if row["check"] == "homograph" and row["form"] not in cues] == []
    assert [row for row in names if row["check"] == "word" and row not in blockers] == []


def test_homograph_cues_are_valid():
    known = set(countries()) | {f"@{code}" for code in regions()}
    for cue in rows("homographs.tsv"):
        assert cue["default"] in {"place", "word", "strict"}, cue
        assert bool(cue["other"]) == bool(cue["text_other"]), cue
        assert not cue["other"] or cue["other"] in known, cue
