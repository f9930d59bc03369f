"""Names that tell files apart."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from nordclass.files.names import told_apart


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["x.csv"], ["x.csv"]),
        (["a/x.csv", "b/x.csv", "b/y.csv"], ["a/x.csv", "b/x.csv", "y.csv"]),
        (["x.csv", "a/x.csv"], ["x.csv", "a/x.csv"]),
        (["x.csv", "../x.csv"], ["x.csv", "../x.csv"]),
        (["/p/a/1/x.csv", "/p/b/1/x.csv"], ["a/1/x.csv", "b/1/x.csv"]),
        (["/x.csv", "/a/x.csv"], ["/x.csv", "a/x.csv"]),
        ([], []),
    ],
)
def test_as_much_as_tells_them_apart_in_any_order(paths: list[str], names: list[str]) -> None:
    expected = dict(zip(paths, names, strict=True))
    for order in permutations(paths):
        assert told_apart(list(map(Path, order))) == [expected[path] for path in order]


def test_names_of_others_are_not_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert told_apart([Path("x.csv")], taken=["x.csv"]) == [f"{tmp_path.name}/x.csv"]
    given = told_apart([Path("p/m/x.txt"), Path("q/m/x.txt")], ["m/x.txt", "m/x.txt"], ["x.txt"])
    assert given == ["p/m/x.txt", "q/m/x.txt"]
