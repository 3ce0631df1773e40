"""What the race rules share: from a violation to a finding that is a story in three places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Note
from maplint.model.naming import short
from maplint.rule import Draft, Pass
from maplint_rules.growth_report import describe
from maplint_rules.race_story import way_to

if TYPE_CHECKING:
    from maplint.model.accesses import Access
    from maplint.model.program import Program
    from maplint.model.sites import Site
    from maplint.model.violations import Violation

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
    "pass": "reads",
}


def violations(scope: Pass, kind: str) -> Iterator[Draft]:
    """A finding for every violation of that kind in a package; it stands where the access is written."""
    for site in scope.program.sites_of(scope.package.import_path):
        for violation in scope.program.races.violations(site):
            if violation.kind == kind:
                yield _draft(scope.program, site, violation)


def _draft(program: Program, site: Site, violation: Violation) -> Draft:
    use = violation.access
    access = _note(program, use, _deed(site, violation))
    mine = way_to(program, use.function, violation.start)
    theirs, other = _other_side(program, violation)
    meeting = {note.place: note for note in (*mine[:1], *theirs[:1])}.values()
    related = [*other, *meeting, Note(program.declarations[site.symbol], "declared here")]
    return Draft(
        place=access.place,
        symbol=site.symbol,
        message=_message(site, violation),
        confidence=violation.confidence,
        function=program.function_name(use.function),
        related=tuple({note.place: note for note in related if note.place != access.place}.values()),
        flows=tuple(side for side in ((*mine, access), (*theirs, *other)) if side),
        evidence=violation.evidence,
        fixes=(Fix(_advice(site, violation)),),
    )


def _other_side(program: Program, violation: Violation) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """How the access comes to run that the first one collides with, and that access; both empty where there is none."""
    other = violation.other
    if other is None:
        return (), ()
    return way_to(program, other.function, violation.other_start), (_note(program, other, _other(violation)),)


def _deed(site: Site, violation: Violation) -> str:
    """What the access does, and what is wrong with it, for the place where it stands."""
    lock = short(violation.guard.lock) if violation.guard is not None else ""
    held = sorted({short(one.lock) for one in violation.held})
    how = {
        "read-lock": f"under the read lock of {lock} alone",
        "escape": f"out of reach of {lock}",
        "copied-lock": "under a lock that guards nothing",
        "unguarded": "with no lock",
    }.get(violation.kind, f"under {held[0]}, without {lock}" if held else f"without {lock}")
    return f"{_verb(violation.access)} {site.name} here, {how}"


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
    from maplint.model.held import READ

    other, access = violation.other, violation.access
    assert other is not None
    again = (other.function, other.pos) == (access.function, access.pos)
    who = f"{'another run of ' if again else ''}{short(other.function.symbol)}"
    if violation.kind == "copied-lock":
        return f"{who} {_verb(other)} it here"
    if violation.guard is None:
        others = sorted({short(held.lock) for held in other.locks})
        return f"{who} {_verb(other)} it here, {f'under {others[0]} alone' if others else 'with no lock'}"
    modes = {held.mode for held in other.locks if held.lock == violation.guard.lock}
    half = "the read lock of " if modes == {READ} else ""
    return f"{who} {_verb(other)} it under {half}{short(violation.guard.lock)} here"


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
