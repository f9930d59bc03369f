from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nordclass.text.normalize import _TABLE, UNSEEN, normalize

HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
ANY = st.text(
    st.one_of(
        st.characters(), st.sampled_from("\r\n"), st.characters(min_codepoint=0x1100, max_codepoint=0x11FF)
    )
)
SOUTH_ASIAN = st.text(st.sampled_from("\u09c7\u09be\u0bc6\u0bbe\u0b47\u0b3e\u0dd9\u0dcf\u1025\u102ea\u0301"))
SURROGATES = st.text(st.characters(categories=["Cs", "L"]))


def made_plain(text: str) -> str:
    return re.sub("\r(?!\n)", "\n", text).translate(_TABLE)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("“한국‘의’”", "\"한국'의'\""),
        ("한–베 — 협정", "한-베 - 협정"),
        ("한ㆍ중•일", "한·중·일"),
        ("ＫＯＩＣＡ（１２％）～", "KOICA(12%)~"),
        ("a\u00a0b\u3000c", "a b c"),
        ("「외교」", '"외교"'),
        ("제목\r본문\r\r끝\r", "제목\n본문\n\n끝\n"),
        ("a\r\nb\r\n\r\nc\n\rd", "a \nb \n \nc\n\nd"),
        ("제목\u2028본문\u2029a\x85b\x0bc\x0cd", "제목\n본문\na\nb\nc\nd"),
    ],
)
def test_typography_becomes_plain_in_place(raw, plain):
    assert normalize(raw) == (plain, None)


@given(ANY)
def test_text_is_the_composed_text_made_plain(text):
    seen = "".join(char for char in text if char not in UNSEEN)
    assert normalize(text)[0] == made_plain(unicodedata.normalize("NFC", seen))


@given(SOUTH_ASIAN)
def test_marks_that_combine_without_a_combining_class_are_composed(text):
    seen = "".join(char for char in text if char not in UNSEEN)
    assert normalize(text)[0] == made_plain(unicodedata.normalize("NFC", seen))


@pytest.mark.parametrize(
    ("raw", "plain", "offsets"),
    [
        ("라\u200b오\u2060스", "라오스", [0, 2, 4, 5]),
        ("\ufeffTan\u00adza", "Tanza", [1, 2, 3, 5, 6, 7]),
        (
            "C&ocirc;te&nbsp;d&#39;I &amp; &#x41;",
            "Côte d'I & A",
            [0, 1, 8, 9, 10, 16, 17, 22, 23, 24, 29, 30, 36],
        ),
        ("Tan-\nzania, Co-\nOp, a-\n b", "Tanzania, Co-\nOp, a-\n b", [0, 1, 2, *range(5, 26)]),
        ("\u200e한\u2067국\u2069, &lrm;P\u202ceru\u202e", "한국, Peru", [1, 3, 5, 6, 12, 14, 15, 16, 18]),
        ("Tan-\u2028zania Tan\u00ad\x0bzania", "Tanzania Tanzania", None),
        ("R&D; AT&T; &bogus; &#99999999;", "R&D; AT&T; &bogus; &#99999999;", None),
        ("Vietnam-\nled group, Indo-\nnesia-\nwide", "Vietnam-\nled group, Indonesia-\nwide", None),
        ("Tan-\rzania Tan\u00ad\rzania", "Tanzania Tanzania", None),
        ("&#13;a\r\u200b\nb", "\na \nb", [0, 5, 6, 8, 9, 10]),
        ("Tan-\r\nzania Tan\u2010\nzania Tan\u00ad\nzania", "Tanzania Tanzania Tanzania", None),
        ("S&region; ?id=3&section;", "S&region; ?id=3&section;", None),
        ("&shy;a&#0;b", "a\ufffdb", [5, 6, 10, 11]),
        ("e&#769;a", "éa", [0, 7, 8]),
        ("&", "&", None),
    ],
)
def test_what_is_not_as_it_is_read(raw, plain, offsets):
    found, sources = normalize(raw)
    assert found == plain
    if offsets is not None or found == raw:
        assert (sources if sources is None else list(sources)) == offsets


@given(ANY)
def test_offsets_rise_from_the_start_to_the_end(text):
    plain, offsets = normalize(text)
    if offsets is None:
        assert len(plain) == len(text)
    else:
        assert len(offsets) == len(plain) + 1
        assert list(offsets) == sorted(offsets)
        assert offsets[-1] == len(text)
        assert not plain or text[: offsets[0]].strip(UNSEEN) == ""


@given(ANY, st.data())
def test_a_span_comes_from_what_its_offsets_hold(text, data):
    plain, offsets = normalize(text)
    at = range(len(text) + 1) if offsets is None else offsets
    # Only between characters that came from different places can a span be cut, and never within CR LF.
    cuts = [
        i
        for i in range(len(plain) + 1)
        if i == 0 or (at[i] != at[i - 1] and not (text[at[i - 1]] == "\r" and plain[i : i + 1] == "\n"))
    ]
    start, end = sorted((data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))))
    assert normalize(text[at[start] : at[end]])[0] == plain[start:end]


@given(HANGUL)
def test_decomposed_hangul_is_composed_syllable_by_syllable(text):
    loose = unicodedata.normalize("NFD", text)
    plain, offsets = normalize(loose)
    assert plain == text
    if text:
        assert [unicodedata.normalize("NFC", loose[a:b]) for a, b in pairwise(offsets)] == [*text]


@given(st.text(st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)))
def test_full_width_forms_become_those_of_compatibility(text):
    plain, offsets = normalize(text)
    assert offsets is None
    assert plain == unicodedata.normalize("NFKC", text)


@given(SURROGATES)
def test_no_half_of_a_surrogate_pair_is_left(text):
    normalize(text)[0].encode("utf-8")


@given(ANY)
def test_plain_text_stays_as_it_is(text):
    plain = normalize(text)[0]
    if unicodedata.is_normalized("NFC", plain):
        assert normalize(plain) == (plain, None)
