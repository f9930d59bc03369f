from __future__ import annotations

import pytest

from nordclass.training.examples import examples
from nordclass.training.records import labelled
from nordclass.training.untaught import untaught_languages, why_untaught


@pytest.fixture(scope="module")
def corpus(classifier):
    return lambda *records: examples(labelled(records), classifier.lexicon)


KOREAN = {"text": "병원과 학교를 새로 짓는다."}
NAMED = {"text": "페루에 병원과 학교를 새로 짓는다."}
ENGLISH = {"text": "A new hospital and a school will be built there."}
NO_PLACE = "no labelled document names a place that the table of names knows"
NO_SECTOR = "no document is labelled with any sector"


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([KOREAN], {}),
        ([KOREAN | {"countries": "PE", "regions": ""}, NAMED], {"countries": NO_PLACE}),
        ([NAMED | {"countries": "", "regions": ""}, KOREAN], {"countries": ""}),
        ([KOREAN | {"sectors": []}, NAMED], {"sectors": NO_SECTOR}),
        (
            [NAMED | {"countries": "PE", "regions": "", "sectors": ""}, KOREAN | {"sectors": "health"}],
            {"countries": "", "sectors": ""},
        ),
    ],
)
def test_kinds_that_documents_are_labelled_with_and_do_not_teach(corpus, records, why):
    assert why_untaught(corpus(*records)) == why


def test_languages_with_some_documents_and_too_few(corpus):
    some = [ENGLISH | {"sectors": ["health"]}] * 3 + [ENGLISH] * 30 + [KOREAN | {"sectors": []}] * 20
    assert untaught_languages(corpus(*some)) == [
        "English: 3 of the 20 documents labelled with sectors that learning needs;"
        " no sectors are told of texts in English"
    ]
    assert untaught_languages(corpus(*some[3:])) == []
