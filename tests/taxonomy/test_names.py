from __future__ import annotations

import pytest

from nordclass.taxonomy import countries, names, regions
from nordclass.taxonomy.names import (
    BLOCKER,
    NameRow,
    is_region,
    name_lines,
    name_rows,
    plain_code,
    region_code,
)


def test_a_region_is_marked_and_a_country_is_not():
    assert region_code("AU") == "@AU"
    assert is_region("@AU")
    assert not is_region("AU")
    assert plain_code("@AU") == plain_code("AU") == "AU"


def test_a_row_names_its_places():
    row = NameRow.parse("KR;VN\tko\tcompound\t한베\t")
    assert row == ("KR;VN", "ko", "compound", "한베", "")
    assert row.codes == ("KR", "VN")
    assert NameRow.parse("-\ten\tname\tLebanon, Ohio\tcase").codes == ()


@pytest.mark.parametrize("line", ["KR\tko\tname\t한국", "KR\tko\tname\t한국\t\t"])
def test_a_row_with_other_columns_is_refused(line):
    with pytest.raises(ValueError):
        NameRow.parse(line)


def test_a_table_with_other_columns_is_refused(monkeypatch):
    monkeypatch.setattr(
        names, "lines", lambda name: ["code\tlang\tform\tkind\tcheck", "KR\tko\t한국\tname\t"]
    )
    with pytest.raises(ValueError, match=r"names\.tsv"):
        name_lines()


def test_every_code_of_the_table_is_known():
    for row in name_rows():
        for code in row.codes:
            assert plain_code(code) in (regions() if is_region(code) else countries()), row
        assert (row.code == BLOCKER) == (not row.codes)
