"""Rows of one spelling become one form."""

from __future__ import annotations

import pytest

from nordclass.mentions.finder import find
from nordclass.mentions.gazetteer import Gazetteer, fold


def codes(text: str, *rows: str) -> list[str]:
    return [mention.code for mention in find(text, Gazetteer(rows))]


def row(text: str, check: str = "", kind: str = "name", lang: str = "en") -> str:
    return f"XX\t{lang}\t{kind}\t{text}\t{check}"


def test_rows_that_differ_by_capitals_are_each_found_as_written() -> None:
    rows = [row(text, "case") for text in ("FREEDONIA", "Freedonia", "FreeDonia")]
    for forms in (rows, rows[::-1]):
        assert codes("FREEDONIA, Freedonia, FreeDonia, freedonia", *forms) == ["XX"] * 3


def test_rows_that_differ_by_accents_are_each_found_as_written() -> None:
    rows = [row(text, "case", "city") for text in ("Málo", "Malo")]
    assert codes("Málo, Malo, malo", *rows) == ["XX"] * 2


def test_a_homograph_in_capitals_or_not_is_found_either_way() -> None:
    rows = [row(text, "homograph") for text in ("FRED", "Fred")]
    assert codes("FRED and Fred, not fred", *rows) == ["XX"] * 2
    assert codes("FRED, not Fred", rows[0]) == ["XX"]


def test_the_stricter_check_holds() -> None:
    free, cased = row("Fredonia"), row("Fredonia", "case", lang="ko")
    assert codes("Fredonia, fredonia", free, cased) == codes("Fredonia, fredonia", cased, free) == ["XX"]


def test_folding_keeps_every_offset() -> None:
    assert (
        fold("İstanbul, São Tomé, ĐÀ NẴNG, Ǆ 우즈베키스탄") == "istanbul, sao tome, da nẵng, ǆ 우즈베키스탄"
    )
    for code in range(0x250):
        assert len(fold(chr(code))) == 1


def test_a_row_with_other_columns_is_told_when_it_is_read() -> None:
    with pytest.raises(ValueError):
        codes("Fredonia", row("Fredonia") + "\tmore")
