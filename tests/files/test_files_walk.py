"""What inputs name, and what their records are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nordclass.errors import InputError
from nordclass.files import Unreadable, expand, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/2.txt", "a/1.txt", "a/deep/x.txt", ".hidden/y.txt", "a/.z.txt", "c.md"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")
    return tmp_path / "in"


def ids(*inputs: str | Path) -> list[str]:
    return [item.id for item in read([str(name) for name in inputs])]


def test_folders_in_order_without_hidden_files(folder: Path) -> None:
    assert ids(folder) == ["a/1.txt", "a/2.txt", "a/deep/x.txt", "b.txt", "c.md"]
    assert [path.name for path in expand([str(folder)]) if path != "-"] == [
        "1.txt",
        "2.txt",
        "x.txt",
        "b.txt",
        "c.md",
    ]


def test_files_globs_and_standard_input(folder: Path) -> None:
    assert ids(folder / "b.txt", folder / "c.md") == ["b.txt", "c.md"]
    assert ids(folder / "*.txt") == ["b.txt"]
    assert ids(folder / "**" / "*.txt") == ["a/1.txt", "a/2.txt", "a/deep/x.txt", "b.txt"]
    assert list(expand(["-"])) == ["-"]


def test_a_file_comes_once_and_ids_stay_apart(folder: Path) -> None:
    assert ids(folder / "b.txt", folder) == ["b.txt", "a/1.txt", "a/2.txt", "a/deep/x.txt", "c.md"]
    (folder / "a" / "b.txt").write_text("other")
    assert ids(folder / "b.txt", folder / "a" / "b.txt") == ["b.txt", (folder / "a" / "b.txt").as_posix()]


def test_a_name_with_brackets_is_a_file_first(folder: Path) -> None:
    (folder / "[b].txt").write_text("brackets")
    assert ids(folder / "[b].txt") == ["[b].txt"]


def test_what_is_missing_does_not_stop_the_rest(folder: Path) -> None:
    found = list(read([str(folder / "no.txt"), str(folder / "*.pdf"), str(folder / "b.txt")]))
    assert [type(item) is Unreadable for item in found] == [True, True, False]
    with pytest.raises(InputError, match="no such file"):
        list(expand([str(folder / "no.txt")]))
    with pytest.raises(InputError, match="no file matches"):
        list(expand([str(folder / "*.pdf")]))


def test_links_to_folders_make_no_loops(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert len(ids(folder)) == 5


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    (found,) = read([str(folder / "b.txt")])
    assert isinstance(found, Unreadable)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices")
def test_devices_are_refused() -> None:
    (found,) = read(["/dev/zero"])
    assert isinstance(found, Unreadable)


def test_files_to_skip_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"text of {name}")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    found = read([str(tmp_path)], skip=[tmp_path / "link.txt", tmp_path / "none.txt"])
    assert [record.id for record in found] == ["a.txt", "c.txt"]
