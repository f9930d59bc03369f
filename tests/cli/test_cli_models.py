"""`nordclass train`, `evaluate` and `info`."""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
import shutil
from dataclasses import replace

import pytest
import xlsxwriter

import nordclass
from nordclass.cli.threshold import unreached
from nordclass.model.store import FORMAT
from nordclass.thresholds import Cut

RECIPE = """
name = "own"
version = "2.5"
licence = "MIT"
folds = 2
[places]
iterations = 5
leaves = 4
min_df = 2
[sectors]
iterations = 5
leaves = 4
"""


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE)
    return path


def write_csv(path, rows, columns=("id", "title", "text", "countries", "regions", "sectors", "split")):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(columns)
        for row in rows:
            cells = [row.get(name, "") for name in columns]
            table.writerow([";".join(cell) if isinstance(cell, list) else cell for cell in cells])
    return path


def test_train_on_a_table_with_own_sectors(run, small_model, tmp_path, articles, recipe):
    rows = [
        {**a, "sectors": ["high-politics" if "diplomacy" in a["sectors"] else "all-the-rest"]}
        for a in articles[70:130]
    ]
    data = write_csv(tmp_path / "mine.csv", rows)
    result = run("train", data, "-o", tmp_path / "model", "--recipe", recipe, "--base", small_model)
    assert result.exit_code == 0, result.stderr
    assert "learning the sector head (2 sectors)" in result.stderr
    for word in ("micro F1", "macro F1", "exact match", "false alarms", "high-politics", "countries"):
        assert word in result.stdout
    told = json.loads(
        run("classify", "--json", "--all", "--model", tmp_path / "model", rows[0]["text"]).stdout
    )
    assert {label["code"] for label in told["sectors"]} == {"high-politics", "all-the-rest"}
    assert told["model"] == "own 2.5"
    manifest = json.loads(run("info", tmp_path / "model", "--json").stdout)
    (source,) = manifest["description"]["data"]
    assert source["name"] == source["path"] == "mine.csv"
    assert source["sha256"] == hashlib.sha256(data.read_bytes()).hexdigest()
    assert str(tmp_path) not in json.dumps(manifest)


def test_train_by_a_recipe_that_names_its_data(run, small_model, tmp_path, articles, write_jsonl):
    data = write_jsonl("articles.jsonl", [{**a, "split": "train"} for a in articles[80:120]])
    folder = tmp_path / "model"
    folder.mkdir()
    recipe = folder / "recipe.toml"
    recipe.write_text(RECIPE + '[[data]]\npath = "../articles.jsonl"\nname = "Articles"\nsplit = "train"\n')
    result = run("train", "--recipe", recipe, "-o", folder, "--base", small_model)
    assert result.exit_code == 0, result.stderr
    assert recipe.exists()  # a person's file beside the model stays
    (source,) = json.loads(run("info", folder, "--json").stdout)["description"]["data"]
    assert source["sha256"] == hashlib.sha256(data.read_bytes()).hexdigest()
    assert "Articles" in run("info", folder).stdout


def test_a_recipe_may_name_words_and_a_dictionary(run, small_model, tmp_path, articles, write_jsonl):
    write_jsonl("articles.jsonl", articles[80:120])
    (tmp_path / "d.tsv").write_text("ko\ten\n협력\tcooperation\n", encoding="utf-8")
    (tmp_path / "w.tsv").write_text("sector\tko\ten\nwater\t쏙독새\tnightjar\n", encoding="utf-8")
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(
        RECIPE
        + '[dictionary]\npath = "d.tsv"\n[[data]]\npath = "articles.jsonl"\n'
        + '[[data]]\npath = "w.tsv"\nkind = "words"\nkinds = ["sectors"]\n'
    )
    result = run("train", "--recipe", recipe, "-o", tmp_path / "model", "--base", small_model)
    assert result.exit_code == 0, result.stderr
    model = nordclass.load(tmp_path / "model")
    assert model.description.settings["dictionary"] == {
        "path": "d.tsv",
        "weight": 0.1,
        "sha256": hashlib.sha256((tmp_path / "d.tsv").read_bytes()).hexdigest(),
    }
    english = model.sectors.scorers["en"].linear.vectorizer
    assert "nightjar" in {term for field in english.fields for term in field.terms}
    assert "by a dictionary: d.tsv, weight 0.1." in (tmp_path / "model" / "MODEL_CARD.md").read_text("utf-8")
    (tmp_path / "d.tsv").write_text("ko\ten\n", encoding="utf-8")
    result = run("train", "--recipe", recipe, "-o", tmp_path / "model", "--base", small_model)
    assert result.exit_code == 4
    assert "d.tsv has no words" in result.stderr


def test_files_of_one_name_are_told_apart(run, small_model, tmp_path, articles, recipe):
    data = []
    for n, folder in enumerate(("a", "b", "c")):
        (tmp_path / folder).mkdir()
        columns = ("text", "countries", "regions", "sectors")
        data.append(write_csv(tmp_path / folder / "t.csv", articles[80 + n : 200 : 3], columns))
    data[2] = data[2].rename(tmp_path / "c" / "u.csv")
    result = run("train", *data, "-o", tmp_path / "model", "--recipe", recipe, "--base", small_model)
    assert result.exit_code == 0, result.stderr
    found = nordclass.load(tmp_path / "model").description.data
    assert [(d["name"], d["sha256"]) for d in found] == [
        (name, hashlib.sha256(file.read_bytes()).hexdigest())
        for name, file in zip(("a/t.csv", "b/t.csv", "u.csv"), data, strict=True)
    ]
    write_csv(data[1], [{"text": "Korea and Peru", "countries": "QQ"}], ("text", "countries"))
    result = run("train", *data, "-o", tmp_path / "model", "--recipe", recipe, "--base", small_model)
    assert "b/t.csv:1: unknown country code QQ" in result.stderr


def article(n, **more):
    return {
        "text": f"Korea and Mongolia agree, number {n}",
        "sectors": ["health"],
        "countries": ["MN"],
        "regions": [],
        **more,
    }


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([article(1)], "too few"),
        ([article(n, countries=["XX"]) for n in range(30)], "unknown country code XX"),
        ([article(n, countries=7) for n in range(30)], "unknown country code 7"),
        ([article(n, weight="heavy") for n in range(30)], "'weight' must be a number above 0, not 'heavy'"),
        ([article(n, weight=0) for n in range(30)], "data.jsonl:1: 'weight' must be a number above 0, not 0"),
        ([article(n, regions=None) for n in range(30)], "data.jsonl:1 has countries but no regions"),
        ([{"text": f"words {n}"} for n in range(30)], "no record has labels"),
        ([{"text": f"words {n}", "sectors": None} for n in range(30)], "no record has labels"),
    ],
)
def test_data_that_cannot_be_learned_from(run, small_model, tmp_path, write_jsonl, rows, why):
    data = write_jsonl("data.jsonl", rows)
    result = run("train", data, "-o", tmp_path / "model", "--base", small_model)
    assert result.exit_code == 4
    assert result.stderr.splitlines()[-1].startswith("nordclass: ")
    assert why in result.stderr
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.jsonl", b"", "a.jsonl: empty file"),
        ("a.csv", b"a,b\n1,2\n", "no column named text"),
        ("a.jsonl.xz", b"\xfd7zXZ\0", "damaged or cut short .xz"),
        ("a.xlsx", b"PK\x03\x04", "a.xlsx: "),
        ("none.jsonl", None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_exit_code(run, small_model, tmp_path, name, data, why):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    for args in (
        ("train", path, "-o", tmp_path / "model", "--base", small_model),
        ("evaluate", small_model, path),
        ("threshold", small_model, path, "--target-precision", 0.9, "-o", tmp_path / "model"),
    ):
        result = run(*args)
        assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
        assert why in result.stderr
        assert not (tmp_path / "model").exists()


COMMANDS = {
    "train": ("train", "{data}", "-o", "{out}", "--base", "{model}"),
    "evaluate": ("evaluate", "{model}", "{data}"),
    "threshold": ("threshold", "{model}", "{data}", "--target-precision", "0.9", "-o", "{out}"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("header", "cells", "why"),
    [
        (
            "title,sectors",
            "News,ict",
            "no column named text, body or 본문; rename one of title, sectors to text",
        ),
        (
            "text,분야,Country",
            "Korea and Peru,ict,PE",
            "no record has labels: of the columns text, 분야, Country none is called countries, regions or"
            " sectors; rename Country to countries; rename 분야 to sectors",
        ),
        ("text,notes", "Korea,x", "columns text, notes none is called countries, regions or sectors\n"),
        ("text,sectors", "Korea,ict", ""),
        ("text,sectors", "", "data.csv: no rows in it\n"),
        ("Text,Countries,regions", "Korea,UK;uz,", "unknown country code UK (perhaps GB), uz (perhaps UZ)\n"),
        (
            "text,sectors",
            "Korea,['ict']",
            'begin with [ and are no JSON list of strings; write them as one;two or as ["one", "two"]\n',
        ),
    ],
)
def test_what_is_wrong_with_columns_is_told(run, small_model, tmp_path, command, header, cells, why):
    data = tmp_path / "data.csv"
    data.write_text(f"{header}\n{cells}\n", encoding="utf-8")
    given = {"data": data, "out": tmp_path / "out", "model": small_model}
    result = run(*(part.format(**given) for part in COMMANDS[command]))
    if why:
        assert result.exit_code == (3 if why.startswith(("no column", "data.csv: no rows")) else 4)
        assert why in result.stderr
        assert result.stderr.count("\n") == 1
    assert "--text-col" not in result.stderr


def test_columns_of_labels_in_capitals_and_json_lists_in_cells(run, small_model, tmp_path, articles):
    plain, other = tmp_path / "plain.csv", tmp_path / "other.csv"
    columns = ("id", "title", "text", "countries", "regions", "sectors")
    write_csv(plain, articles[90:110], columns)
    cells = [
        [json.dumps(a[name]) if isinstance(a[name], list) else a[name] for name in columns]
        for a in articles[90:110]
    ]
    with other.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["ID", "Title", "TEXT", "Countries", " REGIONS", "Sectors"], *cells])
    told = [run("evaluate", small_model, data, "--json") for data in (plain, other)]
    assert told[0].exit_code == told[1].exit_code == 0, told[1].stderr
    assert told[0].stdout == told[1].stdout
    assert [result.stderr for result in told] == ["", ""]


def test_columns_that_look_like_labels_are_named(run, small_model, articles, write_jsonl):
    rows = [{"text": a["text"], "분야": "ict", "권역": "", "countries": a["countries"]} for a in articles[:3]]
    result = run("evaluate", small_model, write_jsonl("dev.jsonl", rows))
    assert result.exit_code == 0
    renamed = "rename 권역 to regions and rename 분야 to sectors"
    assert result.stderr == f"nordclass: if they hold labels, {renamed}\n"
    assert run("evaluate", small_model, write_jsonl("dev.jsonl", articles[:3])).stderr == ""


def test_the_home_country_among_the_labels_is_told(run, small_model, tmp_path, articles, write_jsonl, recipe):
    rows = [{"text": a["text"], "countries": ["KR", *a["countries"]], "regions": []} for a in articles[:20]]
    data = write_jsonl("dev.jsonl", rows)
    told = "the home country, KR, is never told as a partner: as a label it always counts as missed\n"
    assert run("evaluate", small_model, data).stderr == f"nordclass: {told}"
    learned = run("train", data, "-o", tmp_path / "model", "--base", small_model, "--recipe", recipe)
    assert learned.exit_code == 0
    assert learned.stderr.count(told) == 1


def test_the_sheet_of_a_workbook(run, small_model, tmp_path, articles, recipe):
    data, columns = tmp_path / "two.xlsx", ("text", "countries", "regions")
    with xlsxwriter.Workbook(data) as book:
        for name, rows in (("2023", articles[:25]), ("2024", articles[100:130])):
            sheet = book.add_worksheet(name)
            cells = [[row["text"], ";".join(row["countries"]), ";".join(row["regions"])] for row in rows]
            for number, line in enumerate([columns, *cells]):
                sheet.write_row(number, 0, line)
    commands = (
        ("train", data, "-o", tmp_path / "model", "--base", small_model, "--recipe", recipe),
        ("evaluate", small_model, data),
        ("threshold", small_model, data, "--target-precision", 0.9, "-o", tmp_path / "other"),
    )
    for command in commands:
        plain, named = run(*command), run(*command, "--sheet", "2024")
        assert plain.exit_code == named.exit_code == 0, plain.stderr + named.stderr
        assert plain.stderr.count("two.xlsx: sheets not read: 2024; --sheet names one to read\n") == 1
        assert "not read" not in named.stderr
        wrong = run(*command, "--sheet", "2025")
        assert (wrong.exit_code, wrong.stderr.count("\n")) == (3, 1)
        assert "no sheet '2025'" in wrong.stderr
    counted = [
        json.loads(run("evaluate", small_model, data, "--json", *more).stdout)["countries"]["documents"]
        for more in ((), ("--sheet", "2"))
    ]
    assert counted == [25, 30]


def test_sectors_that_the_model_cannot_tell_are_named(run, small_model, tmp_path, articles, write_jsonl):
    rows = [{"text": a["text"], "sectors": ["녹색", "health"]} for a in articles[:20]]
    rows[0]["sectors"] = [f"own-{n:02}" for n in range(12)]
    data = write_jsonl("dev.jsonl", rows)
    expected = "nordclass: the model has no sectors " + "; ".join(f"own-{n:02}" for n in range(12))
    args = ("threshold", small_model, data, "--target-precision", 0.9, "-o", tmp_path / "out")
    for result in (run("evaluate", small_model, data, "--json"), run(*args)):
        assert result.exit_code == 0
        assert result.stderr == expected + " and 1 more, and never tells them\n"


def test_train_refuses_before_the_work(run, tmp_path, articles, write_jsonl):
    data = write_jsonl("data.jsonl", articles)
    result = run("train", data, "-o", tmp_path)
    assert result.exit_code == 5
    assert "is not a model folder" in result.stderr
    assert run("train", data, "-o", data).exit_code == 5
    inside = run("train", data, "-o", data / "model")
    assert inside.exit_code == 5
    assert "reading" not in inside.stderr
    cached = run("train", data, "-o", tmp_path / "m", "--cache", data)
    assert cached.exit_code == 3
    assert cached.stderr == f"nordclass: cannot keep a cache in {data}: {data} is not a folder\n"
    assert run("train", tmp_path / "none.jsonl", "-o", tmp_path / "m").exit_code == 3
    bad = tmp_path / "bad.toml"
    bad.write_text("name = ")
    assert run("train", "--recipe", bad, "-o", tmp_path / "m").exit_code == 4
    bad.write_text('[[data]]\npath = "data.jsonl"\nkind = "aid"\n')
    assert run("train", "--recipe", bad, "-o", tmp_path / "m").exit_code == 4


@pytest.mark.parametrize("command", ["train", "threshold"])
def test_no_model_is_written_that_no_command_finds(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    result = run(*(part.format(data="d.csv", out="base", model="m") for part in COMMANDS[command]))
    assert result.exit_code == 2
    assert "base stands for the shipped model; choose another name, or ./base" in result.stderr


def test_evaluate_is_the_same_for_every_format(run, small_model, tmp_path, articles, write_jsonl):
    rows = [{**a, "split": "dev" if n % 2 else "train"} for n, a in enumerate(articles[90:110])]
    plain = write_jsonl("dev.jsonl", rows)
    packed = tmp_path / "dev2.jsonl.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes()))
    table = write_csv(tmp_path / "dev.csv", rows)
    told = [run("evaluate", small_model, data, "--json") for data in (plain, packed, table)]
    assert told[0].exit_code == 0, told[0].stderr
    assert told[0].stdout == told[1].stdout == told[2].stdout
    expected = nordclass.evaluate(nordclass.load(small_model), rows).to_dict()
    assert json.loads(told[0].stdout) == {"model": "small 1.0", **expected}
    split = json.loads(run("evaluate", small_model, packed, "--json", "--split", "dev").stdout)
    assert split["countries"]["documents"] == 10
    none = run("evaluate", small_model, plain, "--split", "test")
    assert none.exit_code == 4
    assert "its splits: dev, train" in none.stderr


def test_evaluate_tables(run, small_model, articles, write_jsonl):
    rows = [{key: value for key, value in a.items() if key != "regions"} for a in articles[90:110]]
    result = run("evaluate", small_model, write_jsonl("dev.jsonl", rows), "--jobs", 2)
    assert result.exit_code == 0, result.stderr
    for word in ("micro F1", "macro F1", "example F1", "exact match", "false alarms"):
        assert word in result.stdout
    assert "\nregions" not in result.stdout
    assert "\ndiplomacy" in result.stdout


def test_evaluate_data_that_are_none(run, small_model, tmp_path, write_jsonl):
    text = tmp_path / "article.txt"
    text.write_text("Korea and Mongolia agree.")
    cut = tmp_path / "cut.jsonl.xz"
    cut.write_bytes(lzma.compress(b'{"text": "a"}\n' * 1000)[:-30])
    unlabelled = write_jsonl("unlabelled.jsonl", [{"text": "a"}])
    cases = (text, 4, "no table"), (cut, 3, "damaged or cut short"), (unlabelled, 4, "no record has labels")
    for data, code, why in cases:
        result = run("evaluate", small_model, data)
        assert result.exit_code == code
        assert why in result.stderr


def test_rows_without_text_are_left_out_and_told(run, small_model, articles, write_jsonl):
    data = write_jsonl("dev.jsonl", [*articles[:5], {"id": "hollow", "text": "", "countries": []}])
    result = run("evaluate", small_model, data, "--json")
    assert json.loads(result.stdout)["countries"]["documents"] == 5
    assert result.stderr == "nordclass: left out hollow: no text in it\n"


def test_info(run, small_model):
    result = run("info", small_model)
    assert result.exit_code == 0
    for word in ("small 1.0", "licence", "kiwipiepy", "thresholds", "sectors", "micro F1"):
        assert word in result.stdout
    assert json.loads(run("info", small_model, "--json").stdout)["format"] == FORMAT


def test_info_notices_what_is_missing_beside_the_manifest(run, small_model, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(small_model, folder)
    gone = next(folder.glob("*.npy"))
    gone.unlink()
    for more in ((), ("--json",)):
        result = run("info", folder, *more)
        assert result.exit_code == 5
        assert result.stdout  # what the manifest says is shown all the same
        assert result.stderr.count("\n") == 1
        assert f"cannot read {gone.name}" in result.stderr


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ("{", "manifest.json is damaged"),
        ("[]", "is not a model's manifest"),
        ('{"format": 1}', "its manifest lacks 'description'"),
        ('{"format": 1, "description": {"name": 1}}', "its manifest lacks 'versions'"),
        ('{"format": 1, "description": {"versions": "1"}}', "its manifest has a value of the wrong type"),
        ('{"format": 1, "description": []}', "its manifest has a value of the wrong type"),
    ],
)
def test_info_of_a_damaged_model(run, tmp_path, manifest, why):
    (tmp_path / "manifest.json").write_text(manifest)
    result = run("info", tmp_path)
    assert result.exit_code == 5
    assert result.stderr.startswith("nordclass: ")
    assert result.stderr.count("\n") == 1
    assert why in result.stderr


def test_threshold(run, small_model, tmp_path, articles, write_jsonl):
    data = write_jsonl("data.jsonl", articles)
    out = tmp_path / "careful"
    result = run("threshold", small_model, data, "--target-precision", "0.97", "-o", out)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == f"model: small 1.0+p0.97 in {out}"
    assert lines[2].split()[:3] == ["kind", "label", "threshold"]
    assert lines[3].startswith("countries")
    few = next(
        line for line in lines if line.startswith("the data have fewer than 10 labels, the old threshold")
    )
    for line in lines[3:]:
        if line.startswith("sectors") and line.endswith("no"):
            _, label, _, _, true, *_ = line.split()
            assert (f" {label}," in f"{few},") == (int(true) < 10), line
    assert nordclass.load(out).name == "small 1.0+p0.97"
    assert "chosen for  a precision of 0.97" in run("info", out).stdout
    told = json.loads(
        run("threshold", small_model, data, "--target-precision", 0.97, "-o", out, "--json").stdout
    )
    assert told["model"] == "small 1.0+p0.97"
    assert {cut["kind"] for cut in told["cuts"]} == {"countries", "regions", "sectors"}
    careful = nordclass.load(out)
    assert told["gates"] == {"countries": careful.places.gate, "sectors": careful.sectors.gate}
    for kind, gate in told["gates"].items():
        assert (f"{gate:.3f} for {kind}" in result.stdout) == (gate > 0)


def test_gates_of_a_language_are_told(run, classifier, tmp_path, articles, write_jsonl):
    gated = nordclass.Classifier(
        classifier.lexicon,
        replace(classifier.places, gate=0.0, gates={"en": 0.41}),
        replace(classifier.sectors, gate=0.525, gates={"ko": 0.33}),
        classifier.description,
    )
    gated.save(tmp_path / "gated")
    told = run("info", tmp_path / "gated").stdout
    assert ", the best one from 0 (0.41 in en)" in told
    assert ", if any has 0.525 (0.33 in ko)" in told
    card = (tmp_path / "gated" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "no country at all unless one of them scores 0 (0.41 in en) or more." in card
    none = write_jsonl("data.jsonl", [{**a, "countries": [], "sectors": []} for a in articles[:20]])
    changed = tmp_path / "changed"  # nothing told is right, so the gates stay
    result = run("threshold", tmp_path / "gated", none, "--target-precision", 0.9, "-o", changed, "--json")
    gates = json.loads(result.stdout)["gates"]
    assert gates == {"countries": 0, "countries in en": 0.41, "sectors": 0.525, "sectors in ko": 0.33}
    assert nordclass.load(changed).places.gates == {"en": 0.41}


def test_threshold_refuses(run, small_model, tmp_path, articles, write_jsonl):
    data = write_jsonl("data.jsonl", articles[:5])
    same = run("threshold", small_model, data, "--target-precision", 0.9, "-o", small_model)
    assert same.exit_code == 5
    assert "is the model itself" in same.stderr
    assert run("threshold", small_model, data, "--target-precision", 0, "-o", tmp_path / "m").exit_code == 2
    assert run("threshold", small_model, data, "--target-precision", 0.9, "-o", tmp_path).exit_code == 5
    none = write_jsonl("none.jsonl", [{"text": "a"}])
    assert run("threshold", small_model, none, "--target-precision", 0.9, "-o", tmp_path / "m").exit_code == 4
    assert not (tmp_path / "m").exists()


def test_info_tells_the_margin_and_the_card(run, small_model):
    text = run("info", small_model).stdout
    assert "within 0.1 of the threshold" in text
    assert "surest 80%" in text
    assert "MODEL_CARD.md" in text


def test_evaluate_with_calibration(run, small_model, articles, write_jsonl):
    data = write_jsonl("dev.jsonl", articles[90:110])
    text = run("evaluate", small_model, data, "--calibration").stdout
    assert "expected calibration error" in text
    assert "scores of sectors" in text
    told = json.loads(run("evaluate", small_model, data, "--calibration", "--json").stdout)["calibration"]
    _, measured = text.split("expected calibration error")
    sectors = next(line for line in measured.splitlines() if line.startswith("sectors")).split()
    figures = ("error", "error_by_chance", "error_above_faint", "error_above_faint_by_chance")
    assert [sectors[2], sectors[3], sectors[5], sectors[6]] == [f"{told['sectors'][f]:.3f}" for f in figures]
    assert told["sectors"]["decisions"] == sum(part["decisions"] for part in told["sectors"]["bins"])
    many = write_jsonl("many.jsonl", articles)  # more than one chunk
    alone, shared = (
        json.loads(
            run("evaluate", small_model, many, "--calibration", "--risk", "--jobs", jobs, "--json").stdout
        )
        for jobs in (1, 2)
    )
    assert shared == alone


def test_evaluate_with_risk(run, small_model, articles, write_jsonl):
    data = write_jsonl("dev.jsonl", articles[90:110])
    assert "countries of the surest documents" in run("evaluate", small_model, data, "--risk").stdout
    told = json.loads(run("evaluate", small_model, data, "--risk", "--json").stdout)["risk_coverage"]
    assert told["all"][0]["documents"] == 20


def test_why_thresholds_stay():
    def cut(label: str, true: int, reached: bool = False) -> Cut:
        return Cut("sectors", label, 0.5, 0.5, true, 9, 0.9, 0.9, reached)

    cuts = [cut("ict", 10), cut("water", 9), cut("port", 0), cut("trade", 50, True), cut("", 12)]
    assert unreached(cuts, 0.95) == [
        "0.95 cannot be reached, the old threshold stays: ict, sectors",
        "the data have fewer than 10 labels, the old threshold stays: water, port",
    ]
    assert unreached([cut("trade", 50, True)], 0.95) == []
