"""Workbooks and Parquet."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import file_builders as make
import pyarrow
import pyarrow.parquet
import pytest

from nordclass.files import ReadOptions, Record, Unreadable, read

HEAD = ["id", "제목", "본문", "n"]
ROWS = [[7, "첫째", "첫째 본문", 1.5], ["", "둘째", "둘째 본문", 3]]


def all_of(path: Path, **options: str) -> list[Record | Unreadable]:
    return list(read([str(path)], ReadOptions(**options)))


def test_first_sheet_with_a_text_column(tmp_path: Path) -> None:
    path = make.workbook(
        tmp_path / "a.xlsx", {"빈": [], "표지": [["기사 모음"]], "기사": [["2024년"], [], HEAD, *ROWS]}
    )
    assert all_of(path) == [
        Record("7", "첫째", "첫째 본문", {"id": 7, "제목": "첫째", "본문": "첫째 본문", "n": 1.5}),
        Record("a.xlsx:2", "둘째", "둘째 본문", {"id": "", "제목": "둘째", "본문": "둘째 본문", "n": 3}),
    ]


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls", "a.parquet", "자료.xlsx", "자료.parquet"])
def test_names_as_archives_of_korean_windows_have_them(tmp_path: Path, name: str) -> None:
    folder = Path(os.fsdecode(bytes(tmp_path) + b"/" + "자료".encode("cp949")))
    folder.mkdir()
    path = Path(os.fsdecode(bytes(folder) + b"/" + name.encode("cp949")))
    if path.suffix == ".parquet":
        with path.open("wb") as stream:
            pyarrow.parquet.write_table(pyarrow.table({"text": ["본문"]}), stream)
    elif path.suffix == ".xlsx":
        book = io.BytesIO()
        make.workbook(book, {"s": [["text"], ["본문"]]})
        path.write_bytes(book.getvalue())
    else:
        path.write_bytes((make.ods if path.suffix == ".ods" else make.xls)([["text"], ["본문"]]))
    assert all_of(path) == [Record(f"{name}:1", None, "본문", {"text": "본문"})]


@pytest.mark.parametrize("sheet", ["2", "둘"])
def test_sheet_by_name_or_number(tmp_path: Path, sheet: str) -> None:
    path = make.workbook(tmp_path / "a.xlsx", {"하나": [["text"], ["x"]], "둘": [["text"], ["y"]]})
    assert [item.text for item in all_of(path, sheet=sheet) if isinstance(item, Record)] == ["y"]
    assert "하나, 둘" in all_of(path, sheet="셋")[0].error  # type: ignore[union-attr]


@pytest.mark.parametrize(("sheet", "told"), [(None, [["둘", "셋"]]), ("하나", []), ("3", [])])
def test_sheets_behind_the_one_that_is_read_are_told(
    tmp_path: Path, sheet: str | None, told: list[list[str]]
) -> None:
    rows = [["text"], ["x"]]
    path = make.workbook(tmp_path / "a.xlsx", {"표지": [["모음"]], "하나": rows, "둘": rows, "셋": rows})
    unread: list[Sequence[str]] = []
    assert len(list(read([str(path)], ReadOptions(sheet=sheet, unread_sheets=unread.append)))) == 1
    assert unread == told


def test_no_text_column_says_what_there_is(tmp_path: Path) -> None:
    path = make.workbook(tmp_path / "a.xlsx", {"s": [["a", "b"], ["x", "y"]]})
    (found,) = all_of(path)
    assert isinstance(found, Unreadable)
    assert "a, b" in found.error


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    make.workbook(tmp_path / "a.xlsx", {"s": [["title", "text"], []]})
    pyarrow.parquet.write_table(pyarrow.table({"text": pyarrow.array([], "string")}), tmp_path / "a.parquet")
    for name in ("a.xlsx", "a.parquet"):
        assert all_of(tmp_path / name) == [Unreadable(name, f"{name}: no rows in it")]


def test_the_advice_is_of_whoever_reads(tmp_path: Path) -> None:
    path = make.workbook(tmp_path / "a.xlsx", {"s": [["a", "b"], ["x", "y"]]})
    (found,) = all_of(path, advice="rename {} to text")
    assert isinstance(found, Unreadable)
    assert found.error.endswith("rename one of a, b to text")


def test_ods(tmp_path: Path) -> None:
    (tmp_path / "a.ods").write_bytes(make.ods([["title", "text"], ["제목", "본문"]]))
    assert all_of(tmp_path / "a.ods") == [
        Record("a.ods:1", "제목", "본문", {"title": "제목", "text": "본문"})
    ]


def test_xls(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(make.xls([["title", "text"], ["제목", "본문"]]))
    assert all_of(tmp_path / "a.xls") == [
        Record("a.xls:1", "제목", "본문", {"title": "제목", "text": "본문"})
    ]


@pytest.mark.parametrize(("name", "extra"), [("a.xls", "excel"), ("a.hwp", "hwp")])
def test_a_missing_library_is_named_by_the_extra_that_the_file_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, "olefile", None)
    (tmp_path / name).write_bytes(make.xls([["text"], ["x"]]) if extra == "excel" else make.hwp())
    (found,) = all_of(tmp_path / name)
    assert isinstance(found, Unreadable)
    assert f"pip install 'nordclass[{extra}]'" in found.error


@pytest.mark.parametrize("cut", [100, 600, 2000])
def test_cut_short(tmp_path: Path, cut: int) -> None:
    whole = make.workbook(tmp_path / "a.xlsx", {"s": [["text"], ["x"]]}).read_bytes()
    for name, data in (("b.xlsx", whole), ("b.xls", make.xls([["text"], ["x"]]))):
        (tmp_path / name).write_bytes(data[:cut])
        (found,) = all_of(tmp_path / name)
        assert isinstance(found, Unreadable)


def test_parquet(tmp_path: Path) -> None:
    table = pyarrow.table({"id": [1, 2], "text": ["가", None], "tags": [["x"], []], "b": [b"\xff", None]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found = all_of(tmp_path / "a.parquet")
    assert found[0].id == "1"
    assert isinstance(found[0], Record)
    assert found[0].fields["tags"] == ["x"]
    assert found[1] == Unreadable("2", "no text in it", {"id": 2, "text": None, "tags": [], "b": None})


def test_parquet_text_that_is_stored_as_bytes(tmp_path: Path) -> None:
    """As several writers store it; a row whose text is no UTF-8 fails alone, and can be told its encoding."""
    text = "한국과 몽골의 협력"
    table = pyarrow.table(
        {
            "제목": pyarrow.array(["회담".encode(), b"a", None]),
            "본문": pyarrow.array([[text.encode()], [text.encode("cp949")], [b"b", b"c"]]),
            "b": pyarrow.array([b"ab", b"\xff", None], pyarrow.large_binary()),
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    first, second, third = all_of(tmp_path / "a.parquet")
    assert first == Record("a.parquet:1", "회담", text, {"제목": "회담", "본문": [text], "b": "ab"})
    assert isinstance(second, Unreadable)
    assert second.id == "a.parquet:2"
    assert "--encoding" in second.error
    assert isinstance(third, Record)
    assert (third.title, third.text) == (None, "b\nc")
    found = all_of(tmp_path / "a.parquet", encoding="euc-kr")
    assert [item.text for item in found if isinstance(item, Record)] == [text, text, "b\nc"]


def test_missing_values_of_data_frames(tmp_path: Path) -> None:
    table = pyarrow.table({"id": [float("nan"), 2.0], "title": [float("nan")] * 2, "text": ["가", "나"]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found = [(item.id, item.title) for item in all_of(tmp_path / "a.parquet") if isinstance(item, Record)]
    assert found == [("a.parquet:1", None), ("2", None)]


def test_parquet_cut_short(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"text": ["가"] * 99}), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    for cut in (4, 100, len(data) - 1):
        (tmp_path / "a.parquet").write_bytes(data[:cut])
        (found,) = all_of(tmp_path / "a.parquet")
        assert isinstance(found, Unreadable)


def test_numbers_of_rows_do_not_change_between_formats(tmp_path: Path) -> None:
    make.workbook(tmp_path / "a.xlsx", {"s": [["text"], ["x"], [], ["y"]]})
    (tmp_path / "a.csv").write_text("text\nx\n\ny\n")
    assert [item.id.partition(":")[2] for item in all_of(tmp_path)] == ["1", "2", "1", "2"]


def test_a_workbook_is_told_by_its_content(tmp_path: Path) -> None:
    rows = [["제목", "본문"], ["가", "나"]]
    for name, data in (("ods.xlsx", make.ods(rows)), ("xls.ods", make.xls(rows))):
        (tmp_path / name).write_bytes(data)
        (record,) = read([str(tmp_path / name)])
        assert isinstance(record, Record), record
        assert (record.title, record.text) == ("가", "나")
