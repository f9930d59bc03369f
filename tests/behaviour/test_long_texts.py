"""Time and memory grow with the length of a text, and no faster."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from measure import MB, long_text

import nordclass

MEASURE = """
import resource, sys
import nordclass
classifier = nordclass.load()
text = sys.stdin.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
classifier.classify(text)
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_time_is_linear(language):
    classifier = nordclass.load()
    classifier.classify(long_text(MB // 8, language))  # tables are read and patterns compiled
    seconds = []
    for size in (1, 2, 4, 8):
        text = long_text(size * MB // 4, language)
        begun = time.process_time()
        classifier.classify(text)
        seconds.append(time.process_time() - begun)
    # Eight times the text in eight times the time; a busy machine and full caches are granted twice that.
    assert seconds[3] < 16 * seconds[0], seconds
    assert seconds[3] < 4 * seconds[2], seconds


@pytest.mark.parametrize("language", ["ko", "en"])
def test_ten_megabytes_take_ten_times_as_long_as_one(language):
    classifier = nordclass.load()
    seconds = []
    for size in (1, 10):
        text = long_text(size * MB, language)
        begun = time.process_time()
        result = classifier.classify(text)
        seconds.append(time.process_time() - begun)
        assert result.language == language
    assert seconds[1] < 20 * seconds[0], seconds


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
@pytest.mark.parametrize("language", ["ko", "en"])
def test_memory_is_linear(language):
    grown = []
    for size in (1, 4):
        done = subprocess.run(
            [sys.executable, "-c", MEASURE],
            input=long_text(size * MB // 4, language).encode(),
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
            capture_output=True,
            timeout=120,
            check=True,
        )
        before, after = map(int, done.stdout.split())
        grown.append((after - before) / 1024)
    assert grown[1] < 6 * max(grown[0], 16), grown  # MB
    assert grown[1] < 150, grown  # for one megabyte of text; some 50 were measured
