from __future__ import annotations

import pytest

from nordclass.taxonomy import tables


@pytest.fixture
def write(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(tables, "_DATA", tmp_path / "data")

    def write(text: str) -> None:
        (tmp_path / "data" / "some.tsv").write_text(text, encoding="utf-8")

    return write


def test_rows_are_dicts_by_column_without_comments(write):
    write("# what this is\ncode\tname\n\nVN\t베트남\n# a remark\nPE\t\n")
    assert list(tables.rows("some.tsv")) == [{"code": "VN", "name": "베트남"}, {"code": "PE", "name": ""}]


@pytest.mark.parametrize("line", ["VN", "VN\t베트남\tmore"])
def test_a_row_with_a_wrong_number_of_cells_is_named(write, line):
    write(f"# remark\ncode\tname\nPE\t페루\n{line}\n")
    with pytest.raises(ValueError, match=r"some\.tsv: . columns, not 2") as error:
        list(tables.rows("some.tsv"))
    assert repr(line) in str(error.value)


@pytest.mark.parametrize("name", ["countries.tsv", "regions.tsv", "names.tsv", "aid_codes.tsv"])
def test_cells_of_the_shipped_tables_hold_no_stray_blanks(name):
    stray = [row for row in tables.rows(name) if any(cell != cell.strip() for cell in row.values())]
    assert stray == []
