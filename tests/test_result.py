from __future__ import annotations

import dataclasses
import json

import pytest

from nordclass import Label, Result

RESULT = Result(
    (
        Label("UZ", 0.971234, "우즈베키스탄", "Uzbekistan", None, "countries"),
        Label("KZ", 0.5, "카자흐스탄", "Kazakhstan", None, "countries"),
    ),
    (Label("CENTRAL_ASIA", 0.70999, "중앙아시아", "Central Asia", None, "regions"),),
    (
        Label("ict", 0.93, "정보통신·디지털", "ICT and digital", "220", "sectors"),
        Label("governance", 0.88, "공공행정", "Governance", "151", "sectors"),
        Label("own", 0.5, "own", "own", None, "sectors"),
    ),
    "ko",
    "base 1.0",
)


def test_the_record_of_the_output_schema():
    """The id is the caller's; a sector that the taxonomy does not know has no DAC code."""
    expected = (
        '{"language": "ko", '
        '"countries": [{"code": "UZ", "score": 0.9712}, {"code": "KZ", "score": 0.5}], '
        '"regions": [{"code": "CENTRAL_ASIA", "score": 0.71}], '
        '"sectors": [{"code": "ict", "score": 0.93, "dac": "220"}, '
        '{"code": "governance", "score": 0.88, "dac": "151"}, {"code": "own", "score": 0.5}], '
        '"model": "base 1.0"}'
    )
    assert json.dumps(RESULT.to_dict()) == expected


def test_uncertain_labels_are_there_for_who_asks():
    doubtful = dataclasses.replace(RESULT, uncertain=(RESULT.countries[1], RESULT.sectors[0]))
    assert doubtful.to_dict() == RESULT.to_dict()
    assert doubtful.to_dict(uncertain=True) == RESULT.to_dict() | {
        "uncertain": [
            {"kind": "countries", "code": "KZ", "score": 0.5},
            {"kind": "sectors", "code": "ict", "score": 0.93, "dac": "220"},
        ]
    }


def test_an_empty_result():
    assert Result().to_dict() == {
        "language": "und",
        "countries": [],
        "regions": [],
        "sectors": [],
        "model": "",
    }


def test_a_real_result_follows_the_schema(classifier, articles):
    row = classifier.classify(articles[0]["text"], title=articles[0]["title"]).to_dict()
    assert list(row) == ["language", "countries", "regions", "sectors", "model"]
    assert any(row[kind] for kind in ("countries", "regions", "sectors"))
    for kind in ("countries", "regions", "sectors"):
        assert [entry["score"] for entry in row[kind]] == sorted(
            (e["score"] for e in row[kind]), reverse=True
        )
        keys = ["code", "score", "dac"] if kind == "sectors" else ["code", "score"]
        assert all(list(entry) == keys for entry in row[kind])
        assert all(type(entry["code"]) is str and type(entry["score"]) is float for entry in row[kind])
    assert json.loads(json.dumps(row)) == row


def test_results_cannot_be_changed_and_can_be_compared():
    with pytest.raises(dataclasses.FrozenInstanceError):
        RESULT.language = "en"
    assert dataclasses.replace(RESULT) == RESULT
    assert hash(dataclasses.replace(RESULT)) == hash(RESULT)
    code, score, name_ko, name_en, dac, kind = RESULT.countries[0]
    assert (code, score, name_ko, name_en) == ("UZ", 0.971234, "우즈베키스탄", "Uzbekistan")
    assert (dac, kind) == (None, "countries")
