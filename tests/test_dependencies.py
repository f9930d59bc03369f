"""What gets installed: under which licences, and locked to which versions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCUMENT = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
EXTRAS = ("html", "hwp", "pdf", "excel", "parquet")

WEAK = {
    "": {"tqdm"},
    "html": {"tqdm", "certifi", "tld"},
    "dev": {"tqdm", "certifi", "tld", "hypothesis", "pathspec"},
}
"""Libraries under the MPL, which covers their own files, by extra; extras not named here bring tqdm only."""


def installed(requirements: list[str], extra: str = "") -> dict[str, Distribution]:
    """What the requirements bring on this system, and what that brings."""
    found: dict[str, Distribution] = {}
    waiting = [(Requirement(text), extra) for text in requirements]
    while waiting:
        wanted, of = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": of}):
            continue
        name = canonical(wanted.name)
        new = name not in found
        found.setdefault(name, distribution(name))
        for more in wanted.extras if name != "nordclass" else ():
            waiting += [(Requirement(text), more) for text in found[name].requires or []]
        if new and name != "nordclass":
            waiting += [(Requirement(text), "") for text in found[name].requires or []]
    found.pop("nordclass", None)
    return found


def licences(found: Distribution) -> list[str]:
    """The licences to choose from: of the expression, else the classifiers, else the free text."""
    about = found.metadata
    if expression := about.get("License-Expression"):
        return re.split(r"\s+OR\s+", expression.strip("()"))
    told = [c for c in about.get_all("Classifier") or [] if c.startswith("License :: OSI Approved ::")]
    return [" ".join(told)] if told else [(about.get("License") or "").strip().partition("\n")[0]]


def strength(licence: str) -> str:
    """How far a licence reaches: "strong", "weak", "none", or "unknown"."""
    if not licence:
        return "unknown"
    if re.search(r"GPL|General Public|EUPL|SSPL|CeCILL|OSL-|CC-BY-SA", licence):
        return "strong"
    if re.search(r"MPL|Mozilla|EPL|Eclipse Public|CDDL", licence):
        return "weak"
    return "none"


def least(found: Distribution) -> str:
    return min(map(strength, licences(found)), key=("none", "weak", "strong", "unknown").index)


@pytest.mark.parametrize("extra", ["", *EXTRAS, "dev"])
def test_no_licence_reaches_further_than_its_own_files(extra: str) -> None:
    wanted = list(PROJECT["dependencies"])
    extras = PROJECT["optional-dependencies"]
    for name in EXTRAS if extra == "dev" else ():
        wanted += extras[name]
    wanted += extras[extra] if extra else []
    brought = installed(wanted)
    reach = {name: least(found) for name, found in brought.items()}
    told = {name: licences(brought[name]) for name, far in reach.items() if far in ("strong", "unknown")}
    assert not told
    assert {name for name, far in reach.items() if far == "weak"} == WEAK.get(extra, WEAK[""])


def test_libraries_under_the_mpl_are_told_with_the_reason() -> None:
    table = DOCUMENT.partition("**Copyleft.**")[2].partition("`tests/test_dependencies.py`")[0]
    told = re.findall(r"^\| ([\w, ]+) \| .*MPL-", table, re.MULTILINE)
    assert {name for names in told for name in names.split(", ")} == set().union(*WEAK.values())


@pytest.mark.parametrize(
    ("licence", "reach"),
    [
        ("MIT", "none"),
        ("BSD-3-Clause AND MIT", "none"),
        ("MPL-2.0 AND MIT", "weak"),
        ("LGPL-2.1-only", "strong"),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)", "strong"),
        ("AGPL-3.0", "strong"),
        ("", "unknown"),
    ],
)
def test_how_far_a_licence_reaches(licence: str, reach: str) -> None:
    assert strength(licence) == reach


def declared() -> Iterator[Requirement]:
    """What pyproject.toml names, except for benchmarks."""
    extras = PROJECT["optional-dependencies"]
    for texts in (PROJECT["dependencies"], *(extras[name] for name in (*EXTRAS, "dev"))):
        yield from (wanted for wanted in map(Requirement, texts) if wanted.name != "nordclass")


def pins(file: str) -> dict[str, set[str]]:
    """The versions that a file of requirements pins, by name; one that pins none has no version."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            wanted = Requirement(line)
            versions = {spec.version for spec in wanted.specifier if spec.operator == "=="}
            assert len(versions) == 1, line
            found.setdefault(canonical(wanted.name), set()).update(versions)
    return found


def test_the_lock_holds_everything_that_gets_installed() -> None:
    locked = pins("requirements-dev.txt")
    for wanted in declared():
        versions = locked[canonical(wanted.name)]
        assert all(wanted.specifier.contains(version) for version in versions), wanted
    brought = installed([str(wanted) for wanted in declared()])
    assert set(brought) <= locked.keys()


def test_the_lowest_versions_are_those_of_the_bounds() -> None:
    lowest = pins("requirements-lowest.txt")
    extras = PROJECT["optional-dependencies"]
    for text in [*PROJECT["dependencies"], *(text for name in EXTRAS for text in extras[name])]:
        wanted = Requirement(text)
        (version,) = lowest[canonical(wanted.name)]
        assert wanted.specifier.contains(version)
        floor = next(spec.version for spec in wanted.specifier if spec.operator == ">=")
        assert version.startswith(floor)


def test_bounds_are_those_that_the_document_tells() -> None:
    table = DOCUMENT.partition("**Copyleft.**")[0]
    rows = [line.split("|") for line in table.splitlines() if line.count("|") == 5]
    extras = PROJECT["optional-dependencies"]
    for text in [*PROJECT["dependencies"], *(text for name in EXTRAS for text in extras[name])]:
        wanted = Requirement(text)
        told = {row[2].strip() for row in rows if re.search(rf"(?<![\w-]){wanted.name}(?![\w-])", row[1])}
        assert told == {text.removeprefix(wanted.name)}, wanted.name
