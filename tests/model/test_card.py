from __future__ import annotations

import json
from dataclasses import replace

import pytest

import nordclass
from nordclass.model.card import CARD, card
from nordclass.model.classifier import Description
from nordclass.model.store import default_path, read_manifest


@pytest.fixture
def manifest(small_model):
    return json.loads((small_model / "manifest.json").read_text(encoding="utf-8"))


def test_the_card_is_written_beside_the_manifest(small_model, manifest):
    text = (small_model / CARD).read_text(encoding="utf-8")
    assert text == card(manifest)
    assert text.startswith("# Model card: small 1.0\n")
    for part in (
        *(
            "What it is for",
            "What it is",
            "Data",
            "How the labels were made",
            "What it is bad at",
            "Thresholds",
        ),
        *("How good it is", "Labelling only the surest documents", "Figures by label: countries"),
        *("Figures by label: regions", "Figures by label: sectors"),
    ):
        assert f"\n## {part}\n" in text
    about = manifest["description"]
    assert f"{about['metrics']['countries']['f1']:.3f}" in text
    assert f"| all countries | {manifest['places']['threshold']:.3f} |" in text
    for label in about["metrics"]["sectors"]["labels"]:
        assert f"\n| {label} | " in text
    assert about["versions"]["numpy"] in text


def test_what_a_person_says_stands_in_the_card(manifest):
    manifest["description"]["settings"]["card"] = {"use": "For X.", "labels": "By Y.", "limits": "Not Z."}
    manifest["description"]["data"] = [
        {"name": "Releases | more", "path": "p", "use": "train", "split": "train", "sha256": "ab" * 32}
    ]
    text = card(manifest)
    for part in ("## What it is for\n\nFor X.", "made\n\nBy Y.", "bad at\n\nNot Z.", "Releases \\| more"):
        assert part in text


def test_chosen_thresholds_are_told(classifier, articles, tmp_path):
    rows = [{"text": a["text"], "countries": a["countries"]} for a in articles]
    changed, _ = nordclass.rethreshold(classifier, rows, 1.0)
    changed.save(tmp_path / "m")
    text = (tmp_path / "m" / CARD).read_text(encoding="utf-8")
    assert "chosen with `nordclass threshold` for a precision of 1." in text
    assert "Countries: on the documents that chose the thresholds. regions and sectors: out of fold" in text


def test_the_hash_of_a_table_of_labels_stands_beside_that_of_the_data(manifest):
    data = {"name": "A", "path": "a", "sha256": "ab" * 32, "labels_sha256": "cd" * 32}
    manifest["description"]["data"] = [data]
    assert "| A | train | `abababababababab`, labels `cdcdcdcdcdcdcdcd` |" in card(manifest)


def test_gates_are_told_as_they_are(manifest):
    manifest["sectors"] |= {"gate": 0.905, "gates": {"en": 0.82, "ko": 0.9}}
    manifest["places"] |= {"gate": 0.6, "gates": {}}
    text = card(manifest)
    assert (
        "no sector at all unless it has one with a probability of 0.905 (0.82 in en, 0.9 in ko) or more."
        in text
    )
    assert "no country at all unless one of them scores 0.6 or more." in text


def test_the_order_of_gates_does_not_matter(manifest):
    def written(gates):
        manifest["sectors"] |= {"gate": 0.9, "gates": gates}
        manifest["description"]["settings"]["sectors"] |= {"gates": gates}
        return card(manifest)

    text = written({"ko-release": 0.94, "en": 0.82})
    assert text == written({"en": 0.82, "ko-release": 0.94})
    assert "0.9 (0.82 in en, 0.94 in ko-release)" in text
    assert "the gate in en, the gate in ko-release" in text


def test_the_shipped_card_is_what_the_shipped_manifest_gives():
    folder = default_path()
    assert (folder / CARD).read_text(encoding="utf-8") == card(read_manifest(folder))


def test_thresholds_and_gates_of_the_recipe_are_told(manifest):
    assert "Set in the recipe" not in card(manifest)
    assert "The thresholds were chosen on the same documents" in card(manifest)
    places = {"threshold": 0.46, "gate": 0.6, "gates": {"en": 0.55}}
    manifest["places"] |= places
    manifest["sectors"] |= {"gate": 0.7, "gates": {}}
    settings = manifest["description"]["settings"]
    settings["places"] |= places
    settings["sectors"] |= {"gate": 0.7}
    text = card(manifest)
    told = "for countries the threshold, the gate, the gate in en; for sectors the gate."
    assert f"Set in the recipe, not chosen while training: {told}" in text
    assert "The other thresholds were chosen on the same documents" in text
    manifest["places"]["threshold"] = 0.5  # as `nordclass threshold` does
    assert "training: for countries the gate, the gate in en; for" in card(manifest)
    manifest["places"]["gate"] = settings["places"]["gate"] = 0.0
    assert "training: for countries the gate, the gate in en; for" in card(manifest)


def test_a_model_made_by_hand_has_a_card(classifier, tmp_path):
    bare = nordclass.Classifier(classifier.lexicon, None, None, Description("bare", "0"))
    bare.save(tmp_path / "m")
    assert "Nothing was measured." in (tmp_path / "m" / CARD).read_text(encoding="utf-8")
    assert nordclass.load(tmp_path / "m").name == "bare 0"


def test_saving_writes_the_card_anew_and_keeps_a_persons_files(classifier, tmp_path):
    folder = tmp_path / "m"
    classifier.save(folder)
    (folder / "notes.md").write_text("mine")
    (folder / CARD).write_text("old")
    classifier.save(folder)
    assert (folder / "notes.md").read_text() == "mine"
    assert (folder / CARD).read_text(encoding="utf-8").startswith("# Model card")


@pytest.mark.parametrize("margin", [-0.1, 1.5, float("nan"), "wide", None])
def test_a_margin_that_is_none(classifier, margin, tmp_path):
    with pytest.raises((ValueError, TypeError)):
        replace(classifier.description, margin=margin)
    folder = tmp_path / "m"
    classifier.save(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["description"]["margin"] = margin
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(nordclass.ModelError):
        nordclass.load(folder)


def test_a_manifest_without_a_margin_has_the_usual_one(classifier, tmp_path):
    folder = tmp_path / "m"
    classifier.save(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["description"]["margin"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert nordclass.load(folder).description.margin == 0.1
