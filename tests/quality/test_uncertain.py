"""Uncertain labels of the shipped model: few, in both languages, and more often wrong than the others."""

from __future__ import annotations

from collections import Counter

import pytest
from test_floors import FLOORS, dev_rows

import nordclass


@pytest.mark.parametrize("name", ["korean_articles", "english_articles"])
def test_uncertain_labels_are_few_and_doubtful(name: str) -> None:
    model = nordclass.load()
    right: dict[bool, Counter[bool]] = {True: Counter(), False: Counter()}
    for row in dev_rows(FLOORS[name]):
        result = model.classify(row["text"], title=row["title"])
        for label in (*result.countries, *result.sectors):
            right[label in result.uncertain][label.code in row[label.kind]] += 1
    uncertain, sure = right[True], right[False]
    assert 0.03 < uncertain.total() / (uncertain.total() + sure.total()) < 0.2
    assert sure[True] / sure.total() > 0.88
    assert uncertain[False] / uncertain.total() > 2 * sure[False] / sure.total()
