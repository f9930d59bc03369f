from __future__ import annotations

import pytest

from nordclass.errors import DataError
from nordclass.training.tables import read_table, read_words


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes):
        path = tmp_path / "t.tsv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_rows_by_line_with_cells_as_they_are(write):
    path = write('\ufeffid\tko\tnote\n1\t 가 \t"said\n\n2\t나\t\n')
    assert read_table(path, ("id", "ko"), "table") == {
        2: {"id": "1", "ko": "가", "note": '"said'},
        4: {"id": "2", "ko": "나", "note": ""},
    }
    assert read_words(path, ("id", "ko"))[1] == {"id": "2", "ko": "나", "note": ""}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ko\tother\na\tb\n", "has no column en; add it"),
        ("", "has no column en, ko; add it"),
        ("ko\ten\na\n", "line 2: not as many cells as columns"),
        ("ko\ten\na\tb\tc\n", "line 2: not as many cells as columns"),
        (b"ko\ten\n\xff\xfe\tb\n", "is not a list of things"),
    ],
)
def test_what_is_no_table_is_refused(write, content, message):
    with pytest.raises(DataError, match=message):
        read_table(write(content), ("ko", "en"), "list of things", "; add it")


@pytest.mark.parametrize(
    ("content", "message"),
    [("ko\ten\n", "has no words"), ("ko\ten\na\tb\n \tb\n", "line 3: ko is empty")],
)
def test_words_are_not_empty(write, content, message):
    with pytest.raises(DataError, match=message):
        read_words(write(content), ("ko", "en"))


def test_a_table_that_is_not_there_is_told_in_one_line(tmp_path):
    with pytest.raises(DataError, match=r"cannot read .*none\.tsv: No such file"):
        read_table(tmp_path / "none.tsv", ("ko",), "table")
