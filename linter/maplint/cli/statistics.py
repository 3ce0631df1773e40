"""The figures of `--statistics`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from maplint.engine.run import Outcome


def statistics(outcome: Outcome, times: Sequence[tuple[str, float]]) -> str:
    """Lines without a final line end: the findings of each rule that ran, then the seconds of each stage."""
    counts = Counter(finding.rule for finding in outcome.report.findings)
    hidden = Counter(entry.finding.rule for entry in outcome.report.suppressed)
    lines = ["findings (and suppressed ones) of each rule:"]
    for rule in outcome.rules:
        lines.append(f"{counts[rule.id]:7,} {hidden[rule.id]:7,}  {rule.id} {rule.name}")
    summary = outcome.report.summary
    lines.append(f"looked at: {summary.lines:,} lines, {summary.map_sites:,} map sites")
    lines.append("seconds of each stage:")
    lines += [f"{seconds:7.2f}  {stage}" for stage, seconds in times]
    return "\n".join(lines)
