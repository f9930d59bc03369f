"""Every kept input, once more: none may fail or take long. Some changes of them are tried, too."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import targets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CORPUS = Path(__file__).resolve().parent / "corpus"
KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())
LARGEST = 200_000
SECONDS = 60
"""CPU seconds for the kept inputs of a target: a busy machine counts for nothing."""


def test_the_corpus_is_small_and_has_every_target() -> None:
    assert {path.parent.name for path in KEPT} == targets.TARGETS.keys()
    assert sum(path.stat().st_size for path in KEPT) < LARGEST


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_kept_inputs_pass_within_the_time_box(name: str) -> None:
    begun = time.process_time()
    for path in KEPT:
        if path.parent.name == name:
            targets.run(name, path.read_bytes())
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
@settings(
    deadline=None, max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(data=st.data())
def test_changed_inputs_pass(name: str, data: st.DataObject) -> None:
    kept = [path for path in KEPT if path.parent.name == name]
    content = bytearray(data.draw(st.sampled_from(kept)).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=8))
    targets.run(name, bytes(content))
