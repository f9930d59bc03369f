"""What the tests of training share: settings of the smallest models, and one such model."""

from __future__ import annotations

import pytest

from nordclass import Classifier, Recipe, train
from nordclass.training.settings import PlaceSettings, SectorSettings


@pytest.fixture(scope="session")
def tiny() -> Recipe:
    """A recipe for models that are made in a second and are right about little."""
    return Recipe(
        name="tiny",
        folds=2,
        places=PlaceSettings(iterations=4, leaves=4),
        sectors=SectorSettings(iterations=4, leaves=4),
    )


@pytest.fixture(scope="session")
def some(articles):
    """Thirty Korean and thirty English articles."""
    return articles[:30] + articles[-30:]


@pytest.fixture(scope="session")
def trained(tiny, some, classifier) -> Classifier:
    """A tiny model of all kinds of labels."""
    return train(some, recipe=tiny, base=classifier)
