"""The shipped model's answers stay when an article changes in ways that do not matter."""
# ruff: noqa: E501 - texts of a paragraph

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from changes import CHANGES, Figure
from measure import all_swaps, removals, steadiness

import nordclass

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_answers_stay(language):
    figures = steadiness(nordclass.load(), language)
    assert figures.keys() == FLOORS[language].keys()
    low = {
        name: (round(figure.place_share, 3), round(figure.sector_share, 3))
        for name, figure in figures.items()
        if not _reaches(figure, *FLOORS[language][name])
    }
    assert not low


def _reaches(figure: Figure, places: float, sectors: float) -> bool:
    return figure.place_share >= places and figure.sector_share >= sectors


def test_every_change_is_tried_in_some_language():
    assert FLOORS["ko"].keys() | FLOORS["en"].keys() >= CHANGES.keys()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_removing_the_only_partner_removes_its_label(language):
    gone, none = zip(*removals(nordclass.load(), language), strict=True)
    assert len(gone) > 30
    assert all(gone)
    assert sum(none) / len(none) >= FLOORS["removal"][language]


def test_swapping_the_partner_swaps_the_answer_and_nothing_else():
    made = all_swaps(nordclass.load())
    floors = FLOORS["swaps"]
    assert len(made) == 500
    assert len({swap.new for swap in made}) >= floors["new_countries"]
    failed = [(swap.id, swap.old, swap.new) for swap in made if not (swap.places_kept and swap.sectors_kept)]
    for what in ("moved", "places_kept", "sectors_kept"):
        assert sum(getattr(swap, what) for swap in made) / len(made) >= floors[what], failed


FOREIGN = {
    "French": "La Corée du Sud et le Pérou ont signé à Lima un accord de coopération sur l'administration numérique. Le"
    " ministre a salué le projet, qui formera deux cents fonctionnaires en Bolivie et au Chili.",
    "Spanish": "Corea del Sur y Peru firmaron en Lima un acuerdo de cooperación sobre gobierno digital. Chile y Colombia"
    " enviarán observadores al centro de datos que financia la agencia coreana.",
    "Portuguese": "A Coreia do Sul e o Peru assinaram em Lima um acordo de cooperação sobre governo digital. Angola e"
    " Brasil também participam do projeto, que durará três anos.",
    "German": "Südkorea und Peru haben in Lima ein Abkommen über die Zusammenarbeit bei der digitalen Verwaltung"
    " unterzeichnet. Auch Chile und Ecuador wollen Beobachter zu dem Projekt entsenden.",
    "Indonesian": "Korea Selatan dan Indonesia menandatangani nota kesepahaman kerja sama pemerintahan digital di"
    " Jakarta. Malaysia dan Thailand akan mengirim pengamat untuk proyek yang berlangsung tiga tahun itu.",
    "Vietnamese": "Hàn Quốc và Việt Nam đã ký bản ghi nhớ hợp tác về chính phủ điện tử tại Hà Nội. Dự án của KOICA kéo"
    " dài ba năm và đào tạo hai trăm cán bộ cho các bộ.",
    "Turkish": "Güney Kore ile Peru, Lima'da dijital devlet konusunda bir iş birliği anlaşması imzaladı. Kenya ve Gana"
    " da bu üç yıllık projeye katılacak; Kore bunun için fon verecek.",
    "Japanese": "韓国とペルーはリマで電子政府協力の覚書に署名した。事業は三年続き、二百人の職員を育てる。",
    "Chinese": "韩国与秘鲁在利马签署数字政府合作谅解备忘录。项目为期三年，将培训二百名公务员。",
    "Russian": "Южная Корея и Перу подписали в Лиме меморандум о сотрудничестве в области цифрового правительства.",
    "Arabic": "وقعت كوريا الجنوبية وبيرو في ليما مذكرة تفاهم للتعاون في الحكومة الرقمية",
    "Thai": "เกาหลีใต้และเปรูลงนามบันทึกความเข้าใจว่าด้วยความร่วมมือด้านรัฐบาลดิจิทัลที่กรุงลิมา",
    "Mongolian": "Өмнөд Солонгос, Перу улс цахим засаглалын хамтын ажиллагааны санамж бичигт гарын үсэг зурлаа.",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_text_in_another_language_gives_nothing(name):
    result = nordclass.classify(FOREIGN[name])
    assert (result.countries, result.regions, result.sectors) == ((), (), ())


@pytest.mark.parametrize("text", ["", " \n\n\t", "\ufeff", "...", "2024-03-12", "■■■", "0" * 5000])
def test_text_without_words_gives_nothing(text):
    result = nordclass.classify(text, title=text)
    assert (result.countries, result.regions, result.sectors, result.uncertain) == ((), (), (), ())
