"""The format `sarif`: SARIF 2.1.0 as GitHub code scanning, editors and the specification want it.

One run, relative URIs, no times and no GUIDs, so that equal findings give equal bytes. This module and its
neighbours `sarif_*` are the only ones that import sarif_om, and `formats` imports them only for this format.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import cast

import sarif_om  # type: ignore[import-untyped]

from maplint.finding import Edit, Finding, Fix, Note, Report, Suppression
from maplint.report import sarif_notifications
from maplint.report.characters import encodable
from maplint.report.context import HOME, TOOL, Context
from maplint.report.sarif_places import ROOT_ID, Files, files_of, line_hash, location, noted, region
from maplint.report.sarif_rules import descriptor
from maplint.report.sarif_text import linked_message, message
from maplint.report.sarif_walk import to_json
from maplint.report.shown import Shown, shown

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_RESULTS = 25_000
"""GitHub refuses a file with more."""
_MOST_RELATED = 100
"""GitHub keeps no more locations of a result, and refuses a file that has far more."""


def render(report: Report, context: Context) -> str:
    """One SARIF log; suppressed findings are left out unless asked for: GitHub opens alerts for them."""
    log = sarif_om.SarifLog(schema_uri=_SCHEMA, version="2.1.0", runs=[_run(report, context)])
    document = cast(dict[str, object], to_json(log))
    document["runs"] = document.pop("runs")  # readers look for the version at the head of the file
    return encodable(json.dumps(document, ensure_ascii=False, separators=(",", ":"))) + "\n"


def _run(report: Report, context: Context) -> sarif_om.Run:
    files = files_of(context)
    rules = {rule.id: index for index, rule in enumerate(context.rules)}
    entries = shown(report, context)
    kept = _most_severe(entries)
    notifications = [sarif_notifications.of_fault(fault, files, rules) for fault in report.faults]
    if len(kept) < len(entries):
        notifications.append(sarif_notifications.of_left_out(len(entries) - len(kept)))
    return sarif_om.Run(
        tool=sarif_om.Tool(driver=_driver(context)),
        invocations=[_invocation(report, notifications)],
        original_uri_base_ids={ROOT_ID: _root()},
        column_kind="utf16CodeUnits",
        results=_results(kept, files, rules, context),
    )


def _driver(context: Context) -> sarif_om.ToolComponent:
    return sarif_om.ToolComponent(
        name=TOOL,
        version=context.version,
        semantic_version=context.version,
        information_uri=HOME,
        rules=[descriptor(rule) for rule in context.rules],
        notifications=sarif_notifications.descriptors(),
    )


def _invocation(report: Report, notifications: list[sarif_om.Notification]) -> sarif_om.Invocation:
    return sarif_om.Invocation(
        execution_successful=not any(fault.rule for fault in report.faults),
        tool_execution_notifications=notifications,
    )


def _root() -> sarif_om.ArtifactLocation:
    return sarif_om.ArtifactLocation(description=message("The root of the repository."))


def _most_severe(entries: list[Shown]) -> list[Shown]:
    """The entries a file may hold, in their order; suppressed ones and low levels go first."""
    ranked = sorted(entries, key=lambda entry: (entry.suppression is not None, -entry.finding.level))
    kept = {id(entry) for entry in ranked[:_MOST_RESULTS]}
    return [entry for entry in entries if id(entry) in kept]


def _results(
    entries: Sequence[Shown], files: Files, rules: Mapping[str, int], context: Context
) -> list[sarif_om.Result]:
    results = [_result(entry.finding, files, rules) for entry in entries]
    if context.show_suppressed:  # SARIF wants `suppressions` on every result of a run or on none
        for result, entry in zip(results, entries, strict=True):
            result.suppressions = _suppressions(entry.suppression)
    return results


def _result(finding: Finding, files: Files, rules: Mapping[str, int]) -> sarif_om.Result:
    related = list(dict.fromkeys(finding.related))[:_MOST_RELATED]
    return sarif_om.Result(
        rule_id=finding.rule,
        rule_index=rules.get(finding.rule, -1),
        level=finding.level.label,
        message=linked_message(finding.message, [note.message for note in related]),
        locations=[location(finding.place, files)],
        related_locations=_related(related, files) or None,
        code_flows=_code_flows(finding, files),
        partial_fingerprints=_fingerprints(finding, files),
        fixes=[_fix(fix, files) for fix in finding.fixes if fix.edits] or None,
        properties=_properties(finding),
    )


def _related(notes: Sequence[Note], files: Files) -> list[sarif_om.Location]:
    """The locations that the message links to by id."""
    locations = [noted(note, files) for note in notes]
    for number, where in enumerate(locations, 1):
        where.id = number
    return locations


def _code_flows(finding: Finding, files: Files) -> list[sarif_om.CodeFlow] | None:
    """One code flow with a thread flow for each story: the sides of a race run at the same time."""
    if not finding.flows:
        return None
    return [sarif_om.CodeFlow(thread_flows=[_thread_flow(steps, files) for steps in finding.flows])]


def _thread_flow(steps: Sequence[Note], files: Files) -> sarif_om.ThreadFlow:
    visited = [sarif_om.ThreadFlowLocation(location=noted(step, files)) for step in steps]
    return sarif_om.ThreadFlow(locations=visited)


def _fingerprints(finding: Finding, files: Files) -> dict[str, str]:
    known = {"primaryLocationLineHash": line_hash(finding.place, files), "maplint/v1": finding.fingerprint}
    return {key: value for key, value in known.items() if value}


def _fix(fix: Fix, files: Files) -> sarif_om.Fix:
    edits = sorted(fix.edits, key=lambda edit: edit.place)
    changes = [
        sarif_om.ArtifactChange(
            artifact_location=files.artifact(path),
            replacements=[_replacement(edit, files) for edit in members],
        )
        for path, members in groupby(edits, key=lambda edit: edit.place.path)
    ]
    return sarif_om.Fix(description=message(fix.message), artifact_changes=changes)


def _replacement(edit: Edit, files: Files) -> sarif_om.Replacement:
    return sarif_om.Replacement(
        deleted_region=region(edit.place, files),
        inserted_content=sarif_om.ArtifactContent(text=edit.text),
    )


def _suppressions(suppression: Suppression | None) -> list[sarif_om.Suppression]:
    if suppression is None:
        return []
    return [sarif_om.Suppression(kind=suppression.kind, justification=suppression.reason or None)]


def _properties(finding: Finding) -> dict[str, object]:
    properties: dict[str, object] = {"confidence": finding.confidence.label, "symbol": finding.symbol}
    if finding.function is not None:
        properties["function"] = finding.function
    if finding.evidence:
        properties["evidence"] = list(finding.evidence)
    if finding.fixes:
        properties["advice"] = finding.fixes[0].message
    return properties
