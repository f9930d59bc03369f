from __future__ import annotations

from nordclass.text.place_names import places


def test_cities_states_and_korean_names_stand_apart():
    known = places()
    assert {"doha", "new delhi"} <= known.cities
    assert {"qatar", "uk", "south africa"} <= known.states
    assert {"베트남", "하노이"} <= known.korean
    assert not known.cities & known.doubtful
    assert "한국" not in known.korean
    assert "doha" not in known.states
