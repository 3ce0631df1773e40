"""The words about a run that go to standard error, beside whatever report goes to standard output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from maplint.finding import Fault, Finding, Level, Report
from maplint.report.characters import encodable, one_line
from maplint.report.context import Context
from maplint.report.paths import relative
from maplint.report.shown import fault_text


def summary_line(report: Report) -> str:
    """One paragraph without a line end: the findings by level, and what was and was not analysed."""
    summary = report.summary
    sentences = [
        f"{_findings(report.findings)}.",
        f"{_count(summary.files, 'file')} in {_count(summary.packages, 'package')} analysed "
        f"({summary.partial} in part), {summary.skipped} skipped.",
    ]
    if report.suppressed:
        sentences.append(f"{_count(len(report.suppressed), 'finding')} suppressed.")
    return " ".join(sentences)


def fault_line(fault: Fault, context: Context) -> str:
    """What was not analysed, with its file and line or its rule and package; one line without a line end."""
    text = fault_text(fault)
    if fault.path is not None:
        line = "" if fault.line is None else f":{fault.line}"
        text = f"{relative(fault.path, context.cwd)}{line}: {text}"
    return encodable(one_line(text))


def _findings(findings: Iterable[Finding]) -> str:
    levels = Counter(finding.level for finding in findings)
    if not levels:
        return "no findings"
    parts = [_count(levels[level], level.label) for level in sorted(Level, reverse=True) if levels[level]]
    return f"{_count(levels.total(), 'finding')} ({', '.join(parts)})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
