"""An English dateline at the beginning of an article goes; what only looks like one stays."""

from __future__ import annotations

import textwrap
from time import process_time

import pytest

from nordclass.text.document import Document
from nordclass.text.furniture.spans import furniture

TOLD = (
    "The harbour board signed an agreement on Tuesday with its partners to build two ferries for the islands."
    " The first is due in spring, and forty sailors are to be trained on it before the season of storms."
)
TITLE = "Harbour board signs ferry deal"


def left(text: str, title: str = TITLE) -> str:
    """The body that is left, with single blanks."""
    return " ".join(Document.read(text, title).text.split("\n", 1)[1].split())


DATELINES = [
    "PRETORIA, South Africa, June 9, 2021/APO Group/ -- ",
    "TAIPEI, Taiwan, June 9, 2021 /PRNewswire/ -- ",
    "Suva, Fiji – ",
    "Ottawa, Canada – ",
    "BOGOTÁ, Colombia — ",
    "KINGSTON, Jamaica (JIS): ",
    "New Delhi [India], June 9 (ANI): ",
    "Hanoi (VNA) – ",
    "Tashkent, Uzbekistan (UzDaily.com) -- ",
    "NEW DELHI, June 9 (PTI) ",
    "KABUL (Pajhwok): ",
    "Kabul (BNA) ",
    "Accra, June 9, GNA – ",
    "BRIDGETOWN, Barbados, CMC – ",
    "APIA, Samoa, 9 JUNE 2021 - ",
    "DUBAI, 9th June, 2021 (WAM) -- ",
    "KYIV. June 9 (Interfax-Ukraine) – ",
    "BAKU, Azerbaijan, June 9. Trend: ",
    "MOSCOW, June 9. /TASS/. ",
    "Ulaanbaatar /MONTSAME/. ",
    "YEREVAN, JUNE 9, ARMENPRESS. ",
    "Mexico City, Jun 9 (EFE).- ",
    "Paris, France | AFP | ",
    "APA – Dakar (Senegal) – ",
    "(KPL) Vientiane, June 9 - ",
    "Doha - Qatar: ",
    "Kathmandu, June 9: ",
    "Lima, Jun. 9. ",
    "NEW YORK--(BUSINESS WIRE)-- ",
]


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize("before", ["", f"{TITLE}\nBy Ana Lopez\n"])
def test_a_dateline_goes(dateline: str, before: str):
    text = f"{before}{dateline}{TOLD}"
    assert left(text).removeprefix(TITLE).strip() == TOLD


@pytest.mark.parametrize(
    "dateline",
    [
        "LIMA, Peru — ",
        "TAIPEI, Taiwan, June 9, 2021 /PRNewswire/ -- ",
        "Suva, Fiji – ",
    ],
)
def test_a_dateline_of_a_filled_paragraph_goes(dateline: str):
    told = TOLD.replace("Tuesday", "the quay")
    assert left(textwrap.fill(f"{dateline}{told}", 60)) == told


@pytest.mark.parametrize(
    "text",
    [
        f"Kenya: {TOLD}",
        f"Kenya – {TOLD}",
        f"Georgia – a country of mountains that sells much wine and hazelnuts and little else. {TOLD}",
        "Germany – Siemens will build a tram line in the capital, the mayor said after a night of talks.",
        "Fiji, Samoa, Tonga – The three states will share one vessel, their ministers said last evening.",
        "Vietnam: trade up 5%",
        "Dubai: A city of towers",
        "Paris – the city where the agreement was signed – will host the ministers once more in the spring.",
        "Tuesday, June 9: The harbour board signed an agreement with its partners to build ferries there.",
        "Reading: The best books of this spring are about the sea, says the librarian of the harbour town.",
        "BREAKING: The harbour board signed an agreement with its partners to build ferries for the isles.",
        "Hanoi: Rice was dearer in May, says the office.\nManila: Rice was cheaper in May, says the office of"
        " statistics.\nJakarta: The price of rice did not change in May, says the ministry.",
        f"{TOLD}\n\nDubai: {TOLD.replace('two', 'ten').replace('forty', 'fifty')}",
        "Nairobi (Kenya Ports Authority) and its partners sign an agreement to build a ferry for the lake.",
        *(
            f"{city}{TOLD}"
            for city in ("Abuja – ", "DUBAI: ", "NEW DELHI: ", "SINGAPORE: ", "OSLO/NAIROBI - ")
        ),
    ],
)
def test_what_only_looks_like_a_dateline_stays(text: str):
    assert [text[start:end] for start, end in furniture(text, TITLE)] == []


def test_the_title_itself_has_no_dateline():
    title = "Doha: Qatar and the harbour board sign an agreement to build ferries at last, and many of them."
    assert Document.read(f"{title}\n{TOLD}", title).text.startswith("Doha: Qatar")


@pytest.mark.parametrize(
    "line",
    [
        "ADDIS ABABA, Ethiopia",
        "Addis Ababa, Ethiopia, 9 June 2019",
        "9 June 2019, Addis Ababa, Ethiopia",
        "Addis Ababa, June 9",
        "ADDIS ABABA",
        "By ABEBE BEKELE, Reuters | Addis Ababa, Ethiopia",
        "Abebe Bekele, Ethiopia Correspondent",
        "AFRICA\nEthiopia",
    ],
)
def test_a_line_of_a_place_alone_goes(line: str):
    assert left(f"{line}\n\n{TOLD}") == TOLD


@pytest.mark.parametrize(
    "lines",
    [
        "Ethiopia",
        "Nairobi, Kenya\nLagos, Nigeria",
        "Offices:\nNairobi, Kenya",
        "Ministry of Water, Ethiopia",
        "Addis Ababa",
    ],
)
def test_lines_that_may_tell_something_stay(lines: str):
    text = f"{lines}\n\n{TOLD}"
    assert [text[start:end] for start, end in furniture(text, TITLE)] == []


@pytest.mark.parametrize(
    "hostile",
    ["A. ", "A, ", "Doha (", "Doha, June 9 ", "A-", "Of A ", "Doha - ", "A\n", "Doha:\n\n", "(A", "/A"],
)
def test_time_grows_with_the_text_alone(hostile: str):
    begun = process_time()
    furniture(hostile * (300_000 // len(hostile)))
    furniture(f"Doha: {hostile * 50}\n\n" * 2_000)
    assert process_time() - begun < 5
