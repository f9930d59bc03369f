"""Exact spans, boundaries, case, compounds, ambiguous names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nordclass.mentions.finder import find
from nordclass.mentions.gazetteer import Gazetteer, fold, gazetteer
from nordclass.mentions.homograph import cues


def spans(text: str) -> list[tuple[str, str]]:
    """What is found in `text`, as written, with its code."""
    return [(text[m.start : m.end], m.code) for m in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("베트남 하노이에서", [("베트남", "VN"), ("하노이", "VN")]),
        ("우즈베키스탄과의 협력", [("우즈베키스탄", "UZ")]),
        ("주우즈베키스탄 대사", [("우즈베키스탄", "UZ")]),
        ("대러시아 제재", [("러시아", "RU")]),
        ("대중국 수출", [("중국", "CN")]),
        ("도미니카(공)에 기증", [("도미니카(공)", "DO")]),
        ("주중국쿠바대사관", [("중국", "CN"), ("쿠바", "CU")]),
        ("파푸아뉴기니", [("파푸아뉴기니", "PG")]),
        ("talks with the United States.", [("the United States", "US")]),
        ("Vietnam's ministry", [("Vietnam", "VN")]),
        ("São Paulo and Malé, Maldives", [("São Paulo", "BR"), ("Malé", "MV"), ("Maldives", "MV")]),
        ("아세안 사무국", [("아세안 사무국", "@ASEAN")]),
    ],
)
def test_spans(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("talks with North\nKorea", [("North\nKorea", "KP")]),
        ("Papua New\nGuinea and Sri\nLanka", [("Papua New\nGuinea", "PG"), ("Sri\nLanka", "LK")]),
        ("a market of New\nMexico", [("New\nMexico", "US")]),
        ("for Ireland\n\nNorthern", [("Ireland", "IE")]),
        ("몽골\nKenya", [("몽골", "MN"), ("Kenya", "KE")]),
    ],
)
def test_a_name_may_be_broken_over_two_lines(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "in North  Korea and the United  Arab   Emirates",
            [("North  Korea", "KP"), ("United  Arab   Emirates", "AE")],
        ),
        (
            "of Papua  New\nGuinea; 남아프리카  공화국",
            [("Papua  New\nGuinea", "PG"), ("남아프리카  공화국", "ZA")],
        ),
        ("중국  미국", [("중국", "CN"), ("미국", "US")]),
        ("North" + " " * 9 + "Korea", [("Korea", "KR")]),  # what was blanked out stands between
    ],
)
def test_a_justified_line_may_hold_wide_blanks(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


def test_a_language_hides_the_names_inside_it() -> None:
    assert spans("인도네시아어와 말레이시아어") == []
    assert spans("in Malay or Chinese.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guamán and Krišjānis spoke", []),
        ("met in Malé.", [("Malé", "MV")]),
        ("Chinaâ€™s ports", [("China", "CN")]),  # a damaged quotation mark
        ("Côte d'Ivoire", [("Côte d'Ivoire", "CI")]),
    ],
)
def test_letters_with_accents_go_on_with_a_word(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("India ink dries", []),
        ("India inks a pact", ["IN"]),
        ("in New London, Connecticut", ["US"]),
        ("its new London office", ["GB"]),
        ("the kyoto protocol", []),
        ("THE KYOTO PROTOCOL", []),
        ("in the Congo basin", []),
        ("바스크린 치료", []),
    ],
)
def test_what_hides_a_name_is_whole_and_begins_as_it_is_written(text: str, codes: list[str]) -> None:
    assert [m.code for m in find(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ATHENS, Ga. - Police said", ["US"]),
        ("in Lebanon, Pa., and Naples, Fla.", ["US", "US"]),
        ("in Athens, Galatia and Rome, N.Y.", ["GR", "US"]),
        ("Athens, Georgia and Baku", ["AZ"]),
        ("Lebanon, Oregon, grows. Lebanon said", ["US", "US", "US"]),
        ("Lebanon, Oregon, and Beirut. Lebanon said", ["LB", "US", "LB", "LB"]),
        ("Paris budget\n\nPARIS, Kentucky - It", ["US", "US", "US"]),
        ("from Perth, Ontario, to Cuba, Texas, Haiti", ["CA", "CA", "CU", "US", "HT"]),
    ],
)
def test_towns_with_the_state_that_newspapers_put_behind_them(text: str, codes: list[str]) -> None:
    assert [m.code for m in find(text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("자바스크립트", []),
        ("북도메인주소", []),
        ("주상하이총영사", ["CN"]),
        ("강남스톡홀름에서", ["SE"]),
        ("한국뉴델리공장", ["IN"]),
    ],
)
def test_cities_of_three_syllables_are_no_part_of_longer_words(text: str, codes: list[str]) -> None:
    assert [m.code for m in find(text) if m.code != "KR"] == codes


def test_offsets_are_those_of_the_text() -> None:
    text = "İstanbul, 한국과 튀르키예 … Türkiye"
    for mention in find(text):
        assert fold(text[mention.start : mention.end]) == fold(mention.form.text)
    assert [m.code for m in find(text)].count("TR") >= 2


@pytest.mark.parametrize("text", ["", " ", "\n", "2025-01-01", "…", "·-~/", "-", "한", "가" * 2000])
def test_nothing_to_find(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Romanticism and Indianapolis-like words",
        "The business discusses its status",
        "let us go",
        "카스티요 씨가 도착했다",
        "원산지와 해주기",
        "美術館과 15日",
    ],
)
def test_inside_other_words(text: str) -> None:
    assert not set(spans(text)) & {("Roma", "IT"), ("us", "US"), ("카스", "CN"), ("美", "US"), ("日", "JP")}
    assert all(code in ("US", "KR") for _, code in spans(text))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("US officials", ["US"]),
        ("tell us officials", []),
        ("the UN said", ["@UN"]),
        ("un accord", []),
        ("VIETNAM SIGNS DEAL", ["VN"]),
        ("polish the floor", []),
        ("turkey farmers", []),
        ("chile peppers", []),
        ("AU summit", ["@AU"]),
        ("au pair", []),
    ],
)
def test_case(text: str, codes: list[str]) -> None:
    assert [m.code for m in find(text)] == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("한중일 회의", [("한중일", "CN"), ("한중일", "JP")]),
        ("미중 갈등", [("미중", "US"), ("미중", "CN")]),
        ("한·중·일", [("한", "KR"), ("중", "CN"), ("일", "JP")]),
        ("한-베 경제공동위", [("한", "KR"), ("베", "VN")]),
        ("한-쿠 관계와 쿠웨이트", [("한", "KR"), ("쿠", "KW"), ("쿠웨이트", "KW")]),
        ("美·日 정상", [("美", "US"), ("日", "JP")]),
        ("對中 수출", [("中", "CN")]),
    ],
)
def test_compounds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [pair for pair in spans(text) if pair[1] != "KR" or pair[0] == "한"] == expected


def test_a_pair_needs_a_companion() -> None:
    assert spans("베 짜는 사람과 독 짓는 늙은이") == []


def test_a_name_of_two_states_goes_to_the_one_named_elsewhere() -> None:
    assert {code for _, code in spans("브라자빌에서 콩고 대통령을 만났다")} == {"CG"}
    assert {code for _, code in spans("킨샤사에서 콩고 대통령을 만났다")} == {"CD"}
    assert {code for _, code in spans("Congo's president spoke in Brazzaville")} == {"CG"}
    assert {code for _, code in spans("Congo's president spoke in Kinshasa")} == {"CD"}


def test_a_name_listed_beside_the_other_state_means_its_namesake() -> None:
    assert [code for _, code in spans("민주콩고·콩고·가나 방문")] == ["CD", "CG", "GH"]
    assert [code for _, code in spans("콩고, 콩고민주공화국")] == ["CG", "CD"]


def test_a_name_of_two_states_alone_gives_one() -> None:
    assert len(spans("콩고 대통령")) == 1


def test_the_longest_of_overlapping_names_wins() -> None:
    assert spans("인도네시아") == [("인도네시아", "ID")]
    assert spans("South Sudan") == [("South Sudan", "SS")]
    assert spans("적도기니") == [("적도기니", "GQ")]


def test_a_rejected_homograph_gives_way_to_what_it_hid() -> None:
    assert spans("대중국") == [("중국", "CN")]


def test_order_and_no_overlap() -> None:
    text = "한·중·일과 우크라이나, 러시아, 한미일, Georgia (Tbilisi), 말리, 니제르"
    mentions = find(text)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for one, other in pairwise(mentions):
        assert one.end <= other.start or (one.start, one.end) == (other.start, other.end)


def test_a_list_settles_a_homograph() -> None:
    codes = [m.code for m in find("가나, 말리, 세네갈, 수단, 차드, 니제르")]
    assert codes == ["GH", "ML", "SN", "SD", "TD", "NE"]


def test_the_document_settles_georgia() -> None:
    assert {m.code for m in find("조지아 공장 준공. 서배너 항만도 넓힌다.")} == {"US"}
    assert {m.code for m in find("한-조지아 CEPA. 조지아 트빌리시에서 서명했다.")} - {"KR"} == {"GE"}


def test_a_homograph_of_two_places_goes_to_the_one_named_elsewhere() -> None:
    assert {code for _, code in spans("사우디와 협의했다. 수바에도 PIF 지사를 둔다.")} - {"FJ"} == {"SA"}
    assert {code for _, code in spans("Pacific Island states and PIF, a sovereign wealth fund")} == {
        "@PACIFIC_ISLANDS"
    }


def test_a_homograph_of_two_places_without_a_sign_is_neither() -> None:
    assert spans("PIF 회의") == spans("the PIF meeting") == []


def test_deterministic() -> None:
    text = "인도와 오만, 가나다순, 수단과 방법, Turkey and turkey, Chad"
    assert find(text) == find(text)


def test_own_table() -> None:
    table = Gazetteer(["XX\ten\tname\tFreedonia\t", "-\ten\tblocker\tFreedonia Street\t"])
    assert [m.code for m in find("Freedonia and Freedonia Street", table)] == ["XX"]


def test_every_cue_has_a_form() -> None:
    forms = {form.text.lower() for form in gazetteer().entries.all() if form.check == "homograph"}
    pairs = set(gazetteer().pairs)
    idle = [key for key in cues() if key not in forms | pairs and not key.startswith("(")]
    assert idle == []
