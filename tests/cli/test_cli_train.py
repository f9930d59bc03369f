"""`nordclass train` on files as they come: odd names, odd labels, what `label` wrote."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys

import pytest

import nordclass

RECIPE = """
folds = 2
[sectors]
iterations = 4
leaves = 4
"""


@pytest.fixture
def learn(run, small_model, tmp_path):
    """Train a tiny model on files: the result, and the folder of the model."""
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(RECIPE)

    def learn(*data):
        folder = tmp_path / "model"
        return run("train", *data, "-o", folder, "--recipe", recipe, "--base", small_model), folder

    return learn


def own(articles, sector=lambda n: "ab"[n % 2]):
    return [{"text": a["text"], "sectors": [sector(n)]} for n, a in enumerate(articles[80:120])]


def name_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_names_of_files_that_are_not_utf_8(learn, write_jsonl, articles, tmp_path):
    rows = own(articles)
    files = [tmp_path / name_of(raw) for raw in ("기사.jsonl".encode("cp949"), b"\xff\xfe\xff.jsonl")]
    files.append(tmp_path / "기사.jsonl")
    files.append(tmp_path / "plain.jsonl")
    for n, file in enumerate(files[:3]):
        write_jsonl("plain.jsonl", rows[n::4]).rename(file)
    write_jsonl("plain.jsonl", rows[3::4])
    result, folder = learn(*files)
    assert result.exit_code == 0, result.stderr
    told = {entry["name"]: entry["sha256"] for entry in nordclass.load(folder).description.data}
    assert list(told) == [
        r"\udcb1\udce2\udcbb\udce7.jsonl",
        r"\xff\xfe\xff.jsonl",
        "기사.jsonl",
        "plain.jsonl",
    ]
    assert list(told.values()) == [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_the_name_of_a_file_in_cp949_is_read(learn, write_jsonl, articles, tmp_path):
    file = write_jsonl("a.jsonl", own(articles)).rename(tmp_path / name_of("기사.jsonl".encode("cp949")))
    assert os.fsencode(file.name).startswith(b"\xb1\xe2")
    result, folder = learn(file)
    assert result.exit_code == 0, result.stderr
    assert [entry["name"] for entry in nordclass.load(folder).description.data] == ["기사.jsonl"]


def test_labels_that_cannot_be_written_are_refused_before_the_work(learn, tmp_path, articles):
    rows = own(articles, lambda n: "\ud83d" if n == 7 else "b")
    data = tmp_path / "odd.jsonl"
    data.write_text("\n".join(map(json.dumps, rows)), encoding="ascii")
    result, folder = learn(data)
    assert result.exit_code == 4
    assert result.stderr.endswith(
        "nordclass: odd.jsonl:8: the sector '\\ud83d' holds half a character (a lone surrogate)\n"
    )
    assert "reading" not in result.stderr
    assert not folder.exists()


def test_own_names_with_commas_in_a_table(learn, tmp_path, articles):
    data = tmp_path / "own.csv"
    with data.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("text", "sectors"))
        for n, a in enumerate(articles[80:120]):
            table.writerow((a["text"], "Food, water & land;" + "Trade|finance" * (n % 2)))
    result, folder = learn(data)
    assert result.exit_code == 0, result.stderr
    assert nordclass.load(folder).sectors.labels == ("Food, water & land", "Trade|finance")
    for said in (result.stdout, result.stderr):
        assert said.count("countries and regions are told as by the base model; its figures are those") == 1


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_what_label_wrote_can_be_measured_and_learned_from(
    run, learn, small_model, write_jsonl, articles, tmp_path, suffix
):
    data = write_jsonl("in.jsonl", [{"id": a["id"], "text": a["text"]} for a in articles[:40]])
    out = tmp_path / f"out.{suffix}"
    assert run("label", data, "-o", out, "--model", small_model, "--keep").exit_code == 0
    measured = run("evaluate", small_model, out, "--json")
    assert measured.exit_code == 0, measured.stderr
    for kind in ("countries", "regions", "sectors"):
        figures = json.loads(measured.stdout)[kind]
        assert (figures["documents"], figures["exact_match"]) == (40, 1)
    result, folder = learn(out)
    assert result.exit_code == 0, result.stderr
    told = {label for a in articles[:40] for label in codes(small_model, a["text"])}
    assert set(nordclass.load(folder).sectors.labels) == told


def codes(model, text):
    return [label.code for label in nordclass.load(model).classify(text).sectors]
