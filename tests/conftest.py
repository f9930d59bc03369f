"""What several test folders share: the project's articles, and a small model learned from them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from nordclass import Classifier

# The workers share the cores; threads on top of them only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")

CORPUS = Path(__file__).resolve().parent.parent / "data" / "corpus"
_PER_LANGUAGE = 100
_LONGEST_WAIT = 300


def read_articles(language: str, split: str) -> list[dict[str, Any]]:
    """The project's own articles in a language ("ko", "en") of a split ("train", "dev")."""
    lines = (CORPUS / f"{language}_articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["split"] == split]


@pytest.fixture(scope="session")
def articles() -> list[dict[str, Any]]:
    """The articles that the small model learned from, Korean ones first."""
    return read_articles("ko", "train")[:_PER_LANGUAGE] + read_articles("en", "train")[:_PER_LANGUAGE]


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory, articles: list[dict[str, Any]]) -> Path:
    """The folder of a model that is right often enough to tell that it works; made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "small-model"
    _once(shared / "small-model.lock", folder, lambda: _train(articles, folder))
    return folder


@pytest.fixture(scope="session")
def classifier(small_model: Path) -> Classifier:
    """The small model, loaded; not to be changed."""
    from nordclass import load

    return load(small_model)


@pytest.fixture
def shipped(classifier: Classifier, monkeypatch: pytest.MonkeyPatch) -> Classifier:
    """The small model in the place of the shipped one."""
    monkeypatch.setattr("nordclass.model.store._shipped", lambda: classifier)
    return classifier


def _train(articles: list[dict[str, Any]], folder: Path) -> None:
    from nordclass import Recipe, train
    from nordclass.training.settings import LexiconSettings, PlaceSettings, SectorSettings

    recipe = Recipe(
        name="small",
        folds=2,
        lexicon=LexiconSettings(learn=True),
        places=PlaceSettings(iterations=60, leaves=6, min_df=2),
        sectors=SectorSettings(iterations=60, leaves=6),
    )
    train(articles, recipe=recipe).save(folder)


def _once(lock: Path, made: Path, make: Callable[[], None]) -> None:
    """Make something in the first process that comes here; the others wait for it."""
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        end = time.monotonic() + _LONGEST_WAIT
        while not made.exists():
            if time.monotonic() > end or lock.with_suffix(".failed").exists():
                pytest.fail(f"another process did not make {made.name}")
            time.sleep(0.05)
        return
    try:
        make()
    except BaseException:
        lock.with_suffix(".failed").touch()
        raise


@pytest.fixture(scope="session")
def margins():
    """A function that says of each label of `Classifier.scores` how far it is from being told or not told."""

    def of(classifier, text, title):
        every = classifier.scores(text, title=title)
        places, head = classifier.places, classifier.sectors
        threshold = dict(zip(head.labels, head.thresholds.tolist(), strict=True))
        read = classifier.assess(text, title=title)
        presence, manner = read.kinds[2].presence, read.first.manner if read.first else every.language
        best = max((label.score for label in every.countries), default=0.0)
        of_places = _gate_margin(best, places.gate_in(manner))
        of_sectors = _gate_margin(presence, head.gate_in(manner))
        return [
            *((label, min(label.score - places.threshold, of_places)) for label in every.countries),
            *((label, label.score - places.region_threshold) for label in every.regions),
            *((label, min(label.score - threshold[label.code], of_sectors)) for label in every.sectors),
        ]

    return of


def _gate_margin(presence: float, gate: float) -> float:
    """The odds ratio of presence and gate as a probability, less one half: the odds of even chances are 1."""
    if not gate:
        return 0.5
    odds = [min(max(p, 1e-6), 1 - 1e-6) / (1 - min(max(p, 1e-6), 1 - 1e-6)) for p in (presence, gate)]
    return odds[0] / (odds[0] + odds[1]) - 0.5
