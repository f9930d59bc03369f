"""Nothing leaves the machine, and nothing that is read is run."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import nordclass

SOURCES = sorted(Path(nordclass.__file__).parent.rglob("*.py"))

# Python tells audit hooks of every socket. Pipes between processes of one machine are no network. As a
# sitecustomize module it also guards the processes that a process starts.
GUARD = """
import sys
def forbid(event, args):
    if event.startswith("socket.") and not (event == "socket.__new__" and args[1] not in (-1, 2, 10)):
        raise SystemExit(f"{event}{args}: nordclass must not use the network")
    if event in ("urllib.Request", "http.client.connect", "ftplib.connect", "webbrowser.open"):
        raise SystemExit(f"{event}{args}: nordclass must not use the network")
sys.addaudithook(forbid)
"""

RUN = """
import json
import sys
import nordclass
from nordclass.cli import main
from nordclass.training.settings import LexiconSettings, PlaceSettings, Recipe, SectorSettings
model, folder = sys.argv[1:]
rows = [json.loads(line) for line in sys.stdin]
classifier = nordclass.load(model)
assert any(classifier.classify(row["text"]).countries for row in rows)
assert len(list(classifier.classify_many([row["text"] for row in rows[:10]], n_jobs=2))) == 10
recipe = Recipe(
    folds=2,
    lexicon=LexiconSettings(learn=True),
    places=PlaceSettings(iterations=5, leaves=4, min_df=2),
    sectors=SectorSettings(iterations=5, leaves=4),
)
nordclass.train(rows, recipe=recipe).save(f"{folder}/model")
with open(f"{folder}/rows.jsonl", "w", encoding="utf-8") as lines:
    lines.writelines(json.dumps(row) + "\\n" for row in rows)
for args in (
    ["label", f"{folder}/rows.jsonl", "-o", f"{folder}/out.csv", "--model", f"{folder}/model", "--jobs", "2"],
    ["evaluate", f"{folder}/model", f"{folder}/rows.jsonl"],
    ["info", f"{folder}/model"],
):
    main(args, standalone_mode=False)
print("done")
"""


def run(folder: Path, code: str, *args: object, text: str = "") -> subprocess.CompletedProcess[str]:
    guard = folder / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        input=text,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(guard)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_no_socket_at_import_load_train_and_label(small_model, articles, tmp_path):
    rows = articles[:25] + articles[-25:]
    done = run(tmp_path, RUN, small_model, tmp_path, text="\n".join(map(json.dumps, rows)))
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("done\n")


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://localhost:1/')",
        "import subprocess, sys\n"
        "code = 'import socket; socket.socket()'\n"
        "done = subprocess.run([sys.executable, '-c', code], stderr=sys.stderr)\n"
        "sys.exit(done.returncode)",
    ],
)
def test_the_guard_guards(tmp_path, attempt):
    done = run(tmp_path, attempt)
    assert done.returncode != 0
    assert "must not use the network" in done.stderr


FORBIDDEN_MODULES = {
    *("pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "jsonpickle"),
    *("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "telnetlib", "requests", "httpx", "aiohttp"),
    *("webbrowser", "pty", "commands", "runpy", "ctypes", "code"),
}
PURE = {"urllib.parse"}
"""Parts of such modules that open nothing."""
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
FORBIDDEN_ATTRIBUTES = {
    *(("os", name) for name in ("system", "popen", "execv", "execl", "execve", "spawnl", "spawnv")),
    *(("subprocess", name) for name in ("getoutput", "getstatusoutput", "call", "check_output")),
    *(("joblib", name) for name in ("load", "dump")),
    *((module, name) for module in ("yaml", "torch", "pandas") for name in ("load", "read_pickle")),
}


def violations(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines that load code or run a shell."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            for name in names:
                if name.split(".")[0] in FORBIDDEN_MODULES and name not in PURE:
                    yield node.lineno, f"imports {name}"
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in FORBIDDEN_CALLS:
                yield node.lineno, f"calls {function.id}"
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                if (function.value.id, function.attr) in FORBIDDEN_ATTRIBUTES:
                    yield node.lineno, f"calls {function.value.id}.{function.attr}"
                refuses = any(
                    k.arg == "allow_pickle" and isinstance(k.value, ast.Constant) and k.value.value is False
                    for k in node.keywords
                )
                if (function.value.id, function.attr) in {("np", "load"), ("np", "save")} and not refuses:
                    yield node.lineno, f"np.{function.attr} without allow_pickle=False"
            for keyword in node.keywords:
                value = keyword.value
                on = not (isinstance(value, ast.Constant) and value.value is False)
                if keyword.arg in ("shell", "allow_pickle") and on:
                    yield node.lineno, f"{keyword.arg} is not False"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_source_runs_what_it_reads(path):
    assert list(violations(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from pickle import loads",
        "import urllib.request",
        "eval(text)",
        "exec(text)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "subprocess.run('ls', shell=True)",
        "os.system('ls')",
        "joblib.load(path)",
        "__import__(name)",
    ],
)
def test_what_is_forbidden_is_seen(code):
    assert list(violations(ast.parse(code)))


def test_what_is_allowed_is_not():
    for code in ("re.compile(p)", "np.load(p, allow_pickle=False)", "from urllib.parse import quote"):
        assert not list(violations(ast.parse(code)))
