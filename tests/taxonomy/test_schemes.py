"""Sectors in other schemes."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from nordclass import Label, NordclassError, Result
from nordclass.taxonomy import sectors
from nordclass.taxonomy.schemes import SCHEMES, bridges, check, convert, dac_sectors


def sector(code: str, score: float) -> Label:
    known = sectors().get(code)
    if known is None:
        return Label(code, score, code, code, None, "sectors")
    return Label(code, score, known.name_ko, known.name_en, known.dac_primary, "sectors")


def told(result: Result) -> list[tuple[str, float, str | None]]:
    return [(label.code, label.score, label.dac) for label in result.sectors]


def of(*labels: Label, uncertain: tuple[Label, ...] = ()) -> Result:
    place = Label("RU", 0.9, "러시아", "Russia")
    return Result((place,), (), labels, "ko", "m", uncertain)


# The data


def test_the_primary_code_of_a_sector_is_one_of_its_own():
    for code, known in sectors().items():
        parents = {str(dac)[:3] for dac in known.dac}
        assert known.dac_primary in (parents or {"998"}), code
    assert [code for code, known in sectors().items() if not known.dac] == ["diplomacy"]


def test_primary_codes_by_sector():
    """Where a choice was made; the reasons stand in sectors.toml."""
    chosen = {
        **{"energy": "230", "health": "120", "education": "110", "humanitarian": "700", "science": "430"},
        **{"sme": "250", "trade": "331", "tourism": "332", "culture": "160", "labour": "160"},
        **{"finance": "240", "governance": "151", "security": "152", "diplomacy": "998", "ict": "220"},
    }
    assert {code: sectors()[code].dac_primary for code in chosen} == chosen


def test_dac_names_cover_the_taxonomy_and_nothing_else():
    occurring = {str(code)[:3] for known in sectors().values() for code in known.dac}
    assert set(dac_sectors()) == occurring | {known.dac_primary for known in sectors().values()}
    assert (dac_sectors()["152"].name_ko, dac_sectors()["152"].name_en) == (
        "분쟁·평화·안보",
        "Conflict, peace and security",
    )
    for named in (*dac_sectors().values(), *bridges().values()):
        assert any("가" <= letter <= "힣" for letter in named.name_ko)
        assert named.name_en.isascii()


def test_bridges_are_those_of_the_sectors():
    assert set(bridges()) == {bridge for known in sectors().values() for bridge in known.nine_bridges}
    assert len(bridges()) == 9


def test_bridges_have_cues_just_where_their_sector_has_several():
    text = (files("nordclass.taxonomy") / "data" / "bridges.toml").read_text(encoding="utf-8")
    tables = {entry["id"]: entry.get("cues", {}) for entry in tomllib.loads(text)["bridges"]}
    for known in sectors().values():
        for bridge in known.nine_bridges:
            several = len(known.nine_bridges) > 1
            assert bool(tables[bridge].get("ko")) == bool(tables[bridge].get("en")) == several
    for cues in tables.values():
        assert set(cues) <= {"ko", "ko_start", "en", "not_ko", "not_en"}
        for listed in cues.values():
            assert len(set(listed)) == len(listed)
            assert all(cue == cue.strip() and len(cue) > 1 for cue in listed)


def test_every_cue_and_no_false_friend_is_found():
    text = (files("nordclass.taxonomy") / "data" / "bridges.toml").read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["bridges"]:
        cues = entry.get("cues", {})
        for cue in (*cues.get("ko", ()), *cues.get("ko_start", ()), *cues.get("en", ())):
            assert bridges()[entry["id"]].matches(f"앞 {cue} 뒤"), cue
        for friend in (*cues.get("not_ko", ()), *cues.get("not_en", ())):
            assert not bridges()[entry["id"]].matches(f"앞 {friend} 뒤"), friend


# Cues in texts


@pytest.mark.parametrize(
    ("bridge", "text"),
    [
        ("gas", "한국과 러시아가 천연가스 도입을 논의했다"),
        ("gas", "가스를 나르는 관"),
        ("gas", "Korea buys LNG from Qatar."),
        ("gas", "러시아산 LNG를 들여온다"),
        ("electricity", "동북아 전력망을 잇는 슈퍼그리드"),
        ("electricity", "원전 4기를 짓는다"),
        ("electricity", "a 100MW solar plant in Uzbekistan"),
        ("electricity", "Wind-power projects"),
        ("railway", "시베리아횡단철도와 한반도 종단철도"),
        ("railway", "High-speed trains for Tashkent"),
        ("port", "슬라비안카 항만 개발"),
        ("port", "인천항과 청도를 잇는다"),
        ("port", "The port of Vladivostok"),
        ("arctic-route", "북극항로를 연다"),
        ("arctic-route", "북극해 항로"),
        ("arctic-route", "along the Northern\nSea Route"),
        ("shipbuilding", "즈베즈다 조선소에서"),
        ("shipbuilding", "한미 조선·해양 협력"),
        ("shipbuilding", "Two shipyards in Louisiana"),
        ("industrial-complex", "연해주 산업 단지"),
        ("industrial-complex", "흥옌성 클린 산단에 입주했다"),
        ("industrial-complex", "an Industrial Park near Hanoi"),
    ],
)
def test_cues_are_found(bridge, text):
    assert bridges()[bridge].matches(text)


@pytest.mark.parametrize(
    ("bridge", "text"),
    [
        ("gas", "온실가스 감축과 마다가스카르"),
        ("gas", "베가스 전시회"),
        ("gas", "greenhouse gas emissions in Las Vegas"),
        ("gas", "LNG 운반선 두 척"),
        ("electricity", "전력을 다해 발전에 힘쓴다"),
        ("electricity", "지원전담팀과 회원전용 창구"),
        ("electricity", "방송전문가의 지배전략, 북한전문가"),
        ("electricity", "power of attorney"),
        ("railway", "고철도 강철도 수출했다"),
        ("railway", "열차단 유리"),
        ("railway", "training and trail"),
        ("port", "항공 협정의 다섯 조항만 고쳤다"),
        ("port", "항구적 평화와 공항구역"),
        ("port", "신항로를 연 최신항공기"),
        ("port", "passport export support in Port Moresby and Port-au-Prince"),
        ("arctic-route", "북극 연구와 항로"),
        ("shipbuilding", "조선 시대 유조선과 조선소년단"),
        ("shipbuilding", "membership building"),
        ("industrial-complex", "국민연금공단, 생산단가, 부산단체"),
        ("industrial-complex", "the military-industrial complex"),
    ],
)
def test_false_friends_are_not(bridge, text):
    assert not bridges()[bridge].matches(text)


# Results


def test_the_own_scheme_changes_nothing():
    result = of(sector("ict", 0.9), uncertain=(sector("ict", 0.9),))
    assert convert(result, "nordclass", "") is result


def test_dac_merges_sectors_that_share_a_code():
    result = of(sector("labour", 0.9), sector("ict", 0.8), sector("culture", 0.7))
    converted = convert(result, "dac", "")
    assert told(converted) == [("160", 0.9, "160"), ("220", 0.8, "220")]
    assert converted.sectors[1].name_ko == "통신"
    assert converted.sectors[1].name_en == "Communications"
    assert (converted.countries, converted.language, converted.model) == (result.countries, "ko", "m")
    assert converted.to_dict()["sectors"][0] == {"code": "160", "score": 0.9, "dac": "160"}
    # The highest score counts, whatever the order.
    turned = convert(of(sector("culture", 0.7), sector("labour", 0.9)), "dac", "")
    assert told(turned) == [("160", 0.9, "160")]


def test_every_sector_has_a_dac_code():
    result = convert(of(*(sector(code, 0.5) for code in sectors())), "dac", "")
    assert {label.code for label in result.sectors} == {s.dac_primary for s in sectors().values()}


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("energy", "한-러, 천연가스 도입과 전력망 연계 논의", ["electricity", "gas"]),
        ("energy", "Korea to buy gas from Turkmenistan", ["gas"]),
        ("energy", "한국과 카자흐스탄이 에너지 정책을 논의했다", []),
        ("transport", "북극항로와 항만 개발", ["arctic-route", "port"]),
        ("transport", "A railway to the port of Mombasa", ["port", "railway"]),
        ("transport", "Korea and Peru sign an air services agreement", []),
        ("manufacturing", "연해주 산업단지에 자동차 공장", ["industrial-complex"]),
        ("manufacturing", "Shipyards in Louisiana", ["shipbuilding"]),
        ("manufacturing", "조선시대 도자기 공장", []),
        ("agriculture", "no word of it", ["agriculture"]),
        ("fisheries", "", ["fisheries"]),
        ("ict", "항만과 철도와 가스", []),
    ],
)
def test_bridges_of_a_document(code, text, expected):
    result = convert(of(sector(code, 0.6)), "nine-bridges", text)
    assert told(result) == [(bridge, 0.6, sectors()[code].dac_primary) for bridge in expected]


def test_bridges_have_the_scores_of_their_sectors():
    result = of(sector("transport", 0.9), sector("diplomacy", 0.8), sector("energy", 0.7))
    converted = convert(result, "nine-bridges", "철도, 항만, 가스")
    assert told(converted) == [("port", 0.9, "210"), ("railway", 0.9, "210"), ("gas", 0.7, "230")]
    assert (converted.sectors[2].name_ko, converted.sectors[2].name_en) == ("가스", "Gas")


def test_uncertain_sectors_are_converted_and_places_stay():
    place = Label("KZ", 0.4, "카자흐스탄", "Kazakhstan", None, "countries")
    region = Label("CENTRAL_ASIA", 0.4, "중앙아시아", "Central Asia", None, "regions")
    near = (place, region, sector("energy", 0.5), sector("culture", 0.3), sector("own", 0.5))
    converted = convert(of(sector("labour", 0.9), sector("energy", 0.5), uncertain=near), "dac", "")
    # 160 is sure, by its other sector.
    assert converted.uncertain == (place, region, converted.sectors[1])
    assert [label.code for label in converted.sectors] == ["160", "230"]
    bridged = convert(of(uncertain=near), "nine-bridges", "가스")
    assert [label.code for label in bridged.uncertain] == ["KZ", "CENTRAL_ASIA", "gas"]
    assert [label.kind for label in bridged.uncertain] == ["countries", "regions", "sectors"]


@pytest.mark.parametrize("scheme", ["dac", "nine-bridges"])
def test_sectors_of_a_models_own_are_left_out(scheme):
    result = convert(of(sector("my own", 0.9), sector("agriculture", 0.5)), scheme, "")
    assert len(result.sectors) == 1


def test_schemes_that_cannot_be_served():
    assert SCHEMES == ("nordclass", "dac", "nine-bridges")
    with pytest.raises(
        NordclassError, match="unknown scheme 'cofog'; use one of nordclass, dac, nine-bridges"
    ):
        convert(Result(), "cofog", "")
    with pytest.raises(NordclassError, match="sectors of its own"):
        check("dac", ["mine", "yours"])
    check("nordclass", ["mine"])
    check("dac", ["mine", "ict"])
    check("dac", [])
