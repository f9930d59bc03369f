from __future__ import annotations

import numpy as np
import pytest

from nordclass.model.network import Network, scaled, squeezed


def test_logits_are_those_of_the_formula():
    chance = np.random.RandomState(0)
    network = Network(
        chance.rand(3).astype(np.float32),
        chance.rand(3).astype(np.float32) + 0.5,
        chance.normal(size=(5, 4)).astype(np.float32),
        chance.normal(size=4).astype(np.float32),
        chance.normal(size=4).astype(np.float32),
        0.25,
    )
    meanings = chance.normal(size=(6, 2)).astype(np.float32)
    numbers = (chance.normal(size=(6, 3)) * 5).astype(np.float32)
    expected = []
    for meaning, row in zip(meanings, numbers, strict=True):
        small = [np.sign(x) * np.log(1 + abs(x)) for x in row]
        ready = [
            max(-4, min(4, (x - c) / s)) for x, c, s in zip(small, network.center, network.scale, strict=True)
        ]
        inputs = [*meaning, *ready]
        total = network.output_bias
        for unit in range(4):
            held = sum(x * w for x, w in zip(inputs, network.hidden[:, unit], strict=True))
            total += max(0.0, held + network.hidden_bias[unit]) * network.output[unit]
        expected.append(total)
    assert network.logits(meanings, numbers) == pytest.approx(expected, abs=1e-4)
    assert network.logits(meanings[:0], numbers[:0]).shape == (0,)


def test_numbers_far_out_are_cut():
    numbers = np.array([[0.0], [1e9], [-1e9]], np.float32)
    assert squeezed(numbers)[0, 0] == 0
    assert scaled(numbers, np.zeros(1, np.float32), np.ones(1, np.float32))[:, 0].tolist() == [0, 4, -4]


def test_the_number_of_threads_changes_nothing():
    """Workers have one thread, a process of its own as many as it likes: the answers are the same."""
    from threadpoolctl import threadpool_limits

    chance = np.random.RandomState(0)
    sizes = ((7 * 64 + 47, 96), 96, 96)
    parts = [chance.normal(size=size).astype(np.float32) for size in sizes]
    network = Network(np.zeros(47, np.float32), np.ones(47, np.float32), *parts, 0.1)
    meanings = chance.normal(size=(200, 7 * 64)).astype(np.float32)
    numbers = chance.normal(size=(200, 47)).astype(np.float32)
    answers = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            answers.append(network.logits(meanings, numbers).tobytes())
    assert answers[0] == answers[1]
