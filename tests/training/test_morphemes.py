from __future__ import annotations

import re
from collections import Counter, namedtuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nordclass.training.morphemes import Morphemes, _count, analyse

Token = namedtuple("Token", "form tag start len")
TEXTS = [
    "정부는 베트남과 협력 사업을 추진했다.",
    "Korea와 2024년에 협력사업을 시작한다!",
    "no Hangul at all",
    "",
]


def test_counts_by_hand():
    text = "정부는 EU와 협력했다"
    tokens = [
        Token("정부", "NNG", 0, 2),
        Token("는", "JX", 2, 1),
        Token("EU", "SL", 4, 2),
        Token("와", "JKB", 6, 1),
        Token("협력", "NNG", 8, 2),
        Token("하", "XSV", 10, 1),
        Token("었", "EP", 10, 1),
        Token("다", "EF", 11, 1),
    ]
    found = Morphemes()
    _count(text, tokens, found)
    assert found.runs == {("정부는", "정부"): 1, ("와", ""): 1, ("협력했다", "협력"): 1}
    assert found.nouns == {"정부": 1, "협력": 1}
    assert found.particles == {"는": 1}


def test_verbs_stand_in_their_dictionary_form():
    found = Morphemes()
    tokens = [Token("가", "VV", 0, 1), Token("ㄴ다", "EF", 0, 2)]
    _count("간다 끝", tokens, found)
    assert found.runs == {("간다", "가다"): 1, ("끝", ""): 1}


def test_parts_add_up():
    one, other = (
        Morphemes(Counter({("가", "가"): 2})),
        Morphemes(Counter({("가", "가"): 1}), Counter({"가": 4})),
    )
    one.add(other)
    assert one.runs == {("가", "가"): 3}
    assert one.nouns == {"가": 4}


def test_terms_that_kiwi_sees():
    found = analyse(TEXTS)
    assert found.runs["정부는", "정부"] == 1
    assert found.nouns["협력"] == 2
    assert found.nouns["베트남"] == 1
    assert found.particles["과"] == 1
    assert not any(re.search("[A-Za-z]", word) for word, _ in found.runs)


def test_analysis_is_kept_between_runs(tmp_path, monkeypatch):
    first = analyse(TEXTS, tmp_path)

    def fail(*args):
        raise AssertionError("analysed again")

    monkeypatch.setattr("nordclass.training.morphemes.kiwi", fail)
    assert analyse(TEXTS, tmp_path) == first
    with pytest.raises(AssertionError):
        analyse([*TEXTS, "새 글"], tmp_path)


@settings(max_examples=40, deadline=None)
@given(st.text("정부가한국과 협력했다.aZ1\n()뷁ㅋ", max_size=40))
def test_every_run_of_hangul_is_counted_once(text):
    found = analyse([text])
    expected = Counter(re.findall("[가-힣]+", text))
    counted: Counter[str] = Counter()
    for (word, _), count in found.runs.items():
        counted[word] += count
    assert counted == expected
