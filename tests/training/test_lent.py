from __future__ import annotations

from dataclasses import replace

import pytest

from nordclass import Classifier, train
from nordclass.training.lent import ENOUGH_PLACES, LENT_PLACES, why_keep_places


def of(classifier, places, labels):
    description = replace(classifier.description, labels={"countries": {"PE": labels}})
    return Classifier(classifier.lexicon, places, classifier.sectors, description)


@pytest.fixture
def rich(classifier):
    """A base that has learned from many labels."""
    return of(classifier, classifier.places, ENOUGH_PLACES)


def told(rows, tiny, base):
    said = []
    train(rows, recipe=tiny, base=base, say=said.append)
    return [line for line in said if line == LENT_PLACES or "leave both columns out" in line]


def test_own_sectors_beside_the_countries_of_the_base(some, tiny, rich):
    rows = [{"text": row["text"], "sectors": ["ours"]} for row in some]
    assert told(rows, tiny, rich) == [LENT_PLACES]
    assert told(rows, tiny, of(rich, None, ENOUGH_PLACES)) == []


def test_few_documents_with_countries(some, tiny, rich):
    (line,) = told(some, tiny, rich)
    assert line.startswith(f"{len(some)} documents are labelled with countries and regions; below ")
    assert told(some, tiny, of(rich, None, ENOUGH_PLACES)) == []
    own = sum(len(row["countries"]) for row in some)
    assert told(some, tiny, of(rich, rich.places, own)) == []


def test_enough_documents_with_countries(rich):
    class Labelled:
        partners = frozenset(["PE"])

    assert why_keep_places([Labelled()] * ENOUGH_PLACES, rich) is None
    assert why_keep_places([Labelled()] * (ENOUGH_PLACES - 1), rich)
