"""The accuracy contract: the shipped model on the dev splits, source by source."""

from __future__ import annotations

import hashlib
import json
import lzma
import tomllib
from pathlib import Path
from typing import Any

import pytest

import nordclass

ROOT = Path(__file__).resolve().parents[2]
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["source"]


def _path(file: str) -> Path:
    """Where a source lies: in the repository, or beside it (texts that may not be part of the project)."""
    return ROOT / file if (ROOT / file).exists() else ROOT.parent / "shared" / "corpus" / file


def dev_rows(floor: dict[str, Any]) -> list[dict[str, Any]]:
    path = _path(floor["file"])
    if not path.exists():
        pytest.skip(f"{path.name} is not part of the project and not beside it")
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["split"] == "dev"]
    for row in rows:  # one release names the union where a state belongs
        if "EU" in row["countries"]:
            row["countries"] = [code for code in row["countries"] if code != "EU"]
            row["regions"] = sorted({*row["regions"], "EU"})
    return rows


def fingerprint(rows: list[dict[str, Any]]) -> str:
    known = [[row["id"], row["countries"], row["regions"], row["sectors"]] for row in rows]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", FLOORS)
def test_shipped_model_keeps_its_floors(name: str) -> None:
    floor = FLOORS[name]
    rows = dev_rows(floor)
    assert fingerprint(rows) == floor["sha256"], "other documents than those the floors were measured on"
    report = nordclass.evaluate(nordclass.load(), rows).to_dict()
    below, slack = [], []
    for key, least in floor["least"].items():
        kind, measure = key.split(".")
        value = report[kind][measure]
        if value < least:
            below.append(f"{key} {value:.3f} < {least}")
        if value > least + 0.03:
            slack.append(key)
    for key, most in floor.get("most", {}).items():
        kind, measure = key.split(".")
        value = report[kind][measure]
        if value > most:
            below.append(f"{key} {value:.3f} > {most}")
    assert not below, f"{name}: {'; '.join(below)}"
    assert not slack, f"{name}: raise the floors of {slack}: they are no longer a contract"
