"""Public sets of topics, learned with `NordClassifier` under one setting: accuracy and macro-F1.

    python benchmarks/topics.py [--folder ../shared/benchmarks]

SIB-200 (Adelani et al. 2024): seven topics of single sentences, Korean and English, its own split; learned
from train, measured on test. ReliefWeb: 19 themes of reports, the documents with one theme, five folds
(stratified, seed 0). Nothing of these sets is in the shipped model.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from texts import read

from nordclass import NordClassifier

SETTING: Final = {
    "c": 30.0,
    "min_df": 1,
    "mask_names": False,
    "class_weight": "balanced",
    "meaning_weight": 1.0,
    "sector_weight": 0.3,
}
"""Chosen by cross-validation on the train parts of SIB-200, both languages alike."""


def sib200(path: Path, **setting: Any) -> tuple[float, float]:
    """Accuracy and macro-F1 on the test part."""
    parts = {split: [row for row in read(path) if row["split"] == split] for split in ("train", "test")}
    model = NordClassifier(**{**SETTING, **setting})
    model.fit([r["text"] for r in parts["train"]], [r["label"] for r in parts["train"]])
    true = [row["label"] for row in parts["test"]]
    told = model.predict([row["text"] for row in parts["test"]])
    return accuracy_score(true, told), f1_score(true, told, average="macro")


def reliefweb(path: Path, **setting: Any) -> tuple[float, float]:
    """Accuracy and macro-F1 of the documents with one theme, five folds."""
    single = [row for row in read(path) if len(row["labels"]) == 1]
    true = np.array([row["labels"][0] for row in single])
    model = NordClassifier(**{**SETTING, **setting})
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The least populated class")  # one theme has four documents
        told = cross_val_predict(model, [row["text"] for row in single], true, cv=folds)
    return accuracy_score(true, told), f1_score(true, told, average="macro")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=Path("../shared/benchmarks"))
    folder = parser.parse_args().folder
    print("| set | with the shipped model: accuracy | macro-F1 | terms alone: accuracy | macro-F1 |")
    print("|---|--:|--:|--:|--:|")
    for name, measure, file in (
        ("SIB-200, Korean", sib200, "sib200_ko.jsonl"),
        ("SIB-200, English", sib200, "sib200_en.jsonl"),
        ("ReliefWeb themes", reliefweb, "reliefweb_themes.jsonl.xz"),
    ):
        found = [measure(folder / file), measure(folder / file, meaning_weight=0.0, sector_weight=0.0)]
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for pair in found for value in pair) + " |")


if __name__ == "__main__":
    main()
