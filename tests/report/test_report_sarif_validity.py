"""SARIF before its judges: the schema of the standard and GitHub's rules in Microsoft's multitool."""

from __future__ import annotations

import json
from typing import Any

import pytest
from report_samples import ACCEPTED, LEAK, RACE, REPORT, RULES, context
from sarif_validators import validate

from maplint.finding import Finding, Report
from maplint.report import sarif
from maplint.rule import Rule


def _finding(rule: Rule) -> Finding:
    model = RACE._replace(related=LEAK.related) if rule.family == "race" else LEAK
    return model._replace(rule=rule.id, name=rule.name, family=rule.family, level=rule.level)


def test_every_rule_with_and_without_suppressed_findings_and_none_at_all() -> None:
    every = REPORT._replace(
        findings=(*map(_finding, RULES), *REPORT.findings),
        suppressed=(ACCEPTED, ACCEPTED._replace(suppression=ACCEPTED.suppression._replace(reason=""))),
    )
    validate(
        sarif.render(every, context()),
        sarif.render(every, context(show_suppressed=True)),
        sarif.render(Report(), context()),
    )


def _spoil_suppression(run: Any) -> None:
    run["results"][0]["suppressions"] = [{"kind": "inSource", "state": "accepted"}]


def _spoil_column(run: Any) -> None:
    run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0


def _spoil_rule(run: Any) -> None:
    del run["tool"]["driver"]["rules"][0]["help"]


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (_spoil_suppression, "'state' was unexpected"),
        (_spoil_column, "schema: .*startColumn: 0 is less than the minimum"),
        (_spoil_rule, "multitool: GH2012"),
    ],
    ids=["suppression", "column", "rule"],
)
def test_the_judges_find_faults(spoil: Any, complaint: str) -> None:
    log = json.loads(sarif.render(Report((LEAK,)), context()))
    spoil(log["runs"][0])
    with pytest.raises(AssertionError, match=complaint):
        validate(json.dumps(log))
