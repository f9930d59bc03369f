"""Does the shipped model say the same of one text in Korean and in English?

    python benchmarks/languages.py

Eighty measuring articles of the project and their translations (`data/corpus/translations.jsonl`), and 240
short items on rare topics that were written in both (`data/corpus/ko_topics.jsonl`, `en_topics.jsonl`).
Agreement is the F1 of the labels of one version measured by those of the other, counted over all articles:
twice the labels in common over the labels of both.
"""

from __future__ import annotations

from typing import Any, Final

from texts import rows

import nordclass
from nordclass.metrics import kind_report

KINDS: Final = ("countries", "sectors")


def pairs() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Articles with their translations."""
    originals = {row["id"]: row for language in ("ko", "en") for row in rows(f"{language}_articles.jsonl")}
    return [(originals[row["id"]], row) for row in rows("translations.jsonl")]


def topics() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Items on rare topics in Korean and in English."""
    english = {row["id"].removesuffix("en"): row for row in rows("en_topics.jsonl")}
    return [(row, english[row["id"].removesuffix("ko")]) for row in rows("ko_topics.jsonl")]


def told_of_both(
    model: nordclass.Classifier, articles: list[tuple[dict[str, Any], dict[str, Any]]]
) -> list[tuple[nordclass.Result, nordclass.Result]]:
    """What the model says of the two versions of each article."""
    results = [model.classify(row["text"], title=row["title"]) for both in articles for row in both]
    return list(zip(results[::2], results[1::2], strict=True))


def agreement(told: list[tuple[nordclass.Result, nordclass.Result]], kind: str) -> float:
    """Twice the labels in common over the labels of both."""
    first, second = (
        [frozenset(label.code for label in getattr(both[i], kind)) for both in told] for i in (0, 1)
    )
    return kind_report(first, second).micro.f1


def main() -> None:
    """Print the table."""
    model = nordclass.load()
    ko, en = ([pair for pair in pairs() if pair[1]["lang"] == other] for other in ("en", "ko"))
    print("| | articles | countries | sectors |")
    print("|---|--:|--:|--:|")
    korean, english, rare = (told_of_both(model, articles) for articles in (ko, en, topics()))
    for name, told in (
        ("Korean, and in English", korean),
        ("English, and in Korean", english),
        ("both", korean + english),
        ("rare topics", rare),
    ):
        print(f"| {name} | {len(told)} | " + " | ".join(f"{agreement(told, k):.3f}" for k in KINDS) + " |")


if __name__ == "__main__":
    main()
