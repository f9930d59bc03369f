"""One folder with all formats, two encodings and ten broken files through one command."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import file_builders as make
import pytest
from article_writers import WRITERS, Article, is_cp949, plain, write_all

import nordclass

BROKEN: dict[str, tuple[bytes, str]] = {
    "bomb.docx": (make.zipped({"word/document.xml": b" " * 70_000_000}), "inflates to more than"),
    "cut.docx": (make.docx()[:500], "cut short zip file"),
    "cut.hwp": (make.hwp()[:700], "damaged"),
    "dtd.hwpx": (make.zipped({"Contents/section0.xml": "<!DOCTYPE a><a/>"}), "DTD"),
    "empty.txt": (b"", "empty file"),
    "locked.hwp": (make.hwp(flags=3), "password-protected"),
    "locked.pdf": (make.pdf([["x"]], encrypt=True), "password-protected"),
    "nested.zip": (make.zipped({"a.zip": make.zipped({"b.txt": "x"})}), "unpack it first"),
    "noise.csv": (bytes(range(256)) * 20, "binary data"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(20), "an image (PNG)"),
    "wide.csv.gz": (gzip.compress(b"text," * 100_000, mtime=0), "columns"),
    "wrong-columns.xlsx": (make.ods([["이름", "나이"], ["가", "나"]]), "--text-col"),
}


@pytest.fixture(scope="module")
def article() -> Article:
    """A Korean article that CP949 can hold and that gets labels of all kinds."""
    lines = (Path(__file__).parents[2] / "data/corpus/ko_articles.jsonl").read_text(encoding="utf-8")
    rows = map(json.loads, lines.splitlines())
    articles = [Article(r["title"], r["text"], "ko") for r in rows if r["countries"] and r["sectors"]]
    return next(article for article in articles[30:] if is_cp949(article))


def test_all_of_a_folder_in_one_run(run, tmp_path, article):
    folder = tmp_path / "in"
    good = write_all(folder / "formats", article)
    (folder / "broken").mkdir()
    for name, (data, _) in BROKEN.items():
        (folder / "broken" / name).write_bytes(data)
    out = tmp_path / "out.jsonl"
    result = run("label", folder, "-o", out)
    assert result.exit_code == 3, result.stderr
    rows = {row["id"]: row for row in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert len(good) == len(WRITERS)
    assert len(rows) == len(good) + len(BROKEN)

    errors = (tmp_path / "out.jsonl.errors.jsonl").read_text(encoding="utf-8").splitlines()
    told = {row["id"]: row["error"] for row in map(json.loads, errors)}
    assert list(told) == [f"broken/{name}" for name in sorted(BROKEN)]
    for name, (_, why) in BROKEN.items():
        message = told[f"broken/{name}"]
        assert message.startswith(name)
        assert why in message
        assert "\n" not in message
        assert rows[f"broken/{name}"] == {"id": f"broken/{name}", "error": message}

    expected = nordclass.classify(plain(article)).to_dict()
    assert expected["countries"]
    for path in good:
        found = [row for id, row in rows.items() if id.split(":")[0] == f"formats/{path.name}"]
        assert len(found) == 1, path.name
        for kind in ("countries", "regions", "sectors"):
            codes = [sorted(label["code"] for label in row[kind]) for row in (found[0], expected)]
            assert codes[0] == codes[1], (path.name, kind)
    assert f"errors {len(BROKEN)} " in " ".join(result.stderr.split())
