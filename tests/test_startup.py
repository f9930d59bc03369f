"""What each command loads: seconds depend on the machine, modules do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    *("scipy", "sklearn", "joblib", "kiwipiepy", "pandas", "snowballstemmer"),
    *("tqdm", "multiprocessing", "urllib.request"),
}
NEEDLESS = {"numpy.ma", "zipfile", "tempfile", "nordclass.evaluation", "nordclass.model.writer"}
"""What classifying one text can do without."""
SENTENCE = "한-우즈베키스탄, 디지털정부 협력 양해각서 체결"


def loaded(code: str) -> tuple[set[str], dict[str, str]]:
    """The modules that `code` loads, by full name, and the environment that it leaves."""
    head = "import sys; before = set(sys.modules)\n"
    tail = (
        "\nimport os, json; print(json.dumps([sorted({*sys.modules} - before), dict(os.environ)]),"
        " file=sys.stderr)"
    )
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", head + code + tail],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    modules, after = json.loads(done.stderr.splitlines()[-1])
    return set(modules), after


def command(*arguments: object) -> str:
    return f"from nordclass.cli import main\nmain({[*map(str, arguments)]!r}, standalone_mode=False)"


def test_importing_nordclass_loads_next_to_nothing():
    modules, environment = loaded("import nordclass")
    assert not modules & (HEAVY | {"numpy", "click", "dataclasses", "ahocorasick_rs"})
    assert {name for name in modules if name.startswith("nordclass")} == {"nordclass"}
    assert "OPENBLAS_NUM_THREADS" not in environment


def test_errors_and_taxonomy_load_nothing_heavy():
    modules, _ = loaded(
        "import nordclass as n, nordclass.taxonomy as t; n.ModelError; n.Result; t.sectors(); t.countries()"
    )
    assert not modules & (HEAVY | {"numpy", "click"})


def test_labelling_from_python_loads_no_training_library(small_model):
    text = "한국과 페루의 협정, Peru"
    modules, _ = loaded(f"import nordclass; nordclass.load({str(small_model)!r}).classify({text!r})")
    assert "numpy" in modules
    assert not modules & HEAVY


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["classify", "--help"], ["label", "--help"]]
)
def test_help_loads_no_numpy(arguments):
    modules, _ = loaded(command(*arguments))
    assert not modules & (HEAVY | {"numpy"})


def test_classifying_loads_numpy_and_nothing_heavier(small_model):
    modules, environment = loaded(command("classify", SENTENCE, "--model", small_model))
    assert "numpy" in modules
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith(("nordclass.training", "nordclass.files"))}
    assert not modules & NEEDLESS
    assert environment["OPENBLAS_NUM_THREADS"] == "1"


def test_labelling_in_one_process_loads_no_kiwi_and_no_scikit_learn(small_model, tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    modules, _ = loaded(
        command("label", tmp_path / "a.txt", "-o", tmp_path / "out.csv", "--model", small_model)
    )
    assert not modules & {"scipy", "sklearn", "joblib", "kiwipiepy", "pandas"}


@pytest.mark.parametrize("word", ["인도 정부", "인도에게", "그 수단", "가나", "말리", "파리로", "이란과의"])
def test_a_homograph_loads_no_kiwi(small_model, word):
    modules, _ = loaded(command("classify", f"{word} 협력을 논의했다", "--model", small_model))
    assert "kiwipiepy" not in modules
