"""The format `json`: every fact of a report, under keys that stay."""

from __future__ import annotations

import json

from maplint.finding import Edit, Fault, Fix, Note, Place, Report
from maplint.report.characters import encodable
from maplint.report.context import TOOL, Context
from maplint.report.paths import relative
from maplint.report.shown import Shown, fault_message, shown

SCHEMA = 1
"""Version of the keys below; it rises when one changes its meaning, not when one is added."""

Object = dict[str, object]


def render(report: Report, context: Context) -> str:
    """One JSON object; paths are relative to the working directory, columns count UTF-8 bytes."""
    cwd = context.cwd
    document = {
        "schema": SCHEMA,
        "tool": {"name": TOOL, "version": context.version},
        "findings": [_finding(entry, cwd) for entry in shown(report, context)],
        "errors": [_error(fault, cwd) for fault in report.faults],
        "summary": _summary(report),
    }
    return encodable(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _finding(entry: Shown, cwd: str) -> Object:
    finding = entry.finding
    document: Object = {
        "rule": finding.rule,
        "name": finding.name,
        "family": finding.family,
        "level": finding.level.label,
        "confidence": finding.confidence.label,
        "message": finding.message,
        **_place(finding.place, cwd),
        "symbol": finding.symbol,
    }
    if finding.function is not None:
        document["function"] = finding.function
    document |= {
        "related": [_note(note, cwd) for note in finding.related],
        "evidence": list(finding.evidence),
        "fixes": [_fix(fix, cwd) for fix in finding.fixes],
        "fingerprint": finding.fingerprint,
    }
    if entry.suppression is not None:
        document["suppressed"] = entry.suppression._asdict()
    return document


def _place(place: Place, cwd: str) -> Object:
    return {**place._asdict(), "path": relative(place.path, cwd)}


def _note(note: Note, cwd: str) -> Object:
    return {**_place(note.place, cwd), "message": note.message}


def _fix(fix: Fix, cwd: str) -> Object:
    return {"message": fix.message, "edits": [_edit(edit, cwd) for edit in fix.edits]}


def _edit(edit: Edit, cwd: str) -> Object:
    return {**_place(edit.place, cwd), "text": edit.text}


def _error(fault: Fault, cwd: str) -> Object:
    path = fault.path and relative(fault.path, cwd)
    facts = ("path", path), ("line", fault.line), ("message", fault_message(fault))
    named = *facts, ("rule", fault.rule), ("package", fault.package)
    return {key: value for key, value in named if value is not None}


def _summary(report: Report) -> Object:
    return {
        **report.summary._asdict(),
        "findings": len(report.findings),
        "suppressed": len(report.suppressed),
        "baselined": 0,
    }
