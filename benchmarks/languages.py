"""Does the shipped model say the same of one text in Korean and in English?

    python benchmarks/languages.py

Eighty measuring articles of the project and their translations (`data/corpus/translations.jsonl`). Agreement
is the F1 of the labels of one version measured by those of the other, counted over all articles: twice the
labels in common over the labels of both.
"""

from __future__ import annotations

from typing import Any, Final

from texts import rows

import nordclass
from nordclass.evaluation import kind_report

KINDS: Final = ("countries", "sectors")


def pairs() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Articles with their translations."""
    originals = {row["id"]: row for language in ("ko", "en") for row in rows(f"{language}_articles.jsonl")}
    return [(originals[row["id"]], row) for row in rows("translations.jsonl")]


def agreement(told: list[tuple[nordclass.Result, nordclass.Result]], kind: str) -> float:
    """Twice the labels in common over the labels of both."""
    first, second = (
        [frozenset(label.code for label in getattr(both[i], kind)) for both in told] for i in (0, 1)
    )
    return kind_report(first, second).micro.f1


def main() -> None:
    """Print the table."""
    model = nordclass.load()
    found: dict[str, list[tuple[nordclass.Result, nordclass.Result]]] = {"ko": [], "en": []}
    for article, translation in pairs():
        both = [model.classify(row["text"], title=row["title"]) for row in (article, translation)]
        found["en" if translation["lang"] == "ko" else "ko"].append((both[0], both[1]))
    print("| | articles | countries | sectors |")
    print("|---|--:|--:|--:|")
    for name, told in (
        ("Korean, and in English", found["ko"]),
        ("English, and in Korean", found["en"]),
        ("both", found["ko"] + found["en"]),
    ):
        print(f"| {name} | {len(told)} | " + " | ".join(f"{agreement(told, k):.3f}" for k in KINDS) + " |")


if __name__ == "__main__":
    main()
