"""What a run has to say about itself in SARIF: what it did not analyse, and results it left out."""

from __future__ import annotations

from collections.abc import Mapping

import sarif_om  # type: ignore[import-untyped]

from maplint.finding import Fault
from maplint.report.context import HOME
from maplint.report.sarif_places import Files
from maplint.report.sarif_text import message
from maplint.report.shown import fault_text

_KINDS = {
    "file-not-analysed": (
        "warning",
        "A file was not analysed.",
        "A Go file or a part of it could not be read or parsed. Findings that need it may be missing.",
    ),
    "rule-failed": (
        "error",
        "A rule failed.",
        "A rule stopped with an internal error. Its findings in the package are missing.",
    ),
    "results-left-out": (
        "warning",
        "There are more results than GitHub accepts.",
        "The most severe results are in the file; `maplint check` shows all of them in every other format.",
    ),
}
"""Id → level, title and description."""

_INDEX = {identifier: index for index, identifier in enumerate(_KINDS)}


def descriptors() -> list[sarif_om.ReportingDescriptor]:
    """The entries of `tool.driver.notifications`."""
    return [
        sarif_om.ReportingDescriptor(
            id=identifier,
            short_description=sarif_om.MultiformatMessageString(text=title),
            full_description=sarif_om.MultiformatMessageString(text=description),
            help=sarif_om.MultiformatMessageString(text=description, markdown=description),
            help_uri=HOME,
            default_configuration=sarif_om.ReportingConfiguration(level=level),
        )
        for identifier, (level, title, description) in _KINDS.items()
    ]


def of_fault(fault: Fault, files: Files, rules: Mapping[str, int]) -> sarif_om.Notification:
    """The notification of one fault; `rules` is the index of each rule in `tool.driver.rules`."""
    notification = _notification(
        "file-not-analysed" if fault.rule is None else "rule-failed", fault_text(fault)
    )
    if fault.path is not None:
        physical = sarif_om.PhysicalLocation(artifact_location=files.artifact(fault.path))
        if fault.line is not None:
            physical.region = sarif_om.Region(start_line=fault.line)
        notification.locations = [sarif_om.Location(physical_location=physical)]
    if fault.rule is not None:
        notification.associated_rule = _reference(fault.rule, rules.get(fault.rule, -1))
    return notification


def of_left_out(count: int) -> sarif_om.Notification:
    """The notification that counts the results that are not in the file."""
    return _notification("results-left-out", f"{count} less severe results were left out.")


def _notification(identifier: str, text: str) -> sarif_om.Notification:
    return sarif_om.Notification(
        message=message(text),
        level=_KINDS[identifier][0],
        descriptor=_reference(identifier, _INDEX[identifier]),
    )


def _reference(identifier: str, index: int) -> sarif_om.ReportingDescriptorReference:
    return sarif_om.ReportingDescriptorReference(id=identifier, index=index)
