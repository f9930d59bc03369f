from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from nordclass import DataError, Recipe, read_recipe
from nordclass.training.settings import ALLOWED, LexiconSettings, PlaceSettings, SectorSettings, Source

SHIPPED = Path(__file__).resolve().parents[2] / "models" / "base" / "recipe.toml"


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "recipe.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_empty_recipe_is_the_default(write):
    assert read_recipe(write("")) == Recipe()


def test_a_path_may_be_a_string(write):
    assert read_recipe(str(write("name = 'mine'"))).name == "mine"
    with pytest.raises(DataError, match=r"cannot read the recipe none\.toml"):
        read_recipe("none.toml")


def test_a_full_recipe(write):
    text = """
        name = "mine"
        seed = 7
        [[data]]
        path = "a.jsonl"
        split = "train"
        [[data]]
        path = "b.jsonl"
        kind = "aid"
        weight = 0.3
        kinds = ["sectors"]
        [lexicon]
        learn = true
        [places]
        c = 1.5
        weights = { near = 2.0 }
        [sectors]
        leaves = 5
    """
    assert read_recipe(write(text)) == Recipe(
        name="mine",
        seed=7,
        data=(
            Source("a.jsonl", split="train"),
            Source("b.jsonl", kind="aid", weight=0.3, kinds=("sectors",)),
        ),
        lexicon=LexiconSettings(learn=True),
        places=PlaceSettings(c=1.5, weights={"near": 2.0}),
        sectors=SectorSettings(leaves=5),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name = ", "not valid TOML"),
        ("colour = 'red'", "unknown settings for Recipe: colour"),
        ("[places]\nk = 3", "unknown settings for PlaceSettings: k"),
        ("[places.gates]\neng = 0.5", "gates are for ko, en, ko-release, en-release, not for 'eng'"),
        ("[sectors.gates]\nde = 0.5", "gates are for ko, en, ko-release, en-release, not for 'de'"),
        ("[places.weights]\nnaer = 1.0", "of measure, near, window, title, document, not of naer"),
        ("[sectors.weights]\nnear = 1.0\nbody = 1.0", "weights are of text, title, not of body, near"),
        ("[[data]]\nname = 'x'", r"^a \[\[data\]\] of the recipe .* needs a path$"),
        ("[card]\nnote = 'x'", "for CardSettings: note; it has labels, limits, use$"),
        ("[[data]]\npath = 'x'\nfile = 'y'", "unknown settings for Source: file"),
    ],
)
def test_a_recipe_that_is_none(write, text, complaint):
    path = write(text)
    with pytest.raises(DataError, match=complaint) as caught:
        read_recipe(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "folds = 'five'",
        "folds = 1",
        "seed = 1.5",
        "places = 3",
        "data = 5",
        "data = ['a.jsonl']",
        "[sectors]\nc = 'large'",
        "[sectors]\ngate = 'high'",
        "[places]\nthreshold = true",
        "[places]\nweights = 1",
        "[places]\ngates = { en = 'high' }",
        "[[data]]\npath = 3",
        "[[data]]\npath = 'x'\nkinds = 'sectors'",
        "[[data]]\npath = 'x'\nkinds = [1]",
        "name = ['x']",
        "[lexicon]\nlearn = 'yes'",
    ],
)
def test_values_of_the_wrong_kind(write, text):
    with pytest.raises(DataError) as caught:
        read_recipe(write(text))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("folds = 1", "folds must be 2 or more, not 1"),
        ("margin = 1.5", "margin must be between 0 and 1, not 1.5"),
        ("seed = -1", "seed must be between 0 and 2147483647, not -1"),
        ("[lexicon]\nsize = -1", "size must be 1 or more, not -1"),
        ("[places]\nc = -1", "c must be above 0, not -1"),
        ("[places]\nc = 0", "c must be above 0, not 0"),
        ("[places]\nc = inf", "c must be above 0, not inf"),
        ("[places]\nthreshold = 7.0", "threshold must be between 0 and 1, not 7.0"),
        ("[places]\nthreshold = -0.1", "threshold must be between 0 and 1, not -0.1"),
        ("[places]\nleaves = 1", "leaves must be 2 or more, not 1"),
        ("[places]\nfalse_alarms = nan", "false_alarms must be between 0 and 1, not nan"),
        ("[places]\ngate = -0.1", "gate must be between 0 and 1, not -0.1"),
        ("[places]\ngate = inf", "gate must be between 0 and 1, not inf"),
        ("[sectors]\ngate = 3", "gate must be between 0 and 1, not 3"),
        ("[places]\nweights = { near = 1.0, title = nan }", "weights must be 0 or more, not nan"),
        ("[sectors]\nnearest = -1", "nearest must be 0 or more, not -1"),
        ("[sectors]\niterations = 0", "iterations must be 1 or more, not 0"),
        ("[sectors]\ngates = { ko = 0.5, en = -1 }", "gates must be between 0 and 1, not -1"),
        ("[[data]]\npath = 'x'\nmost = -5", "most must be 0 or more, not -5"),
        ("[[data]]\npath = 'x'\ncharacters = -5", "characters must be 0 or more, not -5"),
        ("[[data]]\npath = 'x'\nweight = 0", "weight must be above 0, not 0"),
    ],
)
def test_numbers_that_cannot_be(write, text, complaint):
    path = write(text)
    with pytest.raises(DataError) as caught:
        read_recipe(path)
    assert str(caught.value) == f"the recipe {path}: {complaint}"


def test_numbers_at_the_edge(write):
    text = "folds = 2\nmargin = 1\n[places]\nthreshold = 1.0\ngate = 1.0\nnetworks = 0\ngates = { en = 0 }\n"
    recipe = read_recipe(write(text + "weights = { near = 0 }\n[[data]]\npath = 'x'\nmost = 0\n"))
    assert (recipe.places.threshold, recipe.places.gate, recipe.places.gates) == (1.0, 1.0, {"en": 0})


def test_gates_that_let_all_pass_and_those_that_are_chosen(write):
    asked = read_recipe(write("[places]\nthreshold = 0\ngate = 0\n[sectors]\ngate = 0.0\n"))
    assert (asked.places.threshold, asked.places.gate, asked.sectors.gate) == (0, 0, 0)
    chosen = read_recipe(write("[places]\n"))
    assert (chosen.places.threshold, chosen.places.gate, chosen.sectors.gate) == (None, None, None)


@pytest.mark.parametrize("kind", [Recipe, Source, LexiconSettings, PlaceSettings, SectorSettings])
def test_every_number_has_a_range_and_is_in_it(kind):
    usual = kind("x") if kind is Source else kind()
    for each in fields(kind):
        value = getattr(usual, each.name)
        numbers = value.values() if isinstance(value, Mapping) else [value]
        if isinstance(value, Mapping) or type(value) in (int, float):
            assert all(number in ALLOWED[each.name] for number in numbers), each.name


def test_a_whole_number_serves_as_a_fraction(write):
    assert read_recipe(write("[places]\nc = 2")).places.c == 2


def test_a_recipe_in_another_encoding(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_bytes("name = '한국'".encode("cp949"))
    with pytest.raises(DataError, match="not valid TOML"):
        read_recipe(path)


def test_a_byte_order_mark_is_no_part_of_a_recipe(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text("name = '한국'", encoding="utf-8-sig")
    assert read_recipe(path).name == "한국"


def test_a_recipe_that_is_missing(tmp_path):
    with pytest.raises(DataError, match="cannot read the recipe"):
        read_recipe(tmp_path / "none.toml")


def test_the_recipe_of_the_shipped_model_trains_on_no_dev_article():
    recipe = read_recipe(SHIPPED)
    taught = [source for source in recipe.data if source.use == "train" and source.kind == "articles"]
    assert taught
    for source in taught:
        if source.labels and not source.split:  # then the table itself must hold nothing else
            with (SHIPPED.parent / source.labels).open(encoding="utf-8", newline="") as lines:
                assert {row["split"] for row in csv.DictReader(lines, delimiter="\t")} == {"train"}, source
        else:
            assert source.split == "train", source
