"""English notes around an article go: captions, who the author is, About Nordfjell."""

from __future__ import annotations

from time import process_time

import pytest

from nordclass.text.furniture.spans import furniture

TOLD = "Two ferries for the outer islands of Tonga will be built in Busan, the ministry of transport said."
MORE = "The first is due in Nuku'alofa before the season of storms, and crews are to be trained in Korea."
LAST = "The loan will be paid back in thirty years, with a grace of ten, said the minister of finance."


def gone(*paragraphs: str) -> str:
    """What goes of an article of these paragraphs."""
    text = "\n\n".join(paragraphs)
    return "\n\n".join(text[start:end].strip() for start, end in furniture(text))


@pytest.mark.parametrize(
    "note",
    [
        "FILE - The minister of Peru speaks in Lima, Peru, on Dec. 7, 2020. (AP Photo/Ana Lopez)",
        "FILE PHOTO: The minister of Peru speaks in Lima. REUTERS/Ana Lopez",
        "A ferry leaves the harbour of Callao, Peru. (Reuters/Ana Lopez)",
        "[Image: A street in Lima, Peru. Credit: Somebody]",
        "SEE ALSO: Peru and Chile sign a deal on llamas",
        ">> Peru and Chile sign a deal on llamas",
        "[Read: Peru and Chile sign a deal on llamas]",
    ],
)
def test_notes_in_the_middle_go(note: str):
    assert gone(TOLD, note, MORE) == note


@pytest.mark.parametrize(
    "note",
    [
        "The author is a research fellow at a house for learning in Lima, Peru.",
        "(The writer is a former ambassador of Chile to Peru.)",
        "About Nordfjell\nNordfjell is a maker of winches with houses in Peru, Chile and Norway.",
        "About the Nordfjell Trust for Peru:\nThe trust helps fishermen in Peru.",
        "About NTP\nThe Nordfjell Trust for Peru helps fishermen and their families in all the harbours\n"
        "of the coast, and has done so for many years.",
        "More from World\nPeru counts its llamas\nChile counts its ferries",
        "Popular\n\nPeru counts its llamas\n\nChile counts its ferries",
        'Sources\n"Peru counts its llamas". Some Wire, June 9, 2019\n"Chile counts". Some Wire, June 8, 2019',
    ],
)
def test_notes_at_the_end_go(note: str):
    assert gone(TOLD, MORE, LAST, note) == note


def test_two_notes_on_firms_go_and_what_stands_below_stays():
    first, second = (
        "About Nordfjell\nNordfjell makes winches in Peru.",
        "About Sydfjell\nSydfjell makes nets.",
    )
    assert gone(TOLD, MORE, LAST, first, second, LAST.replace("thirty", "forty")) == f"{first}\n\n{second}"


def test_a_correction_above_the_article_goes():
    note = "(This story has been corrected to fix the name of the minister of Peru)"
    assert gone(note, TOLD, MORE) == note


@pytest.mark.parametrize(
    "text",
    [
        (TOLD, MORE, LAST, "About the Project\nThe project brings ferries to Peru and Chile."),
        (TOLD, MORE, LAST, "About 300 People\nSo many came to the harbour of Callao."),
        (TOLD, MORE, LAST, "About what comes next\nThe ministers of Peru and Chile will meet."),
        ("About Nordfjell", TOLD, MORE, LAST),
        (TOLD, MORE, "The author is a fisherman from Peru, and his book tells of the islands.", LAST),
        ("FILE - The minister of Peru speaks in Lima. (AP Photo/Ana Lopez)",),
        ("The minister of Peru speaks in Lima, and says that ferries will be built. (AP Photo/Ana Lopez)",),
        (TOLD, MORE, "Files (and ferries) of Peru", LAST),
        (TOLD, MORE, LAST, "Sources\nThe river has two sources in Peru."),
    ],
)
def test_what_only_looks_like_a_note_stays(text: tuple[str, ...]):
    left = gone(*text)
    assert "Peru" not in left
    assert "Callao" not in left
    assert "Nordfjell" not in left


@pytest.mark.parametrize(
    "hostile", ["FILE - (", "(AP Photo/", "About A", "About A\n", "The author ", 'Sources\n"']
)
def test_time_grows_with_the_text_alone(hostile: str):
    begun = process_time()
    furniture(f"{TOLD}\n{hostile * (300_000 // len(hostile))}\n{MORE}")
    furniture(f"{TOLD}\n\n" + f"{hostile * 20})\n\n" * 5_000)
    assert process_time() - begun < 5
