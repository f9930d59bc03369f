"""Rows of one spelling become one form."""

from __future__ import annotations

from nordclass.mentions.finder import find
from nordclass.mentions.gazetteer import Form, Gazetteer


def codes(text: str, *forms: Form) -> list[str]:
    return [mention.code for mention in find(text, Gazetteer(iter(forms)))]


def test_rows_that_differ_by_capitals_are_each_found_as_written() -> None:
    rows = [Form(("XX",), "en", "name", text, "case") for text in ("FREEDONIA", "Freedonia", "FreeDonia")]
    for forms in (rows, rows[::-1]):
        assert codes("FREEDONIA, Freedonia, FreeDonia, freedonia", *forms) == ["XX"] * 3


def test_rows_that_differ_by_accents_are_each_found_as_written() -> None:
    rows = [Form(("XX",), "en", "city", text, "case") for text in ("Málo", "Malo")]
    assert codes("Málo, Malo, malo", *rows) == ["XX"] * 2


def test_a_homograph_in_capitals_or_not_is_found_either_way() -> None:
    rows = [Form(("XX",), "en", "name", text, "homograph") for text in ("FRED", "Fred")]
    assert codes("FRED and Fred, not fred", *rows) == ["XX"] * 2
    assert codes("FRED, not Fred", rows[0]) == ["XX"]


def test_the_stricter_check_holds() -> None:
    free = Form(("XX",), "en", "name", "Fredonia", "")
    cased = Form(("XX",), "ko", "name", "Fredonia", "case")
    assert codes("Fredonia, fredonia", free, cased) == codes("Fredonia, fredonia", cased, free) == ["XX"]
