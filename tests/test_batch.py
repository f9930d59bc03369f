from __future__ import annotations

import time
from itertools import count, islice
from multiprocessing import get_context

import numpy as np
import pytest

import nordclass
from nordclass import NordclassError
from nordclass.batch import Wanted, label_records
from nordclass.files.record import Record, Unreadable
from nordclass.parallel import processes_for


@pytest.fixture(scope="module")
def pairs(articles):
    return [(row["title"] if i % 2 else None, row["text"][:400]) for i, row in enumerate(articles)]


@pytest.fixture(scope="module")
def expected(pairs, classifier):
    return [classifier.classify(text, title=title) for title, text in pairs]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_texts(classifier, pairs, expected, jobs):
    assert list(classifier.classify_many(iter(pairs), n_jobs=jobs)) == expected
    assert len({result.to_dict().__repr__() for result in expected}) > 20  # else order would show nothing


def test_texts_need_no_title(classifier, pairs):
    texts = [text for _, text in pairs[:4]]
    assert list(classifier.classify_many(texts)) == [classifier.classify(text) for text in texts]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_texts(classifier, jobs):
    assert list(classifier.classify_many([], n_jobs=jobs)) == []


def test_one_process_reads_no_further_than_asked(classifier):
    read = count()
    results = classifier.classify_many(f"Korea and Peru met {next(read)} times" for _ in count())
    assert next(read) == 0  # nothing is read before the first result is asked for
    assert len(list(islice(results, 10))) == 10
    assert next(read) <= 12


def test_two_processes_read_a_bounded_way_ahead(classifier):
    read = count()
    results = classifier.classify_many((f"Korea and Peru met {next(read)} times" for _ in count()), n_jobs=2)
    assert len(list(islice(results, 300))) == 300
    results.close()
    assert next(read) < 300 + 1000


def test_large_texts_are_read_less_far_ahead(classifier):
    read = count()
    results = classifier.classify_many((f"{next(read)} " * 100_000 for _ in count()), n_jobs=2)
    next(results)
    results.close()
    assert next(read) * 200_000 < 100_000_000


def test_processes_drop_what_nobody_waits_for(classifier):
    class Slow:
        def assess(self, text, *, title=None):
            time.sleep(0.05)
            raise ValueError(text)

    results = label_records(Slow(), (Record(str(n), None, "x", {}) for n in count()), n_jobs=2)
    next(results)  # of a first chunk of 64; up to five others are waiting, three seconds each
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("item", "told"),
    [
        (5, "int"),
        (None, "NoneType"),
        (["title", "text"], "list"),
        (("a", "b", "c"), "a tuple of 3"),
        (("title", None), "a pair of str and NoneType"),
        ((5, "text"), "a pair of int and str"),
    ],
)
def test_what_is_no_text_is_named_after_the_results_before_it(classifier, pairs, expected, item, told, jobs):
    results = classifier.classify_many([*pairs[:70], item, *pairs], n_jobs=jobs)
    assert list(islice(results, 70)) == expected[:70]
    with pytest.raises(TypeError) as caught:
        next(results)
    assert str(caught.value) == f"text 71 must be a str or a pair (title or None, text), not {told}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_source_reaches_the_caller_after_the_results_before_it(
    classifier, pairs, expected, jobs
):
    def source():
        yield from pairs[:70]
        raise OSError("disk on fire")

    results = classifier.classify_many(source(), n_jobs=jobs)
    assert list(islice(results, 70)) == expected[:70]
    with pytest.raises(OSError, match="disk on fire"):
        next(results)


def test_there_is_at_most_one_process_a_core(monkeypatch):
    monkeypatch.setattr("joblib.effective_n_jobs", lambda jobs: 4 if jobs == -1 else jobs)
    assert [processes_for(jobs) for jobs in (1, 2, 4, 5, 1_000_000, -1)] == [1, 2, 4, 4, 4, 4]


def test_one_core_alone_needs_no_process(classifier, monkeypatch):
    monkeypatch.setattr("nordclass.parallel.processes_for", lambda jobs: 1)
    monkeypatch.setattr("nordclass.parallel.start_trackers", lambda: pytest.fail("a process"))
    assert list(classifier.classify_many(["Korea"], n_jobs=2)) == [classifier.classify("Korea")]


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"n_jobs": "2"}, TypeError, "n_jobs must be a whole number"),
        ({"n_jobs": 0}, ValueError, "n_jobs must be 1 or more"),
        ({"scheme": "x"}, NordclassError, "unknown scheme"),
    ],
)
def test_arguments_are_checked_before_a_result_is_asked_for(classifier, arguments, error, told):
    with pytest.raises(error, match=told):
        classifier.classify_many([], **arguments)


def test_progress_goes_to_standard_error(classifier, capsys):
    list(classifier.classify_many(["Korea", "Peru"], progress=True))
    out, err = capsys.readouterr()
    assert out == ""
    assert "2/2" in err
    list(classifier.classify_many(["Korea", "Peru"]))
    assert capsys.readouterr() == ("", "")


def records(pairs):
    made = [Record(f"r{i}", title, text, {}) for i, (title, text) in enumerate(pairs)]
    made.insert(3, Unreadable("bad", "cannot be read"))
    return made


@pytest.mark.parametrize("jobs", [1, 2])
def test_records_are_labelled_in_order_and_unreadable_ones_told(classifier, pairs, expected, jobs):
    given = records(pairs[:80])
    answers = list(label_records(classifier, iter(given), n_jobs=jobs))
    assert [record for record, _ in answers] == given
    rows = [row for _, row in answers]
    assert rows.pop(3) == {"id": "bad", "error": "cannot be read"}
    assert rows == [{"id": f"r{i}", **result.to_dict()} for i, result in enumerate(expected[:80])]
    assert list(rows[0]) == ["id", "language", "countries", "regions", "sectors", "model"]


def test_all_scores(classifier, pairs):
    title, text = pairs[0]
    ((_, row),) = label_records(classifier, [Record("a", title, text, {})], wanted=Wanted(all_scores=True))
    assert row == {"id": "a", **classifier.scores(text, title=title).to_dict()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_schemes(classifier, pairs, jobs):
    given = [Record(f"r{i}", title, text, {}) for i, (title, text) in enumerate(pairs[:70])]
    rows = [row for _, row in label_records(classifier, given, n_jobs=jobs, wanted=Wanted(scheme="dac"))]
    expected = [classifier.classify(text, title=title, scheme="dac") for title, text in pairs[:70]]
    assert rows == [{"id": f"r{i}", **result.to_dict()} for i, result in enumerate(expected)]
    assert list(classifier.classify_many(pairs[:70], n_jobs=jobs, scheme="dac")) == expected
    with pytest.raises(NordclassError, match="unknown scheme"):
        list(classifier.classify_many(pairs[:70], n_jobs=jobs, scheme="none"))


def test_a_record_that_the_classifier_fails_on_does_not_stop_the_others(classifier):
    class Fragile:
        result = classifier.result

        def assess(self, text, *, title=None):
            if "Peru" in text:
                raise ZeroDivisionError("division\nby zero")
            return classifier.assess(text, title=title)

    given = [Record(i, None, text, {}) for i, text in (("a", "Korea"), ("b", "Peru"), ("c", "Cuba"))]
    rows = [row for _, row in label_records(Fragile(), given)]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert rows[1] == {"id": "b", "error": "cannot be labelled (ZeroDivisionError: division by zero)"}
    assert "error" not in rows[0]
    assert "error" not in rows[2]


def in_a_worker(model):
    classifier = nordclass.load(model)
    return [result.to_dict() for result in classifier.classify_many(["Korea and Peru"] * 3, n_jobs=2)]


def test_a_process_that_may_have_no_children_labels_by_itself(small_model):
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(in_a_worker, (small_model,)) == in_a_worker(small_model)


@pytest.mark.parametrize("text", ["한국과 몽골", b"Korea", {"text": ["Korea"], "title": ["x"]}])
def test_one_text_or_a_table_is_not_taken_for_many(classifier, text):
    with pytest.raises(TypeError, match="several texts"):
        classifier.classify_many(text)


class Table:
    """As data frames are: iterated over, they give the names of their columns."""

    shape = (30, 2)

    def __iter__(self):
        return iter(["title", "text"])


@pytest.mark.parametrize("table", [Table(), np.array([["title", "text"]] * 30)])
def test_a_data_frame_is_not_taken_for_the_names_of_its_columns(classifier, table):
    with pytest.raises(TypeError, match=r"or a column of a table, not a table of shape \(30, 2\)"):
        classifier.classify_many(table)


def test_a_column_of_a_data_frame_is_taken_for_texts(classifier):
    assert len(list(classifier.classify_many(np.array(["Korea", "Peru"])))) == 2
