"""`nordclass info`: what a model says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from nordclass.cli.options import BASE, json_option, model_folder, write_json
from nordclass.errors import ModelError


@click.command("info")
@click.argument("model", metavar="[MODEL]", default=BASE)
@json_option
def command(model: str, as_json: bool) -> None:
    """Show what MODEL (a folder; else the shipped one) is, what made it and what was measured of it."""
    from nordclass.model.store import load, read_manifest

    folder = model_folder(model)
    manifest = read_manifest(folder)
    if as_json:
        write_json(manifest, indent=1)
    else:
        try:
            text = _told(manifest, folder)
        except KeyError as error:
            raise ModelError(f"{folder} is damaged: its manifest lacks {error}") from None
        except (TypeError, ValueError, AttributeError):
            raise ModelError(f"{folder} is damaged: its manifest has a value of the wrong type") from None
        click.echo(text)
    load(folder)  # what the manifest says of is to be there


def _told(manifest: Mapping[str, Any], folder: Path) -> str:
    from nordclass.cli.figures import figures
    from nordclass.cli.render import table
    from nordclass.model.card import CARD
    from nordclass.model.classifier import MARGIN

    about = manifest["description"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    facts = [
        ("model", f"{about['name']} {about['version']}"),
        ("licence", about["licence"]),
        ("made by", f"nordclass {about['library']} with {versions}"),
        ("format", str(manifest["format"])),
        ("files", str(len(manifest["files"]))),
    ]
    facts += [(kind, _counted(counts)) for kind, counts in about["labels"].items()]
    facts += _thresholds(manifest)
    facts += [("uncertain", f"within {about.get('margin', MARGIN):g} of the threshold, or as near to a gate")]
    facts += _sure(about["metrics"])
    parts = [table(("", ""), facts).lstrip("\n")]
    if about["data"]:
        rows: list[list[str]] = [
            [str(d["name"] or d["path"]), d["use"], str(d.get("sha256") or "-")[:12]] for d in about["data"]
        ]
        parts.append(table(("data", "use", "sha256"), rows))
    parts.append("measured on held-out parts of the data\n" + figures(about["metrics"]))
    if (folder / CARD).exists():
        parts.append(f"more in {folder / CARD}")
    return "\n\n".join(parts)


def _sure(metrics: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The precision of countries when only the surest 80% of the documents are labelled."""
    return [
        ("surest 80%", f"country precision {point['precision']:.3f}, of all {points[0]['precision']:.3f}")
        for points in [metrics.get("risk_coverage", {}).get("all", [])]
        for point in points
        if point["share"] == 0.8
    ]


def _counted(counts: Mapping[str, int]) -> str:
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:5]
    listed = ", ".join(f"{code} {count}" for code, count in most)
    return f"{len(counts)} labels in its data" + (f" (most: {listed})" if listed else "")


def _thresholds(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = []
    if "places" in manifest:
        places = manifest["places"]
        told = f"countries {places['threshold']:.3f}, regions {places['region_threshold']:.3f}"
        told += _gate(places)
        facts.append(("thresholds", told))
    if "sectors" in manifest:
        cuts = manifest["sectors"]["thresholds"]
        told = f"{len(cuts)} sectors {min(cuts):.3f} to {max(cuts):.3f}{_gate(manifest['sectors'])}"
        facts.append(("thresholds", told))
    chosen = manifest["description"]["settings"].get("thresholds")
    if chosen:
        facts.append(("chosen for", f"a precision of {chosen['target_precision']:g} on other data"))
    return facts


def _gate(head: Mapping[str, Any]) -> str:
    from nordclass.model.card import gates, sure_partner

    gate = gates(head)
    if not gate:
        return ""
    told = f", if any has {gate}" if "presence" in head else f", the best one from {gate}"
    return f"{told} or a place has {sure:g}" if (sure := sure_partner(head)) else told
