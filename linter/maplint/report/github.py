"""The format `github`: workflow commands that become annotations on a pull request."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Fault, Level, Place, Report
from maplint.report.characters import encodable
from maplint.report.context import TOOL, Context
from maplint.report.paths import in_repository
from maplint.report.shown import Shown, fault_text, shown

Properties = dict[str, str | int]

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


class Command(NamedTuple):
    """A workflow command before it is escaped."""

    level: Level
    properties: Properties
    message: str


def render(report: Report, context: Context) -> str:
    """A command for each finding and fault, the most severe first: GitHub shows ten of each kind in a step.

    A suppressed finding, when asked for, is a notice.
    """
    commands = [_finding(entry, context.root) for entry in shown(report, context)]
    commands += [_fault(fault, context.root) for fault in report.faults]
    commands.sort(key=lambda command: command.level, reverse=True)
    return encodable("".join(map(_line, commands)))


def _finding(entry: Shown, root: str) -> Command:
    finding = entry.finding
    title = f"{finding.rule} {finding.name}{' (suppressed)' if entry.suppression else ''}"
    lines = [finding.message]
    lines += [f"{_path_and_line(note.place, root)}: {note.message}" for note in finding.related]
    lines += finding.evidence
    lines += [fix.message for fix in finding.fixes[:1]]
    level = Level.NOTE if entry.suppression else finding.level
    return Command(level, {**_place(finding.place, root), "title": title}, "\n".join(lines))


def _path_and_line(place: Place, root: str) -> str:
    return f"{in_repository(place.path, root)}:{place.line}"


def _place(place: Place, root: str) -> Properties:
    where: Properties = {
        "file": in_repository(place.path, root),
        "line": place.line,
        "endLine": place.end_line,
    }
    # GitHub takes columns only of a place on one line.
    if place.line == place.end_line:
        where |= {"col": place.column, "endColumn": place.end_column}
    return where


def _fault(fault: Fault, root: str) -> Command:
    where: Properties = {}
    if fault.path is not None:
        where = {"file": in_repository(fault.path, root), "line": fault.line or 1}
    level = Level.ERROR if fault.rule else Level.WARNING
    return Command(level, {**where, "title": f"{TOOL}: not analysed"}, fault_text(fault))


def _line(command: Command) -> str:
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in command.properties.items())
    return f"::{_COMMANDS[command.level]} {listed}::{_data(command.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
