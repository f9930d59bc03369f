"""`nordclass label`: rows, formats, errors, and going on after an interruption."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from cli_process import command_line, spawn

import nordclass
from nordclass.model.classifier import Classifier
from nordclass.parallel import ProcessDied

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def rows_of(path: Path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path, articles):
    """A folder of documents, one of them unreadable."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    lines = [json.dumps(a, ensure_ascii=False) for a in articles[98:102]]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "b.png").write_bytes(PNG)
    (folder / "sub" / "c.txt").write_text("한국과 몽골이 보건 협력을 강화한다.", encoding="cp949")
    return folder


def test_rows_are_those_of_the_schema(run, small_model, folder, tmp_path, articles):
    out = tmp_path / "out.jsonl"
    result = run("label", folder, "-o", out, "--model", small_model)
    assert result.exit_code == 3
    rows = rows_of(out)
    assert [row["id"] for row in rows] == [*(a["id"] for a in articles[98:102]), "b.png", "sub/c.txt"]
    classifier = nordclass.load(small_model)
    for row, a in zip(rows, articles[98:102], strict=False):
        assert row == {"id": a["id"], **classifier.classify(a["text"], title=a["title"]).to_dict()}
    assert rows[4] == {"id": "b.png", "error": rows[4]["error"]}
    assert rows_of(tmp_path / "out.jsonl.errors.jsonl") == [rows[4]]
    assert not (tmp_path / "out.jsonl.partial").exists()
    for words in ("records", "countries labels", "documents a second", "errors are in"):
        assert words in result.stderr
    assert "docs/s" not in result.stderr  # the bar is for terminals


def test_all_is_well(run, small_model, folder, tmp_path):
    (folder / "b.png").unlink()
    out = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.errors.jsonl").write_text("of an earlier run")
    result = run("label", folder, "-o", out, "--model", small_model, "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out.jsonl"}


def test_own_output_among_the_inputs_is_not_read(run, small_model, folder):
    out = folder / "out.jsonl"
    run("label", folder, "-o", out, "--model", small_model)
    first = out.read_bytes()
    run("label", folder, "-o", out, "--model", small_model)
    assert out.read_bytes() == first
    assert len(first.splitlines()) == 6


@pytest.mark.skipif(os.name == "nt", reason="standard output has no name there")
@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_among_the_inputs_is_not_read(small_model, folder, name):
    """`nordclass label DIR -o - > DIR/out.jsonl` would read what it writes, without end."""
    out = folder / "out.jsonl"
    rows = [{"id": f"{n}", "text": "Korea and Mongolia agree on health. " * 9} for n in range(200)]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = command_line("label", folder, "-o", name, "--format", "jsonl", "--model", small_model)
    with out.open("wb") as stdout:
        done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    assert [row["id"] for row in rows_of(out)] == [*(row["id"] for row in rows), "b.png", "sub/c.txt"]
    assert {path.name for path in folder.iterdir()} == {"a.jsonl", "b.png", "out.jsonl", "sub"}


def test_the_only_input_is_not_written_over(run, small_model, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:2])
    before = data.read_bytes()
    result = run("label", data, "-o", data, "--model", small_model)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "the only input and the output" in result.stderr
    assert data.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="standard output has no name there")
def test_standard_output_is_not_its_own_input(small_model, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:2])
    before = data.read_bytes()
    for input in ("-", data):
        with data.open("ab") as stdout, data.open("rb") as stdin:
            done = subprocess.run(
                command_line("label", input, "-o", "-", "--model", small_model),
                stdin=stdin,
                stdout=stdout,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
        assert done.returncode == 1
        assert b"the only input and the output" in done.stderr
        assert data.read_bytes() == before


@pytest.mark.parametrize("more", [[], ["--quiet"]])
@pytest.mark.parametrize("out", ["-", "out.jsonl"])
def test_inputs_are_not_counted_for_a_bar_that_nobody_sees(
    run, small_model, folder, tmp_path, monkeypatch, out, more
):
    monkeypatch.setattr("nordclass.cli.inputs.count", lambda *_: pytest.fail("counted"))
    place = out if out == "-" else tmp_path / out
    assert run("label", folder, "-o", place, "--model", small_model, *more).exit_code == 3


def test_a_bad_name_does_not_stop_the_rest(run, small_model, folder, tmp_path):
    out = tmp_path / "out.jsonl"
    run("label", "x" * 300, "", folder / "sub", "-o", out, "--model", small_model)
    long, empty, good = rows_of(out)
    assert "too long" in long["error"]
    assert "without a name" in empty["error"]
    assert good["id"] == "c.txt"


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "parquet"])
def test_formats(run, small_model, folder, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    result = run("label", folder, "-o", out, "--model", small_model)
    assert result.exit_code == 3, result.stderr
    ids = ["a.jsonl", "b.png", "sub/c.txt"]
    if suffix in ("csv", "tsv"):
        with out.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t" if suffix == "tsv" else ","))
        assert [r["id"] for r in rows][-2:] == ids[-2:]
        assert list(rows[0])[:4] == ["id", "language", "countries", "countries_score"]
    elif suffix == "xlsx":
        calamine = pytest.importorskip("python_calamine")
        rows = calamine.load_workbook(str(out)).get_sheet_by_index(0).to_python()
        assert [r[0] for r in rows][-2:] == ids[-2:]
    else:
        parquet = pytest.importorskip("pyarrow.parquet")
        assert parquet.read_table(out)["id"].to_pylist()[-2:] == ids[-2:]


def test_columns_are_those_of_every_run(run, small_model, folder, tmp_path):
    """Also of one that goes to standard output, which is not held back until all columns are known."""
    heads = set()
    for inputs in ([folder], [folder / "sub"], [folder / "b.png"], [tmp_path / "none"]):
        run("label", *inputs, "-o", tmp_path / "out.csv", "--model", small_model)
        heads.add((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[0])
    stdout = run("label", folder, "-o", "-", "--format", "csv", "--model", small_model).stdout
    heads.add(stdout.splitlines()[0])
    (head,) = {head.removeprefix("\ufeff") for head in heads}
    assert head.endswith(",model,error")


def test_cut_cells_are_told_once(run, small_model, tmp_path, write_jsonl):
    data = write_jsonl("in.jsonl", [{"text": "Korea", "long": "가" * 40_000}] * 2)
    out = tmp_path / "out.xlsx"
    result = run("label", data, "-o", out, "--keep", "--quiet", "--model", small_model)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"nordclass: {out}: cells cut at the 32,767 characters")
    assert result.stderr.count("\n") == 1


def test_a_table_without_rows_and_a_link_to_nothing_have_a_row(run, small_model, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("id,text\n")
    (tmp_path / "in" / "b.txt").symlink_to("gone.txt")
    (tmp_path / "in" / "c.txt").write_text("Korea and Mongolia")
    out = tmp_path / "out.jsonl"
    assert run("label", tmp_path / "in", "-o", out, "--model", small_model).exit_code == 3
    first, second, third = rows_of(out)
    assert first == {"id": "a.csv", "error": "a.csv: no rows in it"}
    assert (second["id"], "leads to no file" in second["error"]) == ("b.txt", True)
    assert third["id"] == "c.txt"


def test_format_overrules_the_suffix(run, small_model, folder, tmp_path):
    out = tmp_path / "out.data"
    assert run("label", folder, "-o", out, "--model", small_model).exit_code == 2
    run("label", folder, "-o", out, "--format", "csv", "--model", small_model)
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_standard_input_to_standard_output(run, small_model, articles):
    text = "".join(json.dumps(a) + "\n" for a in articles[:3])
    result = run("label", "-", "-o", "-", "--model", small_model, input=text)
    assert result.exit_code == 0, result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [a["id"] for a in articles[:3]]
    assert run("label", "-", "-o", "-", "--resume", "--model", small_model, input=text).exit_code == 2


def test_kept_columns(run, small_model, tmp_path, write_jsonl, articles):
    given = {"id": 7, "본문": articles[0]["text"], "제목": "Title", "url": "http://x", "countries": ["UZ"]}
    data = write_jsonl("in.jsonl", [given])
    run("label", data, "-o", tmp_path / "out.jsonl", "--keep", "--model", small_model)
    (row,) = rows_of(tmp_path / "out.jsonl")
    assert row["id"] == "7"
    assert row["url"] == "http://x"
    assert row["input_countries"] == ["UZ"]
    assert row["본문"] == given["본문"]
    assert isinstance(row["sectors"], list)


def test_results_labelled_again_keep_their_columns(run, small_model, tmp_path, write_jsonl, articles):
    rows = [{"id": "1", "text": a["text"]} for a in articles[:1]]
    data = write_jsonl("in.jsonl", [{**rows[0], "sectors": "x", "sectors_score": "y", "sectors_dac": "z"}])
    run("label", data, "-o", tmp_path / "out.csv", "--keep", "--all", "--model", small_model)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, cells = csv.reader(stream)
    assert len(set(header)) == len(header)
    row = dict(zip(header, cells, strict=True))
    assert [row[f"input_sectors{end}"] for end in ("", "_score", "_dac")] == ["x", "y", "z"]
    assert len({row[f"sectors{end}"].count(";") for end in ("", "_score", "_dac")}) == 1


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_kept_lists_of_objects(run, small_model, tmp_path, write_jsonl, suffix):
    tags = [[{"code": "A", "name": "Alpha"}], [{"name": "B"}], []]
    rows = [{"id": n, "text": "Korea and Mongolia", "tags": value} for n, value in enumerate(tags)]
    out = tmp_path / f"out.{suffix}"
    result = run("label", write_jsonl("in.jsonl", rows), "-o", out, "--keep", "--all", "--model", small_model)
    assert result.exit_code == 0, result.stderr
    if suffix == "csv":
        with out.open(encoding="utf-8-sig", newline="") as stream:
            kept = [row["tags"] for row in csv.DictReader(stream)]
    else:
        table = pytest.importorskip("pyarrow.parquet").read_table(out)
        kept = table["tags"].to_pylist()
        assert table["countries"].to_pylist()[0][0]["code"] == "MN"
    assert list(map(json.loads, kept)) == tags


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [("nordclass", ["transport", "agriculture"]), ("dac", ["210", "311"]), ("nine-bridges", ["port"])],
)
def test_schemes(run, small_model, tmp_path, write_jsonl, scheme, codes):
    texts = ["한국과 케냐가 몸바사 항만 개발에 협력한다.", "Korea and Kenya develop the port of Mombasa."]
    data = write_jsonl("in.jsonl", [{"id": i, "text": text} for i, text in enumerate(texts)])
    args = ("label", data, "--model", small_model, "--all", "--scheme", scheme)
    run(*args, "-o", tmp_path / "out.jsonl")
    run(*args, "-o", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert len(table) == 2
    for row, flat in zip(rows_of(tmp_path / "out.jsonl"), table, strict=True):
        found = {label["code"]: label["dac"] for label in row["sectors"]}
        assert set(codes) <= found.keys()
        assert found[codes[0]] == "210"
        assert not found.keys() & {"railway", "arctic-route"}
        assert flat["sectors"].split(";") == [label["code"] for label in row["sectors"]]
        assert flat["sectors_dac"].split(";") == [label["dac"] for label in row["sectors"]]


def test_named_columns_and_encoding(run, small_model, tmp_path):
    data = tmp_path / "in.csv"
    data.write_bytes("번호;기사;표제\n1;한국과 몽골이 협력한다;몽골\n".encode("cp949"))
    args = ("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model, "--all")
    run(*args, "--text-col", "기사", "--title-col", "표제", "--encoding", "euc-kr")
    (row,) = rows_of(tmp_path / "out.jsonl")
    assert [c["code"] for c in row["countries"]] == ["MN"]
    assert len(row["sectors"]) > 15
    assert run(*args, "--encoding", "klingon").exit_code == 3


def test_processes_give_the_same(run, small_model, tmp_path, write_jsonl, articles):
    rows = [{**a, "id": f"{n}"} for n, a in enumerate(articles)]
    rows[50] = {"id": "50", "nothing": 1}
    data = write_jsonl("in.jsonl", rows)
    for jobs in (1, 2):
        run("label", data, "-o", tmp_path / f"{jobs}.jsonl", "--jobs", jobs, "--model", small_model)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert len(rows_of(tmp_path / "1.jsonl")) == len(rows)


def test_a_document_that_breaks_the_classifier(run, small_model, tmp_path, write_jsonl, monkeypatch):
    assess = Classifier.assess

    def fragile(self, text, *, title=None):
        if "poison" in text:
            raise ZeroDivisionError("of\na bug")
        return assess(self, text, title=title)

    monkeypatch.setattr(Classifier, "assess", fragile)
    data = write_jsonl(
        "in.jsonl", [{"id": i, "text": t} for i, t in ((1, "Korea"), (2, "poison"), (3, "Korea"))]
    )
    result = run("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model)
    assert result.exit_code == 3
    rows = rows_of(tmp_path / "out.jsonl")
    assert rows[1] == {"id": "2", "error": "cannot be labelled (ZeroDivisionError: of a bug)"}
    assert "sectors" in rows[2]
    assert rows_of(tmp_path / "out.jsonl.errors.jsonl") == [rows[1]]


@pytest.mark.parametrize("out", ["none/out.jsonl", "in"])
def test_places_that_cannot_be_written(run, small_model, folder, tmp_path, out):
    result = run("label", folder, "-o", tmp_path / out, "--format", "jsonl", "--model", small_model)
    assert result.exit_code == 1
    assert result.stderr.startswith("nordclass: ")


def test_nothing_at_all(run, small_model, tmp_path):
    result = run("label", tmp_path / "none", "-o", tmp_path / "out.jsonl", "--model", small_model)
    assert result.exit_code == 3
    assert "no such file" in rows_of(tmp_path / "out.jsonl")[0]["error"]
    (tmp_path / "empty").mkdir()
    result = run("label", tmp_path / "empty", "-o", tmp_path / "out.csv", "--model", small_model)
    assert result.exit_code == 3
    table = (tmp_path / "out.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbfid,")
    assert b"a folder without a file to read" in table


# Interruptions


@pytest.fixture
def many(tmp_path, articles):
    """Inputs that take a few seconds: repeated ids, rows and a file that cannot be read."""
    folder = tmp_path / "many"
    folder.mkdir()
    rows = [{**a, "id": f"{n % 500}"} for n, a in enumerate(articles * 4)]
    rows[20] = {"id": "20", "text": ""}
    rows[700] = {"id": "200", "text": ""}
    lines = [json.dumps(row) for row in rows]
    (folder / "0.png").write_bytes(PNG)
    (folder / "1.jsonl").write_text("\n".join(lines[:600]))
    (folder / "2.jsonl").write_text("\n".join(lines[600:]))
    return folder


def interrupt(process, partial: Path, rows: int, how: signal.Signals) -> bytes:
    """Stop a run when its partial output has so many rows; what it says."""
    end = time.monotonic() + 60
    while not partial.exists() or partial.read_bytes().count(b"\n") <= rows:
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.005)
    process.send_signal(how)
    return process.communicate(timeout=60)[1]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("suffix", "jobs"), [("jsonl", 1), ("csv", 2)])
def test_killed_runs_go_on(run, small_model, many, tmp_path, suffix, jobs):
    args = ["label", many, "--model", small_model, "--jobs", jobs]
    run(*args[:4], "-o", tmp_path / f"whole.{suffix}", "--quiet")
    out, partial = tmp_path / f"out.{suffix}", tmp_path / f"out.{suffix}.partial"
    interrupt(spawn(*args, "-o", out), partial, 50, signal.SIGKILL)
    assert not out.exists()
    refused = run(*args, "-o", out)
    assert refused.exit_code == 1
    assert "--resume" in refused.stderr
    with partial.open("ab") as torn:
        torn.write(b'{"id": "half a li')
    before = partial.read_bytes().count(b"\n")
    said = interrupt(spawn(*args, "-o", out, "--resume"), partial, before + 50, signal.SIGINT)
    assert b"interrupted after" in said
    assert b"Traceback" not in said
    result = run(*args, "-o", out, "--resume")
    assert result.exit_code == 3, result.stderr
    assert "of these in this run" in result.stderr
    assert out.read_bytes() == (tmp_path / f"whole.{suffix}").read_bytes()
    errors = rows_of(Path(f"{out}.errors.jsonl"))
    assert [row["id"] for row in errors] == ["0.png", "20", "200"]
    assert not partial.exists()


def begun(tmp_path, run, small_model, *inputs, rows=1, more=(), input=None) -> Path:
    """The partial output of a run that was stopped after its first rows."""
    from nordclass.cli import partial

    out = tmp_path / "out.jsonl"
    kept: list[bytes] = []

    def keep(self: partial.Partial) -> None:
        kept.append(self._path.read_bytes())
        original(self)

    original = partial.Partial.delete
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partial.Partial, "delete", keep)
        result = run("label", *inputs, "-o", out, "--model", small_model, *more, input=input)
        assert result.exit_code in (0, 3), result.stderr
    path = tmp_path / "out.jsonl.partial"
    path.write_bytes(b"".join(kept[0].splitlines(keepends=True)[: rows + 1]))
    return path


@pytest.fixture
def labelled(monkeypatch):
    """The texts that are labelled from now on."""
    texts = []
    assess = Classifier.assess

    def noted(self, text, *, title=None):
        texts.append(text)
        return assess(self, text, title=title)

    monkeypatch.setattr(Classifier, "assess", noted)
    return texts


def resumed(run, small_model, tmp_path, *inputs, more=(), code=0) -> str:
    """Go on with a run; its output is that of one without interruption. What it says of rows left out."""
    result = run(
        "label", *inputs, "-o", tmp_path / "out.jsonl", "--resume", "--quiet", "--model", small_model, *more
    )
    assert result.exit_code == code, result.stderr
    assert not (tmp_path / "out.jsonl.partial").exists()
    run("label", *inputs, "-o", tmp_path / "whole.jsonl", "--model", small_model, *more)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    return result.stderr


def test_resume_only_with_the_same_settings(run, small_model, tmp_path, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:3])
    partial = begun(tmp_path, run, small_model, data)
    out = tmp_path / "out.jsonl"
    result = run("label", data, "-o", out, "--model", small_model, "--all", "--resume")
    assert result.exit_code == 1
    assert "--all" in result.stderr
    result = run("label", data, "-o", out, "--model", small_model, "--scheme", "dac", "--resume")
    assert result.exit_code == 1
    assert "was begun with another --scheme;" in result.stderr
    assert partial.exists()
    assert run("label", data, "-o", out, "--model", small_model, "--resume").exit_code == 0
    assert [row["id"] for row in rows_of(out)] == [a["id"] for a in articles[:3]]


@pytest.mark.parametrize("more", [[], ["--resume"]])
@pytest.mark.parametrize("held", [b"my notes\n", b"my notes", b'{"a": 1}\n', b"[1]\n"])
def test_a_file_in_the_place_of_the_rows_is_kept(run, small_model, tmp_path, write_jsonl, more, held):
    data = write_jsonl("in.jsonl", [{"text": "Korea"}])
    partial = tmp_path / "out.csv.partial"
    partial.write_bytes(held)
    result = run("label", data, "-o", tmp_path / "out.csv", "--model", small_model, *more)
    assert result.exit_code == 1
    assert result.stderr == f"nordclass: {partial} was not written by nordclass label; move it away\n"
    assert partial.read_bytes() == held


def test_a_changed_text_is_labelled_again(run, small_model, tmp_path, write_jsonl, articles, labelled):
    data = write_jsonl("in.jsonl", articles[:5])
    begun(tmp_path, run, small_model, data, rows=3)
    changed = [dict(a) for a in articles[:5]]
    changed[1]["text"] = "Korea and Peru sign a treaty on copper."
    write_jsonl("in.jsonl", changed)
    labelled.clear()
    said = resumed(run, small_model, tmp_path, data)
    assert labelled[:3] == [changed[n]["text"] for n in (1, 3, 4)]  # and not 0 and 2 again
    assert said.startswith("nordclass: 1 rows of the interrupted run were left out: ")
    assert said.count("\n") == 1


def test_columns_that_are_kept_may_change_too(run, small_model, tmp_path, write_jsonl):
    rows = [{"id": n, "text": "Korea and Mongolia", "url": n} for n in range(3)]
    data = write_jsonl("in.jsonl", rows)
    begun(tmp_path, run, small_model, data, rows=2, more=["--keep"])
    write_jsonl("in.jsonl", [rows[0], {**rows[1], "url": "other"}, rows[2]])
    resumed(run, small_model, tmp_path, data, more=["--keep"])


def test_other_documents_are_not_taken_for_those_of_the_interrupted_run(
    run, small_model, tmp_path, articles, labelled
):
    """Rows are called after their files and numbers: `news.jsonl:1` in both years."""
    for year, part in (("2024", articles[:4]), ("2025", articles[4:8])):
        (tmp_path / year).mkdir()
        lines = [json.dumps({"text": a["text"]}) + "\n" for a in part]
        (tmp_path / year / "news.jsonl").write_text("".join(lines))
    partial = begun(tmp_path, run, small_model, tmp_path / "2024" / "news.jsonl", rows=2)
    before = partial.read_bytes()
    other = ("label", tmp_path / "2025" / "news.jsonl", "-o", tmp_path / "out.jsonl", "--model", small_model)
    result = run(*other, "--resume")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"begun with other inputs, such as {tmp_path / '2024' / 'news.jsonl'};" in result.stderr
    assert partial.read_bytes() == before
    (tmp_path / "2024").rename(tmp_path / "2023")
    (tmp_path / "2025").rename(tmp_path / "2024")  # the same name, other documents
    labelled.clear()
    said = resumed(run, small_model, tmp_path, tmp_path / "2024" / "news.jsonl")
    assert labelled[:4] == [a["text"] for a in articles[4:8]]
    assert "2 rows of the interrupted run" in said


def test_inputs_may_grow_while_a_run_is_interrupted(run, small_model, folder, tmp_path, articles, labelled):
    begun(tmp_path, run, small_model, folder, rows=5)
    (folder / "a-first.txt").write_text("Korea and Peru")
    (tmp_path / "more.txt").write_text("Korea and Chile")
    labelled.clear()
    said = resumed(run, small_model, tmp_path, tmp_path / "more.txt", folder, code=3)
    assert said == ""
    assert labelled[:3] == ["Korea and Chile", "Korea and Peru", labelled[2]]
    assert "보건" in labelled[2]


def test_standard_input_may_be_resumed(run, small_model, tmp_path, articles, labelled):
    texts = [a["text"] for a in articles[:6]]
    given = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    begun(tmp_path, run, small_model, "-", rows=3, input=given)
    labelled.clear()
    out = tmp_path / "out.jsonl"
    changed = given.replace(json.dumps(texts[1]), '"Korea and Peru"')
    assert run("label", "-", "-o", out, "--resume", "--model", small_model, input=changed).exit_code == 0
    assert labelled == ["Korea and Peru", *texts[3:]]
    assert [row["id"] for row in rows_of(out)] == [f"stdin:{n}" for n in range(1, 7)]


@pytest.mark.parametrize("older", ["options", "inputs"])
def test_the_partial_of_an_older_version_is_refused(run, small_model, tmp_path, write_jsonl, articles, older):
    data = write_jsonl("in.jsonl", articles[:2])
    partial = begun(tmp_path, run, small_model, data)
    head, row = partial.read_text().splitlines()
    begun_with = json.loads(head)
    if older == "options":
        del begun_with["nordclass label"]["--explain"]
    else:
        del begun_with["inputs"]
    partial.write_text(json.dumps(begun_with) + "\n" + json.dumps(json.loads(row)[1]) + "\n")
    before = partial.read_bytes()
    result = run("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model, "--resume")
    assert result.exit_code == 1
    assert "was begun by an older nordclass; delete it" in result.stderr
    assert partial.read_bytes() == before


def test_resume_when_all_was_done(run, small_model, tmp_path, write_jsonl, articles):
    """Killed between the last row and the move into place, or after it."""
    data = write_jsonl("in.jsonl", articles[:1])
    begun(tmp_path, run, small_model, data)
    before = (tmp_path / "out.jsonl").read_bytes()
    result = run("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model, "--resume")
    assert result.exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b'{"nordcl', b'{"nordclass label": {"--mo'])
def test_resume_of_a_run_that_hardly_began(run, small_model, tmp_path, write_jsonl, articles, content):
    data = write_jsonl("in.jsonl", articles[:2])
    (tmp_path / "out.jsonl.partial").write_bytes(content)
    args = ("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model, "--resume")
    assert run(*args).exit_code == 0
    assert len(rows_of(tmp_path / "out.jsonl")) == 2


@pytest.mark.parametrize("content", [b"my notes", b"my\nnotes\n", b'{"a": 1}\n', b"[]\n"])
def test_a_partial_that_is_none_of_ours_stays(run, small_model, tmp_path, write_jsonl, articles, content):
    data = write_jsonl("in.jsonl", articles[:2])
    (tmp_path / "out.jsonl.partial").write_bytes(content)
    result = run("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model, "--resume")
    assert result.exit_code == 1
    assert (tmp_path / "out.jsonl.partial").read_bytes() == content


def test_min_score_leaves_out_what_is_lower(run, small_model, tmp_path, articles, write_jsonl):
    data = write_jsonl("in.jsonl", articles[:20])
    rows = {}
    for name, more in (("all", ()), ("high", ("--min-score", "0.8"))):
        out = tmp_path / f"{name}.jsonl"
        assert run("label", data, "-o", out, "--all", "--model", small_model, *more).exit_code == 0
        rows[name] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for every, high in zip(rows["all"], rows["high"], strict=True):
        for kind in ("countries", "regions", "sectors"):
            assert high[kind] == [label for label in every[kind] if label["score"] >= 0.8]
    assert run("label", data, "-o", out, "--min-score", 2).exit_code == 2


MORE = ("--uncertain", "--explain")
KINDS = ("countries", "regions", "sectors")


def test_uncertain_and_explained_labels(run, small_model, tmp_path, articles, write_jsonl):
    rows = [{**a, "title": f"  {a['title']}"} for a in articles[:12]]  # blanks before it count as well
    out = tmp_path / "out.jsonl"
    result = run("label", write_jsonl("in.jsonl", rows), "-o", out, "--model", small_model, *MORE)
    assert result.exit_code == 0, result.stderr
    classifier = nordclass.load(small_model)
    seen = []
    for row, given in zip(rows_of(out), rows, strict=True):
        assert list(row)[-2:] == ["uncertain", "explained"]
        explained = row.pop("explained")
        answer = classifier.classify(given["text"], title=given["title"])
        assert row == {"id": given["id"], **answer.to_dict(uncertain=True)}
        told = {(kind, label["code"]) for kind in KINDS for label in row[kind]}
        assert {(each["kind"], each["code"]) for each in explained if each["told"]} == told
        doubtful = {(label["kind"], label["code"]) for label in row["uncertain"]}
        assert {(each["kind"], each["code"]) for each in explained} == told | doubtful
        for each in explained:
            spans = [*each["mentions"], *(span for reason in each["reasons"] for span in reason["spans"])]
            assert all(given[x["part"]][x["start"] : x["end"]] == x["written"] for x in spans)
            seen += [span["part"] for span in spans]
    assert {"title", "text"} == set(seen)
    doubtful = sum(bool(row["uncertain"]) for row in rows_of(out))
    summary = [line.split() for line in result.stderr.splitlines()]
    assert ["documents", "with", "uncertain", "labels", str(doubtful)] in summary


def test_of_a_name_that_stands_often_some_places_are_written(run, small_model, tmp_path, write_jsonl):
    data = write_jsonl("in.jsonl", [{"text": "한국과 몽골이 협력한다. " * 50}])
    run("label", data, "-o", tmp_path / "out.jsonl", "--all", "--explain", "--model", small_model)
    (row,) = rows_of(tmp_path / "out.jsonl")
    (mongolia,) = (each for each in row["explained"] if each["code"] == "MN")
    assert (mongolia["count"], len(mongolia["mentions"])) == (50, 10)
    assert max(reason["count"] for reason in mongolia["reasons"]) == 50
    assert max(len(reason["spans"]) for reason in mongolia["reasons"]) == 10


def test_with_all_scores_all_are_explained(run, small_model, tmp_path, articles, write_jsonl):
    data = write_jsonl("in.jsonl", articles[:4])
    run("label", data, "-o", tmp_path / "out.jsonl", "--all", *MORE, "--model", small_model)
    for row in rows_of(tmp_path / "out.jsonl"):
        labels = [(kind, label["code"]) for kind in KINDS for label in row[kind]]
        assert len(labels) > 15
        assert [(each["kind"], each["code"]) for each in row["explained"]] == labels
        assert {each["told"] for each in row["explained"]} >= {False}


def test_low_scores_are_not_explained_and_uncertain_ones_stay(
    run, small_model, tmp_path, articles, write_jsonl
):
    data = write_jsonl("in.jsonl", articles[:80])
    args = ("label", data, "--all", "--min-score", "0.6", "--model", small_model, *MORE)
    run(*args, "-o", tmp_path / "out.jsonl")
    rows = rows_of(tmp_path / "out.jsonl")
    for row in rows:
        labels = [label["code"] for kind in KINDS for label in row[kind]]
        assert [each["code"] for each in row["explained"]] == labels
    assert any(label["score"] < 0.6 for row in rows for label in row["uncertain"])


def table_of(path: Path) -> tuple[list[str], list[dict[str, object]]]:
    """The columns and the rows of a table of results."""
    if path.suffix == ".parquet":
        table = pytest.importorskip("pyarrow.parquet").read_table(path)
        return table.column_names, table.to_pylist()
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            names, *lines = csv.reader(stream)
    else:
        book = pytest.importorskip("python_calamine").load_workbook(str(path))
        names, *lines = book.get_sheet_by_index(0).to_python()
    return names, [dict(zip(names, line, strict=True)) for line in lines]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("keep", [False, True])
def test_uncertain_and_explained_labels_in_tables(
    run, small_model, tmp_path, articles, write_jsonl, suffix, keep
):
    given = [{"id": a["id"], "text": a["text"], "uncertain": "kept"} for a in articles[:30]]
    data = write_jsonl("in.jsonl", given)
    args = ("label", data, tmp_path / "none", "--model", small_model, *MORE, *(["--keep"] if keep else []))
    run(*args, "-o", tmp_path / "out.jsonl")
    out = tmp_path / f"out.{suffix}"
    assert run(*args, "-o", out).exit_code == 3
    rows = rows_of(tmp_path / "out.jsonl")[:-1]
    names, cells = table_of(out)
    assert not cells.pop()["explained"]  # of what cannot be read
    assert names[names.index("error") + 1] == "uncertain"
    assert [row.get("input_uncertain") for row in cells] == [("kept" if keep else None)] * 30
    assert sum(bool(row["uncertain"]) for row in cells) > 3
    if suffix == "parquet":
        full = [[{"dac": None, **label} for label in row["uncertain"]] for row in rows]
        assert [row["uncertain"] for row in cells] == full
        assert [json.loads(row["explained"]) for row in cells] == [row["explained"] for row in rows]
        return
    assert names[names.index("uncertain") : names.index("explained")] == ["uncertain", "uncertain_score"]
    for row, line in zip(rows, cells, strict=True):
        doubtful = row["uncertain"]
        assert line["uncertain"] == ";".join(f"{label['kind']}:{label['code']}" for label in doubtful)
        scores = ";".join(f"{label['score']:g}" for label in doubtful)
        assert str(line["uncertain_score"]) == scores
        assert len(str(line["explained"]).split(" | ")) == max(len(row["explained"]), 1)
    whole = "\n".join(str(line["explained"]) for line in cells)
    for each in (each for row in rows for each in row["explained"]):
        head = f"{each['code']}: " if each["told"] else f"{each['code']} (not told): "
        names = list(dict.fromkeys(span["written"] for span in each["mentions"]))
        assert head + ", ".join(names) in whole
        assert f"{each['reasons'][0]['term']} {each['reasons'][0]['weight']:+.1f}" in whole


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("keep", [(), ("--keep",)])
def test_columns_that_are_asked_for_are_there_whatever_the_rows(run, small_model, tmp_path, suffix, keep):
    """Also where nothing could be read."""
    out = tmp_path / f"out.{suffix}"
    run("label", tmp_path / "none", "-o", out, *MORE, *keep, "--model", small_model)
    names, (row,) = table_of(out)
    assert {"uncertain", "explained"} <= set(names)
    assert not row["uncertain"]


def test_columns_of_the_input_give_way_to_all_that_results_may_have(run, small_model, tmp_path, write_jsonl):
    """Whether it is asked for or not, and where the document cannot be labelled."""
    kept = {"uncertain": "u", "uncertain_score": "s", "explained": [{"code": "A"}]}
    data = write_jsonl("in.jsonl", [{"text": "Korea and Mongolia", **kept}, {"text": "", **kept}])
    for more in ((), MORE):
        run("label", data, "-o", tmp_path / "out.csv", "--keep", *more, "--model", small_model)
        names, (row, _) = table_of(tmp_path / "out.csv")
        assert row["input_uncertain"] == "u"
        assert row["input_uncertain_score"] == "s"
        assert json.loads(row["input_explained"]) == kept["explained"]
        assert len(set(names)) == len(names)
        assert ("uncertain" in names) == bool(more)


def test_a_run_that_explains_goes_on(run, small_model, tmp_path, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:5])
    begun(tmp_path, run, small_model, data, rows=2, more=MORE)
    resumed(run, small_model, tmp_path, data, more=MORE)
    assert all("explained" in row for row in rows_of(tmp_path / "out.jsonl"))


def test_explained_labels_are_those_of_the_model(run, small_model, tmp_path, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:2])
    result = run(
        "label", data, "-o", tmp_path / "o.csv", "--explain", "--scheme", "dac", "--model", small_model
    )
    assert result.exit_code == 2
    assert "leave --scheme out" in result.stderr


@pytest.mark.parametrize("more", MORE)
def test_a_run_with_other_columns_is_not_resumed(run, small_model, tmp_path, write_jsonl, articles, more):
    data = write_jsonl("in.jsonl", articles[:3])
    begun(tmp_path, run, small_model, data)
    result = run("label", data, "-o", tmp_path / "out.jsonl", "--model", small_model, more, "--resume")
    assert result.exit_code == 1
    assert f"was begun with another {more};" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="no limit on the size of files")
def test_a_disk_that_is_full_while_rows_are_kept_is_told(small_model, tmp_path, write_jsonl, articles):
    data, out = write_jsonl("in.jsonl", articles[:20]), tmp_path / "out.csv"
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY)); "
    python, flag, code, *args = command_line("label", data, "-o", out, "--model", small_model, "--quiet")
    full = subprocess.run([python, flag, limited + code, *args], capture_output=True, check=False, text=True)
    assert full.returncode == 1
    assert full.stderr == (
        f"nordclass: {out}.partial: writing failed (File too large); make room, then go on with --resume\n"
    )
    again = subprocess.run(
        [python, flag, code, *args, "--resume"], capture_output=True, check=False, text=True
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert len(table_of(out)[1]) == 20


@pytest.mark.skipif(os.name != "posix", reason="no limit on the size of files")
def test_a_disk_that_is_full_from_the_start_leaves_nothing(small_model, tmp_path, write_jsonl, articles):
    data, out = write_jsonl("in.jsonl", articles[:2]), tmp_path / "out.csv"
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9, resource.RLIM_INFINITY)); "
    python, flag, code, *args = command_line("label", data, "-o", out, "--model", small_model, "--quiet")
    full = subprocess.run([python, flag, limited + code, *args], capture_output=True, check=False, text=True)
    assert "writing failed (File too large)" in full.stderr
    assert full.stderr.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl"}


@pytest.mark.skipif(os.name != "posix", reason="descriptors with names")
def test_output_to_a_descriptor(small_model, tmp_path, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:2])
    command = command_line("label", data, "-o", "/dev/stderr", "--model", small_model, "--quiet")
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0
    assert len([json.loads(line) for line in done.stderr.splitlines()]) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no devices of Linux")
def test_output_to_a_device_or_a_pipe(run, small_model, tmp_path, write_jsonl, articles):
    data = write_jsonl("in.jsonl", articles[:2])
    args = ("label", data, "--model", small_model, "--quiet", "-o")
    result = run(*args, "/dev/null")
    assert (result.exit_code, result.output) == (0, "")
    result = run(*args, "/dev/full")
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    for name, first in (("pipe", b'{"id": '), ("pipe.csv", b"\xef\xbb\xbfid,")):
        os.mkfifo(tmp_path / name)
        got: list[bytes] = []
        reader = threading.Thread(target=lambda: got.append((tmp_path / name).read_bytes()), daemon=True)  # noqa: B023
        reader.start()
        assert run(*args, tmp_path / name).exit_code == 0
        reader.join(10)
        assert got[0].startswith(first)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.parametrize("suffix", ["jsonl", "csv", "xlsx", "parquet"])
def test_names_in_cp949_are_ids_that_all_can_read(run, small_model, tmp_path, suffix):
    folder, out = tmp_path / "in", tmp_path / f"out.{suffix}"
    folder.mkdir()
    names = ["몽골 보건.txt", "협력.txt"]
    for name in names:
        Path(os.fsdecode(bytes(folder) + b"/" + name.encode("cp949"))).write_text("Korea and Mongolia")
    ids = sorted(names, key=lambda name: name.encode("cp949"))
    for more in ((), ("--resume",)):
        assert run("label", folder, "-o", out, "--model", small_model, *more).exit_code == 0
        rows = rows_of(out) if suffix == "jsonl" else table_of(out)[1]
        assert [row["id"] for row in rows] == ids


def test_rows_with_errors_keep_their_columns(run, small_model, tmp_path, write_jsonl):
    rows = [
        {"id": "a", "text": "", "n": 1},
        {"id": "b", "text": {"x": 1}, "n": 2},
        {"id": "c", "note": "!", "n": 3},
    ]
    data = write_jsonl("in.jsonl", [*rows, {"id": "d", "text": "Korea and Peru", "error": "mine", "n": 4}])
    out = tmp_path / "out.jsonl"
    run("label", data, "-o", out, "--keep", "--model", small_model)
    told = rows_of(out)
    assert [(row["id"], row["n"], "error" in row) for row in told] == [
        ("a", 1, True), ("b", 2, True), ("c", 3, True), ("d", 4, False),
    ]  # fmt: skip
    assert (told[2]["note"], told[3]["input_error"]) == ("!", "mine")
    assert all(set(row) == {"id", "error"} for row in rows_of(tmp_path / "out.jsonl.errors.jsonl"))
    run("label", data, "-o", tmp_path / "bare.jsonl", "--model", small_model)
    assert all("n" not in row for row in rows_of(tmp_path / "bare.jsonl"))


def test_rows_with_errors_that_have_changed_are_taken_anew(run, small_model, tmp_path, write_jsonl):
    out = tmp_path / "out.jsonl"
    old = [{"id": "a", "text": "", "n": 1}, {"id": "b", "text": "Korea", "n": 2}]
    begun(tmp_path, run, small_model, write_jsonl("in.jsonl", old), rows=1, more=["--keep"])
    data = write_jsonl("in.jsonl", [{**row, "n": 7} for row in old])
    run("label", data, "-o", out, "--keep", "--resume", "--model", small_model)
    assert [row["n"] for row in rows_of(out)] == [7, 7]


def test_kept_bytes_of_no_encoding_leave_the_output_readable(run, small_model, tmp_path):
    data, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    data.write_bytes("id,text,n\na,몽골과 협력,".encode() + b"\xb1\nb,Korea,2\n")
    run("label", data, "-o", out, "--keep", "--model", small_model)
    assert "\\ud" not in out.read_text(encoding="utf-8")
    assert [row["n"] for row in rows_of(out)] == ["\ufffd", "2"]


@pytest.mark.parametrize("name", ["out.doc", "out"])
def test_a_suffix_that_tells_no_format_is_wrong_use(run, small_model, tmp_path, name):
    result = run("label", tmp_path / "none", "-o", tmp_path / name, "--model", small_model)
    assert result.exit_code == 2
    assert "tells no output format; use --format" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_died_costs_no_rows(run, small_model, tmp_path, write_jsonl, articles, monkeypatch):
    def died(*_, **__):
        raise ProcessDied("a process of the run died")
        yield

    monkeypatch.setattr("nordclass.batch.label_records", died)
    out = tmp_path / "out.csv"
    result = run("label", write_jsonl("in.jsonl", articles[:2]), "-o", out, "--model", small_model)
    assert result.exit_code == 1
    assert result.stderr == "nordclass: a process of the run died, and go on with --resume\n"
