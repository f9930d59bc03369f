from __future__ import annotations

import time

import pytest

from nordclass.mentions.candidates import NUMBERS, Candidate, _lengths, analyse, features
from nordclass.text.document import Document
from nordclass.text.lexicon import Lexicon

NOUNS = ("정부", "협력", "협정", "정상", "회담", "수출", "사업", "체결", "대통령", "양국", "장관")
LEXICON = Lexicon({}, ["은", "는", "이", "가", "을", "를", "과", "와", "의", "에", "에서", "으로"], NOUNS)
NOTE = (
    "정부는 {a}와 전자정부 협정을 체결했다.\n{a} 대통령은 사업을 반겼다. "
    "{b}, 칠레와도 회담이 있다.\n* {a}: 남미 국가"
)


def candidates(text: str, title: str | None = None) -> dict[str, Candidate]:
    found = list(features(analyse(Document.read(text, title), LEXICON)))
    assert len({c.code for c in found}) == len(found)
    return {c.code: c for c in found}


def numbers(candidate: Candidate) -> dict[str, float]:
    return dict(zip(NUMBERS, candidate.numbers, strict=True))


def terms(candidate: Candidate) -> set[str]:
    return {term for bag in candidate.bags.values() for term in bag}


def test_candidates_come_in_order_of_first_mention_without_home():
    text = "한국 정부는 페루, 쿠바와 회담했다. 대한민국과 칠레, 페루의 협정이다."
    assert list(candidates(text)) == ["PE", "CU", "CL"]


def test_regions_are_marked():
    assert list(candidates("아세안과 중앙아시아, 호주와 협력한다.")) == ["@ASEAN", "@CENTRAL_ASIA", "AU"]


def test_a_text_without_places_has_no_candidates():
    assert candidates("정부는 사업을 마쳤다.") == {}
    assert candidates("한국 정부는 사업을 마쳤다.") == {}
    assert candidates("") == {}


@pytest.mark.parametrize(("one", "other", "code"), [("페루", "쿠바", "CU"), ("페루", "케냐", "KE")])
def test_swapping_countries_changes_no_feature_in_korean(one, other, code):
    title = "한-{a} 협정 체결"
    here = candidates(NOTE.format(a=one, b="일본"), title.replace("한-{a}", one))
    there = candidates(NOTE.format(a=other, b="일본"), title.replace("한-{a}", other))
    ours, theirs = here["PE"], there[code]
    assert ours.bags == theirs.bags
    assert ours.numbers == theirs.numbers
    assert ours.peers == theirs.peers
    assert here["JP"].bags == there["JP"].bags
    assert here["JP"].numbers == there["JP"].numbers


def test_swapping_countries_changes_no_feature_in_english():
    text = "Korea and {a} signed an agreement. {a}'s ministry, with Japan and {a}, will build hospitals."
    here, there = candidates(text.format(a="Peru")), candidates(text.format(a="Cuba"))
    assert here["PE"].bags == there["CU"].bags
    assert here["PE"].numbers == there["CU"].numbers
    assert here["JP"].bags == there["JP"].bags


def test_regions_keep_who_they_are():
    text = "정부는 {a}과 협력한다."
    here, there = candidates(text.format(a="유럽연합")), candidates(text.format(a="아프리카연합"))
    assert here["@EU"].bags["measure"] != there["@AU"].bags["measure"]


def test_no_term_holds_the_name():
    lexicon = Lexicon({}, LEXICON.particles, [*NOUNS, "페루", "쿠바"])
    text = "정부는 페루와 협정을 체결했다. Peru and Cuba signed."
    for candidate in features(analyse(Document.read(text), lexicon)):
        for name in ("페루", "쿠바", "peru", "cuba"):
            assert not any(name in term.lower() for term in terms(candidate)), candidate


def test_names_stay_where_masking_is_turned_off():
    lexicon = Lexicon({}, ["와"], ["페루"])
    document = Document.read("페루와 협정")
    assert analyse(document, lexicon, mask_names=False).tokens.terms[0] == ("페루",)
    assert analyse(document, lexicon).tokens.terms[0] == ()


def test_counts_and_shares():
    found = candidates("페루와 협정을 체결했다. 페루 정부는 쿠바와 회담한다. 한국은 페루를 돕는다.")
    peru, cuba = numbers(found["PE"]), numbers(found["CU"])
    assert (peru["count"], cuba["count"]) == (3, 1)
    assert peru["share"] == pytest.approx(3 / 4)
    assert cuba["share"] == pytest.approx(1 / 4)
    assert (peru["rank by count"], cuba["rank by count"]) == (0, 1)
    assert (peru["places named"], cuba["places named"]) == (2, 2)
    assert (peru["sentences"], cuba["sentences"]) == (3, 1)
    assert peru["beside home"] == pytest.approx(1 / 3)


def test_ranks_by_count_and_by_place_differ():
    found = candidates("쿠바와 회담했다. 페루 정부, 페루 장관이 왔다.")
    assert [numbers(found[c])["rank by count"] for c in ("CU", "PE")] == [1, 0]
    assert [numbers(found[c])["rank by place"] for c in ("CU", "PE")] == [0, 1]


def test_title_and_offsets():
    found = candidates("칠레 정부는 페루와 협정을 체결했다.", "한국-페루 협정")
    peru, chile = numbers(found["PE"]), numbers(found["CL"])
    assert (peru["in title"], chile["in title"]) == (1, 0)
    assert (peru["titled others"], chile["titled others"]) == (0, 1)
    assert (peru["home in title"], chile["home in title"]) == (1, 1)
    assert chile["first offset"] == 0  # right behind the title
    assert peru["first offset"] < 0
    assert found["PE"].bags["title"]
    assert not found["CL"].bags["title"]


@pytest.mark.parametrize(
    ("text", "offsets", "lengths"),
    [
        ("abc de f", [0, 4, 7, 8], [0, 4, 7, 9]),
        ("  abc \n\n  de", [2, 10, 12], [0, 4, 7]),
        ("abcdef", [2, 6], [3, 7]),  # a word in two parts
        ("ab cdef gh", [0, 1, 2, 4, 5, 10], [0, 2, 3, 5, 6, 11]),
        ("", [0], [0]),
    ],
)
def test_text_is_measured_without_blanks(text, offsets, lengths):
    assert _lengths(text, offsets) == dict(zip(offsets, lengths, strict=True))


def test_furniture_moves_nothing():
    article = "한국-페루 협정\n\n한국은 칠레와 페루를 돕는다.\n\n쿠바, 케냐도 왔다."
    page = f"로그인 | 회원가입 | 구독신청 | 지면보기\n\n{article}\n\n홈 > 국제 > 아시아\n"
    assert Document.read(page).text.strip() == article  # all else is furniture
    assert Document.read(page).text != article
    alone, around = candidates(article), candidates(page)
    assert [c.numbers for c in alone.values()] == [c.numbers for c in around.values()]
    assert [c.bags for c in alone.values()] == [c.bags for c in around.values()]


def test_lists():
    found = candidates("페루, 쿠바, 칠레와 회담했다. 정부는 따로 케냐와 협정을 체결하고 페루를 방문했다.")
    assert found["PE"].peers == {"CU", "CL"}
    assert found["CU"].peers == {"PE", "CL"}
    assert found["KE"].peers == frozenset()
    peru, kenya = numbers(found["PE"]), numbers(found["KE"])
    assert (peru["least list"], peru["most list"]) == (1, 3)
    assert (kenya["least list"], kenya["most list"]) == (1, 1)
    assert (peru["alone"], kenya["alone"]) == (0.5, 1.0)


def test_home_is_no_peer():
    assert candidates("한국·페루·쿠바 협정")["PE"].peers == {"CU"}


def test_kinds_of_forms():
    found = candidates("페루와 협정을 맺었다. 리마에서 회담이 있다. 하노이도 간다.")
    assert numbers(found["PE"])["by name"] == pytest.approx(0.5)
    assert numbers(found["PE"])["by city"] == pytest.approx(0.5)
    assert numbers(found["VN"])["by city"] == 1


def test_notes_and_brackets():
    found = candidates("정부는 회담을 마쳤다(페루 제외).\n* 쿠바: 협정 체결\n칠레 정부")
    assert [numbers(found[c])["in brackets"] for c in ("PE", "CU", "CL")] == [1, 0, 0]
    assert [numbers(found[c])["in notes"] for c in ("PE", "CU", "CL")] == [0, 1, 0]
    assert [numbers(found[c])["opens line"] for c in ("PE", "CU", "CL")] == [0, 1, 1]


def test_context_stays_in_the_sentence():
    found = candidates("수출을 늘린다. 페루와 협정을 체결했다. 장관이 왔다.")
    near, window = found["PE"].bags["near"], found["PE"].bags["window"]
    assert set(window) == {"협정", "체결"}
    assert any(term.endswith("협정") for term in near)
    assert not any("수출" in term or "장관" in term for term in near)
    assert {"수출", "협정", "장관"} <= set(found["PE"].bags["document"])


def test_context_tells_sides_apart():
    before = candidates("협정 페루 사업")["PE"].bags["near"]
    after = candidates("사업 페루 협정")["PE"].bags["near"]
    assert set(before) != set(after)


def test_title_tokens_are_those_of_the_title():
    analysis = analyse(Document.read("정부는 사업을 마쳤다.", "페루 협정 체결"), LEXICON)
    assert analysis.tokens.surfaces[: analysis.title_tokens][-1] == "체결"
    assert analysis.title_tokens == 3
    assert analyse(Document.read("정부는 사업을 마쳤다."), LEXICON).title_tokens == 0


def test_a_compound_names_several_places_at_once():
    found = candidates("한중일 정상 회담")
    assert set(found) == {"CN", "JP"}
    assert found["CN"].peers == {"JP"}


@pytest.mark.parametrize("part", ["Peru signed. ", "페루·", "페루와 쿠바가 만났다 ", "(페루) "], ids=range(4))
def test_time_is_linear_in_the_length(part):
    def seconds(length: int) -> float:
        analysis = analyse(Document.read(part * (length // len(part))), LEXICON)
        start = time.process_time()
        list(features(analysis))
        return time.process_time() - start

    seconds(2_000)
    short = min(seconds(20_000) for _ in range(3))
    long = min(seconds(160_000) for _ in range(3))
    assert long < 8 * 4 * short  # eight times as long, with room; a square would be 64 times


def test_the_terms_of_each_mention_stand_in_its_order():
    text = "페루 정부는 협정을 체결했다. 회담은 칠레에서 열렸다. 페루는 협력한다."
    peru = candidates(text)["PE"]
    assert [len(part) for part in peru.lengths] == [2, 2]
    for name, lengths in zip(("near", "window"), peru.lengths, strict=True):
        assert sum(lengths) == len(peru.bags[name])
        assert all(lengths)
    first = list(peru.bags["window"])[: peru.lengths[1][0]]
    assert first != list(peru.bags["window"])[peru.lengths[1][0] :]
