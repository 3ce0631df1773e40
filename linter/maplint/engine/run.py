"""From paths and settings to a report: the one way through the rooms that every command takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from maplint.config.settings import Settings
from maplint.engine.checks import run_rules
from maplint.engine.comments import Tried, apply_comments
from maplint.engine.precedence import one_per_fault
from maplint.engine.selection import select
from maplint.engine.visible import confident, ignored_in_file, in_scope
from maplint.finding import Fault, Finding, Place, Report, Summary
from maplint.inventory import MapSite
from maplint.rule import Rule

if TYPE_CHECKING:
    from maplint.model.program import Program
    from maplint.workspace.records import Workspace

Watch = Callable[[str], None]
"""Told the name of each stage when it begins."""


class Request(NamedTuple):
    """What to analyse and how."""

    paths: tuple[str, ...]
    """As given by the user: `./...`, folders or Go files."""
    cwd: str
    """Absolute working directory, with `/`."""
    settings: Settings
    watch: Watch = lambda stage: None


class Analysed(NamedTuple):
    """The code, read and modelled."""

    workspace: Workspace
    program: Program
    faults: tuple[Fault, ...]
    """The files that could not be read or parsed, in whole or in part."""
    blind: bool
    """Whether Go files were named and none of them could be analysed."""


class Outcome(NamedTuple):
    """What a run came to."""

    report: Report
    analysed: Analysed
    rules: tuple[Rule, ...]
    """Those that ran."""
    traces: tuple[str, ...]
    """Tracebacks of the rules that failed."""


def model(request: Request) -> Analysed:
    """Read the code that `request` names and build its model.

    A MaplintError says what is wrong with a path; files that cannot be analysed are faults and no error.
    """
    from maplint.model import build
    from maplint.workspace.loading import load
    from maplint.workspace.records import LoadOptions

    settings = request.settings
    options = LoadOptions(
        tests=settings.tests,
        tags=settings.tags,
        goos=settings.goos,
        goarch=settings.goarch,
        exclude=settings.exclude,
        exclude_base=settings.exclude_base,
    )
    request.watch("reading")
    workspace = load(request.paths, request.cwd, options)
    request.watch("modelling")
    program = build(workspace, jobs=settings.jobs or os.cpu_count() or 1)
    faults = tuple(dict.fromkeys((*workspace.faults, *program.faults)))
    return Analysed(workspace, program, faults, _blind(request, program, faults))


def analyse(request: Request, rules: Sequence[Rule]) -> Outcome:
    """Run those of `rules` that the settings select over the code that `request` names."""
    settings = request.settings
    chosen = select(rules, settings.selection)
    ignored = ignored_in_file(settings, rules)
    analysed = model(request)
    program = analysed.program

    def in_view(finding: Finding) -> bool:
        return in_scope(finding, program.files, settings.generated) and not ignored(finding)

    request.watch("checking")
    checked = run_rules(program, chosen, settings)
    # Confidence comes before precedence, lest a finding that nobody sees stand for one that is sure.
    sure = one_per_fault(
        finding for finding in checked.findings if in_view(finding) and confident(finding, settings)
    )
    tried = Tried(rules, chosen, checked, _packages(analysed.workspace))
    commented = apply_comments(sure, program, tried)
    hidden = (entry for entry in commented.suppressed if in_view(entry.finding))
    report = Report(
        tuple(sorted(filter(in_view, commented.shown), key=_order)),
        tuple(sorted(hidden, key=lambda entry: _order(entry.finding))),
        (*analysed.faults, *checked.faults),
        _summary(analysed),
    )
    return Outcome(report, analysed, chosen, checked.traces)


def sites(analysed: Analysed, all_variables: bool) -> tuple[MapSite, ...]:
    """The inventory: the map sites that are declared or used in a file that was named."""
    files = analysed.program.files
    return tuple(
        site
        for site in analysed.program.inventory(all_variables)
        if any(place.path in files and files[place.path].selected for place in _places(site))
    )


def _blind(request: Request, program: Program, faults: Sequence[Fault]) -> bool:
    from maplint.workspace.patterns import read_target, selection, selects

    if any(file.selected for file in program.files.values()):
        return False
    named = selection(read_target(path, request.cwd) for path in request.paths)
    return any(fault.path is not None and selects(named, fault.path) for fault in faults)


def _summary(analysed: Analysed) -> Summary:
    """The program's figures with the files that never became part of it."""
    unread = {fault.path for fault in analysed.workspace.faults if fault.path and fault.path.endswith(".go")}
    return analysed.program.summary._replace(skipped=len(unread - analysed.program.files.keys()))


def _packages(workspace: Workspace) -> dict[str, str]:
    """Absolute path of each file to the import path of its package."""
    return {file.path: unit.import_path for unit in workspace.units for file in unit.files}


def _places(site: MapSite) -> Iterator[Place]:
    yield site.place
    for operations in (site.inserts, site.removes, site.resets, site.reads):
        for operation in operations:
            yield operation.place


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return place.path, place.line, place.column, finding.rule, finding.symbol, finding.message
