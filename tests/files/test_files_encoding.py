"""Encodings: what is told, and that mojibake never is."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nordclass.errors import InputError
from nordclass.files.encoding import codec, decode, detect

KOREAN = "한국과 몽골은 12일 울란바토르에서 회담을 열었다. 뚜렷한 성과라고 평가했다.\n"
HANGUL = st.text(
    st.sampled_from("가나다라마바사아자차카타파하한국몽골협력의을를이가에서 .,12ab\n"), min_size=8
).filter(lambda text: sum("가" <= character <= "힣" for character in text) >= 4)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949"]
)
def test_each_encoding_of_the_cascade(encoding: str) -> None:
    data = KOREAN.encode(encoding)
    assert decode(data) == KOREAN
    found = detect(lambda: io.BytesIO(data))
    assert data.decode(found).removeprefix("\ufeff") == KOREAN


@given(HANGUL)
def test_cp949_comes_back_or_is_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        assert decode(text.encode("cp949")) == text


@given(st.text())
def test_utf8_always_comes_back(text: str) -> None:
    clean = text.replace("\0", "").removeprefix("\ufeff")
    if not clean.startswith("\ufeff"):
        assert decode(clean.encode()) == clean


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_typed_error(data: bytes) -> None:
    with contextlib.suppress(InputError):
        decode(data)
    with contextlib.suppress(InputError):
        detect(lambda: io.BytesIO(data))


@pytest.mark.parametrize("damage", [b"\xff", b"\xed\xa0\x80", b"\xea\xb0"])
def test_damaged_utf8_is_not_taken_for_cp949(damage: bytes) -> None:
    data = KOREAN.encode() * 3 + damage + KOREAN.encode()
    with pytest.raises(InputError, match="damaged UTF-8"):
        decode(data)
    assert detect(lambda: io.BytesIO(data)) == "utf-8"


@pytest.mark.parametrize(
    "text",
    ["The ministry’s plan for Uzbekistan’s schools", "résumé, café and naïve", "Ägypten und Österreich"],
)
def test_western_text_is_refused_with_advice(text: str) -> None:
    with pytest.raises(InputError, match="--encoding"):
        decode(text.encode("cp1252"))
    assert decode(text.encode("cp1252"), "cp1252") == text


def test_binary_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        decode(b"\x00\x01\x02\x03" * 64)


@pytest.mark.parametrize("name", ["EUC-KR", "ks_c_5601-1987", "euc_kr", "CP949", "x-windows-949"])
def test_euc_kr_means_its_superset(name: str) -> None:
    assert codec(name) == "cp949"
    assert decode("뚫훍펲".encode("cp949"), name) == "뚫훍펲"


@pytest.mark.parametrize("name", ["zip", "rot13", "nonsense", ""])
def test_names_that_are_no_text_encoding(name: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        decode(b"a", name)


def test_late_cp949_is_found_by_looking_at_all() -> None:
    data = b"a" * (3 << 20) + KOREAN.encode("cp949") * 5
    assert detect(lambda: io.BytesIO(data)) == "cp949"
