"""What nordclass is compared with, trained on the same labelled articles."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from texts import Row

Predict = Callable[[Sequence[str]], Any]


def whole(row: Row) -> str:
    return f"{row['title']}\n{row['text']}"


def kiwi_pipeline(train: Sequence[Row]) -> tuple[Predict, list[str]]:
    """The obvious pipeline: TF-IDF of Kiwi's content morphemes, one logistic regression a sector."""
    from kiwipiepy import Kiwi
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    kiwi = Kiwi(num_workers=1)

    def morphemes(text: str) -> list[str]:
        return [token.form.lower() for token in kiwi.tokenize(text) if token.tag[0] in "NVMS"]

    labels = MultiLabelBinarizer()
    targets = labels.fit_transform([row["sectors"] for row in train])
    vectorizer = TfidfVectorizer(tokenizer=morphemes, token_pattern=None, min_df=2, sublinear_tf=True)
    model = OneVsRestClassifier(LogisticRegression(C=20.0, solver="liblinear"))
    model.fit(vectorizer.fit_transform(map(whole, train)), targets)
    return lambda texts: model.predict_proba(vectorizer.transform(texts)), list(labels.classes_)


def fasttext_supervised(train: Sequence[Row]) -> tuple[Predict, list[str]] | None:
    """fastText on words, one-vs-all loss; None when no fastText is installed (extra `bench`)."""
    try:
        import fasttext
    except ImportError:
        return None

    def line(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "train.txt"
        file.write_text(
            "\n".join(
                " ".join([*(f"__label__{s}" for s in row["sectors"] or ["none"]), line(whole(row))])
                for row in train
            ),
            encoding="utf-8",
        )
        model = fasttext.train_supervised(
            str(file),
            loss="ova",
            epoch=60,
            lr=1.0,
            dim=50,
            wordNgrams=2,
            minCount=2,
            bucket=200_000,
            thread=1,
            verbose=0,
        )
    labels = sorted({s for row in train for s in row["sectors"]})
    column = {f"__label__{s}": i for i, s in enumerate(labels)}

    def predict(texts: Sequence[str]) -> Any:
        probabilities = np.zeros((len(texts), len(labels)))
        for i, text in enumerate(texts):
            # The inner call: the wrapper of some versions does not work with numpy 2.
            for score, label in model.f.predict(line(text) + "\n", -1, 0.0, "strict"):
                if label in column:
                    probabilities[i, column[label]] = score
        return probabilities

    return predict, labels


def micro_f1(predict: Predict, labels: Sequence[str], dev: Sequence[Row]) -> float:
    """Micro-F1 of the sectors at a threshold of 0.5."""
    told = np.asarray(predict([whole(row) for row in dev])) >= 0.5
    gold = np.array([[label in row["sectors"] for label in labels] for row in dev])
    missing = sum(len(set(row["sectors"]) - set(labels)) for row in dev)
    return 2 * int((told & gold).sum()) / max(int(told.sum()) + int(gold.sum()) + missing, 1)
