"""The project's training data: what one recipe reads together must not say two things of one document."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nordclass.result import KINDS
from nordclass.taxonomy import countries, regions, sectors
from nordclass.training.settings import Source, read_recipe

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "models" / "base" / "recipe.toml"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["source"]
KNOWN = dict(zip(KINDS, (countries, regions, sectors), strict=True))


def taught() -> list[Source]:
    return [source for source in read_recipe(RECIPE).data if source.use == "train"]


def table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def own() -> list[Path]:
    """The files of articles that the project holds and that the recipe or a floor names."""
    paths = [(RECIPE.parent / source.path).resolve() for source in taught() if source.kind != "words"]
    measuring = [ROOT / floor["file"] for floor in FLOORS.values() if (ROOT / floor["file"]).exists()]
    return sorted({path for path in [*paths, *measuring] if path.is_relative_to(ROOT)})


def articles(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_id_names_one_article() -> None:
    ids = Counter(
        article["id"] for path in own() if "translated" not in path.name for article in articles(path)
    )
    assert [name for name, count in ids.items() if count > 1] == []


def test_a_release_has_labels_in_one_table() -> None:
    tables = {source.labels for source in taught() if "ko_press" in source.labels}
    ids = Counter(row["id"] for name in tables for row in table(RECIPE.parent / name))
    assert tables
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("path", own(), ids=lambda path: path.stem)
def test_labels_of_articles_are_known(path: Path) -> None:
    for article in articles(path):
        for kind in ("sectors",) if article.get("terms_only") else KINDS:
            unknown = set(article[kind]).difference(KNOWN[kind]())  # type: ignore[call-overload]
            assert not unknown, article["id"]
        assert "KR" not in article.get("countries", ())  # type: ignore[operator]


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "labels").glob("*.tsv")), ids=lambda path: path.stem)
def test_labels_in_tables_are_known(path: Path) -> None:
    for row in table(path):
        assert {"id", "split"} < set(row) <= {"id", *KINDS, "split"}
        for kind in KINDS:
            assert set(filter(None, row.get(kind, "").split(";"))) <= set(KNOWN[kind]()), row["id"]
        assert "KR" not in row.get("countries", "").split(";"), row["id"]
