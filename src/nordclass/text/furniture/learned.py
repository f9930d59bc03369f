"""Furniture that no rule knows: boosted trees over the measures of the lines of a page.

They were taught by pages put together from templates of made-up sites (`nordclass.training.page_lines`),
and see no word of a line. A page on which the rules leave hardly a line that is no sentence is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from nordclass.text.furniture.lines import Line, Page
from nordclass.text.furniture.measures import measures
from nordclass.text.furniture.words import stems
from nordclass.trees import BoostedTrees, sigmoid

MIN_LOOSE: Final = 3
"""Minimum lines left by the rules that are neither sentences nor long, of a page that is looked at."""
MIN_LIKELY: Final = 0.5
"""Minimum probability of a line that is furniture, above or below the article …"""
MIN_LIKELY_INSIDE: Final = 0.6
"""… and between its paragraphs, where tables and lists of its own stand."""
MIN_LIKELY_BODY: Final = 0.8
"""The same of a sentence or a long line anywhere …"""
MIN_LIKELY_PARAGRAPH: Final = 0.95
"""… and of one that follows such a line, as paragraphs do and leads of other stories do not."""
MIN_ANNOUNCEMENT: Final = 40
"""Minimum characters of a line with a colon that announces a list of the article; headings are shorter."""
MIN_PARAGRAPH: Final = 90
"""Minimum characters of a line that is no headline any more."""
MIN_HEADLINE_WORDS: Final = 3
"""Minimum words of a line that may be the headline of the article."""
MAX_AT_ONCE: Final = 512
"""Lines scored at once; so memory is bounded."""
TREES: Final = Path(__file__).parent.parent / "data" / "page_lines.npy"
"""The trees, as `nordclass.training.page_lines` writes them: `NODES`, tree after tree."""
NODES: Final = np.dtype(
    [("column", "u1"), ("cut", "<f4"), ("left", "<u2"), ("right", "<u2"), ("value", "<f4"), ("root", "?")]
)
"""A node: those below it count from the first node of all, and a leaf is its own."""

_ANNOUNCES: Final = re.compile(
    r"[:：]$|(?:다음|아래)과 같(?:다|습니다|음)\.?$|(?:as follows|the following [a-z]+)[.:]?$"
)


@cache
def load_trees() -> BoostedTrees:
    """Read the trees, once a process, when a page is first looked at."""
    with TREES.open("rb") as file:
        return trees_of(np.lib.format.read_array(file, allow_pickle=False))


def trees_of(nodes: np.ndarray) -> BoostedTrees:
    """The trees of an array of `NODES`."""
    left, right = nodes["left"].astype(np.int32), nodes["right"].astype(np.int32)
    roots = np.flatnonzero(nodes["root"]).astype(np.int32)
    depth, level = 0, roots
    while len(level := level[left[level] != level]):
        level = np.concatenate((left[level], right[level]))
        depth += 1
    return BoostedTrees(
        roots, nodes["column"].astype(np.int32), nodes["cut"], left, right, nodes["value"], 0.0, depth
    )


def mark_learned(page: Page, title: str) -> None:
    """Drop the lines that are furniture most likely, unless nothing would be left of the article."""
    left = [index for index, line in enumerate(page.lines) if not line.drop]
    if sum(not page.lines[index].is_body for index in left) < MIN_LOOSE:
        return
    rows = measures(page, title)[left]
    trees = load_trees()
    logits = [trees.logits(rows[at : at + MAX_AT_ONCE]) for at in range(0, len(rows), MAX_AT_ONCE)]
    likely = sigmoid(np.concatenate(logits)).tolist()
    lines = [page.lines[index] for index in left]
    least = _least(lines)
    going = [probability > cut for probability, cut in zip(likely, least, strict=True)]
    kept = {id(line) for line in _announced(lines, going)}
    if not title and (headline := _headline(lines, going)):
        kept.add(id(headline))
    found = [line for line, goes in zip(lines, going, strict=True) if goes and id(line) not in kept]
    if _body_lines(found) < _body_lines(lines):
        for line in found:
            line.drop = True


def _least(lines: Sequence[Line]) -> list[float]:
    """The probabilities from which on the lines that the rules left are dropped."""
    body = [at for at, line in enumerate(lines) if line.is_body]
    least = []
    for at, line in enumerate(lines):
        if line.is_body:
            least.append(MIN_LIKELY_PARAGRAPH if at and lines[at - 1].is_body else MIN_LIKELY_BODY)
        else:
            least.append(MIN_LIKELY_INSIDE if body and body[0] < at < body[-1] else MIN_LIKELY)
    return least


def _headline(lines: Sequence[Line], going: Sequence[bool]) -> Line | None:
    """The line above the first paragraph that shares most with those that stay; None if none does."""
    paragraphs = [line.is_body or len(line.text) >= MIN_PARAGRAPH for line in lines]
    first = paragraphs.index(True) if any(paragraphs) else 0
    staying = zip(lines, paragraphs, going, strict=True)
    told = stems(line.text for line, is_paragraph, goes in staying if is_paragraph and not goes)
    above = [line for line in lines[:first] if len(line.text.split()) >= MIN_HEADLINE_WORDS]
    shared = [len(stems([line.text]) & told) for line in above]
    return above[shared.index(max(shared))] if any(shared) else None


def _announced(lines: Sequence[Line], going: Sequence[bool]) -> Iterator[Line]:
    """The lines of lists that a line of the article announces, each up to the next sentence."""
    announced = False
    for line, goes in zip(lines, going, strict=True):
        announced = announced and not line.sentence
        if announced:
            yield line
        if not goes and (line.is_body or len(line.text) >= MIN_ANNOUNCEMENT):
            announced = announced or _ANNOUNCES.search(line.text, max(0, len(line.text) - 20)) is not None


def _body_lines(lines: Iterable[Line]) -> int:
    return sum(line.is_body for line in lines)
