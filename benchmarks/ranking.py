"""How well scores rank what is true: average precision on the dev documents, which no cut or gate touches.

    python benchmarks/ranking.py [--model DIR]

Figures at fixed cuts swing by a point or two from one training to the next; whether a change of the model is
one for the better is seen here. Every label of a kind, of all documents of a source together, is a row: its
score and whether it is true. True labels that are no candidate of their document come last.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from run import table
from sklearn.metrics import average_precision_score

import nordclass
from nordclass.result import KINDS
from nordclass.training.records import labelled

_NOT_NAMED: Final = -1.0


def average_precision(documents: Iterable[tuple[Mapping[str, float], frozenset[str]]]) -> float | None:
    """Of documents, each with the score of every label and the true labels; None where no label is true."""
    truth: list[bool] = []
    scores: list[float] = []
    for scored, true in documents:
        for label in scored.keys() | true:
            truth.append(label in true)
            scores.append(scored.get(label, _NOT_NAMED))
    return float(average_precision_score(truth, scores)) if any(truth) else None


def scored(result: nordclass.Result, kind: str) -> dict[str, float]:
    """The score of each label of a kind, of what `Classifier.scores` gives."""
    return {label.code: label.score for label in getattr(result, kind)}


def written(figure: float | None) -> str:
    """A figure as the tables have it."""
    return "–" if figure is None else f"{figure:.4f}"


def figures(model: nordclass.Classifier, records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The average precision of each kind on those of `records` that are labelled with it."""
    documents = [(d, model.scores(d.text, title=d.title)) for d in labelled(records)]
    return [
        written(
            average_precision(
                (scored(result, kind), getattr(document, kind))
                for document, result in documents
                if getattr(document, kind) is not None
            )
        )
        for kind in KINDS
    ]


def main() -> None:
    from quality import SHORT, dev_records

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
