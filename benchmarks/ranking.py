"""How well scores rank what is true: average precision on the dev documents, which no cut or gate touches.

    python benchmarks/ranking.py [--model DIR]

Figures at fixed cuts swing by a point or two from one training to the next; whether a change of the model is
one for the better is seen here. The candidates of all documents of a source, or its sectors, are ranked by
score; the precision at each true one is averaged over all true labels. One that is no candidate of its
document (a region that is not named) is never found and adds nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from run import table
from sklearn.metrics import average_precision_score

import nordclass
from nordclass.model.classifier import Scored
from nordclass.result import KINDS
from nordclass.scoring import score_labelled
from quality import SHORT, dev_records


def average_precision(documents: Iterable[tuple[Mapping[str, float], frozenset[str]]]) -> float | None:
    """Of documents, each with the scores of its candidates and its true labels; None where none is true."""
    truth: list[bool] = []
    scores: list[float] = []
    labels = 0
    for by_label, true in documents:
        labels += len(true)
        truth += [label in true for label in by_label]
        scores += by_label.values()
    if not labels:
        return None
    if not any(truth):
        return 0.0
    return float(average_precision_score(truth, scores)) * sum(truth) / labels


def by_code(scored: Scored) -> dict[str, float]:
    """The score of each label of a kind."""
    return {label.code: label.score for label in scored.labels}


def written(figure: float | None) -> str:
    """A figure as the tables have it."""
    return "–" if figure is None else f"{figure:.4f}"


def figures(model: nordclass.Classifier, records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The average precision of each kind on those of `records` that are labelled with it."""
    documents = score_labelled(model, records)
    return [
        written(
            average_precision(
                (by_code(kinds[own]), gold)
                for document, kinds in documents
                if (gold := getattr(document, kind)) is not None
            )
        )
        for own, kind in enumerate(KINDS)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", help="folder of a model; else the shipped one")
    model = nordclass.load(parser.parse_args().model)
    table(
        ["source", "documents", *KINDS],
        [
            [SHORT[name], f"{len(documents):,}", *figures(model, documents)]
            for name, documents in dev_records().items()
        ],
    )


if __name__ == "__main__":
    main()
