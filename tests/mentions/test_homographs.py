"""Runs the sentences of homographs.tsv, a table that anyone may read and extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from nordclass.mentions.finder import find
from nordclass.taxonomy.places import HOME
from nordclass.text.normalize import normalize

TABLE = Path(__file__).with_name("homographs.tsv")
HEADER = "text\texpected"
NONE = "-"


def _sentences() -> list[tuple[str, frozenset[str]]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#") and line != HEADER]
    return [(text, frozenset() if codes == NONE else frozenset(codes.split(";"))) for text, codes in rows]


SENTENCES = _sentences()


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_sentence(text: str, expected: frozenset[str]) -> None:
    assert {mention.code for mention in find(normalize(text)[0])} - {HOME} == expected


def test_table_is_large_and_balanced() -> None:
    korean = sum(any("가" <= char <= "힣" for char in text) for text, _ in SENTENCES)
    ordinary = sum(not expected for _, expected in SENTENCES)
    assert len(SENTENCES) >= 320
    assert korean >= 220
    assert len(SENTENCES) - korean >= 100
    assert ordinary >= 0.45 * len(SENTENCES)


def test_no_sentence_twice() -> None:
    texts = [text for text, _ in SENTENCES]
    assert len(set(texts)) == len(texts)
