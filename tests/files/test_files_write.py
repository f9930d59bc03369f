"""Results into files."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nordclass.errors import NordclassError
from nordclass.files import OutputError, open_writer
from nordclass.files.rows import safe_cell

ROW = {
    "id": "korea.kr:1",
    "language": "ko",
    "countries": [{"code": "UZ", "score": 0.97}, {"code": "KZ", "score": 0.55}],
    "regions": [],
    "sectors": [{"code": "ict", "score": 1.0, "dac": "220"}],
    "model": "base 1.0",
}
ERROR = {"id": "2", "error": "damaged"}
FORMATS = ["jsonl", "csv", "tsv", "xlsx", "parquet"]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t" if path.suffix == ".tsv" else ","))


def test_jsonl_is_the_output_record(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.jsonl") as writer:
        writer.write(ERROR)
        writer.write(ROW | {"제목": "한국 \ud800"})
    lines = (tmp_path / "o.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [ERROR, ROW | {"제목": "한국 \ufffd"}]
    assert list(json.loads(lines[1]))[:6] == list(ROW)


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_delimited_joins_labels(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"o{suffix}"
    with open_writer(path) as writer:
        writer.write(ERROR)
        writer.write(ROW | {"제목": "=1+1", "본문": "첫 줄\n둘째, 줄"})
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid")
    first, second = table(path)
    assert first["id"] == "2"
    assert first["error"] == "damaged"
    assert second == {
        "id": "korea.kr:1", "language": "ko", "countries": "UZ;KZ", "countries_score": "0.97;0.55",
        "regions": "", "regions_score": "", "sectors": "ict", "sectors_score": "1", "sectors_dac": "220",
        "model": "base 1.0", "error": "",
        "제목": "'=1+1", "본문": "첫 줄\n둘째, 줄",
    }  # fmt: skip


def test_dac_codes_stand_beside_their_sectors(tmp_path: Path) -> None:
    own = [{"code": "ict", "score": 0.9, "dac": "220"}, {"code": "own", "score": 0.5}]
    for name in ("o.csv", "o.xlsx", "o.parquet"):
        with open_writer(tmp_path / name) as writer:
            writer.write(ROW)
            writer.write(ROW | {"sectors": own})
    (_, second) = table(tmp_path / "o.csv")
    assert list(second)[6:9] == ["sectors", "sectors_score", "sectors_dac"]
    assert (second["sectors"], second["sectors_dac"]) == ("ict;own", "220;")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[sheet[0].index("sectors_dac")] for row in sheet[1:]] == ["220", "220;"]
    parquet = pyarrow.parquet.read_table(tmp_path / "o.parquet")
    assert parquet["sectors"].to_pylist() == [ROW["sectors"], [own[0], {**own[1], "dac": None}]]
    assert parquet.schema.field("countries").type != parquet.schema.field("sectors").type


COLUMNS = {
    "csv": [
        "id", "language", "countries", "countries_score", "regions", "regions_score",
        "sectors", "sectors_score", "sectors_dac", "model", "error",
    ],
    "parquet": ["id", "language", "countries", "regions", "sectors", "model", "error"],
}  # fmt: skip


@pytest.mark.parametrize("rows", [[ROW], [ERROR], [ERROR, ROW], []])
def test_columns_are_the_same_in_every_run(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    """Whoever joins the results of two runs needs not look which of them had errors."""
    for format in FORMATS[1:]:
        with open_writer(tmp_path / f"o.{format}") as writer:
            for row in rows:
                writer.write({**row, "kept": 1})
    more = ["kept"] if rows else []
    assert pyarrow.parquet.read_table(tmp_path / "o.parquet").schema.names == COLUMNS["parquet"] + more
    sheet = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[0] == COLUMNS["csv"] + more
    for suffix, delimiter in (("csv", ","), ("tsv", "\t")):
        first = (tmp_path / f"o.{suffix}").read_text("utf-8-sig").splitlines()[0]
        assert first.split(delimiter) == COLUMNS["csv"] + more


def test_types_are_the_same_in_every_run(tmp_path: Path) -> None:
    schemas = []
    for row in (ROW, ERROR):
        with open_writer(tmp_path / "o.parquet") as writer:
            writer.write(row)
        schemas.append(pyarrow.parquet.read_schema(tmp_path / "o.parquet"))
    assert schemas[0] == schemas[1]


def test_known_columns_go_straight_out(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.csv", columns=["id", "countries", "n"], closed=True) as writer:
        writer.write(ROW | {"n": -5, "more": 1})
    assert table(tmp_path / "o.csv") == [
        {"id": "korea.kr:1", "countries": "UZ;KZ", "countries_score": "0.97;0.55", "n": "-5"}
    ]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_closed_table_has_no_other_columns(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"o.{suffix}"
    with open_writer(path, columns=["id", "n"], closed=True) as writer:
        writer.write({"id": "1", "n": 5, "more": 1})
    if suffix == "parquet":
        assert pyarrow.parquet.read_table(path).to_pylist() == [{"id": "1", "n": 5}]
    elif suffix == "csv":
        assert table(path) == [{"id": "1", "n": "5"}]
    else:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        assert sheet.to_python() == [["id", "n"], ["1", 5]]


def test_xlsx_holds_text_as_text(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.xlsx") as writer:
        writer.write(ERROR)
        writer.write(
            ROW | {"a": "=1+1", "b": "http://x", "c": "가" * 40_000, "d": 2.5, "e": True, "f": "\ud800\0\x01"}
        )
    head, _, row = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    cells = dict(zip(head, row, strict=True))
    assert cells["countries"] == "UZ;KZ"
    assert (cells["a"], cells["b"], cells["d"], cells["e"]) == ("=1+1", "http://x", 2.5, True)
    assert len(cells["c"]) == 32_767
    assert cells["c"].endswith("…")


def test_what_a_workbook_has_no_room_for_is_told(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.xlsx") as writer:
        writer.write(ROW | {"c": "가" * 40_000, "d": "가" * 32_767})
        writer.write(ROW | {"c": "\U0001f600" * 20_000})
    assert writer.losses == [
        "cells cut at the 32,767 characters that a workbook's may have: 2; write .csv or .parquet"
    ]
    with open_writer(tmp_path / "o.xlsx") as writer:
        writer.write(ROW | {f"c{n}": n for n in range(16_384)})
    assert writer.losses == [
        "columns left out beyond the 16,384 that a workbook may have: 11; write .csv or .parquet"
    ]
    for format in FORMATS:
        with open_writer(tmp_path / f"o.{format}") as writer:
            writer.write(ROW | {"c": "short"})
        assert list(writer.losses) == []


def test_parquet_keeps_types(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.parquet") as writer:
        writer.write(ERROR | {"n": 1, "x": 1, "m": 1})
        writer.write(ROW | {"n": 2, "x": 1.5, "m": "a", "d": {"a": [1]}})
    first, second = pyarrow.parquet.read_table(tmp_path / "o.parquet").to_pylist()
    assert second["countries"] == ROW["countries"]
    assert second["regions"] == []
    assert first["countries"] is None
    assert (first["n"], first["x"], first["m"]) == (1, 1.0, "1")
    assert json.loads(second["d"]) == {"a": [1]}


KEPT = [
    {"id": "1", "tags": [{"code": "A", "name": "Alpha"}], "tags_score": "own", "none": []},
    {"id": "2", "tags": [{"name": "B"}]},
]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_kept_lists_of_objects_are_no_labels(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"o{suffix}"
    with open_writer(path) as writer:
        for row in KEPT:
            writer.write(ROW | row)
    header = path.read_text("utf-8-sig").splitlines()[0].split("\t" if suffix == ".tsv" else ",")
    assert header[-3:] == ["tags", "tags_score", "none"]
    assert len(set(header)) == len(header)
    first, second = table(path)
    assert [json.loads(row["tags"]) for row in (first, second)] == [row["tags"] for row in KEPT]
    assert (first["tags_score"], first["none"], first["regions"]) == ("own", "[]", "")


def test_kept_lists_of_objects_are_text_in_workbooks_and_data_frames(tmp_path: Path) -> None:
    for name in ("o.xlsx", "o.parquet"):
        with open_writer(tmp_path / name) as writer:
            for row in KEPT:
                writer.write(ROW | row)
    rows = pyarrow.parquet.read_table(tmp_path / "o.parquet").to_pylist()
    assert [json.loads(row["tags"]) for row in rows] == [row["tags"] for row in KEPT]
    assert rows[0]["countries"] == ROW["countries"]
    head, *cells = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()
    assert len(set(head)) == len(head)
    assert [json.loads(row[head.index("tags")]) for row in cells] == [row["tags"] for row in KEPT]


def test_no_header_stands_twice(tmp_path: Path) -> None:
    for name in ("o.csv", "o.xlsx"):
        with open_writer(tmp_path / name) as writer:
            writer.write(ROW | {"countries_score": "own", "sectors_dac": "own"})
    head = CalamineWorkbook.from_path(str(tmp_path / "o.xlsx")).get_sheet_by_index(0).to_python()[0]
    assert (tmp_path / "o.csv").read_text("utf-8-sig").splitlines()[0].split(",") == head
    assert len(set(head)) == len(head)


@pytest.mark.parametrize("format", FORMATS)
def test_no_rows_still_give_a_file(tmp_path: Path, format: str) -> None:
    with open_writer(tmp_path / "o.out", format):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["o.out"]


@pytest.mark.parametrize("format", FORMATS)
def test_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, format: str) -> None:
    path = tmp_path / f"o.{format}"
    path.write_text("old")

    def interrupted() -> None:
        with open_writer(path) as writer:
            writer.write(ROW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_of_the_caller_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), open_writer(tmp_path / "o.jsonl"):
        (tmp_path / "missing").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_full_disk_is_told(format: str) -> None:

    def fill() -> None:
        with open_writer("/dev/full", format) as writer:
            for _ in range(10_000):
                writer.write(ROW)

    with pytest.raises(OutputError, match="disk full"):
        fill()


FULL = "writing failed (File too large); is the disk full?\n"
NO_ROOM = "writing temporary files failed (File too large); set TMPDIR to a folder that has room\n"


@pytest.mark.skipif(os.name != "posix", reason="no limit on the size of files")
@pytest.mark.parametrize("format", FORMATS)
def test_a_disk_that_is_full_at_the_end_is_told(tmp_path: Path, format: str) -> None:
    """What libraries write is more than the row: the disk is full when they put their file together."""
    packed = base64.urlsafe_b64encode(
        hashlib.shake_128(b"x").digest(5000)
    ).decode()  # no zip makes it smaller
    size, id = {"xlsx": (9000, packed), "parquet": (300, "1")}.get(format, (50, "1" * 99))
    assert limited(tmp_path, format, size, 1, id, closed=format not in ("xlsx", "parquet")) == FULL


@pytest.mark.skipif(os.name != "posix", reason="no limit on the size of files")
@pytest.mark.parametrize(("format", "size"), [("csv", 100), ("xlsx", 100), ("xlsx", 60_000)])
def test_full_temporary_folders_are_told_as_such(tmp_path: Path, format: str, size: int) -> None:
    """Rows wait there, and sheets, which are larger than their rows and the workbook."""
    assert limited(tmp_path, format, size, 2000, "1") == NO_ROOM


def limited(tmp_path: Path, format: str, size: int, rows: int, id: str, closed: bool = False) -> str:
    """What is said where no file can be larger than `size`; nothing is left behind."""
    code = (
        "import resource, sys\n"
        "from nordclass.files import OutputError, open_writer\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))\n"
        "closed = bool(sys.argv[5:])\n"
        "try:\n"
        "    with open_writer(sys.argv[1], closed=closed) as writer:\n"
        "        for number in range(int(sys.argv[3])): writer.write({'id': sys.argv[4]})\n"
        "except OutputError as error: print(error)\n"
    )
    work, temporary = tmp_path / "out", tmp_path / "tmp"
    work.mkdir()
    temporary.mkdir()
    path = work / f"o.{format}"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), *map(str, (size, rows, id)), *(["closed"] if closed else [])],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(temporary)},
        check=False,
        text=True,
    )
    assert done.stderr == ""
    assert list(work.iterdir()) == list(temporary.iterdir()) == []
    return done.stdout.removeprefix(f"o.{format}: ")


def test_numbers_that_json_does_not_know(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.jsonl") as writer:
        writer.write({"id": "1", "n": float("nan"), "m": [{"x": float("inf")}]})
    assert json.loads((tmp_path / "o.jsonl").read_text()) == {"id": "1", "n": None, "m": [{"x": None}]}


def test_nothing_is_in_place_before_the_end(tmp_path: Path) -> None:
    with open_writer(tmp_path / "o.jsonl") as writer:
        writer.write(ROW)
        assert not (tmp_path / "o.jsonl").exists()
        assert len(list(tmp_path.iterdir())) == 1


def test_what_cannot_be_written(tmp_path: Path) -> None:
    for path, format in (
        ("o.doc", None),
        ("o", None),
        ("o.csv", "doc"),
        ("no/o.csv", None),
        ("-", "xlsx"),
        (".", "csv"),
    ):
        with (
            pytest.raises(OutputError) as caught,
            open_writer(path if path == "-" else tmp_path / path, format),
        ):
            pass
        assert isinstance(caught.value, NordclassError)
        assert "\n" not in str(caught.value)


def test_missing_library_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with (
        pytest.raises(NordclassError, match=r"pip install 'nordclass\[excel\]'"),
        open_writer(tmp_path / "o.xlsx"),
    ):
        pytest.fail("opened")


def test_a_closed_standard_output_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="standard output is closed"), open_writer("-"):
        pytest.fail("opened")


def test_standard_output() -> None:
    code = "from nordclass.files import open_writer\nwith open_writer('-') as w: w.write({'id': '가'})"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "cp949"}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True).stdout
    assert out == '{"id": "가"}\n'.encode()


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@x", "\t=1", " =1", "＝1", "\r=1", "-2+3", "="])
def test_formulas_are_made_safe(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+3.5%", "-1,000", "a=b", "가", ""])
def test_plain_cells_stay(text: str) -> None:
    assert safe_cell(text) == text


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.text(st.characters(exclude_characters="\0")), min_size=1, max_size=4))
def test_any_kept_text_can_be_written(tmp_path: Path, cells: list[str]) -> None:
    for format in ("csv", "tsv", "jsonl"):
        with open_writer(tmp_path / f"o.{format}") as writer:
            writer.write({"id": "1"} | {f"c{number}": cell for number, cell in enumerate(cells)})
    (row,) = table(tmp_path / "o.csv")
    assert [row[f"c{number}"] for number in range(len(cells))] == [safe_cell(cell) for cell in cells]


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors with names")
def test_descriptors_are_written_to_as_they_are(tmp_path: Path) -> None:
    read, write = os.pipe()
    with open_writer(f"/dev/fd/{write}") as writer:
        writer.write(ERROR)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert json.loads(pipe.read()) == ERROR
    with (tmp_path / "log").open("ab") as log:
        log.write(b"before\n")
        log.flush()
        with open_writer(f"/proc/self/fd/{log.fileno()}") as writer:
            writer.write(ERROR)
    assert (tmp_path / "log").read_text().splitlines() == ["before", json.dumps(ERROR)]
    for path, format, why in (
        ("/dev/fd/999", "csv", "cannot be written"),
        ("/dev/fd/1", "xlsx", "not a file"),
    ):
        with pytest.raises(OutputError, match=why), open_writer(path, format):
            pass
