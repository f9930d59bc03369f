"""Changes of a model folder: files of other values, shapes and kinds, and a manifest of other values.

The manifest's hashes are computed anew, so that what stands behind the check of hashes is reached.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
from choices import Choices
from click.testing import CliRunner

import nordclass
from nordclass import ModelError
from nordclass.cli import main

KEPT = Path(__file__).resolve().parents[1] / "data" / "model_format_8"
FILES = {path.name: path.read_bytes() for path in sorted(KEPT.glob("*.npy"))}


def _short(value: Any) -> Any:
    """The manifest with three entries of each table of countries or sectors, which all are alike."""
    if not isinstance(value, dict):
        return value
    few = list(value)[:3] if len(value) > 20 else value
    return {key: _short(value[key]) for key in few}


MANIFEST = _short(json.loads((KEPT / "manifest.json").read_text(encoding="utf-8")))
MANIFEST.pop("files")


TEXTS = (
    ("한-몽골 에너지 협력", "한국과 몽골은 태양광 발전 협력 양해각서를 체결했다. 아세안도 함께 논의했다."),
    (
        None,
        "Korea and Kenya signed an agreement on a geothermal plant. Peru and ASEAN will join the training.",
    ),
)

NUMBERS = (0, -1, 1, 2, 46, 47, 255, 65_535, 2**31 - 1, -(2**31), 0.5, 1e-45, 65_504.0, 1e30, 3e38, -3e38,
           float("inf"), float("-inf"), float("nan"))  # fmt: skip
KINDS = ("int64", "uint32", "int8", "float64", "float32", "float16", "complex64", "bool", "U4", "S4", "M8[s]",
         ">f4", ">i4", "V4")  # fmt: skip
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 3, 1.5, 1e308, -1e308, 1e-320, float("nan"), float("inf"), 2**31),
    *(10**30, "", "x", "0.5", "\ud800", "a\nb", "../x", [], {}, [[]], [[1]], [1], ["x"], {"a": 1}),
    *("x" * 5000, ["x"] * 300, [float("nan")] * 24),
)
TAILS = (b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x80\x04K\x01.", b"\x93NUMPY\x01\x00", bytes(64))
HEADERS = (
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
    "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 5), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1L,), }",
    "{" * 300,
    "(((",
    "'''",
    "1" * 5000,
)

Folder = dict[str, bytes]
Manifest = dict[str, Any]


def _stored(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def _array(content: bytes) -> np.ndarray | None:
    try:
        found = np.load(io.BytesIO(content), allow_pickle=False)
    except Exception:
        return None
    return found.copy() if isinstance(found, np.ndarray) else None


def _byte(choose: Choices, files: Folder, _: Manifest) -> None:
    name = choose.one_of(sorted(files))
    content = bytearray(files[name])
    if content:
        content[choose.number(len(content))] = choose.number(256)
    files[name] = bytes(content)


def _number(choose: Choices, files: Folder, _: Manifest) -> None:
    name = choose.one_of(sorted(files))
    array = _array(files[name])
    if array is None or array.size == 0 or array.dtype.kind not in "iuf":
        return
    value = np.array([choose.one_of(NUMBERS)], dtype=np.float64)
    with np.errstate(all="ignore"):
        array.flat[choose.number(array.size)] = value.astype(array.dtype)[0]
        if choose.number(8) == 1:
            array[...] = value.astype(array.dtype)[0]
    files[name] = _stored(array)


def _shape(choose: Choices, files: Folder, _: Manifest) -> None:
    name = choose.one_of(sorted(files))
    array = _array(files[name])
    if array is None:
        return
    shaped: tuple[Callable[[], np.ndarray], ...] = (
        lambda: array.reshape(-1, 1),
        lambda: array.reshape(1, -1),
        lambda: array.reshape(-1)[: choose.number(array.size + 1)],
        lambda: array[::-1],
        lambda: array.T,
        lambda: array[:0],
        lambda: array.reshape(-1)[0] if array.size else array,
        lambda: np.concatenate([array, array]) if array.ndim else array,
        lambda: np.stack([array, array], axis=-1),
    )
    files[name] = _stored(np.ascontiguousarray(choose.one_of(shaped)()))


def _kind(choose: Choices, files: Folder, _: Manifest) -> None:
    name = choose.one_of(sorted(files))
    array = _array(files[name])
    if array is None:
        return
    try:
        with np.errstate(all="ignore"):
            files[name] = _stored(array.astype(choose.one_of(KINDS)))
    except (TypeError, ValueError):
        return


def _other(choose: Choices, files: Folder, _: Manifest) -> None:
    files[choose.one_of(sorted(files))] = files[choose.one_of(sorted(files))]


def _raw(choose: Choices, files: Folder, _: Manifest) -> None:
    name = choose.one_of(sorted(files))
    cut = choose.number(len(files[name]) + 1)
    files[name] = choose.one_of(TAILS) + files[name][:cut]


def _header(choose: Choices, files: Folder, _: Manifest) -> None:
    name = choose.one_of(sorted(files))
    head = choose.one_of(HEADERS).encode().ljust(118 - 1) + b"\n"
    files[name] = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head + files[name][128:]


def _entry(choose: Choices, _: Folder, manifest: Manifest) -> None:
    """Another value for an entry of the manifest, or none, or one of another name."""
    parent: Any = manifest
    key: Any = choose.one_of(sorted(manifest))
    while isinstance(parent[key], dict | list) and parent[key] and choose.number(4):
        parent = parent[key]
        key = choose.one_of(list(parent) if isinstance(parent, dict) else range(len(parent)))
    how = choose.number(8)
    if how == 0:
        del parent[key]
    elif how == 1 and isinstance(parent, dict):
        parent[str(choose.one_of(VALUES))] = parent.pop(key)
    elif how == 2 and isinstance(parent, list):
        parent.append(parent[key])
    else:
        parent[key] = deepcopy(choose.one_of(VALUES))


CHANGES: tuple[Callable[[Choices, Folder, Manifest], None], ...] = (
    *(_byte, _number, _number, _shape, _kind, _other, _raw, _header),
    *(_entry, _entry, _entry, _entry),
)


def damaged_model(choose: Choices, folder: Path) -> None:
    """Write a changed model to `folder`, load it, and label with what could be loaded."""
    files, manifest = dict(FILES), deepcopy(MANIFEST)
    count = choose.number(3) + 1
    for _ in range(count):
        choose.one_of(CHANGES)(choose, files, manifest)
        if not manifest:
            break
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    if choose.number(16) == 1:
        _entry(choose, files, manifest)
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        if _written.get(folder / name) is not content:
            (folder / name).write_bytes(content)
            _written[folder / name] = content
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    _use(folder)


_written: dict[Path, bytes] = {}


def _one_line(message: str) -> None:
    assert "\n" not in message


def _use(folder: Path) -> None:
    told = CliRunner().invoke(main, ["info", str(folder)])
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    try:
        classifier = nordclass.load(folder)
    except ModelError as error:
        _one_line(str(error))
        return
    for title, text in TEXTS:
        result = classifier.scores(text, title=title)
        json.dumps(result.to_dict(), ensure_ascii=False).encode()
        for label in (*result.countries, *result.regions, *result.sectors, *result.uncertain):
            assert 0 <= label.score <= 1, label
    with suppress(ModelError):
        classifier.save(folder.with_name("saved"))
