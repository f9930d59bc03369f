"""Same text, same model: the same bytes, whoever asks and however."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import nordclass

FOLDER = str(Path(__file__).parent)

LABEL = """
import json, sys
import nordclass
classifier = nordclass.load(sys.argv[1])
for line in sys.stdin:
    title, text = json.loads(line)
    print(json.dumps(classifier.scores(text, title=title).to_dict()))
"""

TRAIN = """
import json, sys
from pathlib import Path
import nordclass
from nordclass.training.settings import LexiconSettings, PlaceSettings, Recipe, SectorSettings
recipe = Recipe(
    folds=2,
    lexicon=LexiconSettings(learn=True),
    places=PlaceSettings(iterations=10, leaves=4, min_df=2),
    sectors=SectorSettings(iterations=10, leaves=4),
)
nordclass.train([json.loads(line) for line in sys.stdin], recipe=recipe).save(sys.argv[1])
"""


def told(classifier, pairs) -> list[str]:
    return [json.dumps(classifier.scores(text, title=title).to_dict()) for title, text in pairs]


def run(code: str, *args: object, seed: str, lines: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        input="\n".join(lines),
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def pairs(articles) -> list[tuple[str, str]]:
    return [(a["title"], a["text"]) for a in articles[:30] + articles[-30:]]


@pytest.fixture(scope="module")
def expected(classifier, pairs) -> list[str]:
    return told(classifier, pairs)


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_processes_and_hash_seeds(small_model, pairs, expected, seed):
    out = run(LABEL, small_model, seed=seed, lines=[json.dumps(pair) for pair in pairs])
    assert out.splitlines() == expected


def test_the_order_of_a_batch(classifier, pairs, expected):
    assert told(classifier, reversed(pairs)) == expected[::-1]
    fresh = nordclass.Classifier(
        classifier.lexicon, classifier.places, classifier.sectors, classifier.description
    )
    assert told(fresh, [*pairs[20:], *pairs[:20]]) == expected[20:] + expected[:20]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_number_of_processes(classifier, pairs, jobs):
    results = list(classifier.classify_many(pairs * 3, n_jobs=jobs))
    assert results == [classifier.classify(text, title=title) for title, text in pairs] * 3


def test_eight_threads_share_a_classifier(small_model, pairs, expected):
    shared = nordclass.load(small_model)  # nothing in it is warm yet
    with ThreadPoolExecutor(8) as pool:
        rounds = list(pool.map(lambda shift: told(shared, pairs[shift:] + pairs[:shift]), range(8)))
    assert rounds == [expected[shift:] + expected[:shift] for shift in range(8)]


_inherited: list[nordclass.Classifier] = []


def _label_here(folder: str, pairs: list[tuple[str, str]]) -> list[str]:
    classifier = _inherited[0] if _inherited else nordclass.load(folder)
    return told(classifier, pairs)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_forked_and_spawned_processes(method, classifier, small_model, pairs, expected, monkeypatch):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    monkeypatch.setenv("PYTHONPATH", FOLDER)
    if method == "fork":
        monkeypatch.setattr(sys.modules[__name__], "_inherited", [classifier])
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        parts = list(pool.map(_label_here, [str(small_model)] * 2, [pairs[:10], pairs[10:20]]))
    assert parts[0] + parts[1] == expected[:20]


def test_retraining_gives_identical_files(articles, tmp_path):
    lines = [json.dumps(a) for a in articles[:25] + articles[-25:]]
    digests = []
    for seed in ("0", "7"):
        run(TRAIN, tmp_path / seed, seed=seed, lines=lines)
        digests.append(
            {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / seed).iterdir()}
        )
    assert digests[0] == digests[1]
    assert {"manifest.json", "MODEL_CARD.md"} < digests[0].keys()
