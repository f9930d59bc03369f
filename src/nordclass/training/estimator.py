"""A scikit-learn estimator for those who retrain inside their own experiments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import check_is_fitted

from nordclass.mentions.candidates import analyse
from nordclass.model.classifier import Classifier
from nordclass.model.heads import SectorHead, sector_terms
from nordclass.model.linear import LinearScorer
from nordclass.text.document import Document
from nordclass.training.corpus import label_matrix
from nordclass.training.fitting import Floats, fit_logistic
from nordclass.training.vectorizing import Bags, fit_vectorizer, matrix

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_ACCEPTED: Final = (
    "labels must be one a text, a set or list of labels a text (of a kind that can be sorted), or an array"
    " of shape (texts, labels) that holds 0 and 1"
)


class NordClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classifies texts by the terms that nordclass reads from them and by what these mean.

    `fit(X, y)` takes a sequence of texts and either one label a text, a list with a set or list of labels for
    each text (multi-label; labels of any kind that can be sorted), or an indicator array of shape (texts,
    labels), which may be lists of 0 and 1 of the same length. It is the linear stage of the sector head for
    any labels; `c` is the inverse regularisation, `min_df` the least number of documents of a term,
    `title_weight` the weight of the first line, `mask_names` whether names of countries are left out,
    `class_weight` as in scikit-learn ("balanced" or None). `meaning_weight` is the length of the mean vector
    of a text's terms (`nordclass.text.embedding`) beside its terms, whose vector has length 1: it helps most
    where texts are short or few; 0 leaves it out. `sector_weight` is likewise that of what the shipped
    model's linear scorer says of its sectors (log-odds less their mean): it helps where the labels are kin
    to them.

    After `fit`, `classes_` holds the labels in the order of the columns of `decision_function` and
    `predict_proba`.
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

        Raises ValueError when their lengths differ, `y` is none of what is taken or holds no label, or a
        parameter cannot be.
        """
        if self.class_weight not in (None, "balanced"):
            raise ValueError(f"class_weight must be 'balanced' or None, not {self.class_weight!r}")
        texts = list(X)
        targets = self._targets(y)
        if len(texts) != len(targets):
            raise ValueError(f"{len(texts)} texts but {len(targets)} labels")
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
        return self

    def decision_function(self, X: Sequence[str]) -> Floats:
        """Log-odds, shape (texts, classes); of the second class alone, shape (texts,), for two classes."""
        check_is_fitted(self, "scorer_")
        scorer: LinearScorer = self.scorer_
        read = [self._read(text) for text in X]
        rows = self._with_the_shipped(matrix(scorer.vectorizer, [bags for bags, _ in read]), read)
        weights = np.vstack([scorer.weights, self.shipped_coef_])
        scores = np.asarray(rows @ weights + scorer.bias, dtype=np.float32)
        return scores[:, 1] if self._binary else scores

    def predict_proba(self, X: Sequence[str]) -> Floats:
        """Probabilities, shape (texts, classes): one a label for multi-label, else summing to one."""
        scores = np.clip(self.decision_function(X), -30, 30)
        odds = 1 / (1 + np.exp(-scores))
        if self._binary:
            odds = np.column_stack([1 - odds, odds])
        elif not self.multilabel_:
            odds = odds / odds.sum(axis=1, keepdims=True)
        result: Floats = odds.astype(np.float32)
        return result

    def predict(self, X: Sequence[str]) -> NDArray[Any] | list[tuple[Any, ...]]:
        """The label of each text; for multi-label what `fit` was given: indicators or tuples of labels."""
        check_is_fitted(self, "scorer_")
        if not self.multilabel_:
            best: NDArray[Any] = self.classes_[self.predict_proba(X).argmax(axis=1)]
            return best
        told = self.decision_function(X) > 0
        if self.indicator_:
            return told.astype(int)
        return [tuple(self.classes_[row]) for row in told]

    @property
    def _binary(self) -> bool:
        return not self.multilabel_ and len(self.classes_) == 2

    def _targets(self, y: Any) -> NDArray[np.bool_]:  # noqa: ANN401
        """The indicator matrix of `y`; sets `classes_`, `multilabel_` and `indicator_`."""
        if _are_sets(y):
            self.multilabel_, self.indicator_ = True, False
            try:
                labels = sorted(set().union(*y))
            except TypeError:
                raise ValueError(_ACCEPTED) from None
            if not labels:
                raise ValueError("no text has a label")
            self.classes_ = np.fromiter(labels, dtype=object)  # objects: a label may be a tuple
            return label_matrix(y, labels)
        try:
            array = np.asarray(y)
        except ValueError:  # rows of different length
            raise ValueError(_ACCEPTED) from None
        if type_of_target(array) == "multilabel-indicator":
            self.multilabel_ = self.indicator_ = True
            self.classes_ = np.arange(array.shape[1])
            return array.astype(bool)
        if array.ndim != 1 and array.shape[1:] != (1,):
            raise ValueError(_ACCEPTED)
        self.multilabel_ = self.indicator_ = False
        self.classes_, codes = np.unique(array.ravel(), return_inverse=True)
        found: NDArray[np.bool_] = codes[:, None] == np.arange(len(self.classes_))
        return found

    def _weights(self, targets: NDArray[np.bool_]) -> Floats:
        """A weight a text: inverse to the frequency of its rarest label."""
        share = 1.0 / np.maximum(targets.sum(axis=0), 1)
        weights = (targets * share).max(axis=1)
        weights[weights == 0] = share.min()
        result: Floats = (weights / weights.mean()).astype(np.float32)
        return result

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
        document = Document.read(str(text))
        return sector_terms(
            analyse(document, _shipped().lexicon, mask_names=self.mask_names)
        ), document.language


def _are_sets(y: Any) -> bool:  # noqa: ANN401
    """Whether `y` is a list of sets or lists of labels, and not the rows of an indicator array.

    Raises ValueError when only some texts have such.
    """
    if not isinstance(y, (list, tuple)):
        return False
    several = {isinstance(row, Collection) and not isinstance(row, (str, bytes, np.ndarray)) for row in y}
    if several == {True, False}:
        raise ValueError(_ACCEPTED)
    if several != {True}:
        return False
    # As label sets such rows would all be the same: nothing that could be learned is taken for an array.
    rows = all(isinstance(row, (list, tuple)) for row in y) and len(set(map(len, y))) == 1
    return not (rows and len(y[0]) and all(label in (0, 1) for row in y for label in row))


def _sector_scores(head: SectorHead, bags: Bags, language: str) -> Floats:
    """What the linear scorer of a language says of each sector, less the mean, of length 1; without one 0."""
    scorer = head.scorers.get(language)
    if scorer is None:
        return np.zeros(len(head.labels), dtype=np.float32)
    scores = scorer.linear.logits(bags)[:-1]
    scores -= scores.mean()
    scores /= np.float32(np.linalg.norm(scores)) or np.float32(1)
    return scores


def _shipped() -> Classifier:
    """The shipped model, whose lexicon, vectors and sector scorers serve."""
    from nordclass.model.store import load

    return load()
