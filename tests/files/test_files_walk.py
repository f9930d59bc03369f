"""What inputs name, and what their records are called."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from nordclass.errors import InputError
from nordclass.files import Record, Unreadable, expand, read


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


def test_what_windows_and_office_leave_behind_is_hidden_too(folder: Path) -> None:
    before = ids(folder)
    for name in ("Thumbs.db", "a/desktop.ini", "a/~$1.docx", "a/deep/THUMBS.DB"):
        (folder / name).write_bytes(b"\0\1")
    assert ids(folder) == before
    assert ids(folder / "**" / "*") == before
    assert ids(folder / "Thumbs.db") == ["Thumbs.db"]  # whoever names it is told what is wrong with it


@pytest.mark.parametrize("files", [[], [".hidden.txt"], ["Thumbs.db"], ["own.csv"]])
def test_a_folder_without_files_is_told(tmp_path: Path, files: list[str]) -> None:
    folder = tmp_path / "in"
    (folder / "empty").mkdir(parents=True)
    for name in files:
        (folder / name).write_text("x")
    why = "a folder without a file to read; hidden ones are left out"
    found = list(read([str(folder)], skip=[folder / "own.csv"]))
    assert found == [Unreadable("in", f"{folder}: {why}")]


def test_a_folder_whose_files_came_already_is_not_empty(folder: Path) -> None:
    names = [str(path) for path in expand([str(folder / "a")])]
    assert ids(*names, folder / "a") == ["1.txt", "2.txt", "x.txt"]


def test_files_globs_and_standard_input(folder: Path) -> None:
    assert ids(folder / "b.txt", folder / "c.md") == ["b.txt", "c.md"]
    assert ids(folder / "*.txt") == ["b.txt"]
    assert ids(folder / "**" / "*.txt") == ["a/1.txt", "a/2.txt", "a/deep/x.txt", "b.txt"]
    assert list(expand(["-"])) == ["-"]


def test_a_file_comes_once(folder: Path) -> None:
    assert ids(folder / "b.txt", folder) == ["b.txt", "a/1.txt", "a/2.txt", "a/deep/x.txt", "c.md"]


@pytest.mark.parametrize("suffix", ["txt", "csv"])
def test_names_do_not_depend_on_the_order_of_the_inputs(tmp_path: Path, suffix: str) -> None:
    for name in ("y24/x", "y24/m/z", "y25/x", "y25/m/z", "y25/only"):
        path = tmp_path / f"{name}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text\nof {name}")
    row = ":1" if suffix == "csv" else ""
    for inputs, expected in (
        ([f"y24/x.{suffix}", f"y25/x.{suffix}"], ["y24/x", "y25/x"]),
        (["y24", "y25"], ["y24/m/z", "y24/x", "y25/m/z", "only", "y25/x"]),
        ([f"y24/x.{suffix}", "y25"], ["y24/x", "m/z", "only", "y25/x"]),
        ([f"y2?/x.{suffix}", "y24/m"], ["y24/x", "y25/x", "z"]),
        (["y24"], ["m/z", "x"]),
    ):
        for order in (inputs, inputs[::-1]):
            found = ids(*(tmp_path / name for name in order))
            assert sorted(found) == sorted(f"{name}.{suffix}{row}" for name in expected)


def test_outputs_that_are_passed_over_have_no_part_in_names(folder: Path) -> None:
    (folder / "a" / "b.txt").write_text("output")
    inputs = [str(folder / "b.txt"), str(folder / "a")]
    found = [item.id for item in read(inputs, skip=[folder / "a" / "b.txt"])]
    assert found == ["b.txt", "1.txt", "2.txt", "deep/x.txt"]


def test_one_input_is_walked_through_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nordclass.files.walk.told_apart", lambda *_: pytest.fail("looked for clashes"))
    assert len(ids(folder)) == 5


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


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "*", "b.txt/x", "nul\0", "nul\0*"])
def test_a_name_that_cannot_be_looked_up_stops_nothing(folder: Path, name: str) -> None:
    missing, found = read([str(folder / name), str(folder / "b.txt")])
    assert isinstance(missing, Unreadable)
    assert "\n" not in missing.error
    assert re.search("too long|no such file|no file matches", missing.error)
    assert found.id == "b.txt"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_without_permission_stops_nothing(folder: Path) -> None:
    (folder / "a").chmod(0)
    found = list(read([str(folder / "a" / "1.txt"), str(folder)]))
    (folder / "a").chmod(0o755)
    assert [(item.id, isinstance(item, Unreadable)) for item in found] == [
        ("1.txt", True), ("a", True), ("b.txt", False), ("c.md", False),
    ]  # fmt: skip


def test_an_empty_name_is_not_the_current_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    missing, found = read(["", "b.txt"])
    assert isinstance(missing, Unreadable)
    assert "without a name" in missing.error
    assert found.id == "b.txt"
    with pytest.raises(InputError, match="without a name"):
        list(expand([""]))


def test_a_link_in_a_circle_stops_nothing(folder: Path) -> None:
    (folder / "a" / "circle.txt").symlink_to("circle.txt")
    for inputs in ([folder], [folder / "a" / "circle.txt", folder / "a" / "*.txt"]):
        found = {item.id: item for item in read(list(map(str, inputs)))}
        told = next(item for id, item in found.items() if id.endswith("circle.txt"))
        assert isinstance(told, Unreadable)
        assert "symbolic links" in told.error
        assert isinstance(found["1.txt" if len(inputs) == 2 else "a/1.txt"], Record)


def test_a_link_that_leads_nowhere_is_told(folder: Path) -> None:
    (folder / "gone.csv").symlink_to("moved/away.csv")
    (folder / "a" / "gone").symlink_to(folder / "none", target_is_directory=True)
    for inputs in ([folder], [folder / "*", folder / "a" / "*"]):
        told = {item.id: item.error for item in read(list(map(str, inputs))) if isinstance(item, Unreadable)}
        assert sorted(Path(id).name for id in told) == ["gone", "gone.csv"]
        assert all("a link that leads to no file" in error for error in told.values())
    with pytest.raises(InputError, match="leads to no file"):
        list(expand([str(folder)]))


@pytest.mark.skipif(os.name != "posix", reason="pipes in folders")
def test_what_is_no_file_in_a_folder_is_left_out(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "to-pipe.txt").symlink_to("pipe.txt")
    assert len(ids(folder)) == 5


@pytest.mark.skipif(os.name != "posix", reason="paths of so many characters")
def test_folders_may_lie_deeper_than_recursion_goes(tmp_path: Path) -> None:
    path = str(tmp_path)
    for _ in range(sys.getrecursionlimit() + 50):
        path += "/q"
        os.mkdir(path)  # noqa: PTH102 - Path would take seconds
    Path(path, "x.txt").write_text("text")
    try:
        (found,) = read([str(tmp_path)])
        assert isinstance(found, Record)
    finally:
        Path(path, "x.txt").unlink()  # pytest itself could not remove them
        while path != str(tmp_path):
            os.rmdir(path)  # noqa: PTH106
            path = path[:-2]


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


def test_an_open_file_to_skip_is_passed_over_whatever_its_name(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"text of {name}")
    (tmp_path / "c.txt").hardlink_to(tmp_path / "b.txt")
    with (tmp_path / "b.txt").open("rb") as stream:
        assert [record.id for record in read([str(tmp_path)], skip=[stream.fileno()])] == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_in_other_encodings_are_readable_and_stay_apart(tmp_path: Path) -> None:
    folder = tmp_path / "보도자료"
    folder.mkdir()
    names = [
        "한국과 몽골.txt".encode("cp949"),
        "협력.txt".encode("cp949"),
        b"\xff\xfe\xfd.txt",
        b"\xff\xfe\xfc.txt",
    ]
    for name in names:
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text("Korea and Peru")
    expected = {"한국과 몽골.txt", "협력.txt", "\\xff\\xfe\\xfd.txt", "\\xff\\xfe\\xfc.txt"}
    assert set(ids(folder)) == set(ids(folder / "*.txt")) == expected
    assert set(ids(*folder.iterdir())) == expected
    assert set(ids(tmp_path)) == {f"보도자료/{name}" for name in expected}
    gone = os.fsdecode("없는 문서.csv".encode("cp949"))
    (missing,) = read([gone])
    assert missing == Unreadable("없는 문서.csv", "없는 문서.csv: no such file or folder")


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_files_whose_names_read_the_same_stay_apart(tmp_path: Path) -> None:
    for encoding in ("utf-8", "cp949"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + "협력.txt".encode(encoding))).write_text("Korea")
    assert ids(tmp_path) == ids(*sorted(tmp_path.iterdir())) == ["협력.txt", "협력.txt#2"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_errors_name_files_readably(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/" + "협력.csv".encode("cp949"))).write_text("a,b\n1,2\n")
    (found,) = read([str(tmp_path)])
    assert isinstance(found, Unreadable)
    assert found.error.startswith("협력.csv: no column named text")


@pytest.mark.parametrize("inputs", ["releases/", b"releases"])
def test_one_name_is_not_taken_for_many(inputs: str | bytes) -> None:
    with pytest.raises(TypeError, match="several names, as in a list, not one"):
        read(inputs)  # type: ignore[arg-type]
