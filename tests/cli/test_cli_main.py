"""The group: help without weight, errors in one line, exit codes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from cli_process import command_line
from click.testing import CliRunner

import nordclass
from nordclass.cli import main
from nordclass.cli.stopping import Terminated
from nordclass.errors import DataError, InputError, ModelError

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "scipy", "sklearn", "joblib", "kiwipiepy", "tqdm", "nordclass.files", "nordclass.model")


@pytest.mark.parametrize("args", [["--help"], ["--version"], []])
def test_help_imports_nothing_heavy(args):
    code = (
        "import sys\nfrom nordclass.cli import main\n"
        f"try: main({args!r})\nexcept SystemExit: pass\n"
        f"print('loaded:', [m for m in {HEAVY!r} if m in sys.modules])\n"
        "print('commands:', [m for m in sys.modules if m.startswith('nordclass.cli.')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "loaded: []" in out
    assert "commands: []" in out


def test_help_of_a_command_imports_that_command_only():
    code = (
        "import sys\nfrom nordclass.cli import main\n"
        "try: main(['train', '--help'])\nexcept SystemExit: pass\n"
        f"print('loaded:', [m for m in {HEAVY!r} if m in sys.modules])\n"
        "print('nordclass.cli.label' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.endswith("loaded: []\nFalse\n")


def test_all_commands_have_help(run):
    listed = run("--help").stdout
    for name in ("classify", "label", "train", "evaluate", "info"):
        assert name in listed
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "\b" not in result.stdout


def test_the_help_of_the_documentation_is_that_of_the_commands(run):
    """docs/commands.md shows each command's help as a terminal of 80 columns does."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^## nordclass (\w+)$", text)
    assert named == ["classify", "label", "train", "evaluate", "threshold", "info"]
    for name in named:
        help = CliRunner().invoke(main, [name, "--help"], prog_name="nordclass", terminal_width=78).stdout
        assert textwrap.indent(help, "    ", lambda line: True).rstrip() in text, name


def test_version(run):
    assert nordclass.__version__ in run("--version").stdout


@pytest.mark.parametrize(
    "args",
    [["nonsense"], ["label"], ["evaluate"], ["train", "-o", "x"], ["label", "x", "-o", "y", "--jobs", "0"]],
)
def test_usage_errors_exit_with_2(run, args):
    result = run(*args)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("one\nline"), 3),
        (DataError("x"), 4),
        (ModelError("x"), 5),
        (KeyboardInterrupt(), 130),
        (Terminated(), 143),
        (BrokenPipeError(), 141),
        (PermissionError(13, "Permission denied", "f.txt"), 1),
        (MemoryError(), 1),
    ],
)
def test_errors_become_one_line_and_an_exit_code(run, monkeypatch, error, code):
    def fail(*_):
        raise error

    monkeypatch.setattr("nordclass.model.store.read_manifest", fail)
    # The pipe of this very process must stay open.
    monkeypatch.setattr("nordclass.cli._forget_stdout", lambda: None)
    result = run("info", "x")
    assert result.exit_code == code
    assert result.stderr.count("\n") == (code != 141)
    assert result.stderr.startswith("nordclass: ") or code == 141


def test_a_missing_model_is_told(run):
    result = run("classify", "text", "--model", "no/such/folder")
    assert result.exit_code == ModelError.exit_code
    assert result.stderr.startswith("nordclass: no model at ")


PRINTED = [["info", "{model}"], ["--help"], ["--version"], ["label", "--help"]]


@pytest.mark.parametrize("args", PRINTED)
def test_a_closed_pipe_is_quiet(small_model, args):
    reader, writer = os.pipe()
    os.close(reader)
    command = command_line(*(arg.format(model=small_model) for arg in args))
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("args", PRINTED)
def test_a_full_disk_is_told_in_one_line(small_model, args):
    command = command_line(*(arg.format(model=small_model) for arg in args))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"nordclass: No space left on device\n")


def test_a_terminal_without_hangul_gets_escapes(small_model):
    code = "from nordclass.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "classify",
        "--all",
        "--model",
        str(small_model),
        "한국과 몽골의 협력",
    ]
    env = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, env=env, check=True)
    assert b"MN" in done.stdout
    assert b"\\u" in done.stdout


def test_main_is_the_entry_point():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    (installed,) = entry_points(group="console_scripts", name="nordclass")
    assert scripts == {"nordclass": installed.value}
    assert installed.load() is main


CLOSED = [
    ("<&-", "classify", 3, "nordclass: no text: standard input is closed"),
    ("<&-", "classify -", 3, "nordclass: no text: standard input is closed"),
    ("<&-", "label - -o - --quiet", 3, ""),
    (">&-", "info", 1, "nordclass: standard output is closed"),
    (">&-", "--help", 1, "nordclass: standard output is closed"),
    (">&-", "info --json", 1, "nordclass: standard output is closed"),
    (">&-", "classify Korea and Mongolia", 1, "nordclass: standard output is closed"),
    (">&-", "label a.txt -o -", 1, "nordclass: standard output is closed"),
    (">&- <&-", "label a.txt -o out.csv --quiet", 0, ""),
    ("2>&-", "label a.txt -o out.csv", 0, ""),
    ("<&- >&- 2>&-", "label a.txt -o out.csv --jobs 2", 0, ""),
]


@pytest.mark.skipif(os.name != "posix", reason="closes streams by a POSIX shell")
@pytest.mark.parametrize(("closed", "args", "code", "told"), CLOSED)
def test_closed_streams(small_model, tmp_path, closed, args, code, told):
    (tmp_path / "a.txt").write_text("Korea and Mongolia agree on health.")
    model = [small_model] if args.startswith("info") else ["--model", small_model]
    model = [] if args == "--help" else model
    command = shlex.join(command_line(*args.split(), *model))
    done = subprocess.run(["sh", "-c", f"{command} {closed}"], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == code, done.stderr
    assert done.stderr.decode().startswith(told)
    assert done.stderr.count(b"\n") == bool(told)
    if "out.csv" in args:
        assert b"a.txt" in (tmp_path / "out.csv").read_bytes()


@pytest.mark.parametrize("number", ["nan", "-nan", "inf", "-inf", "1e400", "x"])
@pytest.mark.parametrize(
    "args",
    [
        ("classify", "Korea", "--min-score"),
        ("label", "a.txt", "-o", "a.csv", "--min-score"),
        ("threshold", "base", "a.jsonl", "-o", "m", "--target-precision"),
    ],
)
def test_numbers_that_are_none_are_wrong_use(run, args, number):
    result = run(*args, number)
    assert result.exit_code == 2
    assert f"Invalid value for '{args[-1]}'" in result.stderr
