"""Measures how steady the answers of a model are, and writes docs/quality.md's section on it.

python tests/behaviour/measure.py [MODEL] [--write]
"""

# ruff: noqa: E501 - lines of Markdown

from __future__ import annotations

import itertools
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

from changes import CHANGES, FURNITURE, Article, Figure, clean, page, same, told  # noqa: E402
from swaps import Swap, place, swaps  # noqa: E402

from nordclass import Classifier, load  # noqa: E402
from nordclass.mentions.finder import find  # noqa: E402
from nordclass.text.normalize import normalize  # noqa: E402

MB = 2**20
SIZES = (1, 2, 4, 8)
SWAPS = 250
"""In each language."""
PAGES = 3
"""In so many pages each article is put."""
RATES = ("moved", "places_kept", "sectors_kept")
BEGIN, END = "## Robustness", "<!-- end of robustness -->"


def read_articles(language: str, split: str) -> list[dict[str, Any]]:
    """The project's own articles."""
    path = ROOT / "data" / "corpus" / f"{language}_articles.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["split"] == split]


def long_text(size: int, language: str) -> str:
    """About `size` bytes of articles, no line of which comes twice."""
    rows = itertools.cycle(read_articles(language, "train"))
    parts: list[str] = []
    length = number = 0
    while length < size:
        row = next(rows)
        for line in [row["title"], *row["text"].split("\n")]:
            number += 1
            parts.append(f"{line} {number}" if line.strip() else line)
            length += len(parts[-1].encode()) + 1
    return "\n".join(parts).encode()[:size].decode(errors="ignore")


def seconds(classifier: Classifier, language: str) -> list[float]:
    """CPU seconds for one text of 1, 2, 4 and 8 MB."""
    taken = []
    for size in SIZES:
        text = long_text(size * MB, language)
        begun = time.process_time()
        classifier.classify(text)
        taken.append(time.process_time() - begun)
    return taken


def articles(language: str) -> list[Article]:
    """The dev articles of the project and its samples, all of which no model has learned from."""
    samples = sorted((ROOT / "data" / "samples" / language).glob("*.txt"))
    return [(row["title"], row["text"]) for row in read_articles(language, "dev")] + [
        ("", path.read_text(encoding="utf-8")) for path in samples
    ]


def with_hanja(language: str) -> list[Article]:
    """All articles of the project: too few of the dev ones name a state with a sign in their title."""
    if language != "ko":
        return []
    return [(row["title"], row["text"]) for split in ("dev", "train") for row in read_articles("ko", split)]


def steadiness(classifier: Classifier, language: str) -> dict[str, Figure]:
    """For each change how often the answers stayed."""
    figures = {name: Figure() for name in (FURNITURE, *CHANGES)}
    plain = articles(language)
    answers = {article: classifier.classify(article[1], title=article[0]) for article in plain}
    number = 0
    for article in plain:
        if article[0] and clean(article):
            before = classifier.classify(f"{article[0]}\n\n{article[1]}")
            for template in range(number, number + PAGES):
                after = classifier.classify(page(article, template)[1])
                figures[FURNITURE].add(*same(before, after, FURNITURE))
            number += PAGES
    for name, change in CHANGES.items():
        for article in with_hanja(language) if "hanja" in name else plain:
            changed = change(article)
            if changed is not None:
                before = answers.get(article) or classifier.classify(article[1], title=article[0])
                after = classifier.classify(changed[1], title=changed[0])
                figures[name].add(*same(before, after, name))
    return {name: figure for name, figure in figures.items() if figure.documents}


def removals(classifier: Classifier, language: str) -> Iterator[tuple[bool, bool]]:
    """For each article with one country told: whether it goes with its mentions, and none takes its place."""
    for row in read_articles(language, "dev"):
        title, text = normalize(row["title"])[0], normalize(row["text"])[0]
        result = classifier.classify(text, title=title)
        if len(result.countries) == 1:
            parts = {"title": title, "text": text}
            for mention in reversed(find(f"{title}\n{text}")):
                if mention.code == result.countries[0].code:
                    where, start, end = place(title, mention)
                    parts[where] = parts[where][:start] + "○○" + parts[where][end:]
            left = told(classifier.classify(parts["text"], title=parts["title"]), "countries")
            yield ("countries", result.countries[0].code) not in left, not left


def all_swaps(classifier: Classifier) -> list[Swap]:
    return [s for language in ("ko", "en") for s in swaps(classifier, read_articles(language, "dev"), SWAPS)]


def report(classifier: Classifier) -> str:
    """The section of docs/quality.md."""
    lines = [
        BEGIN,
        "",
        "    python tests/behaviour/measure.py --write",
        "",
        f"Model {classifier.name}, on the dev articles of the project and its samples. Share of articles whose"
        " countries and regions, and whose sectors, are all the same after a change:",
        "",
        "| change | Korean: changed articles | places | sectors | English: changed articles | places | sectors |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    figures = {language: steadiness(classifier, language) for language in ("ko", "en")}
    for name in (FURNITURE, *CHANGES):
        cells = [cell for language in ("ko", "en") for cell in _cells(figures[language].get(name))]
        lines.append(f"| {' | '.join([name, *cells])} |")
    lines += [
        "",
        "After the unrelated paragraph labels must remain; in the other rows none may come either.",
        "",
    ]
    for language, title in (("ko", "Korean"), ("en", "English")):
        gone, none = zip(*removals(classifier, language), strict=True)
        count = len(gone)
        lines.append(
            f"- The only partner removed ({title}, {count} articles): its label goes in {sum(gone) / count:.1%},"
            f" and no other country takes its place in {sum(none) / count:.1%}."
        )
    made = all_swaps(classifier)
    lines += [
        "",
        "**Swap test.** The partner of a dev article is replaced by another country throughout, in forms of the"
        " same kind and, in Korean, the same final consonant; the partner's answer must move and all others stay.",
        "",
        "| | swaps | articles | new countries | the partner moved | places as they should be | sectors the same |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for title, part in (
        ("Korean", [s for s in made if s.language == "ko"]),
        ("English", [s for s in made if s.language == "en"]),
        ("both", made),
    ):
        rates = [sum(getattr(s, what) for s in part) / len(part) for what in RATES]
        counts = [len(part), len({s.id for s in part}), len({s.new for s in part})]
        lines.append(f"| {' | '.join([title, *map(str, counts), *(f'{rate:.1%}' for rate in rates)])} |")
    lines += [
        "",
        "**Long texts.** CPU seconds for one text of that size:",
        "",
        f"| | {' | '.join(f'{size} MB' for size in SIZES)} |",
        f"|---|{'--:|' * len(SIZES)}",
    ]
    for language, title in (("ko", "Korean"), ("en", "English")):
        cells = (f"{taken:.1f}" for taken in seconds(classifier, language))
        lines.append(f"| {title} | {' | '.join(cells)} |")
    lines += ["", END]
    return "\n".join(lines)


def _cells(figure: Figure | None) -> list[str]:
    if figure is None:
        return ["", "", ""]
    return [str(figure.documents), f"{figure.place_share:.1%}", f"{figure.sector_share:.1%}"]


def write(section: str, path: Path) -> None:
    """Put the section in its place in the file, or at its end."""
    text = path.read_text(encoding="utf-8")
    old = re.search(f"{re.escape(BEGIN)}.*?{re.escape(END)}", text, re.DOTALL)
    text = text.replace(old.group(), section) if old else f"{text.rstrip()}\n\n{section}\n"
    path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    names = [a for a in arguments if a != "--write"]
    begun = time.monotonic()
    section = report(load(names[0] if names else None))
    print(section)
    if "--write" in arguments:
        write(section, ROOT / "docs" / "quality.md")
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
