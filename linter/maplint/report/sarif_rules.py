"""Rules as SARIF describes them: help, tags, precision and the severity of the problem."""

from __future__ import annotations

import textwrap

import sarif_om  # type: ignore[import-untyped]

from maplint.documentation import HEADINGS, parse
from maplint.finding import Level
from maplint.report.context import HOME
from maplint.rule import Rule

_LONGEST_DESCRIPTION = 1024
"""GitHub's limit for the short and the full description, in characters."""

_LEAK = ("correctness", "memory", "performance", "external/cwe/cwe-401", "external/cwe/cwe-770")
_TAGS = {
    "growth": _LEAK,
    "sync-map": _LEAK,
    "closure": _LEAK,
    "race": ("correctness", "concurrency", "external/cwe/cwe-362", "external/cwe/cwe-820"),
    "meta": ("maintainability",),
}
"""Family → the tags of its rules; a rule pack's own family has none."""

_PRECISION = {"ML103": "high", "ML403": "high", "ML406": "high"}
"""How often a rule is right, where it differs from medium."""

_PROBLEM_SEVERITY = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def descriptor(rule: Rule) -> sarif_om.ReportingDescriptor:
    """The entry of `tool.driver.rules` for a rule; raises MaplintError when its doc is out of shape."""
    documentation = parse(rule.doc, rule.id)
    return sarif_om.ReportingDescriptor(
        id=rule.id,
        name=rule.name,
        short_description=_description(documentation.short),
        full_description=_description(documentation.sections[HEADINGS[0]]),
        help=sarif_om.MultiformatMessageString(text=rule.doc.strip(), markdown=rule.doc.strip()),
        help_uri=rule_page(rule.id),
        default_configuration=sarif_om.ReportingConfiguration(level=rule.level.label),
        properties={
            "tags": list(_TAGS.get(rule.family, ())),
            "precision": _PRECISION.get(rule.id, "medium"),
            "problem.severity": _PROBLEM_SEVERITY[rule.level],
        },
    )


def rule_page(rule_id: str) -> str:
    """The web page about a rule."""
    return f"{HOME}/blob/main/docs/rules/{rule_id}.md"


def _description(markdown: str) -> sarif_om.MultiformatMessageString:
    return sarif_om.MultiformatMessageString(
        text=textwrap.shorten(markdown, _LONGEST_DESCRIPTION, placeholder=" ...")
    )
