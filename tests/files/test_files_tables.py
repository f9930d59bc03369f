"""JSON Lines, JSON, CSV and TSV."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nordclass.files import ReadOptions, Record, Unreadable, read
from nordclass.files.delimited import sniff_delimiter
from nordclass.files.limits import TEXT_CHARS

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1, max_size=60
).filter(str.strip)
PROPERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def all_of(path: Path, **options: str) -> list[Record | Unreadable]:
    return list(read([str(path)], ReadOptions(**options)))


def put(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_jsonl_sets_bad_lines_aside(tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "title": "제목", "text": "본문", "n": 1}',
        "{broken",
        "",
        '{"text": "\\ud800 half"}',
        '{"text": "nul \\u0000"}',
        "[1]",
        '{"body": ["첫 문단", "둘째 문단"]}',
        '{"content": null, "title": "x"}',
        '{"n": 1}',
    ]
    found = all_of(put(tmp_path / "x.jsonl", "\n".join(lines)))
    assert found[0] == Record("a", "제목", "본문", {"id": "a", "title": "제목", "text": "본문", "n": 1})
    errors = {item.id: item.error for item in found if isinstance(item, Unreadable)}
    assert set(errors) == {f"x.jsonl:{number}" for number in (2, 4, 5, 6, 9)}
    assert "surrogate" in errors["x.jsonl:4"]
    assert "NUL" in errors["x.jsonl:5"]
    assert "--text-col" in errors["x.jsonl:9"]
    assert found[5] == Record("x.jsonl:7", None, "첫 문단\n둘째 문단", {"body": ["첫 문단", "둘째 문단"]})
    assert found[6] == Record("x.jsonl:8", "x", "", {"content": None, "title": "x"})


def test_missing_values_are_no_words(tmp_path: Path) -> None:
    lines = [
        '{"id": NaN, "title": NaN, "text": "본문"}',
        '{"id": true, "title": null, "text": Infinity}',
        '{"text": NaN}',
        '{"text": true}',
        '{"text": 2024, "title": false}',
        '{"text": 2024}',
    ]
    found = all_of(put(tmp_path / "x.jsonl", "\n".join(lines)))
    assert isinstance(found[0], Record)
    assert (found[0].id, found[0].title, found[0].text) == ("x.jsonl:1", None, "본문")
    for number, item in zip((2, 3), found[1:3], strict=True):
        assert isinstance(item, Unreadable)
        assert (item.id, item.error) == (f"x.jsonl:{number}", "no text in it")
    for item, name in zip(found[3:5], ("text", "title"), strict=True):
        assert isinstance(item, Unreadable)
        assert f"column '{name}' holds bool, not text" in item.error
    assert isinstance(found[5], Record)
    assert found[5].text == "2024"


@pytest.mark.parametrize("name", ["x.txt", "x.csv", "x.jsonl", "x.md.gz"])
def test_a_text_that_names_the_mark_of_pdf_is_none(tmp_path: Path, name: str) -> None:
    text = "본문 설명: 파일은 %PDF-1.7 로 시작한다"
    data = {"x.csv": f"text\n{text}\n", "x.jsonl": json.dumps({"text": text})}.get(name, text).encode()
    (found,) = all_of(put(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data))
    assert isinstance(found, Record), found
    assert found.text == text
    (found,) = all_of(put(tmp_path / "x.txt", b"%PDF-1.7 cut short"))
    assert isinstance(found, Unreadable)
    (found,) = all_of(put(tmp_path / "x.bin", b"HTTP/1.1 200 OK\n\n%PDF-1.7 cut short"))
    assert isinstance(found, Unreadable)
    assert "PDF" in found.error


def test_a_line_of_damaged_bytes_fails_alone(tmp_path: Path) -> None:
    good = json.dumps({"text": "한국과 몽골의 협력"}, ensure_ascii=False).encode()
    found = all_of(put(tmp_path / "x.jsonl", good + b"\n" + b'{"text": "\xff\xfe"}\n' + good))
    assert [type(item) for item in found] == [Record, Unreadable, Record]


def test_a_row_that_is_called_like_its_file_stops_nothing(tmp_path: Path) -> None:
    found = all_of(put(tmp_path / "x.csv", "id,text\nx.csv,\n2,b\n"))
    assert [item.id for item in found] == ["x.csv", "2"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.csv", "title,text\n", "no rows in it"),
        ("x.csv", "\ufefftitle,text", "no rows in it"),
        ("x.tsv", "title\ttext\n\n\n", "no rows in it"),
        ("x.jsonl", "\n \n", "no records in it"),
        ("x.json", "[]", "no records in it"),
    ],
)
def test_a_table_without_rows_is_told(tmp_path: Path, name: str, data: str, why: str) -> None:
    assert all_of(put(tmp_path / name, data)) == [Unreadable(name, f"{name}: {why}")]


def test_the_advice_is_of_whoever_reads(tmp_path: Path) -> None:
    (found,) = all_of(put(tmp_path / "x.csv", "요약,머리\n내용,머리\n"), advice="rename {} to text")
    assert isinstance(found, Unreadable)
    assert found.error.endswith("본문; rename one of 요약, 머리 to text")
    (found,) = all_of(put(tmp_path / "x.jsonl", '{"text": true}\n'), advice="rename {} to text")
    assert isinstance(found, Unreadable)
    assert found.error == "column 'text' holds bool, not text; rename another to text"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_encodings_of_tables(tmp_path: Path, encoding: str) -> None:
    data = '제목,본문,날짜\r\n회담,"한국, 몽골\r\n협력",2024\r\n'.encode(encoding)
    assert all_of(put(tmp_path / "x.csv", data)) == [
        Record(
            "x.csv:1",
            "회담",
            "한국, 몽골\r\n협력",
            {"제목": "회담", "본문": "한국, 몽골\r\n협력", "날짜": "2024"},
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "가, ]}"}, {"text": "나\\"["}]',
        '{"text": "가, ]}"}\n{"text": "나\\"["}\n',
        '{\n"text": "가, ]}"}\n{\n"text": "나\\"["}\n',
        '\ufeff[\n{"text":"가, ]}"}\n,{"text":"나\\"["}\n]\n',
    ],
)
def test_json_shapes(tmp_path: Path, text: str) -> None:
    found = all_of(put(tmp_path / "x.json", text))
    assert [item.text for item in found if isinstance(item, Record)] == ["가, ]}", '나"[']


@PROPERTY
@given(
    values=st.lists(
        st.fixed_dictionaries({"text": TEXT, "x": st.recursive(TEXT | st.integers(), st.lists)}), min_size=1
    )
)
def test_json_arrays_are_cut_as_json_does(tmp_path: Path, values: list[dict[str, object]]) -> None:
    path = put(tmp_path / "x.json", json.dumps(values, indent=1, ensure_ascii=False))
    assert [item.fields for item in all_of(path) if isinstance(item, Record)] == values


@PROPERTY
@given(rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t|"))
def test_csv_comes_back(tmp_path: Path, rows: list[tuple[str, str]], delimiter: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([("title", "text"), *rows])
    found = all_of(put(tmp_path / "x.csv", stream.getvalue()))
    assert [tuple(item.fields.values()) for item in found if isinstance(item, Record)] == rows


def test_csv_oddities(tmp_path: Path) -> None:
    data = 'sep=;\nid;text;text;\n7;a;b;\n\n;c\n1;2;3;4;5\n"x";"never closed\n'
    found = all_of(put(tmp_path / "x.csv", data))
    assert found[0] == Record("7", None, "a", {"id": "7", "text": "a", "text_2": "b", "column4": ""})
    assert found[1] == Record("x.csv:2", None, "c", {"id": "", "text": "c", "text_2": "", "column4": ""})
    assert found[2:] == [
        Unreadable(
            "x.csv:3",
            "5 cells under 4 columns; quote text that holds delimiters",
            {"id": "1", "text": "2", "text_2": "3", "column4": "4"},
        ),
        Unreadable("x.csv:4", "quotes that open on line 7 never close; close or double them"),
    ]


@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x"])
@pytest.mark.parametrize("start", ["\n", "\ufeff\r\n\r\n", " \n\t\n", "\nsep=\t\n"])
def test_blank_lines_before_the_header_are_skipped(tmp_path: Path, name: str, start: str) -> None:
    data = put(tmp_path / name, f'{start}id\ttext\n7\t몽골\n8\t"x\n')
    found = all_of(data)
    if name == "x" and "sep" in start:
        return  # a text like others, where no suffix says what it is
    assert found[0] == Record("7", None, "몽골", {"id": "7", "text": "몽골"})
    line = start.count("\n") + 3
    assert found[1:] == [
        Unreadable(f"{name}:2", f"quotes that open on line {line} never close; close or double them")
    ]


def told(found: list[Record | Unreadable]) -> list[str]:
    return [item.text if isinstance(item, Record) else item.error for item in found]


OPEN = "quotes that open on line {} never close; close or double them"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "found"),
    [
        # The quote of another row closes it, in front of text.
        (['1,"가 나', '2,"다 라"', "3,마"], [OPEN.format(2), "다 라", "마"]),
        (['1,"가 나', "2,바", '3,"다 라"', "4,마"], [OPEN.format(2), "바", "다 라", "마"]),
        (['1,"가 나', '2,"다 라', '3,"마"'], [OPEN.format(2), OPEN.format(3), "마"]),
        (['1,"가 나', '2,"다', '라"', "3,마"], [OPEN.format(2), "다{end}라", "마"]),
        # Nothing closes it.
        (['1,"가 나', "2,다", "3,라"], [OPEN.format(2), "다", "라"]),
        (["0,가", '1,"가 나', "", '2,"다, 라"'], ["가", OPEN.format(3), "다, 라"]),
        # What may as well be a cell that is cut short is no row.
        (['1,"가 나', "둘째 단락, 그리고"], [OPEN.format(2)]),
        (['1,"가 나', "둘째 단락, 그리고", "셋째 단락"], [OPEN.format(2)]),
        # Quotes within a cell that are not doubled.
        (
            ['1,"가', '나 "다" 라"', "2,마"],
            [
                "lines 2 to 3: text directly behind the closing quote of a cell;"
                " double the quotes within a cell",
                "마",
            ],
        ),
        (['1,"가 "나" 다"', "2,마"], ['가 나" 다"', "마"]),
        # Cells of several lines as they should be, blanks behind them too.
        (['1,"가', '""나"" 다"', "2,마"], ['가{end}"나" 다', "마"]),
        (['1,"가', '나"  ', "2,마"], ["가{end}나  ", "마"]),
        (['1,"가', ",", '2,""다"""', "2,마"], ['가{end},{end}2,"다"', "마"]),
    ],
)
def test_a_stray_quote_takes_no_other_row_with_it(
    tmp_path: Path, end: str, lines: list[str], found: list[str]
) -> None:
    path = put(tmp_path / "x.csv", end.join(["n,text", *lines, ""]))
    assert told(all_of(path)) == [text.format(end=end) for text in found]
    ids = [item.id for item in all_of(path)]
    assert ids == [f"x.csv:{n}" for n in range(1, len(ids) + 1)]


def test_many_lines_behind_a_stray_quote_take_little_time(tmp_path: Path) -> None:
    rows = 60_000
    path = put(tmp_path / "x.csv", 'n,text\n0,"가\n' + "1,나\n" * rows + '2,"다\n' * rows)
    begun = time.monotonic()
    assert sum(isinstance(item, Unreadable) for item in all_of(path)) == rows + 1
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", ["x.csv", "x.tsv"])
def test_blank_lines_alone_are_no_table(tmp_path: Path, name: str) -> None:
    assert all_of(put(tmp_path / name, "\n\n \n")) == [Unreadable(name, f"{name}: no text in it")]


def test_huge_cells_are_read(tmp_path: Path) -> None:
    text = "한국 " * 300_000
    found = all_of(put(tmp_path / "x.tsv", f"text\tn\n{text}\t1\n"))
    assert isinstance(found[0], Record)
    assert found[0].text == text


def test_columns_by_option(tmp_path: Path) -> None:
    path = put(tmp_path / "x.csv", "요약,머리\n내용이다,머리다\n")
    assert all_of(path, text_col="요약", title_col="머리")[0].id == "x.csv:1"
    assert all_of(path) == [
        Unreadable(
            "x.csv", "x.csv: no column named text, body or 본문; name one of 요약, 머리 with --text-col"
        )
    ]
    assert "no column 'z' (--text-col)" in all_of(path, text_col="z")[0].error  # type: ignore[union-attr]


def test_gzip_and_text_without_suffix(tmp_path: Path) -> None:
    packed = put(tmp_path / "x.jsonl.gz", gzip.compress(b'{"text": "a b"}\n', mtime=0))
    assert all_of(packed) == [Record("x.jsonl.gz:1", None, "a b", {"text": "a b"})]
    assert all_of(put(tmp_path / "y", b'{"text": "a b"}\n'))[0].id == "y:1"
    assert all_of(put(tmp_path / "z", b"title,text\nt,x\n"))[0] == Record(
        "z:1", "t", "x", {"title": "t", "text": "x"}
    )
    assert "never closed" not in str(all_of(put(tmp_path / "w", "그냥, 글이다.\n둘째 줄"))[0])


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_long_pipes(tmp_path: Path, encoding: str) -> None:
    """Half a character where the first read ends must not decide the encoding."""
    code = "from nordclass.files import read; print(ascii([(r.id, r.text) for r in read(['-'])][-1]))"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    data = ("text\tn\n" + "한국과 몽골의 협력\t1\n" * 20_000).encode(encoding)
    out = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, env=env, check=True)
    assert out.stdout.decode().strip() == ascii(("stdin:20000", "한국과 몽골의 협력"))


def test_delimiter_is_the_most_frequent_outside_quotes() -> None:
    assert sniff_delimiter('"a,b,c";text;x') == ";"
    assert sniff_delimiter("text") == ","


def test_a_document_longer_than_can_be_labelled_is_an_error(tmp_path: Path) -> None:
    fits = "a" * TEXT_CHARS
    path = put(tmp_path / "x.jsonl", "".join(json.dumps({"text": t}) + "\n" for t in (fits, fits + "a")))
    first, second = all_of(path)
    assert isinstance(first, Record)
    assert isinstance(second, Unreadable)
    assert second.error == "text longer than 1,500,000 characters; split it"
    (told,) = all_of(put(tmp_path / "x.txt", fits + "a"))
    assert isinstance(told, Unreadable)
    assert told.error == "x.txt: text longer than 1,500,000 characters; split it"
