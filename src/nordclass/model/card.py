"""The model card: what a model is, what made it, what it is good and bad at, as Markdown for people.

Everything in it comes from the manifest. What only a person can say (how labels were made, what the model is
bad at) stands in the `[card]` table of the recipe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from nordclass.result import KINDS
from nordclass.taxonomy import countries, regions, sectors

CARD: Final = "MODEL_CARD.md"
"""The file beside the manifest. It is for people: no hash guards it, and nothing reads it."""

_USE: Final = (
    "Says which partner countries and regions and which sectors of international cooperation a Korean or"
    " English article is about. It is made for sorting and counting many articles; one answer may be wrong."
)
_UNSAID: Final = "The recipe of this model does not say (`[card]` table)."

RISK_HEADER: Final = ("surest", "documents", "precision", "recall", "exact match")
"""What stands above `risk_rows`."""

LABEL_HEADER: Final = ("documents", "precision", "recall", "F1")
"""What stands above `label_rows`, right of the label and its name."""


def card(manifest: Mapping[str, Any]) -> str:
    """The model card for a manifest, as Markdown. The same manifest always gives the same card."""
    about = manifest["description"]
    settings = about.get("settings") or {}
    by_hand = settings.get("card") or {}
    metrics = about.get("metrics") or {}
    asked = _asked(manifest, settings)
    parts = [
        f"# Model card: {about['name']} {about['version']}",
        "Written by nordclass from `manifest.json` whenever the model is saved; changes are lost.",
        f"## What it is for\n\n{by_hand.get('use') or _USE}",
        "## What it is\n\n" + _facts(manifest, about),
        "## Data\n\n" + _data(about),
        f"## How the labels were made\n\n{by_hand.get('labels') or _UNSAID}",
        f"## What it is bad at\n\n{by_hand.get('limits') or _UNSAID}",
        "## Thresholds\n\n" + _thresholds(manifest, about, settings, asked),
        "## How good it is\n\n" + _figures(metrics, settings, asked),
    ]
    if "risk_coverage" in metrics:
        parts.append("## Labelling only the surest documents\n\n" + _risk(metrics["risk_coverage"]))
    parts += [
        f"## Figures by label: {kind}\n\n" + _labels(kind, metrics[kind]["labels"])
        for kind in KINDS
        if kind in metrics
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _facts(manifest: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in sorted(about["versions"].items()))
    rows = [
        ["licence", about["licence"] or "unstated"],
        ["made by", f"nordclass {about['library'] or 'of unknown version'}"],
        ["with", versions or "unknown libraries"],
        ["format", str(manifest["format"])],
        ["files", f"{len(manifest['files'])}, each with its SHA-256 in `manifest.json`"],
    ]
    for kind in KINDS:
        counts = about["labels"].get(kind) or {}
        if counts:
            rows.append([kind, f"{len(counts)} labels in its training data, {sum(counts.values()):,} times"])
    return _table(("", ""), rows)


def _data(about: Mapping[str, Any]) -> str:
    if not about["data"]:
        return "The training data were given from Python and are not described."
    rows = []
    for source in about["data"]:
        notes = [source.get("use", "train")]
        if source.get("split"):
            notes.append(f"split {source['split']}")
        if source.get("kind", "articles") != "articles":
            notes.append(str(source["kind"]))
        if source.get("weight", 1.0) != 1.0:
            notes.append(f"weight {source['weight']:g}")
        if source.get("most"):
            notes.append(f"at most {source['most']:,} documents")
        if not source.get("representative", True):
            notes.append("teaches only, not measured on")
        digests = [
            f"{of}`{source[key][:16]}`"
            for of, key in (("", "sha256"), ("labels ", "labels_sha256"))
            if source.get(key)
        ]
        rows.append([source["name"] or source["path"], ", ".join(notes), ", ".join(digests) or "-"])
    text = _table(("data", "use", "SHA-256 begins"), rows)
    dictionary = (about.get("settings") or {}).get("dictionary") or {}
    if path := dictionary.get("path"):
        text += (
            f"\n\nDocuments labelled with sectors teach the words of the other language by a dictionary:"
            f" {path}, weight {dictionary.get('weight')}."
        )
    return text


def _thresholds(
    manifest: Mapping[str, Any], about: Mapping[str, Any], settings: Mapping[str, Any], asked: Sequence[str]
) -> str:
    rows = []
    if "places" in manifest:
        rows.append(["all countries", f"{manifest['places']['threshold']:.3f}"])
        rows.append(["all regions", f"{manifest['places']['region_threshold']:.3f}"])
    if "sectors" in manifest:
        head = manifest["sectors"]
        rows += [
            [name, f"{value:.3f}"] for name, value in zip(head["labels"], head["thresholds"], strict=True)
        ]
    text = _table(("label", "told from this score on"), rows, (1,))
    for kind, part in (("country", "places"), ("sector", "sectors")):
        head = manifest.get(part, {})
        if gate := gates(head):
            surer = "it has one with a probability of" if "presence" in head else "one of them scores"
            text += f"\n\nA document is told no {kind} at all unless {surer} {gate} or more"
            text += (
                f", or its best country or region {sure:g} or more." if (sure := sure_partner(head)) else "."
            )
    if asked:
        text += f"\n\nSet in the recipe, not chosen while training: {'; '.join(asked)}."
    text += (
        f"\n\nA label is called uncertain within {about.get('margin', 0.1):g} of its threshold, and where the"
        " document is as near to a gate, counted in odds."
    )
    chosen = settings.get("thresholds")
    if not chosen:
        return text
    missed = [each["label"] or each["kind"] for each in chosen["cuts"] if not each["reached"]]
    text += (
        f"\n\nThe thresholds were chosen with `nordclass threshold` for a precision of"
        f" {chosen['target_precision']:g}."
    )
    if missed:
        text += f" It could not be reached, and the old threshold stayed, for: {', '.join(missed)}."
    return text


def gates(head: Mapping[str, Any]) -> str:
    """The gate of a head of the manifest and those of its manners, by name; empty where it has none."""
    gate, others = head.get("gate", 0.0), head.get("gates", {})
    if not gate and not others:
        return ""
    own = ", ".join(f"{other:g} in {manner}" for manner, other in sorted(others.items()))
    return f"{gate:g} ({own})" if own else f"{gate:g}"


def sure_partner(head: Mapping[str, Any]) -> float:
    """From which score of its best place on a document passes the gate of a head; 0 where none does."""
    return float(head.get("sure_partner", 0.0))


def _asked(manifest: Mapping[str, Any], settings: Mapping[str, Any]) -> list[str]:
    """The thresholds and gates that are those of the recipe, by head."""
    parts = []
    for part, kind in (("places", "countries"), ("sectors", "sectors")):
        asked, has = settings.get(part) or {}, manifest.get(part) or {}
        names = [n for n in ("threshold", "gate") if asked.get(n) is not None and asked[n] == has.get(n)]
        if asked.get("sure_partner") and asked["sure_partner"] == has.get("sure_partner"):
            names.append("sure partner")
        own = has.get("gates") or {}
        names += [
            f"gate in {manner}"
            for manner, gate in sorted((asked.get("gates") or {}).items())
            if gate == own.get(manner)
        ]
        if names:
            parts.append(f"for {kind} {', '.join(f'the {name}' for name in names)}")
    return parts


def _figures(metrics: Mapping[str, Any], settings: Mapping[str, Any], asked: Sequence[str]) -> str:
    names = ("precision", "recall", "f1", "macro_f1", "exact_match", "false_alarm")
    rows = [
        [kind, f"{metrics[kind]['documents']:,}", *(share(metrics[kind][name]) for name in names)]
        for kind in KINDS
        if kind in metrics
    ]
    if not rows:
        return "Nothing was measured."
    header = ("", "documents", "precision", "recall", "F1", "macro F1", "exact match", "false alarms")
    if "thresholds" in settings:
        measured = {each["kind"] for each in settings["thresholds"]["cuts"]}
        where = (
            f"{' and '.join(k for k in KINDS if k in measured)}: on the documents that chose the thresholds."
        )
        rest = [kind for kind in KINDS if kind in metrics and kind not in measured]
        where += f" {' and '.join(rest)}: out of fold in training." if rest else ""
    else:
        where = (
            "Measured while training, out of fold: each document by a model that had not learned from it."
            f" The {'other ' if asked else ''}thresholds were chosen on the same documents, which flatters a"
            " little."
        )
    return (
        f"{where[0].upper()}{where[1:]} False alarms: documents without a label that get one.\n\n"
        + _table(header, rows, range(1, len(header)))
    )


def _risk(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    text = (
        "Countries, when only the surest share of the documents is labelled and the rest is left to people."
        " Sure means: no country's score is near the threshold. Measured out of fold, as above."
    )
    titles = {"all": "All documents", "told": "Only documents that are told a country"}
    for name, title in titles.items():
        if points := tables.get(name):
            text += f"\n\n{title}:\n\n{_table(RISK_HEADER, risk_rows(points), range(len(RISK_HEADER)))}"
    return text


def risk_rows(points: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Points of `nordclass.coverage.risk_coverage` as rows of a table."""
    return [
        [
            f"{point['share']:.0%}",
            f"{point['documents']:,}",
            *(share(point[figure]) for figure in ("precision", "recall", "exact_match")),
        ]
        for point in points
    ]


def _labels(kind: str, labels: Mapping[str, Mapping[str, Any]]) -> str:
    return _table(("", "", *LABEL_HEADER), label_rows(kind, labels), range(2, 6))


def label_rows(kind: str, labels: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """The figures of each label of a kind as rows of a table, the most frequent first.

    The English name beside the label is empty for one that is the model's own.
    """
    known: Mapping[str, Any] = {"countries": countries, "regions": regions, "sectors": sectors}[kind]()
    rows = []
    for code, found in sorted(labels.items(), key=lambda item: (-item[1]["support"], item[0])):
        entry = known.get(code)
        figures = (share(found[name]) for name in ("precision", "recall", "f1"))
        rows.append([code, entry.name_en if entry else "", str(found["support"]), *figures])
    return rows


def share(value: float | None) -> str:
    """A share with three digits; a dash when there is none."""
    return "-" if value is None else f"{value:.3f}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    lines = [header, ["--:" if i in right else "---" for i in range(len(header))], *rows]
    return "\n".join("| " + " | ".join(str(c).replace("|", "\\|") for c in line) + " |" for line in lines)
