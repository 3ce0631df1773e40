"""From paths and settings to a report: the one way through the rooms that every command takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from maplint.config.settings import Settings
from maplint.engine.cache import Slot, default_folder, keep, recall
from maplint.engine.checks import run_rules
from maplint.engine.comments import Tried, apply_comments
from maplint.engine.cycles import no_search_for_cycles
from maplint.engine.precedence import one_per_fault
from maplint.engine.selection import select
from maplint.engine.visible import confident, ignored_in_file, in_scope
from maplint.finding import Fault, Finding, Place, Report, Summary
from maplint.inventory import Inventory, MapSite
from maplint.rule import Rule

if TYPE_CHECKING:
    from maplint.model.program import Program
    from maplint.workspace.records import GoFile, Workspace

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


class Loaded(NamedTuple):
    """The code, read."""

    workspace: Workspace
    files: Mapping[str, GoFile]
    """Those of the workspace by absolute path."""
    blind: bool
    """Whether Go files were named and none of them could be read."""


class Analysed(NamedTuple):
    """The code, read and modelled."""

    loaded: Loaded
    program: Program
    faults: tuple[Fault, ...]
    """The files that could not be read or parsed, in whole or in part."""


class Outcome(NamedTuple):
    """What a run came to."""

    report: Report
    loaded: Loaded
    rules: tuple[Rule, ...]
    """Those that ran."""
    traces: tuple[str, ...]
    """Tracebacks of the rules that failed."""
    remarks: tuple[str, ...]
    """What became of the cache, for those who want to know more."""


@no_search_for_cycles()
def model(request: Request) -> Analysed:
    """Read the code that `request` names and build its model.

    A MaplintError says what is wrong with a path; files that cannot be analysed are faults and no error.
    """
    return _model(request, _load(request))


@no_search_for_cycles()
def analyse(request: Request, rules: Sequence[Rule]) -> Outcome:
    """What those of `rules` that the settings select say of the code that `request` names.

    Where nothing has changed since an earlier run, that is its report.
    """
    settings = request.settings
    chosen = select(rules, settings.selection)
    ignored = ignored_in_file(settings, rules)
    loaded = _load(request)
    slot = _slot(request, loaded.workspace, rules, chosen)
    report = recall(slot) if slot else None
    if report is not None:
        return Outcome(report, loaded, chosen, (), ("report from cache",))
    analysed = _model(request, loaded)
    request.watch("checking")
    checked = run_rules(analysed.program, chosen, settings)
    report = _report(analysed, Tried(rules, chosen, checked, _packages(loaded.workspace)), settings, ignored)
    remarks = _keep(slot, report) if slot and not checked.faults else ()
    return Outcome(report, loaded, chosen, checked.traces, remarks)


def _load(request: Request) -> Loaded:
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
    files = {file.path: file for unit in workspace.units for file in unit.files}
    return Loaded(workspace, files, _blind(request, files, workspace.faults))


def _model(request: Request, loaded: Loaded) -> Analysed:
    from maplint.model.build import build

    request.watch("modelling")
    program = build(loaded.workspace)
    return Analysed(loaded, program, tuple(dict.fromkeys((*loaded.workspace.faults, *program.faults))))


def _report(
    analysed: Analysed, tried: Tried, settings: Settings, ignored: Callable[[Finding], bool]
) -> Report:
    """What the rules said, as the user asked to see it."""
    program = analysed.program

    def in_view(finding: Finding) -> bool:
        return in_scope(finding, program.files, settings.generated) and not ignored(finding)

    # Confidence comes before precedence, lest a finding that nobody sees stand for one that is sure.
    sure = one_per_fault(
        finding for finding in tried.checked.findings if in_view(finding) and confident(finding, settings)
    )
    commented = apply_comments(sure, program, tried)
    hidden = (entry for entry in commented.suppressed if in_view(entry.finding))
    return Report(
        tuple(sorted(filter(in_view, commented.shown), key=_order)),
        tuple(sorted(hidden, key=lambda entry: _order(entry.finding))),
        (*analysed.faults, *tried.checked.faults),
        _summary(analysed),
    )


def _slot(
    request: Request, workspace: Workspace, rules: Sequence[Rule], chosen: Sequence[Rule]
) -> Slot | None:
    """Where the cache keeps the report of this run; None where there is no cache."""
    from maplint.engine.cache_key import cache_key

    folder = request.settings.cache_dir or default_folder(os.environ, sys.platform)
    if not (request.settings.cache and folder):
        return None
    request.watch("looking up")
    key = cache_key(workspace, request.settings, rules, chosen)
    return Slot(os.path.join(request.cwd, folder, "reports"), key)


def _keep(slot: Slot, report: Report) -> tuple[str, ...]:
    """Keep the report; returns a remark where that was not possible."""
    try:
        keep(slot, report)
    except (OSError, ValueError) as error:
        return (f"report not cached in {slot.folder}: {getattr(error, 'strerror', None) or error}",)
    return ()


def inventory(analysed: Analysed, all_variables: bool) -> Inventory:
    """The map sites that are declared or used in a file that was named, and the functions in one."""
    files = analysed.loaded.files
    named = {path for path, file in files.items() if file.selected}
    found = analysed.program.inventory(all_variables)
    sites = tuple(site for site in found.sites if any(place.path in named for place in _places(site)))
    if found.functions is None:
        return Inventory(sites)
    return Inventory(sites, tuple(each for each in found.functions if each.place.path in named))


def _blind(request: Request, files: Mapping[str, GoFile], faults: Sequence[Fault]) -> bool:
    from maplint.workspace.patterns import read_target, selection, selects

    if any(file.selected for file in files.values()):
        return False
    named = selection(read_target(path, request.cwd) for path in request.paths)
    return any(fault.path is not None and selects(named, fault.path) for fault in faults)


def _summary(analysed: Analysed) -> Summary:
    """The program's figures with the files that never became part of it."""
    faults = analysed.loaded.workspace.faults
    unread = {fault.path for fault in faults if fault.path and fault.path.endswith(".go")}
    return analysed.program.summary._replace(skipped=len(unread - analysed.loaded.files.keys()))


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
