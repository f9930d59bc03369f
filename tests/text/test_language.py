from __future__ import annotations

import pytest

from nordclass.text.language import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "und"),
        ("2024. 3. 15. - 100%", "und"),
        ("東京で会談", "und"),
        ("Москва и Астана", "und"),
        ("한국과 베트남이 협정을 맺었다", "ko"),
        ("Korea and Vietnam signed an agreement", "en"),
        ("정부는 KOICA와 ODA 사업을 추진한다", "ko"),
        ("The Korean word for country (나라) is short.", "en"),
    ],
)
def test_language_of_a_text(text, expected):
    assert language(text) == expected


def test_a_hangul_syllable_weighs_more_than_a_letter():
    assert language("한국" + "a" * 9) == "ko"
    assert language("한국" + "a" * 11) == "en"


def test_only_the_beginning_is_read():
    assert language("a" * 20_000 + "한" * 100_000) == "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El presidente de Chile firmó en Seúl un acuerdo con la ministra para los próximos años.", "und"),
        (
            "Menteri dan duta besar di Jakarta akan menandatangani nota kesepahaman yang baru untuk energi.",
            "und",
        ),
        ("Las Vegas hosts La Liga and the Tour de France", "en"),
        ("The Banco de la República and the Universidad de los Andes de Colombia signed with the bank", "en"),
        ("Senegal, Gambia, Guinea, Ghana, Cameroon, Uganda, Kenya", "en"),
        ("한국은 El presidente de la república de Chile와 협정을 맺었다고 외교부가 밝혔다", "ko"),
    ],
)
def test_other_languages_in_latin_letters(text, expected):
    assert language(text) == expected
