"""What the race rules share: from a violation to a finding that is a story in three places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Note
from maplint.model.naming import short
from maplint.rule import Draft, Pass
from maplint_rules.growth_report import describe

if TYPE_CHECKING:
    from maplint.model.accesses import Access
    from maplint.model.program import Program
    from maplint.model.races import Violation
    from maplint.model.sites import Site

_VERBS = {
    "assign": "writes",
    "op-assign": "writes",
    "inc-dec": "writes",
    "copy": "copies into",
    "delete": "deletes from",
    "delete-func": "deletes from",
    "clear": "clears",
    "index": "reads",
    "range": "ranges over",
    "len": "measures",
    "return": "returns",
    "reset": "replaces",
    "store": "keeps",
    "send": "sends",
    "pass": "hands out",
}


def violations(scope: Pass, kind: str) -> Iterator[Draft]:
    """A finding for every violation of that kind in a package; it stands where the access is written."""
    for site in scope.program.sites_of(scope.package.import_path):
        for violation in scope.program.races.violations(site):
            if violation.kind == kind:
                yield _draft(scope.program, site, violation)


def _draft(program: Program, site: Site, violation: Violation) -> Draft:
    use = violation.access
    access = _note(program, use, f"{_verb(use)} {site.name} here, without the lock that guards it")
    other = [_note(program, violation.other, _other(violation))] if violation.other is not None else []
    start = []
    if violation.start is not None:
        edge = violation.start
        start = [
            Note(program.place(edge.caller.path, edge.call.pos, edge.call.end), "started or registered here")
        ]
    related = [*other, *start, Note(program.declarations[site.symbol], "declared here")]
    return Draft(
        place=access.place,
        symbol=site.symbol,
        message=_message(site, violation),
        confidence=violation.confidence,
        function=program.function_name(use.function),
        related=tuple({note.place: note for note in related if note.place != access.place}.values()),
        flows=tuple(side for side in ((*start, access), tuple(other)) if side),
        evidence=violation.evidence,
        fixes=(Fix(_advice(site, violation)),),
    )


def _message(site: Site, violation: Violation) -> str:
    use = violation.access
    who = short(use.function.symbol)
    what = f"{who} {_verb(use)} {describe(site)}"
    guard = short(violation.guard.lock) if violation.guard is not None else ""
    if violation.kind == "read-lock":
        return f"{what} while it holds only the read lock of {guard}."
    if violation.kind == "inconsistent":
        others = sorted({short(held.lock) for held in violation.held})
        instead = f"under {others[0]} instead of {guard}" if others else f"without holding {guard}"
        return f"{what} {instead}, which guards it elsewhere."
    if violation.kind == "unlocked-read":
        return f"{what} without holding {guard} while {_writer(violation)} writes it."
    if violation.kind == "escape":
        return f"{what} itself, so its callers use it without {guard}, which guards it."
    if violation.kind == "copied-lock":
        return f"{what} under a lock that guards nothing: {violation.evidence[0]}."
    return f"{what} with no lock, and {violation.evidence[0]}."


def _writer(violation: Violation) -> str:
    return short(violation.other.function.symbol) if violation.other is not None else "another goroutine"


def _other(violation: Violation) -> str:
    assert violation.other is not None
    verb = _verb(violation.other)
    if violation.guard is None:
        return f"another access {verb} it here"
    return f"{short(violation.other.function.symbol)} {verb} it under {short(violation.guard.lock)} here"


def _advice(site: Site, violation: Violation) -> str:
    if violation.kind == "escape":
        return "Return a copy made under the lock (maps.Clone), or a method that looks one entry up."
    if violation.kind == "copied-lock":
        return "Make the lock one for all users of the map: a pointer receiver, or a mutex beside the map."
    if violation.guard is None:
        return f"Guard {site.name} with a mutex beside it, or let one goroutine own it."
    if violation.kind == "read-lock":
        return f"Take {short(violation.guard.lock)} by Lock instead of RLock."
    return f"Hold {short(violation.guard.lock)} around the access."


def _verb(use: Access) -> str:
    return _VERBS.get(use.op, "uses")


def _note(program: Program, access: Access, says: str) -> Note:
    return Note(program.place(access.function.path, access.pos, access.end), says)
