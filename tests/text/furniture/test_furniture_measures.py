from __future__ import annotations

import numpy as np

from nordclass.text.furniture.lines import read_page
from nordclass.text.furniture.measures import COLUMNS, MAX_AWAY, measures

LEAD = (
    "Korea and Kenya will build a geothermal plant in Naivasha, the two energy ministries said on Tuesday"
    " in a joint statement after the talks."
)
REST = "The plant in Naivasha will feed steam turbines from Korea, and the ministries will train operators."
PAGE = "\n".join(
    ("Geothermal plant for Naivasha", "World", LEAD, REST, "Most popular", "Peru opens a copper mine")
)


def column(name: str, text: str = PAGE, title: str = "") -> list[float]:
    rows = measures(read_page(text), title)
    assert rows.shape == (len(text.splitlines()), len(COLUMNS))
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    return rows[:, COLUMNS.index(name)].tolist()


def test_a_line_is_held_against_the_rest_of_the_article_without_itself():
    shared = column("shared")
    assert shared[0] > 0.5 > 0.2 > shared[5]
    alone = column("shared", f"{LEAD}\nPeru opens a copper mine in the south of the country.")
    assert max(alone) < 0.2


def test_a_title_that_is_given_apart_counts_as_a_line_of_the_article():
    text = f"{LEAD}\nPeru opens a copper mine"
    assert column("shared", text, "Copper mine in Peru")[1] > column("shared", text)[1]
    assert column("places elsewhere", text)[1] == 1
    assert column("places of the article", text, "Copper mine in Peru")[1] == 1


def test_places_that_the_article_names_are_apart_from_others():
    assert column("places elsewhere")[5] == 1
    assert column("places of the article")[5] == 0


def test_where_a_line_stands():
    assert column("lines above") == [0, 1, 2, 3, 4, 5]
    assert column("lines below") == [5, 4, 3, 2, 1, 0]
    assert column("before a long line")[:3] == [2, 1, 0]
    assert column("behind a long line")[:3] == [MAX_AWAY, MAX_AWAY, 0]
    assert column("share told above")[0] == 0
    assert column("share told below")[-1] == 0


def test_neighbours_are_those_of_the_line_and_minus_one_beyond_the_page():
    characters = column("characters")
    assert column("characters at +1") == [*characters[1:], -1]
    assert column("characters at -2") == [-1, -1, *characters[:-2]]
    means = column("characters in +1 to +7")
    assert abs(means[3] - sum(characters[4:]) / 2) < 1e-5
    assert means[5] == 0


def test_a_stretch_is_what_stands_between_long_lines():
    assert column("stretch: length") == [2, 2, 0, 3, 3, 3]
    assert column("stretch: nth") == [0, 1, 0, 0, 1, 2]


def test_marks_dates_and_endings():
    text = f"{LEAD}\n- 12 Mar 2024\nBy Our Staff\n독자위원회 2024.03.12 | 편집\nwww.example.com"
    assert column("mark", text) == [0, 1, 0, 0, 0]
    assert column("date", text) == [0, 1, 0, 1, 0]
    assert column("byline", text) == [0, 0, 1, 1, 0]
    assert column("address", text) == [0, 0, 0, 0, 1]
    assert column("full stop", text) == [1, 0, 0, 0, 0]
