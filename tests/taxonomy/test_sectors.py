from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from nordclass.taxonomy import sectors
from nordclass.taxonomy.sectors import Sector, aid_codes

IDS = (
    *("energy", "minerals", "manufacturing", "ict", "science", "transport", "construction", "water"),
    *("environment", "agriculture", "forestry", "fisheries", "health", "education", "labour", "trade"),
    *("finance", "sme", "culture", "tourism", "governance", "security", "humanitarian", "diplomacy"),
)
BRIDGES = {
    *("gas", "electricity", "railway", "port", "arctic-route"),
    *("shipbuilding", "industrial-complex", "agriculture", "fisheries"),
}
"""The nine bridges of the New Northern Policy (2017)."""


def sectors_of_dac(code: int) -> tuple[str, ...]:
    """Sector ids under which a DAC code falls; a purpose falls under its sector unless excepted."""
    parents = {code, int(str(code)[:3])}
    return tuple(
        sector.code
        for sector in sectors().values()
        if parents.intersection(sector.dac)
        and code not in sector.dac_except
        and not _claimed_elsewhere(code, sector)
    )


def _claimed_elsewhere(code: int, sector: Sector) -> bool:
    """Whether another sector names this very purpose, which then beats the general rule."""
    return code not in sector.dac and any(
        code in other.dac for other in sectors().values() if other is not sector
    )


def test_ids_in_the_order_of_the_taxonomy():
    assert tuple(sectors()) == IDS
    assert [code for code, sector in sectors().items() if sector.code != code] == []


def test_fields_are_those_of_the_file():
    text = (files("nordclass.taxonomy") / "data" / "sectors.toml").read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["sectors"]:
        sector = sectors()[entry["id"]]
        assert (sector.name_ko, sector.name_en) == (entry["ko"], entry["en"])
        assert (list(sector.dac), sector.includes) == (entry["dac"], entry["includes"])
        assert list(sector.dac_except) == entry.get("dac_except", [])
        assert sector.excludes == entry.get("excludes", "")


def test_each_of_the_nine_bridges_belongs_to_one_sector():
    found = Counter(bridge for sector in sectors().values() for bridge in sector.nine_bridges)
    assert found == Counter(BRIDGES)


def test_dac_codes_are_sectors_or_purposes_named_once():
    named = Counter(code for sector in sectors().values() for code in sector.dac)
    assert [code for code, n in named.items() if n > 1] == []
    assert all(100 <= code <= 998 or 10000 <= code <= 99810 for code in named)


def test_excepted_purposes_belong_to_the_sector_and_leave_it():
    for sector in sectors().values():
        for code in sector.dac_except:
            assert code // 100 in sector.dac or code // 1000 * 10 in sector.dac, (sector.code, code)
            assert sector.code not in sectors_of_dac(code)


# Worked out by hand from sectors.toml.
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (230, ("energy",)),  # a sector named as such
        (23210, ("energy",)),  # a purpose of a sector that is named
        (32261, ("energy",)),  # coal, taken out of minerals and named by energy
        (32210, ("minerals",)),  # mineral policy, the general rule
        (32130, ("sme",)),  # taken out of manufacturing
        (32182, ("science",)),  # named by science, which beats manufacturing's 321
        (12182, ("science",)),  # medical research, named by science, not health
        (12220, ("health",)),  # basic health care
        (16061, ("culture",)),  # taken out of labour's 160
        (16030, ("construction",)),  # housing policy, taken out of labour
        (16010, ("labour",)),  # social protection
        (15190, ("labour",)),  # migration, taken out of governance's 151
        (15110, ("governance",)),
        (15210, ("security",)),
        (25010, ("trade",)),  # business policy, taken out of sme's 250
        (22030, ("culture",)),  # radio and television, named by culture, not ict
        (22040, ("ict",)),
        (33210, ("tourism",)),
        (43030, ("construction",)),  # urban development: its 430 belongs to nobody
        (43040, ()),  # rural development: nobody's
        (998, ()),
    ],
)
def test_sectors_of_a_dac_code(code, expected):
    assert sectors_of_dac(code) == expected


def test_every_dac_code_of_the_taxonomy_leads_back_to_its_sector():
    for sector in sectors().values():
        for code in sector.dac:
            assert sector.code in sectors_of_dac(code)


def test_aid_codes_name_known_sectors():
    assert {s for found in aid_codes().values() for s in found} <= set(sectors())


# Purposes whose projects speak of something else than the sector that the crosswalk puts them under.
FINER = {"11430", "14050", "15114", "15170", "15180", "16063", "16064", "32261", "41040", "41050"}


def test_aid_codes_of_dac_follow_the_crosswalk():
    """The table may add to the crosswalk; only the purposes above go against it."""
    dac = {code: found for (vocabulary, code), found in aid_codes().items() if vocabulary in ("DAC3", "DAC5")}
    assert len(dac) > 200
    against = {
        code
        for code, found in dac.items()
        if sectors_of_dac(int(code)) and found and not set(found) & set(sectors_of_dac(int(code)))
    }
    assert against == FINER


def test_aid_codes_without_a_sector_are_empty():
    assert () in set(aid_codes().values())
    assert aid_codes()["DAC5", "12220"] == ("health",)
