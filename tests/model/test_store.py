from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from nordclass import ModelError, load
from nordclass.model import store
from nordclass.model.columns import PLACE_COLUMNS, SECTOR_COLUMNS

SENTENCE = "한국과 페루는 전자정부 협력 양해각서를 체결했다. 아세안도 논의했다."

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def folder(small_model, tmp_path) -> Path:
    return Path(shutil.copytree(small_model, tmp_path / "model"))


def change(folder: Path, edit) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    edit(manifest)
    file.write_text(json.dumps(manifest), encoding="utf-8")


def rehash(folder: Path, name: str) -> None:
    """Make the manifest agree with what a file holds now."""
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    change(folder, lambda manifest: manifest["files"].update({name: digest}))


def complaint(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 500
    return message


def an_array(folder: Path, kind: str = "f") -> Path:
    """The first file whose numbers are of this kind."""
    return next(
        f for f in sorted(folder.glob("*.npy")) if np.load(f).dtype.kind == kind and np.load(f).size > 8
    )


def test_no_folder(tmp_path):
    assert "no model at" in complaint(tmp_path / "nowhere")
    assert "no model at" in complaint(tmp_path)
    (tmp_path / "file").touch()
    assert "no model at" in complaint(tmp_path / "file")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": "1"}', '{"format": null}', "\x00", "[" * 100_000], ids=range(8)
)
def test_a_manifest_that_is_none(folder, text):
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    assert "manifest" in complaint(folder)


def test_a_manifest_in_another_encoding(folder):
    (folder / "manifest.json").write_bytes('{"format": 1, "x": "한국"}'.encode("cp949"))
    assert "damaged" in complaint(folder)


def test_a_newer_format(folder):
    change(folder, lambda manifest: manifest.update(format=store.FORMAT + 1))
    assert "upgrade" in complaint(folder)


def test_other_features(folder):
    change(folder, lambda manifest: manifest["places"]["numbers"].append("later feature"))
    assert "train it anew" in complaint(folder)


def test_every_file_is_needed_and_hashed(folder):
    for file in sorted(folder.glob("*.npy")):
        content = file.read_bytes()
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        message = complaint(folder)
        assert file.name in message
        assert "hash" in message
        file.unlink()
        assert file.name in complaint(folder)
        file.write_bytes(content)
    load(folder)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_none(folder, value):
    file = an_array(folder)
    array = np.load(file)
    array.flat[3] = value
    np.save(file, array)
    rehash(folder, file.name)
    assert "no numbers" in complaint(folder)


@pytest.mark.parametrize("left", [0, 5, 60, 200, -1])
def test_an_array_that_was_cut_off(folder, left):
    file = an_array(folder)
    file.write_bytes(file.read_bytes()[:left])
    rehash(folder, file.name)
    assert "damaged" in complaint(folder)


def test_an_array_that_claims_to_be_enormous(folder):
    file = an_array(folder)
    content = file.read_bytes()
    shape = str(np.load(file).shape).encode()
    header = content[:128].replace(shape, b"(99999999999999,)").ljust(128)
    size = int.from_bytes(content[8:10], "little") + 10
    head = (content[:10] + header[10:128]).rstrip()[: size - 1].ljust(size - 1) + b"\n"
    file.write_bytes(head + content[size:])
    rehash(folder, file.name)
    assert "damaged" in complaint(folder)


class Trap:
    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self):
        return (Path.touch, (self.proof,))


def test_a_pickled_array_is_refused_and_not_run(folder, tmp_path):
    proof = tmp_path / "proof"
    pickle.loads(pickle.dumps(Trap(proof)))  # noqa: S301 - shows that the trap works
    assert proof.exists()
    proof.unlink()
    file = an_array(folder)
    np.save(file, np.array([Trap(proof)], dtype=object), allow_pickle=True)
    rehash(folder, file.name)
    assert "damaged" in complaint(folder)
    file.write_bytes(pickle.dumps(Trap(proof)))
    rehash(folder, file.name)
    assert "damaged" in complaint(folder)
    assert not proof.exists()


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "sub/../../outside", ".."])  # noqa: S108
def test_a_path_outside_the_folder(folder, name):
    outside = folder.parent / "outside_trees_roots.npy"
    np.save(outside, np.zeros(1, np.int32))

    def edit(manifest):
        manifest["places"]["combiner"]["arrays"] = name
        digest = hashlib.sha256(outside.read_bytes()).hexdigest()
        manifest["files"][f"{name}_roots.npy"] = digest

    change(folder, edit)
    assert "damaged" in complaint(folder)


def combiner(manifest):
    return manifest["places"]["combiner"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda manifest: manifest.pop("files"),
        lambda manifest: manifest.update(files=[]),
        lambda manifest: manifest.update(places=[]),
        lambda manifest: manifest.update(sectors="x"),
        lambda manifest: manifest.pop("description"),
        lambda manifest: manifest["description"].update(unknown=1),
        lambda manifest: manifest["places"].pop("threshold"),
        lambda manifest: manifest["places"].update(threshold="high"),
        lambda manifest: manifest["places"]["scorer"]["fields"].pop(),
        lambda manifest: manifest["sectors"]["labels"].append("more"),
        lambda manifest: manifest["sectors"]["thresholds"].pop(),
        lambda manifest: manifest["sectors"]["scorers"].update(ko=manifest["places"]["scorer"]),
        lambda manifest: combiner(manifest).update(depth=10**9),
        lambda manifest: combiner(manifest).update(depth=-1),
        lambda manifest: combiner(manifest).update(depth=float("inf")),
        lambda manifest: combiner(manifest).update(arrays="lexicon"),
    ],
    ids=range(16),
)
def test_parts_of_the_manifest_that_do_not_fit(folder, edit):
    change(folder, edit)
    assert str(folder) in complaint(folder)


def part_of_korean(manifest, part):
    return manifest["sectors"]["scorers"]["ko"][part]


@pytest.mark.parametrize(
    "edit",
    [
        lambda manifest: part_of_korean(manifest, "passages").pop("scale"),
        lambda manifest: part_of_korean(manifest, "passages").update(scale=float("nan")),
        lambda manifest: part_of_korean(manifest, "passages").update(arrays="sectors_en_passage"),
        lambda manifest: part_of_korean(manifest, "passages").update(step=0),
        lambda manifest: part_of_korean(manifest, "passages").update(step=12.0),
        lambda manifest: part_of_korean(manifest, "passages").update(step=10**6),
        lambda manifest: part_of_korean(manifest, "neighbours").update(nearest=0),
        lambda manifest: part_of_korean(manifest, "neighbours").update(nearest=2.5),
        lambda manifest: part_of_korean(manifest, "neighbours").update(terms=-1),
        lambda manifest: part_of_korean(manifest, "neighbours").update(terms=True),
        lambda manifest: part_of_korean(manifest, "neighbours").update(arrays="sectors_en_neighbour"),
        lambda manifest: manifest["sectors"].update(gates=[0.5]),
        lambda manifest: manifest["places"].update(gates={"en": "high"}),
    ],
    ids=range(13),
)
def test_parts_of_a_scorer_that_do_not_fit(folder, edit):
    change(folder, edit)
    assert "damaged" in complaint(folder)


@pytest.mark.parametrize(
    ("part", "spoil"),
    [
        ("neighbour_documents", lambda array: array + np.uint16(50_000)),
        ("neighbour_documents", lambda array: array.astype(np.uint64)),
        ("neighbour_documents", lambda array: array[1:]),
        ("neighbour_weights", lambda array: array.astype(np.uint16)),
        ("neighbour_weights", lambda array: array[1:]),
        ("neighbour_entries", lambda array: np.full(len(array), 2**63, np.uint64)),
        ("neighbour_entries", lambda array: array[1:]),
        ("neighbour_labels", lambda array: array[:0]),
        ("neighbour_labels", lambda array: array[:, 1:]),
        ("neighbour_labels", lambda array: array.astype(np.uint16)),
        ("passage_weights", lambda array: array[1:]),
        ("passage_weights", lambda array: array.astype(np.int32)),
        ("passage_bias", lambda array: array[1:]),
    ],
)
def test_arrays_of_a_scorer_that_do_not_fit(folder, part, spoil):
    name = f"sectors_ko_{part}.npy"
    np.save(folder / name, spoil(np.load(folder / name)))
    rehash(folder, name)
    assert "do not fit" in complaint(folder)


@pytest.mark.parametrize(
    ("edit", "spoil"),
    [
        (lambda register: register.pop("weights"), None),
        (lambda register: register.update(bias="high"), None),
        (lambda register: register.update(weights="sectors_en_bias"), None),
        (lambda register: None, lambda weights: weights[1:]),
        (lambda register: None, lambda weights: np.full_like(weights, np.inf)),
        (lambda register: None, lambda weights: weights.astype(np.int8)),
    ],
    ids=range(6),
)
def test_a_register_that_does_not_fit(tmp_path, edit, spoil):
    folder = Path(shutil.copytree(DATA / "model_format_8", tmp_path / "model"))
    change(folder, lambda manifest: edit(part_of_korean(manifest, "register")))
    if spoil is not None:
        name = "sectors_ko_register.npy"
        np.save(folder / name, spoil(np.load(folder / name)))
        rehash(folder, name)
    assert "damaged" in complaint(folder)


@pytest.mark.parametrize(
    ("edit", "spoil"),
    [
        (lambda mentions: mentions.update(scale="wide"), None),
        (lambda mentions: mentions.update(bias=float("inf")), None),
        (lambda mentions: mentions.update(weights="places_bias"), None),
        (lambda mentions: mentions.pop("bias"), None),
        (lambda mentions: None, lambda weights: weights[1:]),
        (lambda mentions: None, lambda weights: weights.astype(np.int16)),
        (lambda mentions: None, lambda weights: weights.astype(np.float32)),
        (lambda mentions: None, lambda weights: weights[None]),
    ],
    ids=range(8),
)
def test_a_scorer_of_mentions_that_does_not_fit(tmp_path, edit, spoil):
    folder = Path(shutil.copytree(DATA / "model_format_10", tmp_path / "model"))
    change(folder, lambda manifest: edit(manifest["places"]["mentions"]))
    if spoil is not None:
        name = "places_mention_weights.npy"
        np.save(folder / name, spoil(np.load(folder / name)))
        rehash(folder, name)
    assert "damaged" in complaint(folder)


def test_a_scorer_that_knows_no_term_can_be_applied(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name in manifest["files"]:
        if (
            name.startswith("sectors_ko_")
            and any(part in name for part in ("_terms_", "_idf", "ko_weights", "entries", "passage_weights"))
        ) or name in ("sectors_ko_neighbour_documents.npy", "sectors_ko_neighbour_weights.npy"):
            np.save(folder / name, np.load(folder / name)[:0])
            rehash(folder, name)
    model = load(folder)
    assert len(model.scores("한국과 페루는 협정을 체결했다.").sectors) == len(model.sectors.labels)


@pytest.mark.parametrize("part", ["left", "right", "roots"])
@pytest.mark.parametrize("link", [-1, 10**6])
def test_trees_that_lead_nowhere(folder, part, link):
    name = f"{json.loads((folder / 'manifest.json').read_text())['places']['combiner']['arrays']}_{part}.npy"
    array = np.load(folder / name)
    array[0] = link
    np.save(folder / name, array)
    rehash(folder, name)
    assert "trees" in complaint(folder)


@pytest.mark.parametrize("part", ["left", "value", "column"])
def test_trees_of_which_a_part_is_short(folder, part):
    name = f"{json.loads((folder / 'manifest.json').read_text())['places']['combiner']['arrays']}_{part}.npy"
    np.save(folder / name, np.load(folder / name)[:1])
    rehash(folder, name)
    assert "damaged" in complaint(folder)


def test_trees_with_links_that_are_no_whole_numbers(folder):
    name = f"{json.loads((folder / 'manifest.json').read_text())['places']['combiner']['arrays']}_left.npy"
    np.save(folder / name, np.load(folder / name).astype(float))
    rehash(folder, name)
    assert "damaged" in complaint(folder)


def test_the_shipped_model_is_loaded_once(small_model, monkeypatch):
    monkeypatch.setattr(store, "default_path", lambda: small_model)
    store._shipped.cache_clear()
    try:
        assert load() is load()
        assert load().name == "small 1.0"
        assert load(small_model) is not load()
    finally:
        store._shipped.cache_clear()


def test_the_shipped_model_lies_in_the_package_or_the_checkout():
    assert store.default_path().parts[-2:] == ("models", "base")


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("left", lambda a: np.where(a == a[0], 0, a)),
        ("right", lambda a: a[::-1]),
        ("roots", lambda a: a + 1),
        ("roots", lambda a: a[::-1]),
    ],
)
def test_trees_that_grow_into_each_other(folder, part, edit):
    name = f"sectors_trees_{part}.npy"
    array = np.load(folder / name)
    np.save(folder / name, np.ascontiguousarray(edit(array)).astype(array.dtype))
    rehash(folder, name)
    assert "damaged" in complaint(folder)


def test_trees_that_are_deeper_than_they_say(folder):
    change(folder, lambda manifest: manifest["sectors"]["combiner"].update(depth=1))
    assert "grow into each other" in complaint(folder)


def change_array(folder: Path, name: str, edit) -> None:
    np.save(folder / f"{name}.npy", np.ascontiguousarray(edit(np.load(folder / f"{name}.npy"))))
    rehash(folder, f"{name}.npy")


@pytest.mark.parametrize(("head", "columns"), [("places", PLACE_COLUMNS), ("sectors", SECTOR_COLUMNS)])
def test_trees_that_ask_for_a_column_that_no_row_has(folder, head, columns):
    for column, is_read in ((columns - 1, True), (columns, False), (2**31 - 1, False), (-1, False)):
        change_array(folder, f"{head}_trees_column", lambda a, c=column: np.r_[a[:1] * 0 + c, a[1:]])
        if is_read:
            load(folder).scores(SENTENCE)
        else:
            assert "lead nowhere" in complaint(folder)


def test_trees_too_deep_to_walk(folder):
    depth = 20_000
    nodes = np.arange(2 * depth + 1, dtype=np.int32)
    inner = (nodes % 2 == 0) & (nodes < 2 * depth)
    arrays = {
        "roots": nodes[:1],
        "column": nodes * 0,
        "left": np.where(inner, nodes + 1, nodes),
        "right": np.where(inner, nodes + 2, nodes),
        **dict.fromkeys(("cut", "value"), (nodes * 0).astype(np.float32)),
    }
    for part, array in arrays.items():
        change_array(folder, f"places_trees_{part}", lambda _, a=array: a)
    change(folder, lambda manifest: combiner(manifest).update(depth=depth))
    assert "trees" in complaint(folder)


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("places_bias", lambda a: a[:0]),
        ("places_bias", lambda a: a.astype(int)),
        ("places_bias", lambda a: a.astype("U4")),
        ("places_bias", lambda a: a.astype(complex)),
        ("places_idf", lambda a: a[:-1]),
        ("places_idf", lambda a: a[:, None]),
        ("places_idf", lambda a: a * 0),
        ("places_idf", lambda a: -a),
        ("places_weights", lambda a: a[:-1]),
        ("places_weights", lambda a: a[:, 0]),
        ("places_weights", lambda a: a.astype(np.float64) * 0 + 1e300),
        ("places_terms_near", lambda a: a[: a.tolist().index(10)]),
        ("places_terms_near", lambda a: a.astype(float)),
        ("places_trees_value", lambda a: np.stack([a, a], axis=1)),
        ("places_trees_value", lambda a: a.astype(int)),
        ("places_trees_cut", lambda a: a[0]),
        ("places_trees_left", lambda a: a.astype(np.uint32)),
        ("sectors_priors", lambda a: a[:, None]),
        ("sectors_ko_weights", lambda a: a[:, :-1]),
        ("lexicon_words", lambda a: np.r_[a, a[:0], np.uint8(10)]),
    ],
)
def test_arrays_of_another_shape_or_kind(folder, name, edit):
    change_array(folder, name, edit)
    assert "damaged" in complaint(folder)


@pytest.mark.parametrize(
    "edit",
    [
        lambda manifest: manifest["places"].update(threshold=float("nan")),
        lambda manifest: manifest["places"].update(region_threshold=True),
        lambda manifest: manifest["sectors"].update(labels=[]),
        lambda manifest: manifest["sectors"]["labels"].__setitem__(0, 1),
        lambda manifest: manifest["sectors"]["labels"].__setitem__(0, "half \ud83d of it"),
        lambda manifest: manifest["sectors"]["thresholds"].__setitem__(0, [0.5]),
        lambda manifest: manifest["sectors"]["thresholds"].__setitem__(0, None),
        lambda manifest: combiner(manifest).update(start=float("inf")),
        lambda manifest: manifest["places"]["scorer"]["fields"][0].update(weight=1e300),
        lambda manifest: manifest["places"]["scorer"]["fields"][0].update(name=["a"]),
        lambda manifest: manifest["places"]["scorer"]["fields"][0].update(name="a\nb"),
        lambda manifest: manifest["description"].update(margin="0.5"),
        lambda manifest: manifest["description"].update(name=1),
        lambda manifest: manifest["description"].update(metrics=[]),
        lambda manifest: manifest.update(format=0),
        lambda manifest: manifest.update(format=True),
    ],
    ids=range(16),
)
def test_values_of_the_manifest_that_cannot_be(folder, edit):
    change(folder, edit)
    assert str(folder) in complaint(folder)


def test_an_array_file_that_is_an_archive_or_has_a_broken_header(folder):
    file = an_array(folder)
    content = file.read_bytes()
    archive = io.BytesIO()
    np.savez(archive, a=np.zeros(3))
    for broken in (archive.getvalue(), b"PK\x03\x04", content[:10] + b"(" * 117 + b"\n" + content[128:]):
        file.write_bytes(broken)
        rehash(folder, file.name)
        assert "no array" in complaint(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("name", ["manifest.json", "places_bias.npy"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(folder, name):
    (folder / name).unlink()
    os.mkfifo(folder / name)
    assert "is no file" in complaint(folder)


def test_a_manifest_without_end(folder, monkeypatch):
    monkeypatch.setattr(store, "_LARGEST_MANIFEST", 1000)
    assert "too large" in complaint(folder)
