"""Running commands in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nordclass.cli import main

Run = Callable[..., Result]
Write = Callable[[str, Iterable[Mapping[str, Any]]], Path]


@pytest.fixture
def run() -> Run:
    """`run("info", folder, input=...)`: the result of a command."""

    def run(*args: object, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=input)

    return run


@pytest.fixture
def write_jsonl(tmp_path: Path) -> Write:
    """Write rows as JSON Lines to a file of this name."""

    def write(name: str, rows: Iterable[Mapping[str, Any]]) -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return write
