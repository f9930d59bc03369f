"""The article that a page gives to programs: JSON-LD of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any, Final

from nordclass.files.html.blocks import Block, HtmlPage, squeezed
from nordclass.files.html.repair import is_whole
from nordclass.files.limits import MIB

_OPENING: Final = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.I | re.A)
_MOST_SCRIPTS: Final = 20
_MOST_ARTICLES: Final = 5
_MOST_NODES: Final = 2_000
_TYPES: Final = ("article", "blogposting")  # NewsArticle, ReportageNewsArticle ... end so
_TAG: Final = re.compile(r"</?[a-z][^<>]{0,500}>|<!--", re.I)
_SHORTEST: Final = 150
_AGREEING: Final = 0.9
_LONG: Final = 20


@dataclass(frozen=True, slots=True)
class ArticleData:
    """Headline and body of an article, as a page declares them; "" for what it does not."""

    headline: str
    body: str


def article_data(html: str) -> list[ArticleData]:
    """What a page declares of its articles; nothing where that is damaged."""
    articles = (
        ArticleData(_plain(node.get("headline")), _plain(node.get("articleBody")))
        for data in _scripts(html)
        for node in _nodes(data)
        if any(str(kind).lower().endswith(_TYPES) for kind in _listed(node.get("@type")))
    )
    return list(islice(articles, _MOST_ARTICLES))


def declared_text(article: ArticleData, text: str, page: HtmlPage) -> str | None:
    """The body of an article in the lines of its page; `None` unless it is better than the `text` found.

    It is, where the page shows it, and no sentence of the `text` that it leaves out stands beside it there.
    """
    body = squeezed(article.body)
    if len(body) < _SHORTEST or len(body) > len(squeezed(text)):
        return None
    lines = [block for block in _between(page, body) if squeezed(block.text) in body]
    said = squeezed("".join(block.text for block in lines))
    if len(said) < len(body) * _AGREEING or not lines[-1].is_sentence:
        return None
    found = "\n".join(dict.fromkeys(block.text for block in lines))
    return found if is_whole(found, text, page) else None


def _between(page: HtmlPage, body: str) -> list[Block]:
    """The blocks from the first to the last long one that the body says."""
    long = [
        index
        for index, block in enumerate(page.blocks)
        if len(block.text) >= _LONG and squeezed(block.text) in body
    ]
    return page.blocks[long[0] : long[-1] + 1] if long else []


def _scripts(html: str) -> Iterator[Any]:
    at = 0
    for _ in range(_MOST_SCRIPTS):
        opening = _OPENING.search(html, at)
        at = html.find("</script", opening.end()) if opening else -1
        if opening is None or at < 0:
            return
        if at - opening.end() > MIB:
            continue
        try:
            yield json.loads(html[opening.end() : at], strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The objects of JSON-LD, whatever holds them, up to a bound."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node.get("@graph"), node.get("mainEntity")]


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> str:  # noqa: ANN401 - JSON
    """A value without tags, written as such or as entities."""
    return _TAG.sub(" ", unescape(value)) if isinstance(value, str) else ""
