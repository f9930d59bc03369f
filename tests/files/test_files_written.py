"""Files of results are told from those of others by their first columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nordclass.files import open_writer
from nordclass.files.written import is_result

ROW = {
    "id": "1",
    "language": "ko",
    "countries": [{"code": "UZ", "score": 0.97}],
    "regions": [],
    "sectors": [{"code": "ict", "score": 0.9, "dac": "220"}],
    "model": "base 1.0",
}
MORE = ROW | {"uncertain": [{"code": "KZ", "score": 0.4}], "explained": []}
FORMATS = ("jsonl", "csv", "tsv", "xlsx", "parquet")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "rows", [[ROW], [{"id": "1", "error": "damaged"}], [ROW | {"text": "kept"}], [MORE], []]
)
def test_what_is_written_is_known_again(tmp_path: Path, format: str, rows: list[dict[str, object]]) -> None:
    path = tmp_path / "out.data"
    with open_writer(path, format) as writer:
        for row in rows:
            writer.write(row)
    assert is_result(path, format)
    others = set(FORMATS) - {format}
    assert not any(is_result(path, other) for other in others if path.stat().st_size)


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("jsonl", b'{"id": "1", "text": "x"}\n'),
        ("jsonl", json.dumps({name: value for name, value in ROW.items() if name != "model"}).encode()),
        ("jsonl", b"[1]\n"),
        ("jsonl", b"\xff\xfe"),
        ("jsonl", b"[" * 100_000),
        ("csv", b"id,text,countries,regions,sectors\n1,x,UZ,,ict\n"),
        ("csv", b"\nid,text\n1,x\n"),
        ("csv", b"id,language,countries,regions,sectors,model\n"),
        ("csv", b"x" * 9_000_000),
        ("tsv", b"id,error\n1,damaged\n"),
        ("xlsx", b"PK\x03\x04 no workbook"),
        ("parquet", b"PAR1"),
    ],
)
def test_what_is_not_is_not(tmp_path: Path, format: str, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert not is_result(tmp_path / "x", format)
    assert not is_result(tmp_path / "none", format)
