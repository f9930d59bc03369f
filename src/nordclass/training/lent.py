"""What a base model lends, and what it would do better than few documents: said while training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nordclass.model.classifier import Classifier
from nordclass.result import COUNTRIES
from nordclass.training.examples import Example

ENOUGH_PLACES: Final = 2000
"""Documents labelled with places from which a country head of one's own may be the better one.

Measured on retold news (docs/retraining.md, "Few documents with countries").
"""
LENT_PLACES: Final = (
    "countries and regions are told as by the base model; its figures are those beside its own sectors, and"
    " beside others they are likely to be worse: see nordclass evaluate"
)
"""What to say of a country head that is the base's, in a model with sectors of its own.

It weighs how high sectors score (`FirstPass.summary`), and other sectors score otherwise.
"""


def why_keep_places(corpus: Sequence[Example], base: Classifier | None) -> str | None:
    """Why the country head of the base should be kept instead of learning another; None where it should not.

    `corpus`: the documents to learn from. A base that has seen fewer labels of countries has nothing to lend.
    """
    taught = [example.partners for example in corpus if example.partners is not None]
    if base is None or base.places is None or not taught or len(taught) >= ENOUGH_PLACES:
        return None
    if sum(base.description.labels.get(COUNTRIES, {}).values()) <= sum(map(len, taught)):
        return None
    return (
        f"{len(taught):,} documents are labelled with countries and regions; below {ENOUGH_PLACES:,}"
        " those of the base model are likely to be better; to keep them, leave both columns out"
    )
