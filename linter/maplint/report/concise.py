"""The format `concise`: one line for each finding, as Vim's errorformat `%f:%l:%c: %m` reads it."""

from __future__ import annotations

from maplint.finding import Report
from maplint.report.characters import encodable, one_line
from maplint.report.context import Context
from maplint.report.paths import position
from maplint.report.shown import Shown, shown


def render(report: Report, context: Context) -> str:
    """`path:line:col: message (RULE)`; empty when there is nothing to say."""
    return encodable("".join(_line(entry, context.cwd) for entry in shown(report, context)))


def _line(entry: Shown, cwd: str) -> str:
    finding = entry.finding
    mark = ", suppressed" if entry.suppression else ""
    return one_line(f"{position(finding.place, cwd)}: {finding.message} ({finding.rule}{mark})") + "\n"
