"""Which findings a report shows, and how it words what was not analysed."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from maplint.finding import Fault, Finding, Report, Suppression
from maplint.report.context import Context


class Shown(NamedTuple):
    """A finding as a report lists it."""

    finding: Finding
    suppression: Suppression | None
    """Why it would be hidden; set only where suppressed findings were asked for."""


def shown(report: Report, context: Context) -> list[Shown]:
    """The findings in report order, with the suppressed ones at their places if the context asks for them."""
    entries = [Shown(finding, None) for finding in report.findings]
    if not context.show_suppressed:
        return entries
    entries += [Shown(hidden.finding, hidden.suppression) for hidden in report.suppressed]
    return sorted(entries, key=_order)


def fault_message(fault: Fault) -> str:
    """The fault's own words, in which an absolute path is cut to its last element: it differs by machine."""
    return fault.message.replace(fault.path, posixpath.basename(fault.path)) if fault.path else fault.message


def fault_text(fault: Fault) -> str:
    """The fault where no key says it: a rule's with its id and the package."""
    where = " in ".join(filter(None, (fault.rule, fault.package)))
    return f"{fault_message(fault)} ({where})" if where else fault_message(fault)


def _order(entry: Shown) -> tuple[str, int, int, str, str, str]:
    finding = entry.finding
    place = finding.place
    return place.path, place.line, place.column, finding.rule, finding.symbol, finding.message
