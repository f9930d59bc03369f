from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import nordclass

HEAVY = (
    "numpy",
    "scipy",
    "sklearn",
    "kiwipiepy",
    "joblib",
    "tqdm",
    "click",
    "ahocorasick_rs",
    "snowballstemmer",
)


def loaded_after(code: str) -> set[str]:
    """The top-level modules that a fresh process holds after `code`."""
    script = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_importing_loads_nothing_heavy():
    loaded = loaded_after("import nordclass")
    assert "nordclass" in loaded
    assert not loaded.intersection(HEAVY)


def test_errors_and_taxonomy_load_nothing_heavy():
    code = (
        "import nordclass as n, nordclass.taxonomy as t; n.ModelError; n.Result; t.sectors(); t.countries()"
    )
    assert not loaded_after(code).intersection(HEAVY)


def test_labelling_loads_no_training_library(small_model):
    code = f"import nordclass; nordclass.load({str(small_model)!r}).classify('한국과 페루의 협정, Peru')"
    loaded = loaded_after(code)
    assert "numpy" in loaded
    assert not loaded.intersection({"sklearn", "scipy", "kiwipiepy", "joblib", "snowballstemmer"})


def test_every_public_name_is_there():
    for name in nordclass.__all__:
        assert getattr(nordclass, name).__name__ == name
    assert set(nordclass.__all__) <= set(dir(nordclass))
    assert sorted(nordclass.__all__) == list(nordclass.__all__)


def test_a_name_is_loaded_once():
    first = nordclass.Classifier
    assert vars(nordclass)["Classifier"] is first is nordclass.Classifier


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'nordclass' has no attribute 'Klassifier'"):
        _ = nordclass.Klassifier
    with pytest.raises(ImportError):
        exec("from nordclass import Klassifier")  # noqa: S102


def test_the_version_is_that_of_the_package():
    assert nordclass.__version__ == version("nordclass")


def test_classify_asks_the_shipped_model(shipped, articles):
    row = articles[0]
    text, title = row["text"], row["title"]
    assert nordclass.classify(text, title=title) == shipped.classify(text, title=title)
    with pytest.raises(TypeError):
        nordclass.classify(5)
    with pytest.raises(TypeError):
        nordclass.classify("text", "title")  # the title is given by name


def test_classify_many_asks_the_shipped_model(shipped, articles):
    texts = [row["text"] for row in articles[:5]]
    assert list(nordclass.classify_many(texts)) == [shipped.classify(text) for text in texts]
