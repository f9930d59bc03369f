"""Templates of sites, the pages made of them, and the trees that learn from these."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from nordclass.text.furniture.learned import trees_of
from nordclass.text.furniture.measures import COLUMNS
from nordclass.training import page_lines
from nordclass.training.page_lines import Filler, Template, page_rows, read_templates

TEMPLATES = Path(__file__).resolve().parents[2] / "data" / "pages"
ARTICLES = [
    (
        f"Kenya and Korea open school number {n}",
        f"The school in Nakuru teaches {n} trades.\n\nIt opens in May {n}.",
    )
    for n in range(20)
]
WORDS = {"en": {"city": ["Lima"], "topic": ["Energy"], "country": ["Peru", "Ghana"], "name": ["Maya"]}}


def filler(seed: int = 0) -> Filler:
    return Filler({"en": ARTICLES, "ko": ARTICLES}, WORDS, Random(seed))


def template(tmp_path: Path, *lines: str) -> Template:
    path = tmp_path / "01_daily.page"
    path.write_text("\n".join(lines), encoding="utf-8")
    return Template.read(path)


def test_every_template_of_the_project_can_be_read():
    templates = [
        found for folder in ("korean", "english", "extracted") for found in read_templates(TEMPLATES / folder)
    ]
    assert len(templates) == 300
    assert {found.language for found in templates} == {"ko", "en"}
    for found in templates:
        titles = [label for text, label in found.lines if "{title}" in text]
        assert False in titles, found.name


@pytest.mark.parametrize(
    "lines", [("A|{title}", "{body}"), ("A|{title}", "X|{body}"), ("A|{title}", "F|Home")]
)
def test_a_template_without_labels_or_article_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="01_daily"):
        template(tmp_path, *lines)


def test_slots_are_filled_and_labels_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_lines, "PARTIAL", 0)
    monkeypatch.setattr(page_lines, "OWN_LISTS", 0)
    made = template(
        tmp_path,
        "F|{topic} | {city}",
        "A|{title}",
        "N|{date} {time}",
        "A|{body}",
        "F|1 {headline}",
        "F|{lead}",
    )
    for seed in range(20):
        lines, title = filler(seed).page(made)
        lines = [line for line in lines if line[0].strip()]
        assert lines[0] == ("Energy | Lima", True)
        assert (title == "") == (lines[1][1] is False)
        other = next(text for text, label in lines if label and text.startswith("1 "))
        assert other[2:] in dict(ARTICLES)
        assert lines[-1] == (dict(ARTICLES)[other[2:]].split("\n")[0], True)
        assert not any("{" in text for text, _ in lines)


def test_the_article_is_cut_where_furniture_stands_within(tmp_path: Path) -> None:
    made = template(tmp_path, "A|{title}", "A|{body1}", "F|Advert", "A|{body2}")
    lines, _ = filler().page(made)
    said = [text for text, _ in lines if text.strip()]
    at = said.index("Advert")
    assert said[at - 1].startswith("The school")
    assert said[at + 1].startswith("It opens")


def test_rows_are_those_of_the_lines_with_a_label(tmp_path: Path) -> None:
    rows, furniture = page_rows(
        [("Kenya opens a school", False), ("12 May", None), ("", None), ("Read on", True)]
    )
    assert rows.shape == (2, len(COLUMNS))
    assert furniture.tolist() == [False, True]


def test_trees_learn_from_pages_and_are_the_same_when_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_lines, "ITERATIONS", 20)
    monkeypatch.setattr(page_lines, "PAGES_A_TEMPLATE", 40)
    made = template(
        tmp_path, "F|Home", "F|{headline}", "F|{headline}", "A|{title}", "A|{body}", "F|Login", "F|{headline}"
    )
    rows, targets, weights = page_lines.training_rows(
        [made], filler(), [("en", article) for article in ARTICLES]
    )
    trees = page_lines.fit(rows, targets, weights)
    logits = trees.logits(rows)
    assert np.mean((logits > 0) == targets) > 0.9
    assert np.allclose(trees_of(page_lines.nodes_of(trees)).logits(rows), logits, atol=1e-5)


def test_of_a_page_that_is_copied_in_part_the_article_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_lines, "PARTIAL", 1)
    monkeypatch.setattr(page_lines, "OWN_LISTS", 0)
    made = template(tmp_path, *["F|Home"] * 9, "A|{title}", "A|{body}", *["F|Login"] * 9)
    sizes = set()
    for seed in range(30):
        lines, title = filler(seed).page(made)
        own = [text for text, label in lines if label is False]
        assert len(own) == (2 if title else 3)
        sizes.add(sum(bool(label) for _, label in lines))
    assert len(sizes) > 8


def test_lists_of_the_article_are_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_lines, "OWN_LISTS", 1)
    monkeypatch.setattr(page_lines, "PARTIAL", 0)
    made = template(tmp_path, "F|Home", "A|{body}", "F|Login")
    for seed in range(30):
        lines = [line for line in filler(seed).page(made)[0] if line[0].strip()]
        assert len(lines) >= 3 + 4
        assert [label for _, label in lines] == [True, *[False] * (len(lines) - 2), True]


def test_the_same_seed_gives_the_same_pages():
    made = read_templates(TEMPLATES / "english")[0]
    assert filler(3).page(made) == filler(3).page(made)
    assert filler(3).page(made) != filler(4).page(made)


def test_records_that_only_measure_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    text = "A long text on a school in Nakuru. " * 10
    path.write_text(
        "\n".join(
            f'{{"title": "{split}", "text": "{text}", "split": "{split}"}}' for split in ("train", "dev")
        ),
        encoding="utf-8",
    )
    assert [title for title, _ in page_lines.read_articles(path)] == ["train"]
