"""What was measured, as tables for people to read in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nordclass.calibration import FAINT
from nordclass.cli.render import table
from nordclass.model.card import LABEL_HEADER, RISK_HEADER, label_rows, risk_rows, share
from nordclass.result import KINDS


def figures(metrics: Mapping[str, Any]) -> str:
    """The metrics of each kind of label (`KindReport.to_dict` by kind), then a table a kind by label."""
    kinds = [kind for kind in KINDS if kind in metrics]
    if not kinds:
        return "nothing was measured"
    header = (
        "",
        "documents",
        "micro P",
        "micro R",
        "micro F1",
        "macro F1",
        "example F1",
        "exact match",
        "false alarms",
    )
    parts = [table(header, [_kind_row(kind, metrics[kind]) for kind in kinds], range(1, len(header)))]
    parts += [_label_table(kind, found) for kind in kinds if (found := metrics[kind]["labels"])]
    return "\n\n".join(parts)


def _kind_row(kind: str, report: Mapping[str, Any]) -> list[str]:
    names = ("precision", "recall", "f1", "macro_f1", "example_f1", "exact_match", "false_alarm")
    return [kind, str(report["documents"]), *(share(report[name]) for name in names)]


def _label_table(kind: str, labels: Mapping[str, Mapping[str, Any]]) -> str:
    return table((kind, "", *LABEL_HEADER), label_rows(kind, labels), range(2, 6))


def risk_figures(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """What `nordclass.coverage.risk_coverage` returns, as tables."""
    titles = {"all": "countries of the surest documents", "told": "of those that are told a country"}
    columns = range(len(RISK_HEADER))
    parts = [f"{title}\n{table(RISK_HEADER, risk_rows(tables[n]), columns)}" for n, title in titles.items()]
    return "\n\n".join(parts)


def calibration_figures(measured: Mapping[str, Mapping[str, Any]]) -> str:
    """What `nordclass.calibration.calibration_report` returns, as tables."""
    header = (
        "expected calibration error",
        "decisions",
        "error",
        "by chance alone",
        f"scores from {FAINT} on",
        "error",
        "by chance alone",
    )
    rows = [
        [
            kind,
            str(found["decisions"]),
            share(found["error"]),
            share(found["error_by_chance"]),
            str(found["decisions_above_faint"]),
            share(found["error_above_faint"]),
            share(found["error_above_faint_by_chance"]),
        ]
        for kind, found in measured.items()
    ]
    parts = [table(header, rows, range(1, len(header)))]
    for kind, found in measured.items():
        bins = [
            [
                f"{part['low']:.1f} to {part['high']:.1f}",
                str(part["decisions"]),
                share(part["score"]),
                share(part["right"]),
            ]
            for part in found["bins"]
        ]
        parts.append(
            table((f"scores of {kind}", "decisions", "mean score", "share right"), bins, range(1, 4))
        )
    return "\n\n".join(parts)
