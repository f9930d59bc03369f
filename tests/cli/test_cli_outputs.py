"""What `nordclass label` writes never takes the place of documents that it was to read."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess

import pytest
from cli_process import command_line

SUFFIXES = ("jsonl", "csv", "tsv", "xlsx", "parquet")


@pytest.fixture
def own(tmp_path):
    """Documents of the user's own in a folder, as a table of each format."""
    pandas = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    xlsxwriter = pytest.importorskip("xlsxwriter")
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [{"id": str(n), "title": "News", "text": f"Korea and Mongolia met {n} times"} for n in range(3)]
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for suffix, delimiter in (("csv", ","), ("tsv", "\t")):
        with (folder / f"news.{suffix}").open("w", newline="") as stream:
            table = csv.writer(stream, delimiter=delimiter)
            table.writerows([list(rows[0]), *(row.values() for row in rows)])
    with xlsxwriter.Workbook(folder / "news.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for line, cells in enumerate([list(rows[0]), *(row.values() for row in rows)]):
            sheet.write_row(line, 0, cells)
    parquet.write_table(pandas.Table.from_pylist(rows), folder / "news.parquet")
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("how", ["named", "glob", "folder", "link"])
def test_a_file_of_the_users_own_is_not_written_over(run, small_model, own, suffix, how):
    out = own / f"news.{suffix}"
    (own / "other.txt").write_text("Korea and Peru")
    inputs = {"named": [own / "other.txt", out], "glob": [own / "*"], "folder": [own]}.get(how)
    if how == "link":
        (own / f"link.{suffix}").symlink_to(out)
        inputs = [own / "other.txt", own / f"link.{suffix}"]
    before = contents(own)
    result = run("label", *inputs, "-o", out, "--model", small_model)
    assert result.exit_code == 1
    assert result.stderr.startswith("nordclass: ")
    assert result.stderr.count("\n") == 1
    assert f".{suffix} is among the inputs and would be written over" in result.stderr
    assert contents(own) == before


def test_a_folder_of_nothing_but_the_output(run, small_model, tmp_path, own):
    folder = tmp_path / "only"
    folder.mkdir()
    shutil.copy(own / "news.csv", folder)
    before = contents(folder)
    result = run("label", folder, "-o", folder / "news.csv", "--model", small_model)
    assert result.exit_code == 1
    assert contents(folder) == before


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("more", [[], ["--keep"]])
def test_the_same_command_may_be_given_again(run, small_model, own, suffix, more):
    """A shell glob names the output of the run before, which is passed over."""
    out = own / f"out.{suffix}"
    sources = [own / "news.csv", own / "news.jsonl"]
    args = ("-o", out, "--model", small_model, "--quiet", *more)
    assert run("label", *sources, *args).exit_code == 0
    first = out.read_bytes()
    for inputs in ([*sources, out], [own / "news.[cj]s*", own / "o*"]):
        result = run("label", *inputs, *args)
        assert (result.exit_code, result.stderr) == (0, "")
        # A workbook holds the time at which it was made.
        assert suffix == "xlsx" or out.read_bytes() == first


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_results_of_failures_alone_are_results(run, small_model, tmp_path, suffix):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("")
    out = tmp_path / "in" / f"out.{suffix}"
    for _ in range(2):
        assert run("label", tmp_path / "in", "-o", out, "--model", small_model).exit_code == 3
    assert b"out." not in out.read_bytes()


def test_results_are_not_replaced_by_nothing(run, small_model, tmp_path):
    """The documents were moved away, and only the results are left."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Korea and Mongolia")
    out = tmp_path / "in" / "out.jsonl"
    assert run("label", tmp_path / "in", "-o", out, "--model", small_model).exit_code == 0
    (tmp_path / "in" / "a.txt").unlink()
    before = contents(tmp_path / "in")
    result = run("label", tmp_path / "in", "-o", out, "--model", small_model)
    assert result.exit_code == 1
    assert "out.jsonl is the only input and the output too" in result.stderr
    assert contents(tmp_path / "in") == before


def test_a_file_called_like_the_errors_is_not_lost(run, small_model, own):
    data = own / "news.jsonl"
    data.rename(own / "out.csv.errors.jsonl")
    before = contents(own)
    result = run("label", own, "-o", own / "out.csv", "--model", small_model)
    assert result.exit_code == 1
    assert "out.csv.errors.jsonl is among the inputs" in result.stderr
    assert contents(own) == before


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
def test_standard_input_is_not_written_over(small_model, own):
    data = own / "news.jsonl"
    before = contents(own)
    with data.open("rb") as stdin:
        done = subprocess.run(
            command_line("label", "-", "-o", data, "--model", small_model),
            stdin=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"nordclass: standard input is the output too; write to another file\n"
    assert contents(own) == before


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
def test_nothing_is_added_to_what_is_to_be_read(small_model, own):
    """`nordclass label DIR -o - >> DIR/news.jsonl` would leave its documents out, and mix results in."""
    before = contents(own)
    with (own / "news.jsonl").open("ab") as stdout:
        done = subprocess.run(
            command_line("label", own, "-o", "-", "--model", small_model),
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert b"news.jsonl is among the inputs" in done.stderr
    assert contents(own) == before


def test_folders_are_not_looked_through_where_nothing_can_be_lost(run, small_model, own, monkeypatch):
    monkeypatch.setattr("nordclass.cli.outputs.distinct", lambda *_: pytest.fail("looked through"))
    assert run("label", own, "-o", own / "out.csv", "--model", small_model).exit_code == 0
