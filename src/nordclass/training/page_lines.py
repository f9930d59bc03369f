"""Learns which lines of a page are furniture, from templates of sites filled with articles.

    python -m nordclass.training.page_lines data/pages data/corpus ../shared/corpus

writes the trees that `nordclass.text.furniture.learned` applies. A template (`data/pages/README.md`) says of
each of its lines whether it is the article's or the site's; the article and the headlines of other articles
come from our own corpora. Real documents, which hold hardly any furniture that the rules leave, teach what is
none.
"""

from __future__ import annotations

import calendar
import json
import lzma
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nordclass.array_types import Floats
from nordclass.text.furniture.learned import NODES, TREES
from nordclass.text.furniture.lines import Page
from nordclass.text.furniture.measures import COLUMNS, measures
from nordclass.text.furniture.spans import page_by_rules
from nordclass.text.normalize import normalize
from nordclass.training.fitting import fit_trees
from nordclass.trees import BoostedTrees

Article = tuple[str, str]
"""Title and text."""
Labelled = tuple[str, bool | None]
"""A line of a page, and whether it is furniture; None where either would do."""

PAGES_A_TEMPLATE: Final = 12
DOCUMENTS: Final = 6_000
"""Real documents, and articles without a page around them, that teach what is no furniture."""
DOCUMENT_WEIGHT: Final = 1.0
WRAPPED: Final = 0.2
"""The share of documents whose lines are cut as PDF files and mails cut them …"""
WRAPPED_PAGES: Final = 0.1
"""… and the same of articles in templates."""
WIDTHS: Final = {"ko": (34, 60), "en": (60, 100)}
"""Characters of a line that is cut."""
UNTITLED: Final = 0.25
"""The share of pages whose headline is given apart from the text."""
BRIEF: Final = 0.15
"""The share of pages with an article of a few paragraphs: one to three more than furniture parts."""
OWN_LISTS: Final = 0.15
"""The share of articles, in pages and alone, that get a list or a table of their own."""
PARTIAL: Final = 0.3
"""The share of pages that were copied in part: from anywhere above the article to anywhere below it."""
CLOSE: Final = 0.25
"""The share of pages without blank lines."""
ITERATIONS: Final = 240
LEAVES: Final = 16

_CORPORA: Final = (
    "articles",
    "various",
    "firms",
    "retold",
    "world",
    "reports",
    "stories",
    "fields",
    "news",
    "pages",
    "translated",
)
_REAL: Final = ("ko_press_labelled", "ko_news_labelled")
_MIN_TEXT: Final = 200
_SLOT: Final = re.compile(r"\{(\w+)\}")
_BODY: Final = re.compile(r"\{(?:body([123])?|wrapped)\}")
_LABELS: Final = {"A": False, "F": True, "N": None}
_OWN_WORD: Final = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
_HANGUL: Final = re.compile("[가-힣]")
_MIN_KOREAN: Final = 60
"""Syllables of a template for Korean articles."""
_LEAD: Final = re.compile(r".{30,300}?(?:다\.|[.!?])(?=\s|$)")
_MONTHS: Final = calendar.month_name[1:]


@dataclass(frozen=True, slots=True)
class Template:
    """A made-up site: its lines with their labels, in which slots stand for what articles bring."""

    name: str
    language: str
    lines: Sequence[Labelled]
    parts: int
    """In how many parts the article is cut, furniture between them."""

    @classmethod
    def read(cls, path: Path) -> Template:
        """Read a template. Raises ValueError where a line has no label or no line holds the article."""
        lines: list[Labelled] = []
        for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
            label, bar, text = line.partition("|")
            if line.strip() and (label not in _LABELS or not bar):
                raise ValueError(f"{path.name}: no label before {line!r:.60}")
            lines.append((text, _LABELS.get(label)))
        body = [found for text, _ in lines for found in _BODY.finditer(text)]
        if not body:
            raise ValueError(f"{path.name}: no line holds the article")
        words = "".join(_SLOT.sub("", text) for text, _ in lines)
        language = "ko" if len(_HANGUL.findall(words)) >= _MIN_KOREAN else "en"
        return cls(path.stem, language, lines, max(int(found[1] or 1) for found in body))


def read_templates(folder: Path) -> list[Template]:
    """The templates in a folder and those below it, by name."""
    return [Template.read(path) for path in sorted(folder.rglob("*.page"))]


@dataclass(slots=True)
class Filler:
    """Fills templates with articles drawn at random: one that the page is about, and others around it."""

    articles: Mapping[str, Sequence[Article]]
    words: Mapping[str, Mapping[str, Sequence[str]]]
    """By language and slot."""
    random: Random
    _other: Article = field(init=False, default=("", ""))

    def page(self, template: Template) -> tuple[list[Labelled], str]:
        """The lines of a page, and the headline, which has no line of its own where it is given apart."""
        title, text = self.random.choice(self.articles[template.language])
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        if self.random.random() < BRIEF:
            paragraphs = paragraphs[: self.random.randint(template.parts, template.parts + 2)]
        paragraphs = self.with_list(paragraphs, template.language)
        if self.random.random() < WRAPPED_PAGES:
            paragraphs = self.wrapped(paragraphs, template.language)
        parts = self._cut(paragraphs, template.parts)
        apart = self.random.random() < UNTITLED
        lines: list[Labelled] = []
        for line, label in template.lines:
            if found := _BODY.search(line):  # a paragraph a line, blank lines between
                part = parts[int(found[1] or 1) - 1]
                if found[0] == "{wrapped}":
                    part = self.wrapped(part, template.language)
                before, behind = line[: found.start()], line[found.end() :]
                lines += [
                    (one, mark)
                    for text in part
                    for one, mark in ((before + text + behind, label), ("", None))
                ]
            elif not (apart and label is False and line.strip() == "{title}"):
                lines.append((self._filled(line, title, template.language), label))
        if self.random.random() < PARTIAL:
            lines = self._part(lines)
        close = self.random.random() < CLOSE
        return [line for line in lines if line[0].strip() or not close], title if apart else ""

    def _part(self, lines: list[Labelled]) -> list[Labelled]:
        """The article with some of what stands above and below it."""
        own = [at for at, (text, label) in enumerate(lines) if label is False and text.strip()]
        first, last = self.random.randint(0, own[0]), self.random.randint(own[-1] + 1, len(lines))
        return lines[first:last]

    def with_list(self, paragraphs: Sequence[str], language: str) -> list[str]:
        """An article of which a share has a list behind one of its paragraphs, made of its own words."""
        words = _OWN_WORD.findall(" ".join(paragraphs))
        if not words or self.random.random() >= OWN_LISTS:
            return [*paragraphs]
        at = self.random.randint(1, len(paragraphs))
        return [*paragraphs[:at], *self._list(words, language), *paragraphs[at:]]

    def _list(self, words: Sequence[str], language: str) -> list[str]:
        draw = self.random
        states = [self._word("country", "", language) for _ in range(draw.randint(3, 8))]

        def phrase(most: int) -> str:
            return " ".join(draw.choices(words, k=draw.randint(1, most)))

        cells = [
            [state, phrase(4), f"{draw.randint(1, 900)}", f"{draw.randint(2015, 2030)}"] for state in states
        ]
        mark = draw.choice(("- ", "• ", "ㅇ ", "* ", ""))
        clock = [f"{draw.randint(9, 17):02}:{draw.choice((0, 15, 30)):02}" for _ in states]
        names = [self._word("name", "", language) for _ in states]
        forms = (
            [cell for row in [[phrase(1) for _ in range(4)], *cells] for cell in row],
            [" | ".join(row) for row in cells],
            [f"{mark}{state}: {phrase(5)}" for state in states],
            [f"{mark}{state}" for state in states],
            [f"{state} {phrase(2)} {name}" for state, name in zip(states, names, strict=True)],
            [f"{time} {phrase(5)}" for time in clock],
            [f"{'QA'[at % 2]}. {phrase(7)}" for at, _ in enumerate(states)],
            [f"{at + 1}. {phrase(6)}" for at, _ in enumerate(states)],
        )
        return draw.choice(forms)

    def wrapped(self, paragraphs: Sequence[str], language: str) -> list[str]:
        """The lines of paragraphs, cut at one width."""
        width = self.random.randint(*WIDTHS[language])
        return [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width)]

    def _cut(self, paragraphs: Sequence[str], parts: int) -> list[Sequence[str]]:
        """Parts of an article, the last often of a paragraph or two; empty where it has too few."""
        inner = range(1, len(paragraphs))
        cuts = sorted(self.random.sample(inner, min(parts - 1, len(inner))))
        if cuts and len(paragraphs) > parts and self.random.random() < 0.4:
            cuts[-1] = max(len(paragraphs) - self.random.choice((1, 2)), cuts[-1])
        found = [paragraphs[first:last] for first, last in zip([0, *cuts], [*cuts, None], strict=True)]
        return found + [[]] * (parts - len(found))

    def _filled(self, line: str, title: str, language: str) -> str:
        return _SLOT.sub(lambda slot: self._word(slot[1], title, language), line)

    def _word(self, slot: str, title: str, language: str) -> str:
        draw = self.random
        if slot == "title":
            return title
        if slot == "headline":
            self._other = draw.choice(self.articles[language])
            return self._other[0]
        if slot in ("lead", "leadcut"):
            lead = _lead(self._other[1] or draw.choice(self.articles[language])[1])
            return (
                lead if slot == "lead" else lead[: draw.randint(30, 90)] + draw.choice(("…", "...", " ..."))
            )
        if slot == "date":
            return self._date(language)
        if slot == "time":
            return f"{draw.randint(0, 23):02}:{draw.randint(0, 59):02}"
        if slot == "n":
            return str(draw.choice((draw.randint(1, 99), draw.randint(100, 9999))))
        return draw.choice(words) if (words := self.words[language].get(slot)) else ""

    def _date(self, language: str) -> str:
        year, month, day = (
            self.random.randint(2015, 2026),
            self.random.randint(1, 12),
            self.random.randint(1, 28),
        )
        name = _MONTHS[month - 1]
        forms = {
            "ko": (
                f"{year}.{month:02}.{day:02}",
                f"{year}-{month:02}-{day:02}",
                f"{year}년 {month}월 {day}일",
            ),
            "en": (f"{day} {name[:3]} {year}", f"{name} {day}, {year}", f"{year}-{month:02}-{day:02}"),
        }
        return self.random.choice(forms[language])


def _lead(text: str) -> str:
    """The first sentence of the first line that is more than a dateline."""
    line = next((line.strip() for line in text.split("\n") if len(line.strip()) > 40), text[:200])
    found = _LEAD.match(line)
    return found[0] if found else line[:200]


def page_rows(lines: Iterable[Labelled], title: str = "") -> tuple[Floats, NDArray[np.bool_]]:
    """Measures of the lines of a page that have a label, and whether each is furniture."""
    plain = [(" ".join(normalize(text)[0].split("\n")), label) for text, label in lines]
    page = page_by_rules("\n".join(text for text, _ in plain), title)[0]
    labels = [label for text, label in plain if text.strip()]
    known = np.array([label is not None for label in labels], dtype=bool)
    return _measured(page, title)[known], np.array(
        [label for label in labels if label is not None], dtype=bool
    )


def document_rows(text: str, title: str = "") -> Floats:
    """Measures of the lines of a document that the rules leave."""
    page = page_by_rules(normalize(text)[0], title)[0]
    return _measured(page, title)[[not line.drop for line in page.lines]]


def _measured(page: Page, title: str) -> Floats:
    return measures(page, title) if page.lines else np.zeros((0, len(COLUMNS)), dtype=np.float32)


def training_rows(
    templates: Sequence[Template], filler: Filler, documents: Sequence[tuple[str, Article]]
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Rows, whether each is of furniture, and their weights: pages of the templates, then documents."""
    pages = [page_rows(*filler.page(template)) for template in templates for _ in range(PAGES_A_TEMPLATE)]
    plain = []
    for language, (title, text) in documents:
        lines = filler.with_list(text.split("\n"), language)
        if filler.random.random() < WRAPPED:
            lines = filler.wrapped(lines, language)
        apart = filler.random.random() < 0.5
        body = "\n".join(lines)
        plain.append(document_rows(body, title) if apart else document_rows(f"{title}\n\n{body}"))
    rows = np.concatenate([*(rows for rows, _ in pages), *plain])
    count = sum(map(len, plain))
    targets = np.concatenate([*(target for _, target in pages), np.zeros(count, dtype=bool)])
    weights = np.ones(len(rows), dtype=np.float32)
    weights[len(rows) - count :] = DOCUMENT_WEIGHT
    return rows, targets, weights


def fit(rows: Floats, targets: NDArray[np.bool_], weights: Floats) -> BoostedTrees:
    """Boosted trees for the probability that a line is furniture."""
    return fit_trees(rows, targets, weights, iterations=ITERATIONS, leaves=LEAVES, seed=0)


def nodes_of(trees: BoostedTrees) -> NDArray[np.void]:
    """The trees as an array of `NODES`; what no tree has changed yet is added by the first one."""
    if len(trees.value) > np.iinfo(NODES["left"]).max or len(COLUMNS) > np.iinfo(NODES["column"]).max:
        raise ValueError(f"{len(trees.value)} nodes over {len(COLUMNS)} columns are too many to be stored")
    nodes = np.zeros(len(trees.value), dtype=NODES)
    for name in ("column", "cut", "left", "right", "value"):
        nodes[name] = getattr(trees, name)
    nodes["root"][trees.roots] = True
    leaf = trees.left == np.arange(len(nodes))
    first = np.arange(len(nodes)) < (trees.roots[1] if len(trees.roots) > 1 else len(nodes))
    nodes["value"][leaf & first] += np.float32(trees.start)
    return nodes


def read_articles(path: Path) -> Iterator[Article]:
    """Title and text of the records of a corpus that may be learned from."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            title, text = (record.get(name) or "" for name in ("title", "text"))
            if record.get("split", "train") == "train" and title and len(text) >= _MIN_TEXT:
                yield title.strip(), text.strip()


def main(pages: Path, corpus: Path, shared: Path) -> None:
    """Learn from the templates and corpora in three folders, and write the trees."""
    random = Random(0)  # noqa: S311 - draws pages, keeps no secret
    own = {
        language: [
            article
            for name in _CORPORA
            if (path := corpus / f"{language}_{name}.jsonl").exists()
            for article in read_articles(path)
        ]
        for language in ("ko", "en")
    }
    real = [("ko", article) for name in _REAL for article in read_articles(shared / f"{name}.jsonl.xz")]
    documents = [*real, *((language, article) for language, found in own.items() for article in found)]
    documents = random.sample(documents, DOCUMENTS)
    templates = read_templates(pages)
    words = tomllib.loads((pages / "words.toml").read_text(encoding="utf-8"))
    rows, targets, weights = training_rows(templates, Filler(own, words, random), documents)
    print(f"{len(templates)} templates, {len(rows)} lines, {targets.mean():.1%} of them furniture")
    with TREES.open("wb") as file:
        np.lib.format.write_array(file, nodes_of(fit(rows, targets, weights)), allow_pickle=False)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
