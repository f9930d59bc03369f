from __future__ import annotations

import numpy as np
import pytest

import nordclass
from nordclass.arguments import check_jobs

RECORDS = [{"text": "Korea and Peru met.", "countries": ["PE"], "regions": []}]


@pytest.mark.parametrize(
    "measure",
    [
        nordclass.evaluate,
        nordclass.calibration_report,
        nordclass.risk_coverage,
        lambda classifier, records: nordclass.rethreshold(classifier, records, 0.9),
    ],
)
def test_a_path_is_no_classifier(measure):
    with pytest.raises(TypeError) as caught:
        measure("m1", RECORDS)
    told = "classifier must be a nordclass.Classifier, not str: give nordclass.load(path)"
    assert str(caught.value) == told


@pytest.mark.parametrize(
    "measure", [nordclass.evaluate, nordclass.calibration_report, nordclass.risk_coverage]
)
def test_numbers_of_processes_are_checked_before_the_work(classifier, measure):
    with pytest.raises(ValueError, match="n_jobs must be 1 or more"):
        measure(classifier, RECORDS, n_jobs=0)


@pytest.mark.parametrize("jobs", ["2", None, 1.5, True])
def test_a_number_of_processes_is_whole(jobs):
    with pytest.raises(TypeError, match=f"^n_jobs must be a whole number of processes, not {jobs!r}$"):
        check_jobs(jobs)


def test_numbers_of_processes_that_can_be():
    for jobs in (1, 7, -1, np.int64(2)):
        check_jobs(jobs)
    for jobs in (0, -2, -5):
        with pytest.raises(
            ValueError, match=f"^n_jobs must be 1 or more, or -1 for one process a core, not {jobs}$"
        ):
            check_jobs(np.int64(jobs))
