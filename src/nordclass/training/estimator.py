"""A scikit-learn estimator for those who retrain inside their own experiments."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from functools import lru_cache
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from nordclass.errors import NordclassError
from nordclass.mentions.candidates import analyse
from nordclass.model.classifier import Classifier
from nordclass.model.heads import SectorHead, sector_terms
from nordclass.model.linear import LinearScorer
from nordclass.text.document import Document
from nordclass.training.fitting import Floats, fit_logistic
from nordclass.training.targets import Targets, label_sets, texts_of
from nordclass.training.vectorizing import Bags, fit_vectorizer, matrix

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class NordClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classifies texts by the terms that nordclass reads from them and by what these mean.

    `fit(X, y)` takes a list, array or series of texts and either one label a text, a list with a set or list
    of labels for each text (multi-label; labels of any kind that can be sorted), or an indicator array of
    shape (texts, labels), which may be lists of 0 and 1 of the same length. It is the linear stage of the
    sector head for any labels; `c` is the inverse regularisation, `min_df` the least number of documents of a
    term, `title_weight` the weight of the first line, `mask_names` whether names of countries are left out,
    `class_weight` as in scikit-learn ("balanced" or None). `meaning_weight` is the length of the mean vector
    of a text's terms (`nordclass.text.embedding`) beside its terms, whose vector has length 1: it helps most
    where texts are short or few; 0 leaves it out. `sector_weight` is likewise that of what the shipped
    model's linear scorer says of its sectors (log-odds less their mean): it helps where the labels are kin to
    them (docs/retraining.md says when to raise it).

    After `fit`, `classes_` holds the labels in the order of the columns of `decision_function` and
    `predict_proba`, and `shipped_` says which shipped model was read: its name and version, and a hash of its
    files. That model is no part of a pickle: where another one is installed nothing is predicted.
    """

    def __init__(
        self,
        *,
        c: float = 20.0,
        min_df: int = 2,
        title_weight: float = 0.4,
        mask_names: bool = True,
        class_weight: str | None = None,
        meaning_weight: float = 1.0,
        sector_weight: float = 0.25,
    ) -> None:
        self.c = c
        self.min_df = min_df
        self.title_weight = title_weight
        self.mask_names = mask_names
        self.class_weight = class_weight
        self.meaning_weight = meaning_weight
        self.sector_weight = sector_weight

    def fit(self, X: Sequence[str], y: Any) -> NordClassifier:  # noqa: ANN401 - scikit-learn's names
        """Learn from texts `X` and their labels `y`.

        Raises TypeError when `X` is one string, or holds anything but strings; ValueError when there are no
        texts, their number is not that of the labels, `y` is none of what is taken (numbers that are no
        classes, as scikit-learn says it) or holds no label or a missing one, or a parameter cannot be.
        """
        self._check_parameters()
        texts = texts_of(X)
        if not texts:
            raise ValueError("X is empty: there is no text to learn from")
        if isinstance(y, (list, tuple)) and len(y) != len(texts):
            raise ValueError(f"{len(texts)} texts but {len(y)} labels")
        given = Targets.of(y)
        targets = given.matrix
        if len(texts) != len(targets):
            raise ValueError(f"{len(texts)} texts but {len(targets)} labels")
        self.classes_, self.multilabel_, self.indicator_ = given.classes, given.multilabel, given.indicator
        read = [self._read(text) for text in texts]
        documents = [bags for bags, _ in read]
        vectorizer = fit_vectorizer(
            documents,
            {"text": 1.0, "title": self.title_weight},
            min_df=min(self.min_df, max(len(texts) // 5, 1)),
        )
        weights = self._weights(targets) if self.class_weight == "balanced" else None
        rows = matrix(vectorizer, documents)
        width = rows.shape[1]
        coef, bias = fit_logistic(self._with_the_shipped(rows, read), targets, self.c, weights)
        self.scorer_ = LinearScorer(vectorizer, coef[:width], bias)
        self.shipped_coef_ = coef[width:]
        self.shipped_ = _shipped_identity()
        return self

    def decision_function(self, X: Sequence[str]) -> Floats:
        """Log-odds, shape (texts, classes); of the second class alone, shape (texts,), for two classes.

        Raises, as `predict` and `predict_proba`, TypeError when `X` is one string or holds anything but
        strings, and NordclassError when the shipped model that is installed is not the one that `fit` read.
        """
        check_is_fitted(self, "shipped_")
        texts = texts_of(X)
        self._check_shipped()
        scorer: LinearScorer = self.scorer_
        read = [self._read(text) for text in texts]
        rows = self._with_the_shipped(matrix(scorer.vectorizer, [bags for bags, _ in read]), read)
        weights = np.vstack([scorer.weights, self.shipped_coef_])
        scores = np.asarray(rows @ weights + scorer.bias, dtype=np.float32)
        return scores[:, 1] if self._binary else scores

    def predict_proba(self, X: Sequence[str]) -> Floats:
        """Probabilities, shape (texts, classes): one a label for multi-label, else summing to one."""
        scores = np.clip(self.decision_function(X), -30, 30)
        probabilities = 1 / (1 + np.exp(-scores))
        if self._binary:
            probabilities = np.column_stack([1 - probabilities, probabilities])
        elif not self.multilabel_:
            probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)
        result: Floats = probabilities.astype(np.float32)
        return result

    def predict(self, X: Sequence[str]) -> NDArray[Any] | list[tuple[Any, ...]]:
        """The label of each text; for multi-label what `fit` was given: indicators or tuples of labels."""
        check_is_fitted(self, "shipped_")
        if not self.multilabel_:
            best: NDArray[Any] = self.classes_[self.predict_proba(X).argmax(axis=1)]
            return best
        told = self.decision_function(X) > 0
        if self.indicator_:
            return told.astype(int)
        return [tuple(self.classes_[row]) for row in told]

    def score(self, X: Sequence[str], y: Any, sample_weight: Any = None) -> float:  # noqa: ANN401
        """The share of texts that are given just the right label, or for multi-label just the right labels.

        That is scikit-learn's accuracy (for indicators: subset accuracy). `y` is of the kind that `fit` was
        given; `sample_weight`, shape (texts,), weighs the texts. Raises ValueError when `y` is of another
        kind or number, or there are no texts.
        """
        check_is_fitted(self, "shipped_")
        if not self.multilabel_ or self.indicator_:
            return float(super().score(X, y, sample_weight))
        # scikit-learn's own takes several labels a text as indicators alone
        told, wanted = self.predict(X), label_sets(y)
        if len(told) != len(wanted):
            raise ValueError(f"{len(told)} texts but {len(wanted)} labels")
        if not wanted:
            raise ValueError("X is empty: there is no text to score")
        right = [set(labels) == found for labels, found in zip(told, wanted, strict=True)]
        return float(np.average(right, weights=sample_weight))

    def _check_parameters(self) -> None:
        """Raise ValueError when a parameter cannot be."""
        if not (isinstance(self.c, Real) and 0 < float(self.c) < math.inf):
            raise ValueError(f"c must be a number above 0, not {self.c!r}")
        if not (isinstance(self.min_df, Integral) and self.min_df >= 1):
            raise ValueError(f"min_df must be a whole number, 1 or more, not {self.min_df!r}")
        if not isinstance(self.mask_names, (bool, np.bool_)):
            raise ValueError(f"mask_names must be True or False, not {self.mask_names!r}")
        if self.class_weight not in (None, "balanced"):
            raise ValueError(f"class_weight must be 'balanced' or None, not {self.class_weight!r}")
        for name in ("title_weight", "meaning_weight", "sector_weight"):
            weight = getattr(self, name)
            if not (isinstance(weight, Real) and 0 <= float(weight) < math.inf):
                raise ValueError(f"{name} must be a number, 0 or more, not {weight!r}")

    @property
    def _binary(self) -> bool:
        return not self.multilabel_ and len(self.classes_) == 2

    def _weights(self, targets: NDArray[np.bool_]) -> Floats:
        """A weight a text: inverse to the frequency of its rarest label."""
        share = 1.0 / np.maximum(targets.sum(axis=0), 1)
        weights = (targets * share).max(axis=1)
        weights[weights == 0] = share.min()
        result: Floats = (weights / weights.mean()).astype(np.float32)
        return result

    def _check_shipped(self) -> None:
        """Raise NordclassError when the shipped model is not the one that `fit` read.

        The weights are for that one's lexicon, vectors and scores; with others they give wrong numbers.
        """
        installed = _shipped_identity()
        if self.shipped_ != installed:
            (name, digest), (other, found) = self.shipped_, installed
            raise NordclassError(
                f"this estimator was fitted with the shipped model {name} ({digest:.8}), but {other}"
                f" ({found:.8}) is installed: fit it again, or install the nordclass that it was fitted with"
            )

    def _with_the_shipped(self, rows: csr_matrix, read: Sequence[tuple[Bags, str]]) -> csr_matrix:
        """Rows of terms, and behind them what the shipped model knows: mean vectors, scores of sectors."""
        from scipy.sparse import csr_matrix, hstack

        shipped = _shipped()
        parts = [rows]
        reader = shipped.places.reader if shipped.places else None
        if reader is not None and self.meaning_weight:
            means = reader.embedding.means([list(bags["text"]) for bags, _ in read])
            parts.append(csr_matrix(means * np.float32(self.meaning_weight)))
        if shipped.sectors is not None and self.sector_weight:
            scores = [_sector_scores(shipped.sectors, bags, language) for bags, language in read]
            known = np.array(scores, dtype=np.float32).reshape(len(read), len(shipped.sectors.labels))
            parts.append(csr_matrix(known * np.float32(self.sector_weight)))
        return hstack(parts, format="csr")

    def _read(self, text: str) -> tuple[Bags, str]:
        """The bags of a text and its language."""
        document = Document.read(text)
        return sector_terms(
            analyse(document, _shipped().lexicon, mask_names=self.mask_names)
        ), document.language


def _sector_scores(head: SectorHead, bags: Bags, language: str) -> Floats:
    """What the linear scorer of a language says of each sector, less the mean, of length 1; without one 0."""
    scorer = head.scorers.get(language)
    if scorer is None:
        return np.zeros(len(head.labels), dtype=np.float32)
    scores = scorer.linear.logits(bags)[:-1]
    scores -= scores.mean()
    scores /= np.float32(np.linalg.norm(scores)) or np.float32(1)
    return scores


@lru_cache(maxsize=1)
def _shipped_identity() -> tuple[str, str]:
    """Which shipped model is installed: its name and version, and a SHA-256 over the hashes of its files.

    Read once, as the model itself is. Raises ModelError as `nordclass.load`.
    """
    from nordclass.model.store import default_path, read_manifest

    hashes = json.dumps(read_manifest(default_path())["files"], sort_keys=True)
    return _shipped().name, hashlib.sha256(hashes.encode()).hexdigest()


def _shipped() -> Classifier:
    """The shipped model, whose lexicon, vectors and sector scorers serve."""
    from nordclass.model.store import load

    return load()
