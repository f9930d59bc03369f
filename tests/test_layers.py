"""The layers of docs/design.md: nothing imports from above itself, also inside functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "nordclass"
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
LAYERS = [
    re.findall(r"(\w+)(?:/|\.py)", line.strip().split("  ")[0])
    for line in DESIGN.partition("\n\nData flows one way")[0].splitlines()
    if line.startswith("    ")
]
"""The parts of the package as the map of the document names them, the highest line first."""


def part(module: str) -> str:
    """The part of the package that a module, "nordclass.model.heads", belongs to."""
    return f"{module}.__init__".split(".")[1]


def imports() -> Iterator[tuple[Path, str]]:
    """Each file of the package with each of its modules that the file imports, wherever it does."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not node.level, f"{file}: relative imports hide where they lead"
                found = [node.module or ""]
            else:
                found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            yield from ((file, module) for module in found if module.partition(".")[0] == "nordclass")


def test_the_map_names_every_part_once():
    parts = [
        entry.stem for entry in SOURCE.iterdir() if entry.suffix == ".py" or (entry / "__init__.py").exists()
    ]
    assert sorted(name for line in LAYERS for name in line) == sorted(parts)


def test_nothing_imports_from_above_itself():
    height = {name: -number for number, line in enumerate(LAYERS) for name in line}
    wrong = []
    for file, module in imports():
        own, other = file.relative_to(SOURCE).parts[0].removesuffix(".py"), part(module)
        if own != other and height[own] <= height[other]:
            wrong.append(f"{file.relative_to(SOURCE)} imports {module}")
    assert not wrong
