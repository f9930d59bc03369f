"""`nordclass classify`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import nordclass
from nordclass.cli.render import table, width
from nordclass.model.classifier import Classifier


@pytest.fixture
def article(articles):
    return next(a for a in articles if a["countries"] and a["lang"] == "ko")


def test_widths_and_columns():
    assert width("한국 KR") == 7
    assert width("e\u0301") == 1
    assert width("\u1112\u1161\u11ab") == 2
    lines = table(("a", "b"), [["우즈베키스탄", "1"], ["x", "22"]], {1}).splitlines()
    assert {width(line) for line in lines} == {16}
    assert "\x1b" not in table(("a",), [["\x1b[31m"]])


def test_json_is_the_result(run, small_model, article):
    result = run("classify", "--json", "--model", small_model, "--title", article["title"], article["text"])
    expected = nordclass.load(small_model).classify(article["text"], title=article["title"])
    told = json.loads(result.stdout)
    assert list(told) == ["language", "countries", "regions", "sectors", "model", "uncertain"]
    assert told.pop("uncertain") == expected.to_dict(uncertain=True)["uncertain"]
    assert told == expected.to_dict()


def test_explained(run, small_model, article):
    args = ("classify", "--explain", "--model", small_model, "--title", article["title"], article["text"])
    model = nordclass.load(small_model)
    explained = model.explain(article["text"], title=article["title"], uncertain=True)
    told = json.loads(run(*args, "--json").stdout)["explained"]
    assert told == json.loads(json.dumps([each.to_dict() for each in explained]))
    shown = run(*args).stdout.split("\n\n")[-1].splitlines()
    assert shown[0].split() == ["label", "what", "name", "or", "term", "weight", "where", "(characters)"]
    first = explained[0]
    assert [line.split()[:2] for line in shown[1:]].count([first.label.code, "term"]) == len(first.reasons)
    span = first.mentions[0]
    (name,) = (line for line in shown if line.split()[:3] == [first.label.code, "name", span.written])
    assert f"{span.part} {span.start}-{span.end}" in name
    assert f"{first.reasons[0].weight:+.2f}" in "\n".join(shown)


def test_of_a_name_that_stands_often_the_first_places_are_shown(run, small_model):
    text = "몽골과 협력한다. " * 5
    shown = run("classify", "--explain", "--all", "--model", small_model, text).stdout
    (name,) = (line for line in shown.splitlines() if line.split()[:2] == ["MN", "name"])
    assert name.endswith("text 0-2, text 10-12, text 20-22 and 2 more")


def test_low_scores_are_not_explained(run, small_model, article):
    args = ("classify", "--explain", "--all", "--json", "--min-score", 0.2, "--model", small_model)
    told = json.loads(run(*args, article["text"]).stdout)
    labels = [label["code"] for kind in ("countries", "regions", "sectors") for label in told[kind]]
    assert [each["code"] for each in told["explained"]] == labels
    assert all(each["score"] >= 0.2 for each in told["explained"])


def test_other_schemes_are_not_explained(run, small_model):
    result = run("classify", "--explain", "--scheme", "dac", "--model", small_model, "text")
    assert result.exit_code == 2
    assert "leave --scheme out" in result.stderr


def test_table_is_aligned(run, small_model, article):
    result = run("classify", "--all", "--model", small_model, article["text"])
    assert result.exit_code == 0
    rows, _, end = result.stdout.partition("\n\n")
    lines = rows.splitlines()
    assert lines[0].split() == ["kind", "code", "Korean", "English", "DAC", "score"]
    assert len({width(line) for line in lines}) == 1
    assert sum(line.startswith("sector") for line in lines) > 15
    assert end.splitlines()[0] == "language: Korean; model: small 1.0"


def test_the_table_names_what_is_uncertain(run, small_model, articles):
    classifier = nordclass.load(small_model)
    texts = [a["text"] for a in articles[:60]]
    text = next(text for text in texts if classifier.classify(text).uncertain)
    near = classifier.classify(text).uncertain[0]
    told = json.loads(run("classify", "--json", "--model", small_model, text).stdout)["uncertain"]
    assert (told[0]["code"], told[0]["score"]) == (near.code, round(near.score, 4))
    last = run("classify", "--model", small_model, text).stdout.splitlines()[-1]
    assert last.startswith("uncertain: ")
    assert f"{near.name_en} {near.score:.2f}" in last


@pytest.mark.parametrize(
    ("text", "told", "silent"),
    [
        (
            "한국과 러시아가 북극항로와 천연가스 사업에 협력한다.",
            {"arctic-route", "gas"},
            {"port", "electricity"},
        ),
        (
            "Korea and Russia to build a railway and a power plant.",
            {"railway", "electricity"},
            {"gas", "port"},
        ),
    ],
)
def test_bridges(run, small_model, text, told, silent):
    args = ("classify", "--all", "--model", small_model, "--scheme", "nine-bridges")
    sectors = json.loads(run(*args, "--json", text).stdout)["sectors"]
    codes = {label["code"] for label in sectors}
    assert told | {"agriculture", "fisheries"} == codes
    assert not silent & codes
    table = run(*args, text).stdout
    assert all(name in table for name in told)


def test_dac_codes(run, small_model, article):
    args = ("classify", "--all", "--json", "--model", small_model, article["text"])
    own = json.loads(run(*args).stdout)
    dac = json.loads(run(*args, "--scheme", "dac").stdout)
    assert {label["code"] for label in dac["sectors"]} == {label["dac"] for label in own["sectors"]}
    best = {}
    for label in own["sectors"]:
        best[label["dac"]] = max(best.get(label["dac"], 0), label["score"])
    assert {label["code"]: label["score"] for label in dac["sectors"]} == best
    assert (dac["countries"], dac["regions"]) == (own["countries"], own["regions"])


def test_schemes_that_are_refused(run, small_model, tmp_path, monkeypatch, classifier):
    result = run("classify", "--scheme", "cofog", "--model", small_model, "text")
    assert result.exit_code == 2
    assert "'nordclass', 'dac', 'nine-bridges'" in result.stderr
    head = replace(classifier.sectors, labels=tuple(f"own {x}" for x in classifier.sectors.labels))
    own = Classifier(classifier.lexicon, classifier.places, head, classifier.description)
    monkeypatch.setattr("nordclass.model.store.load", lambda path: own)
    (tmp_path / "a.txt").write_text("text")
    for args in (("classify", "text"), ("label", tmp_path / "a.txt", "-o", tmp_path / "out.csv")):
        result = run(*args, "--scheme", "dac", "--model", small_model)
        assert result.exit_code == 1
        assert result.stderr.startswith("nordclass: the model has sectors of its own")
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_standard_input_in_any_encoding(run, small_model, encoding):
    text = "한국과 몽골이 보건 협력을 강화하기로 했다. 몽골 정부는 감사를 전했다."
    result = run("classify", "--json", "--all", "--model", small_model, input=text.encode(encoding))
    assert [c["code"] for c in json.loads(result.stdout)["countries"]] == ["MN"]


def test_words_without_quotes_are_one_text(run, small_model):
    one = run("classify", "--json", "--all", "--model", small_model, "Korea and Mongolia agree")
    many = run("classify", "--json", "--all", "--model", small_model, "Korea", "and", "Mongolia", "agree")
    assert one.stdout == many.stdout
    assert "MN" in one.stdout


def test_file(run, small_model, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Korea and Mongolia agree on health.</p></body></html>")
    result = run("classify", "--json", "--all", "--model", small_model, "--file", page)
    assert json.loads(result.stdout)["countries"][0]["code"] == "MN"


@pytest.mark.parametrize("name", ["article.txt", "한국 몽골 협력.txt"])
def test_a_text_that_names_a_file_is_told(run, small_model, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    args = ("classify", "--json", "--all", "--model", small_model)
    before = run(*args, name)
    assert before.stderr == ""
    (tmp_path / name).write_text("Korea and Mongolia agree on health.")
    result = run(*args, name)
    assert result.stderr == f"nordclass: {name!r} was taken for a text; --file reads the file of that name\n"
    assert (result.exit_code, result.stdout) == (0, before.stdout)
    assert run(*args, name, "and", "more").stderr == ""
    assert run(*args, "x" * 5000).stderr == ""
    assert run(*args, "--file", name).stderr == ""


def test_a_file_without_a_text_column_is_told_what_this_command_can_do(run, small_model, tmp_path):
    (tmp_path / "in.csv").write_text("story,by\nKorea,me\n")
    result = run("classify", "--model", small_model, "--file", tmp_path / "in.csv")
    assert result.exit_code == 3
    assert "rename one of story, by to text" in result.stderr
    assert "--text-col" not in result.stderr


def test_least_score(run, small_model, article):
    every = json.loads(run("classify", "--json", "--all", "--model", small_model, article["text"]).stdout)
    scores = sorted(label["score"] for label in every["sectors"])
    middle = scores[len(scores) // 2]
    args = ("classify", "--json", "--all", "--model", small_model, article["text"])
    some = json.loads(run(*args, "--min-score", middle + 1e-4).stdout)
    assert 0 < len(some["sectors"]) < len(every["sectors"])
    assert run(*args, "--min-score", 2).exit_code == 2


def test_least_score_is_that_of_label(run, small_model, article, tmp_path, write_jsonl):
    """At the edge too: what is compared is the score that is written."""
    args = ("--all", "--model", small_model, "--min-score")
    every = json.loads(run("classify", article["text"], "--json", *args, 0).stdout)
    data, out = write_jsonl("in.jsonl", [{"text": article["text"]}]), tmp_path / "out.jsonl"
    for number, label in enumerate(every["sectors"][:12], 1):
        least = label["score"]
        told = json.loads(run("classify", article["text"], "--json", *args, least).stdout)
        assert len(told["sectors"]) >= number, label
        if number % 4 == 0:
            run("label", data, "-o", out, *args, least)
            assert json.loads(out.read_text(encoding="utf-8"))["sectors"] == told["sectors"]


def test_nothing_to_tell(run, small_model):
    result = run("classify", "--model", small_model, input=b"")
    assert result.stdout.startswith("no labels\n\nlanguage: neither")


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff\xfe\x00", b"\xff\xff\xff"])
def test_binary_input_is_refused(run, small_model, data):
    result = run("classify", "--model", small_model, input=data)
    assert result.exit_code == 3
    assert result.stderr.startswith("nordclass: ")


@pytest.mark.parametrize("start", [b"PK\x03\x04\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", b"%PDF-1.7\n\0"])
def test_a_document_on_standard_input_is_told_to_be_a_file(run, start):
    result = run("classify", input=start * 9)
    assert result.exit_code == 3
    assert result.stderr == (
        "nordclass: standard input holds a document and not its text; --file FILE reads it\n"
    )


def test_half_a_character_in_an_argument(run, small_model):
    result = run("classify", "--model", small_model, "한국 \ud83d 몽골")
    assert result.exit_code == 3
    korean = "한국과 몽골의 협력".encode("cp949").decode("utf-8", "surrogateescape")
    result = run("classify", "--all", "--json", "--model", small_model, korean)
    assert "MN" in result.stdout


def test_files_that_are_none(run, small_model, tmp_path, write_jsonl):
    two = write_jsonl("two.jsonl", [{"text": "a"}, {"text": "b"}])
    for path, why in (
        (tmp_path / "none.txt", "no such file"),
        (two, "more than one"),
        (tmp_path, "more than"),
    ):
        (tmp_path / "other.txt").write_text("text")
        result = run("classify", "--model", small_model, "--file", path)
        assert result.exit_code == 3
        assert why in result.stderr
    assert run("classify", "text", "--file", two).exit_code == 2
