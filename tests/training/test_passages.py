from __future__ import annotations

import numpy as np
import pytest

from nordclass.model.passages import STEP, passage_bounds
from nordclass.training.fitting import Targets
from nordclass.training.passages import fit_passages, passage_matrix
from nordclass.training.vectorizing import fit_vectorizer


@pytest.fixture(scope="module")
def documents():
    """Long documents of noise; one passage of each tells of cattle, ships or clouds in turn."""
    chance = np.random.RandomState(0)
    found = []
    for i in range(90):
        terms = [f"noise{n}" for n in chance.randint(0, 60, 300)]
        start = chance.randint(0, 250)
        terms[start : start + 12] = [["cattle", "ship", "cloud"][i % 3]] * 12
        found.append(terms)
    return found


@pytest.fixture(scope="module")
def vectorizer(documents):
    return fit_vectorizer(
        [{"text": terms, "title": []} for terms in documents], {"text": 1.0, "title": 0.4}, min_df=2
    )


SIZE = 2 * STEP
TARGETS = np.array([[i % 3 == 0, i % 3 == 1] for i in range(90)])
FOLD = np.arange(90) // 3 % 3


def test_rows_are_read_as_the_scorer_reads(documents, vectorizer):
    rows, owners = passage_matrix(vectorizer, [*documents[:5], [], ["unknown"]])
    scorer, best = fit_passages(
        vectorizer, documents, Targets(TARGETS, np.ones(90, np.float32), FOLD), np.arange(90) >= 5
    )
    field = vectorizer.field("text")
    assert np.bincount(owners).tolist() == [len(passage_bounds(300))] * 5 + [1, 1]
    assert np.sqrt(rows.multiply(rows).sum(axis=1)).max() >= 1 - 1e-5
    scores = rows @ (scorer.weights * scorer.scale) + scorer.bias
    for number in range(5):  # not taught, so scored by the scorer that is returned
        read = scorer.best(vectorizer.sequence(field, documents[number]), field.idf)
        assert scores[owners == number].max(axis=0) == pytest.approx(read, abs=1e-4)
        assert best[number] == pytest.approx(read, abs=0.05)


def test_out_of_fold_the_passage_tells(documents, vectorizer):
    taught, weights = np.ones(90, bool), np.ones(90, np.float32)
    _, best = fit_passages(vectorizer, documents, Targets(TARGETS, weights, FOLD), taught)
    for output in range(2):
        assert best[TARGETS[:, output], output].min() > best[~TARGETS[:, output], output].max()


def test_a_document_that_weighs_nothing_teaches_nothing(documents, vectorizer):
    weights = np.where(TARGETS[:, 0], 1e-9, 1.0).astype(np.float32)
    scorer, _ = fit_passages(vectorizer, documents, Targets(TARGETS, weights, FOLD), np.ones(90, bool))
    field = vectorizer.field("text")
    cattle = scorer.best(vectorizer.sequence(field, ["cattle"] * SIZE), field.idf)
    ship = scorer.best(vectorizer.sequence(field, ["ship"] * SIZE), field.idf)
    assert cattle[0] < -3
    assert ship[1] > 0


def test_a_long_document_does_not_outweigh_short_ones():
    """Alike in all but length; its 39 passages weigh as much as six documents, not as much as 39."""
    documents = [["same"] * 1000, *[["same"] * SIZE] * 12]
    vectorizer = fit_vectorizer([{"text": terms} for terms in documents], {"text": 1.0}, min_df=1)
    targets = np.arange(13)[:, None] == 0
    ones = np.ones(13, np.float32)
    scorer, _ = fit_passages(vectorizer, documents, Targets(targets, ones, np.arange(13) % 3), ones > 0)
    text = vectorizer.field("text")
    assert -1 < scorer.best(vectorizer.sequence(text, ["same"] * SIZE), text.idf)[0] < 0


def test_a_label_is_taught_by_the_passage_that_tells_of_it():
    """Cattle beside ships in every document: its ships are none of what cattle are known by."""
    chance = np.random.RandomState(1)
    documents, targets = [], []
    for i in range(120):
        terms = [f"noise{n}" for n in chance.randint(0, 60, 200)]
        kinds = [(True, True), (False, True), (False, False)][i % 3]
        if kinds[0]:
            terms[10:22] = ["cattle"] * 12
        if kinds[1]:
            terms[150:162] = ["ship"] * 12
        documents.append(terms)
        targets.append(kinds)
    vectorizer = fit_vectorizer([{"text": terms} for terms in documents], {"text": 1.0}, min_df=2)
    ones = np.ones(120, np.float32)
    scorer, best = fit_passages(
        vectorizer, documents, Targets(np.array(targets), ones, np.arange(120) // 3 % 4), ones > 0
    )
    text = vectorizer.field("text")
    cattle, ship = (
        scorer.best(vectorizer.sequence(text, [word] * SIZE), text.idf) for word in ("cattle", "ship")
    )
    assert cattle[0] > 2 > -2 > cattle[1]
    assert ship[1] > 2 > -2 > ship[0]
    assert ((best > 0) == np.array(targets)).mean() > 0.99


def test_clauses_teach_every_fold(documents, vectorizer):
    """No document has the label; from clauses, which have no fold, it is known in each of the five."""
    clauses = [["cloud"] * 6] * 20
    targets = np.vstack([np.zeros_like(TARGETS), np.tile([True, False], (20, 1))])
    fold = np.concatenate([np.arange(90) // 3 % 5, np.full(20, -1)])
    taught, weights = np.ones(110, bool), np.ones(110, np.float32)
    scorer, best = fit_passages(vectorizer, [*documents, *clauses], Targets(targets, weights, fold), taught)
    told = np.arange(90) % 3 == 2  # those with a passage on clouds
    assert best[:90][told, 0].min() > best[:90][~told, 0].max()
    text = vectorizer.field("text")
    cloud, ship = (scorer.best(vectorizer.sequence(text, [w] * SIZE), text.idf) for w in ("cloud", "ship"))
    assert cloud[0] > ship[0]


def test_documents_that_are_not_taught_change_nothing(documents, vectorizer):
    clauses = [["ship"] * 6] * 5
    targets = np.vstack([TARGETS, np.tile([True, True], (5, 1))])
    fold = np.concatenate([FOLD, np.full(5, -1)])
    taught, weights = np.arange(95) < 90, np.ones(95, np.float32)
    alone, known = fit_passages(vectorizer, documents, Targets(TARGETS, weights[:90], FOLD), taught[:90])
    beside, best = fit_passages(vectorizer, [*documents, *clauses], Targets(targets, weights, fold), taught)
    assert np.array_equal(alone.weights, beside.weights)
    assert np.array_equal(alone.bias, beside.bias)
    assert np.array_equal(known, best[:90])
