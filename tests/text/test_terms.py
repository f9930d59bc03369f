from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nordclass.text.lexicon import Lexicon
from nordclass.text.terms import MASK, mask, tokenize

LEXICON = Lexicon({"정부는": "정부", "signed": "sign"}, ["과"], ["정부"])


def test_masked_spans_keep_their_length():
    assert mask("한국과 Peru", [(0, 2), (4, 8)]) == f"{MASK * 2}과 {MASK * 4}"


def test_a_span_named_twice_is_masked_once():
    assert mask("한중일 정상", [(0, 3), (0, 3), (0, 3)]) == f"{MASK * 3} 정상"


@given(st.text("가나 a", max_size=30), st.data())
def test_masking_covers_the_spans_and_nothing_else(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    covered = {i for a, b in spans for i in range(a, b)}
    assert mask(text, spans) == "".join(MASK if i in covered else char for i, char in enumerate(text))


def test_tokens_of_a_line():
    text = mask("정부는 페루와 signed it. 그\n끝", [(4, 6)])
    tokens = tokenize(text, LEXICON)
    assert tokens.surfaces == ("정부는", MASK * 2, "와", "signed", "it", ".", "그", "\n", "끝")
    assert tokens.starts == (0, 4, 6, 8, 15, 17, 19, 20, 21)
    assert tokens.terms == (("정부",), (), (), ("sign",), ("it",), (), (), (), ())
    assert tokens.masked == {1}
    assert tokens.stops == {5, 7}


def test_a_dot_inside_a_number_or_name_ends_nothing():
    assert tokenize("U.S. grew 3.5 percent", LEXICON).surfaces == ("U", "S", ".", "grew", "percent")


@given(st.text("가정부는 aZ'.\n!" + MASK, max_size=60))
def test_tokens_stand_where_they_say(text):
    tokens = tokenize(text, LEXICON)
    end = 0
    for start, surface in zip(tokens.starts, tokens.surfaces, strict=True):
        assert start >= end
        assert text.startswith(surface, start)
        end = start + len(surface)
    assert len(tokens.terms) == len(tokens.starts)
    assert all(tokens.terms[i] == () for i in tokens.masked | tokens.stops)
    assert tokens.masked == {i for i, s in enumerate(tokens.surfaces) if MASK in s}
    letters = sum(char.isalpha() for char in text)
    assert sum(char.isalpha() for surface in tokens.surfaces for char in surface) == letters
