"""nordclass says which partner countries, regions and cooperation sectors an article is about.

>>> import nordclass
>>> result = nordclass.classify("한-우즈베키스탄, 디지털정부 협력 양해각서 체결 ...")
>>> [label.code for label in result.countries]
['UZ']

Everything is loaded when first used: importing nordclass itself costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nordclass.calibration import calibration_report
    from nordclass.coverage import risk_coverage
    from nordclass.errors import DataError, InputError, ModelError, NordclassError
    from nordclass.evaluation import Report, evaluate
    from nordclass.model.classifier import Assessment, Classifier, Text
    from nordclass.model.store import load
    from nordclass.result import Explained, Label, Reason, Result, Span
    from nordclass.thresholds import rethreshold
    from nordclass.training.dictionary import Dictionary
    from nordclass.training.estimator import NordClassifier
    from nordclass.training.settings import Recipe, read_recipe
    from nordclass.training.train import train

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Classifier",
    "DataError",
    "Dictionary",
    "Explained",
    "InputError",
    "Label",
    "ModelError",
    "NordClassifier",
    "NordclassError",
    "Reason",
    "Recipe",
    "Report",
    "Result",
    "Span",
    "calibration_report",
    "classify",
    "classify_many",
    "evaluate",
    "load",
    "read_recipe",
    "rethreshold",
    "risk_coverage",
    "train",
]

_HOMES = {
    "Assessment": "nordclass.model.classifier",
    "Classifier": "nordclass.model.classifier",
    "DataError": "nordclass.errors",
    "Dictionary": "nordclass.training.dictionary",
    "Explained": "nordclass.result",
    "InputError": "nordclass.errors",
    "Label": "nordclass.result",
    "ModelError": "nordclass.errors",
    "NordClassifier": "nordclass.training.estimator",
    "NordclassError": "nordclass.errors",
    "Reason": "nordclass.result",
    "Recipe": "nordclass.training.settings",
    "Report": "nordclass.evaluation",
    "Result": "nordclass.result",
    "Span": "nordclass.result",
    "calibration_report": "nordclass.calibration",
    "evaluate": "nordclass.evaluation",
    "load": "nordclass.model.store",
    "read_recipe": "nordclass.training.settings",
    "rethreshold": "nordclass.thresholds",
    "risk_coverage": "nordclass.coverage",
    "train": "nordclass.training.train",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Load a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'nordclass' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


def classify(text: str, *, title: str | None = None, scheme: str = "nordclass") -> Result:
    """Label one article with the shipped model.

    Returns a Result whose `countries`, `regions` and `sectors` are tuples of Label(code, score, name_ko,
    name_en, dac, kind), highest score first. Text that is neither Korean nor English gives an empty Result.
    `scheme` says what the sectors are: "nordclass", "dac" (codes of 3 digits) or "nine-bridges". Raises
    TypeError when `text` or `title` is not a string, NordclassError for another scheme.
    """
    from nordclass.model.store import load

    return load().classify(text, title=title, scheme=scheme)


def classify_many(
    texts: Iterable[Text], *, n_jobs: int = 1, progress: bool = False, scheme: str = "nordclass"
) -> Iterator[Result]:
    """Label many articles (texts or (title, text) pairs) with the shipped model, in order.

    An iterator that holds only a few documents at a time; `n_jobs` processes share the work (-1: one
    per core, also the maximum), `progress` shows a bar on stderr, `scheme` is that of `classify`. Raises as
    `Classifier.classify_many`.
    """
    from nordclass.model.store import load

    return load().classify_many(texts, n_jobs=n_jobs, progress=progress, scheme=scheme)
