from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import nordclass


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


@pytest.mark.parametrize(
    "name", ["README.md", "README.ko.md", "docs/commands.md", "docs/formats.md", "docs/retraining.md"]
)
def test_names_that_the_documents_give_are_there(name):
    text = (Path(__file__).parent.parent / name).read_text(encoding="utf-8")
    imported = re.findall(r"from (nordclass[\w.]*) import (\w+)", text)
    assert all(hasattr(import_module(module), found) for module, found in imported)
    plain = re.findall(r"(?<![\w./-])(?<!from )(?<!pydoc )nordclass\.([a-zA-Z_]\w*)(?=[(.`])", text)
    assert set(plain) <= set(nordclass.__all__)
