"""The country head's second combiner: what it reads, how it is mixed in, how it is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest

import nordclass
from nordclass.mentions.candidates import analyse
from nordclass.model.columns import OLD_PLACE_COLUMNS, PLACE_COLUMNS
from nordclass.model.heads import (
    MEANINGS,
    MeaningReader,
    first_pass,
    meanings,
    place_rows,
)
from nordclass.model.network import Network
from nordclass.text.document import Document
from nordclass.text.embedding import Embedding

TEXT = "한국과 페루는 전자정부 협력 양해각서를 체결했다. 칠레, 쿠바와도 항만 사업을 협의한다."


@pytest.fixture(scope="module")
def reading(classifier):
    """The small model with a network of three units whose numbers chance gives."""
    chance = np.random.RandomState(0)
    terms = tuple(
        dict.fromkeys(t for word in TEXT.split() for t in classifier.lexicon.terms(word.strip(".,")))
    )
    network = Network(
        np.zeros(PLACE_COLUMNS, np.float32),
        np.ones(PLACE_COLUMNS, np.float32),
        chance.normal(size=(MEANINGS * 2 + PLACE_COLUMNS, 3)).astype(np.float32),
        chance.normal(size=3).astype(np.float32),
        chance.normal(size=3).astype(np.float32),
        0.5,
    )
    vectors = chance.randint(-127, 128, (len(terms), 2)).astype(np.int8)
    reader = MeaningReader(Embedding(terms, vectors), network)
    places = replace(classifier.places, reader=reader)
    return nordclass.Classifier(classifier.lexicon, places, classifier.sectors, classifier.description)


@pytest.fixture
def first(reading):
    analysis = analyse(Document.read(TEXT, "한-페루 협정"), reading.lexicon)
    return first_pass(analysis, reading.places, reading.sectors)


def test_each_candidate_has_the_meanings_around_it_and_those_of_the_document(reading, first):
    embedding = reading.places.reader.embedding
    rows = meanings(first, embedding)
    assert rows.shape == (3, MEANINGS * 2)
    for candidate, row in zip(first.candidates, rows, strict=True):
        bags = [*candidate.beside, candidate.bags["window"], first.terms["title"]]
        bags += [list(first.terms["text"])[:60], first.terms["text"]]
        assert row == pytest.approx(embedding.means(bags).ravel(), abs=1e-6)
    assert rows[0, 8:].tolist() == rows[2, 8:].tolist()


def test_what_stands_beside_a_name(first):
    found = {c.code: [list(terms) for terms in c.beside] for c in first.candidates}
    assert found == {
        "PE": [[], ["협정", "전자", "정부", "협력"], ["전자", "정부", "협력"]],
        "CL": [[], ["항만", "사업"], ["항만", "사업"]],
        "CU": [[], ["항만", "사업", "협의"], ["항만", "사업"]],
    }


def test_log_odds_are_the_mean_of_both_combiners(reading, first):
    rows = place_rows(first)
    expected = (reading.places.combiner.logits(rows) + reading.places.reader.logits(first, rows)) / 2
    probabilities = reading.places.probabilities(first)
    assert np.log(probabilities / (1 - probabilities)) == pytest.approx(expected, abs=1e-3)
    bare = replace(reading.places, reader=None).probabilities(first)
    assert np.abs(probabilities - bare).max() > 0.01


def test_a_saved_reader_answers_the_same(reading, tmp_path):
    reading.save(tmp_path / "model")
    again = nordclass.load(tmp_path / "model")
    assert tuple(again.places.reader.embedding.terms) == reading.places.reader.embedding.terms
    one, other = again.scores(TEXT).countries, reading.scores(TEXT).countries
    assert [label.code for label in one] == [label.code for label in other]
    assert [label.score for label in one] == pytest.approx([label.score for label in other], abs=2e-3)


def test_a_reader_of_an_older_model_keeps_its_fractions(reading, tmp_path):
    embedding = reading.places.reader.embedding
    vectors = np.array(embedding.vectors / np.float32(4))  # exact as numbers of 16 bits
    older = replace(reading.places.reader, embedding=Embedding(embedding.terms, vectors))
    places = replace(reading.places, reader=older)
    nordclass.Classifier(reading.lexicon, places, reading.sectors, reading.description).save(tmp_path / "m")
    assert nordclass.load(tmp_path / "m").places.reader.embedding.vectors.tolist() == vectors.tolist()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("meaning_vectors", lambda a: a[1:]),
        ("meaning_vectors", lambda a: a[:, :1]),
        ("meaning_vectors", lambda a: a.ravel()),
        ("meaning_vectors", lambda a: a.astype(np.int16)),
        ("meaning_vectors", lambda a: a * np.float32(np.inf)),
        ("network_hidden", lambda a: a[:-1]),
        ("network_hidden", lambda a: a[:, :-1]),
        ("network_hidden", lambda a: np.full_like(a, np.nan)),
        ("network_hidden_bias", lambda a: a[:-1]),
        ("network_output", lambda a: np.append(a, a)),
        ("network_center", lambda a: a[:-1]),
        ("network_scale", lambda a: a * 0),
        ("network_scale", lambda a: a * np.float32(1e-40)),
        ("network_scale", lambda a: a[1:]),
    ],
)
def test_parts_that_do_not_fit(reading, tmp_path, part, change):
    folder = tmp_path / "model"
    reading.save(folder)
    file = folder / f"places_{part}.npy"
    np.save(file, change(np.load(file)))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(nordclass.ModelError, match="damaged"):
        nordclass.load(folder)


def test_a_network_of_before_mentions_were_read_sees_none_of_them(reading, first):
    reader = reading.places.reader
    network = replace(
        reader.network,
        center=reader.network.center[:OLD_PLACE_COLUMNS],
        scale=reader.network.scale[:OLD_PLACE_COLUMNS],
        hidden=reader.network.hidden[: MEANINGS * 2 + OLD_PLACE_COLUMNS],
    )
    rows = place_rows(first)
    other = rows.copy()
    other[:, OLD_PLACE_COLUMNS:] += 1
    old = replace(reader, network=network)
    assert old.logits(first, rows).tolist() == old.logits(first, other).tolist()
    assert (reader.logits(first, rows) != reader.logits(first, other)).all()
