from __future__ import annotations

import numpy as np
import pytest

from nordclass.mentions.candidates import analyse
from nordclass.model.columns import (
    PLACE_COLUMN,
    PLACE_NAMES,
    PRESENCE_NAMES,
    SECTOR_COLUMN,
    SECTOR_NAMES,
    SUMMARY_NAMES,
    SUMMARY_OF_PLACE,
    SUMMARY_OF_PRESENCE,
    SUMMARY_OF_SECTOR,
)
from nordclass.model.heads import first_pass, place_rows, presence_row, sector_rows
from nordclass.text.document import Document


@pytest.fixture(scope="module")
def first(classifier):
    text = "한국과 페루는 전자정부 협력 양해각서를 체결했다. 쿠바, 칠레와도 협의한다. 아세안은 자료를 냈다."
    analysis = analyse(Document.read(text, "한-페루 협정"), classifier.lexicon)
    return first_pass(analysis, classifier.places, classifier.sectors)


@pytest.mark.parametrize("names", [PLACE_NAMES, SECTOR_NAMES, PRESENCE_NAMES, SUMMARY_NAMES])
def test_no_name_stands_twice(names):
    assert len(set(names)) == len(names)


def test_the_order_of_the_columns_stays():
    """Trees and networks of stored models know columns by their positions."""
    assert [PLACE_COLUMN[name] for name in ("count", "list begins", "is region", "listed")] == [0, 24, 25, 33]
    assert [PLACE_COLUMN[name] for name in ("best country score", "best mention", "mean of mentions")] == [
        34,
        47,
        48,
    ]
    assert [SECTOR_COLUMN[name] for name in ("sector score", "best country score", "best passage")] == [
        0,
        6,
        19,
    ]
    assert SECTOR_COLUMN["similarity of neighbours"] == 21
    assert SUMMARY_OF_PRESENCE == [5, 0, 1]


def test_columns_hold_what_their_names_say(first, classifier):
    places = place_rows(first)
    assert places.shape[1] == len(PLACE_NAMES)
    assert places[:, PLACE_COLUMN["place score"]].tolist() == first.places.tolist()
    assert places[:, PLACE_COLUMN["is region"]].tolist() == [c.is_region for c in first.candidates]
    assert places[:, PLACE_COLUMN["best mention"]].tolist() == first.mentions[:, 0].tolist()
    assert (places[:, SUMMARY_OF_PLACE] == first.summary).all()
    assert places[0, PLACE_COLUMN["countries"]] == 3
    assert places[0, PLACE_COLUMN["is Korean"]] == 1
    sectors = sector_rows(first, classifier.sectors.priors)
    assert sectors.shape[1] == len(SECTOR_NAMES)
    assert sectors[:, SECTOR_COLUMN["sector score"]].tolist() == first.sectors[:-1].tolist()
    assert sectors[:, SECTOR_COLUMN["prior"]].tolist() == classifier.sectors.priors.tolist()
    assert sectors[:, SECTOR_COLUMN["best passage"]].tolist() == first.reading.passages.tolist()
    assert (sectors[:, SUMMARY_OF_SECTOR] == first.summary).all()
    row = presence_row(np.array([0.5, 2.5, 1.5], np.float32), first)
    assert dict(zip(PRESENCE_NAMES, row.tolist(), strict=True)) == pytest.approx(
        {
            "best sector log-odds": 2.5,
            "second sector log-odds": 1.5,
            "any cooperation score": first.sectors[-1],
            "best country score": first.summary[SUMMARY_NAMES.index("best country score")],
            "best region score": first.summary[SUMMARY_NAMES.index("best region score")],
        }
    )
