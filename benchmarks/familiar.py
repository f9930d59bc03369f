"""How figures fall with the news: dev documents by how like they are to the nearest training document.

    python benchmarks/familiar.py [--model DIR]

Newspapers tell of the same events in the same days, so many a dev article has its like among the training
documents of the recipe. How like two documents are is the cosine of their TF-IDF rows of words.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from run import table
from sklearn.feature_extraction.text import TfidfVectorizer
from texts import ROOT, SIZE, Row

import nordclass
from nordclass.training.records import labelled
from nordclass.training.settings import read_recipe
from nordclass.training.sources import read_sources
from quality import dev_records

RECIPE = ROOT / "models" / "base" / "recipe.toml"
SPANS = {"under .2": (0.0, 0.2), ".2 to .3": (0.2, 0.3), ".3 and more": (0.3, 2.0)}
FEWEST = 15
"""Documents of which figures are told."""
AT_ONCE = 200


def taught() -> list[str]:
    """The texts of the whole articles that the recipe learns from."""
    records = labelled(read_sources(read_recipe(RECIPE), RECIPE.parent).records)
    return [f"{r.title}\n{r.text}"[:SIZE] for r in records if not r.terms_only]


def likeness(rows: Sequence[Row], vectorizer: TfidfVectorizer, known: Any) -> np.ndarray:
    """The highest cosine of each row to a training document, shape (rows,)."""
    own = vectorizer.transform([f"{row.get('title') or ''}\n{row['text']}"[:SIZE] for row in rows])
    parts = range(0, len(rows), AT_ONCE)
    return np.concatenate([(own[at : at + AT_ONCE] @ known).max(axis=1).toarray().ravel() for at in parts])


def main() -> None:
    """Print one table over all sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    model = nordclass.load(parser.parse_args().model)
    vectorizer = TfidfVectorizer(
        sublinear_tf=True, token_pattern=r"\w{2,}", min_df=2, max_df=0.1, dtype=np.float32
    )
    known = vectorizer.fit_transform(taught()).T.tocsr()
    lines = []
    for name, rows in dev_records().items():
        alike = likeness(rows, vectorizer, known)
        for span, (low, high) in SPANS.items():
            some = [row for row, cosine in zip(rows, alike, strict=True) if low <= cosine < high]
            if len(some) >= FEWEST:
                report = nordclass.evaluate(model, some).to_dict()
                figures = [
                    f"{report[kind][figure]:.3f}"
                    for kind in ("countries", "sectors")
                    for figure in ("f1", "precision", "recall")
                ]
                lines.append([name, span, str(len(some)), *figures])
    figures_of = [
        name for kind in ("countries", "sectors") for name in (f"{kind}: F1", "precision", "recall")
    ]
    table(["source", "cosine", "documents", *figures_of], lines)


if __name__ == "__main__":
    main()
