from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import nordclass
from nordclass import ModelError, load
from nordclass.model import store, writer
from nordclass.model.vectorizer import Vectorizer

SENTENCE = "한국과 페루는 전자정부 협력 양해각서를 체결했다. 아세안도 논의했다."


@pytest.fixture
def folder(small_model, tmp_path) -> Path:
    return Path(shutil.copytree(small_model, tmp_path / "model"))


def test_a_model_that_was_saved_gives_the_same_scores(classifier, articles, tmp_path):
    classifier.save(tmp_path / "copy")
    copy = load(tmp_path / "copy")
    assert copy.description == classifier.description
    for row in articles[::15]:
        assert copy.scores(row["text"], title=row["title"]) == classifier.scores(
            row["text"], title=row["title"]
        )


def test_a_model_that_was_saved_twice_is_the_same_bytes(classifier, small_model, tmp_path):
    classifier.save(tmp_path / "copy")
    files = {file.name: file.read_bytes() for file in (tmp_path / "copy").iterdir()}
    assert files == {file.name: file.read_bytes() for file in small_model.iterdir()}


def test_the_manifest_says_what_the_model_is(small_model):
    manifest = store.read_manifest(small_model)
    assert manifest["format"] == store.FORMAT
    assert manifest["description"]["name"] == "small"
    assert set(manifest["files"]) == {file.name for file in small_model.glob("*.npy")}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((small_model / name).read_bytes()).hexdigest() == digest


def test_heads_that_are_missing_stay_missing(classifier, tmp_path):
    nordclass.Classifier(classifier.lexicon, None, None, classifier.description).save(tmp_path / "bare")
    bare = load(str(tmp_path / "bare"))
    assert bare.places is None
    assert bare.sectors is None
    assert bare.lexicon.entries == classifier.lexicon.entries
    assert bare.lexicon.particles == classifier.lexicon.particles
    assert set(bare.lexicon.nouns) == set(classifier.lexicon.nouns)


def test_saving_over_an_older_model_keeps_recipe_and_card(classifier, folder):
    (folder / "recipe.toml").write_text("name = 'mine'", encoding="utf-8")
    (folder / "README.md").write_text("card", encoding="utf-8")
    bare = nordclass.Classifier(classifier.lexicon, None, None, classifier.description)
    bare.save(folder)
    assert load(folder).places is None
    assert (folder / "recipe.toml").read_text(encoding="utf-8") == "name = 'mine'"
    assert (folder / "README.md").read_text(encoding="utf-8") == "card"
    assert not list(folder.glob("places_*"))
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_saving_makes_the_folders_above(classifier, tmp_path):
    classifier.save(tmp_path / "a" / "b" / "model")
    assert load(tmp_path / "a" / "b" / "model").name == classifier.name


def test_saving_into_an_empty_folder_or_beside_a_recipe(classifier, tmp_path):
    (tmp_path / "empty").mkdir()
    classifier.save(tmp_path / "empty")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "recipe.toml").touch()
    classifier.save(tmp_path / "mine")
    assert load(tmp_path / "empty").name == load(tmp_path / "mine").name == classifier.name


def foreign(files: dict[str, str]):
    def make(path: Path) -> None:
        path.mkdir()
        for name, text in files.items():
            (path / name).write_text(text, encoding="utf-8")

    return make


@pytest.mark.parametrize(
    "make",
    [
        foreign({"thesis.txt": "years of work"}),
        foreign({"embeddings.npy": "years of work"}),
        foreign({"manifest.json": '{"name": "a browser extension"}'}),
        foreign({"manifest.json": '{"format": 1, "files": {}}', "embeddings.npy": "years of work"}),
        lambda path: path.write_text("a file", encoding="utf-8"),
        lambda path: (path / "notes.md").mkdir(parents=True),
        lambda path: (path / "recipe.toml" / "mine").mkdir(parents=True),
    ],
    ids=["text", "arrays", "manifest", "arrays beside a model", "file", "notes", "recipes"],
)
def test_saving_over_something_else_is_refused(classifier, tmp_path, make):
    target = tmp_path / "target"
    make(target)
    before = sorted((p.name, p.read_text(encoding="utf-8")) for p in tmp_path.rglob("*") if p.is_file())
    for refuse in (writer.check_target, classifier.save):
        with pytest.raises(ModelError, match="not a model folder") as caught:
            refuse(target)
        assert "\n" not in str(caught.value)
    assert (
        sorted((p.name, p.read_text(encoding="utf-8")) for p in tmp_path.rglob("*") if p.is_file()) == before
    )


def circle(path: Path) -> Path:
    path.symlink_to(path)
    return path


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (lambda tmp_path: tmp_path / "file" / "model", "cannot write"),
        (lambda tmp_path: tmp_path / ("x" * 300), "cannot write"),
        pytest.param(
            lambda tmp_path: Path("/proc/none/model"),
            "cannot write",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's"),
        ),
        (lambda tmp_path: circle(tmp_path / "circle"), "not a model folder"),
    ],
    ids=["in a file", "long name", "no folder can be made", "links in a circle"],
)
def test_where_nothing_can_be_written_is_refused_before_the_work(classifier, tmp_path, target, why):
    (tmp_path / "file").touch()
    path = target(tmp_path)
    for refuse in (writer.check_target, classifier.save):
        with pytest.raises(ModelError, match=why) as caught:
            refuse(path)
        assert "\n" not in str(caught.value)


def test_where_a_file_system_begins_no_folder_can_be_replaced(folder, monkeypatch):
    monkeypatch.setattr(writer.os.path, "ismount", lambda path: path == folder)
    with pytest.raises(ModelError, match="choose a folder in it"):
        writer.check_target(folder)


def test_what_is_checked_is_left_as_it_was(folder):
    files = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    writer.check_target(folder)
    assert files == {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    writer.check_target(folder.parent / "new")
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_saving_into_the_current_folder_or_over_a_link(classifier, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    (tmp_path / "link").symlink_to("there")
    monkeypatch.chdir(tmp_path / "here")
    for path in (Path(), tmp_path / "link"):
        writer.check_target(path)
        classifier.save(path)
    assert load(tmp_path / "here").name == load(tmp_path / "there").name == classifier.name
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_an_older_model_is_put_back_where_the_new_one_cannot_be_moved_in(
    classifier, folder, monkeypatch, error
):
    rename = Path.rename

    def fail(self, target):
        if self.name == "model" and self != folder:  # the new one, once the old one has gone
            assert not folder.exists()
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises((ModelError, KeyboardInterrupt)):
        classifier.save(folder)
    monkeypatch.undo()
    assert load(folder).scores(SENTENCE) == classifier.scores(SENTENCE)
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_a_save_that_fails_leaves_the_older_model(classifier, folder, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer.np, "save", fail)
    with pytest.raises(ModelError, match="No space left"):
        classifier.save(folder)
    monkeypatch.undo()
    assert load(folder).scores(SENTENCE) == classifier.scores(SENTENCE)
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_saving_what_fits_no_card(classifier, folder):
    odd = nordclass.Classifier(
        classifier.lexicon,
        classifier.places,
        classifier.sectors,
        replace(classifier.description, labels={"countries": 5}),
    )
    with pytest.raises(ModelError, match="model card"):
        odd.save(folder)
    assert load(folder).scores(SENTENCE) == classifier.scores(SENTENCE)


def test_terms_that_could_not_be_found_again_are_refused(classifier, tmp_path):
    scorer = classifier.places.scorer
    fields = [replace(field, terms=tuple(field.terms)[::-1]) for field in scorer.vectorizer.fields]
    places = replace(classifier.places, scorer=replace(scorer, vectorizer=Vectorizer(fields)))
    wrong = nordclass.Classifier(classifier.lexicon, places, None, classifier.description)
    with pytest.raises(ModelError, match="do not ascend"):
        wrong.save(tmp_path / "wrong")


def test_a_disk_that_is_full_is_told(classifier, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError("5 requested and 0 written")  # as numpy does it, without an errno

    monkeypatch.setattr(writer.np, "save", fail)
    with pytest.raises(ModelError, match=r"cannot write the model to .*: 5 requested and 0 written"):
        classifier.save(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []
