from __future__ import annotations

from importlib.metadata import version

import nordclass


def test_labels_are_counted_as_they_stand_in_the_records(classifier, articles):
    for kind in ("countries", "regions", "sectors"):
        expected: dict[str, int] = {}
        for row in articles:
            for label in row[kind]:
                expected[label] = expected.get(label, 0) + 1
        assert classifier.description.labels[kind] == dict(sorted(expected.items()))


def test_versions_are_those_that_are_installed(classifier):
    description = classifier.description
    assert description.library == version("nordclass") == nordclass.__version__
    assert description.versions["scikit-learn"] == version("scikit-learn")
    assert description.versions["kiwipiepy"] == version("kiwipiepy")


def test_metrics_are_measured_on_all_documents_out_of_fold(classifier, articles):
    metrics = classifier.description.metrics
    for kind in ("countries", "regions", "sectors"):
        assert metrics[kind]["documents"] == len(articles)
        assert metrics[kind]["support"] == sum(len(set(row[kind])) for row in articles)
    # Out of fold a model is worse than on what it has learned by heart.
    seen = nordclass.evaluate(classifier, articles).to_dict()
    assert metrics["sectors"]["f1"] < seen["sectors"]["f1"]
    assert metrics["countries"]["f1"] < seen["countries"]["f1"] + 0.02


def test_settings_are_those_of_the_recipe(classifier):
    settings = classifier.description.settings
    assert settings["folds"] == 2
    assert settings["places"]["leaves"] == 6
    assert "data" not in settings
