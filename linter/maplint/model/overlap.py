"""Accesses of a map without any lock that run at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.knowledge.owners import REGISTRATION, SHORT_LIVED_NAMES
from maplint.model import ir
from maplint.model.accesses import Access, own_copies
from maplint.model.belief import speaks_of_set_up
from maplint.model.callgraph import Edge
from maplint.model.decided import are_alternatives, are_in_turn
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows
from maplint.model.groups import Groups
from maplint.model.guards import panics_on_duplicate
from maplint.model.holdings import struct_symbol
from maplint.model.joins import called_by, joins
from maplint.model.life import Life, Lifetimes
from maplint.model.meetings import (
    are_known_to_meet,
    are_ways_to_start,
    ends_before,
    goes_on,
    holds_what,
    is_awaited,
    is_before,
    is_far,
    is_known,
    is_made_with,
    run_one,
)
from maplint.model.naming import declared_name, short
from maplint.model.order import Order
from maplint.model.origins import Origin, Origins, is_same_variable
from maplint.model.sites import REMOVES, Site, Use

_MAX_ACCESSES = 200


class Overlap(NamedTuple):
    """Two accesses that may run at once, one of them a write."""

    access: Access
    other: Access
    says: str
    """Why they may."""
    confidence: Confidence
    start: Edge | None
    """Where the goroutine of the access begins; None where it runs in its caller's."""
    other_start: Edge | None
    """The same of the other one."""


class Overlaps:
    """Finds overlapping accesses."""

    def __init__(
        self,
        origins: Origins,
        definitions: Definitions,
        lifetimes: Lifetimes,
        order: Order,
        flows: Flows,
    ) -> None:
        self._groups = Groups(flows)
        self._flows = flows
        self._origins = origins
        self._definitions = definitions
        self._lifetimes = lifetimes
        self._order = order
        self._known: dict[str, list[Overlap]] = {}
        self._joined: dict[tuple[Edge, int | None], bool] = {}

    def of(self, site: Site, accesses: list[Access]) -> list[Overlap]:
        """The overlaps of a site's accesses, the surest one for each access."""
        best: dict[int, Overlap] = {}
        for i, _, found in self._all(site, accesses, through_locks=False):
            if i not in best or found.confidence > best[i].confidence:
                best[i] = found
        return [best[i] for i in sorted(best)]

    def pairs(self, site: Site, accesses: list[Access]) -> set[tuple[int, int]]:
        """The places of a site's accesses that may run at once, whatever locks are held."""
        return {
            (one.access.pos, one.other.pos)
            for one in self._through_locks(site, accesses)
            if (start := one.start or one.other_start) is None or start.mode != "concurrent"
        }

    def is_seen(self, site: Site, accesses: list[Access], access: Access) -> bool:
        """Whether goroutines are seen in which an access of a site and another one may run at once."""
        return any(access is one.access or access is one.other for one in self._through_locks(site, accesses))

    def _through_locks(self, site: Site, accesses: list[Access]) -> list[Overlap]:
        """All overlaps of a site's accesses, whatever locks are held."""
        known = self._known.get(site.symbol)
        if known is None:
            known = self._known[site.symbol] = [
                found for _, _, found in self._all(site, accesses, through_locks=True)
            ]
        return known

    def is_waited_for(self, access: Access, other: Access) -> bool:
        """Whether who makes the object of an access waits, before that, for all goroutines in which another one runs.

        So it is told where both are followed, on every way, to functions that make such an object for themselves. Of
        code that no goroutine is seen to run nothing is said: others may well have got the object from elsewhere.
        """
        mine, theirs = (self._origins.of(one, through_locks=True) for one in (access, other))
        if all(two.start is None for two in theirs):
            return False
        here = ((access.function, access.pos),)
        if all(self._groups.are_parted(access, here, two.via, two.start) for two in theirs):
            return True
        return bool(mine) and all(
            self._are_parted((access, one), (other, two)) or self._comes_behind(one, two)
            for one in mine
            for two in theirs
        )

    def _comes_behind(self, origin: Origin, other: Origin) -> bool:
        """Whether the frame that makes an object itself comes to its access when the other one is over."""
        return (
            origin.start is None
            and self._origins.is_made_there(origin)
            and self._origins.is_made_there(other)
            and ends_before(other, origin)
        )

    def _are_parted(self, left: tuple[Access, Origin], right: tuple[Access, Origin]) -> bool:
        """Whether one of two accesses comes behind a wait for the goroutine of the other one, or is let in by it."""
        (access, mine), (other, theirs) = left, right
        return (
            are_in_turn(mine.start, theirs.start)
            or self._groups.are_parted(access, mine.via, theirs.via, theirs.start)
            or self._groups.are_parted(other, theirs.via, mine.via, mine.start)
            or (not (mine.many or theirs.many) and self._order.hand_over(mine.via, theirs.via))
        )

    def _all(
        self, site: Site, accesses: list[Access], through_locks: bool
    ) -> Iterator[tuple[int, int, Overlap]]:
        if not any(access.is_write for access in accesses) or len(accesses) > _MAX_ACCESSES:
            return
        own = own_copies(site)
        origins = [self._ways_to(access, own, through_locks) for access in accesses]
        for i, access in enumerate(accesses):
            for j, other in enumerate(accesses):
                if (access.is_write or other.is_write) and not _is_of_another_map(access, other):
                    found = self._between(site, (access, origins[i]), (other, origins[j]), through_locks)
                    if found is not None and not self._order.apart(access, other):
                        yield i, j, found

    def _ways_to(self, access: Access, own: frozenset[ir.Var], through_locks: bool) -> list[Origin]:
        """The origins of an access; those without any lock first, that the others do not hide them."""
        free = [] if through_locks else self._origins.of(access, False, own)
        found = self._origins.of(access, True, own)
        return [*free, *(origin for origin in found if through_locks or origin.locks)]

    def _between(
        self,
        site: Site,
        left: tuple[Access, list[Origin]],
        right: tuple[Access, list[Origin]],
        through_locks: bool,
    ) -> Overlap | None:
        (access, mine), (other, theirs) = left, right
        found = (
            self._meet(site, (access, one), (other, two))
            for one, two in product(mine, theirs)
            if through_locks or not one.locks & two.locks
        )
        met = [overlap for overlap in found if overlap is not None]
        return max(met, key=lambda overlap: overlap.confidence, default=None)

    def _meet(self, site: Site, left: tuple[Access, Origin], right: tuple[Access, Origin]) -> Overlap | None:
        (access, mine), (other, theirs) = left, right
        if self._are_parted(left, right):
            return None
        if mine.start is not None and mine.start is theirs.start:
            return self._again(site, left, other) if self._is_same_object(site, mine, theirs) else None
        if mine.start is None and theirs.start is None:
            return self._again(site, left, other) if access is other else None
        if mine.start is not None and theirs.start is not None:
            if not self._is_same_object(site, mine, theirs) or self._are_apart(mine.start, theirs.start):
                return None
            if is_before(mine, theirs.start) or is_before(theirs, mine.start):
                return None
            if run_one(mine, theirs) and are_alternatives(mine.start, theirs.start):
                return None
            begun = f"{short(mine.start.callee.symbol)} and {short(theirs.start.callee.symbol)}"
            says = f"{begun} run in goroutines of their own"
            known = are_known_to_meet(mine.start, theirs.start) and self._are_at_work(access, other)
            known = known and not (
                self._is_done_in(mine.start, theirs)
                or self._is_done_in(theirs.start, mine)
                or are_ways_to_start(mine, theirs)
            )
            sure = self._sure(site, mine, theirs) if known and not is_far(mine, theirs) else Confidence.LOW
            return Overlap(access, other, says, sure, mine.start, theirs.start)
        runner, beside = (left, right) if mine.start is not None else (right, left)
        says, sure = self._beside(site, runner, beside)
        start = runner[1].start
        # Which object it is does not matter where each of them begins the goroutine.
        is_any = is_made_with(runner[1], beside[1])
        if (is_far(mine, theirs) and not is_any) or (start is not None and not is_known(start)):
            sure = Confidence.LOW
        return Overlap(access, other, says, sure, mine.start, theirs.start) if says else None

    def _again(self, site: Site, run: tuple[Access, Origin], other: Access) -> Overlap | None:
        """Several runs of one goroutine or handler at once."""
        access, origin = run
        if not origin.many or origin.apart or _is_given_to_handler(origin) or site.symbol.endswith("[]"):
            return None
        if (
            origin.root == "handler"
            and site.kind == "field"
            and self._lifetimes.of(site.owner).life < Life.LIKELY
        ):
            return None
        direct = origin.start is None or origin.start.callee is access.function or site.kind != "field"
        if origin.start is not None and not is_known(origin.start):
            return None
        direct = direct and not origin.hops and origin.var.kind != "package-var"
        sure = Confidence.HIGH if direct else Confidence.MEDIUM
        if is_far(origin) or (site.kind == "package-var" and not self._are_at_work(access)):
            sure = Confidence.LOW
        return Overlap(
            access,
            other,
            f"{short(access.use.function.symbol)} runs in several goroutines at once",
            sure,
            origin.start,
            origin.start,
        )

    def _is_same_object(self, site: Site, mine: Origin, theirs: Origin) -> bool:
        """Whether two goroutines reach one map: the same variable, or fields of objects that both were given."""
        if is_same_variable(mine, theirs) and not (mine.apart and theirs.apart):
            return True
        return (
            not (mine.apart or theirs.apart)
            and site.kind == "field"
            and "frame" not in (mine.root, theirs.root)
        )

    def _are_apart(self, one: Edge, other: Edge) -> bool:
        """Whether one goroutine is waited for before the other starts, or both before their functions return."""
        if one.caller is not other.caller:
            return self._joins(one) and self._joins(other)
        first, second = (one, other) if one.call.pos < other.call.pos else (other, one)
        return self._joins(first, second.call.pos)

    def _is_done_in(self, part: Edge, whole: Origin) -> bool:
        """Whether a goroutine is a part of what another one does on its way, which waits for it there."""
        return (
            whole.start is not None
            and part.caller is not whole.start.caller
            and self._joins(part)
            and any(self._comes_by(function, part.caller) for function, _ in whole.via)
        )

    def _comes_by(self, function: ir.Function, callee: ir.Function) -> bool:
        """Whether a function calls another one, itself or in what it calls."""
        called = called_by(function)
        return callee.symbol in called or any(
            callee.symbol in called_by(one) for symbol in called for one in self._flows.functions(symbol)
        )

    def _joins(self, start: Edge, before: int | None = None) -> bool:
        """Whether a goroutine is waited for; thousands of pairs of accesses ask that of few goroutines."""
        if (start, before) not in self._joined:
            self._joined[start, before] = joins(self._definitions, start, before)
        return self._joined[start, before]

    def _sure(self, site: Site, mine: Origin, theirs: Origin) -> Confidence:
        """How sure it is that both reach the same object."""
        known = is_same_variable(mine, theirs) or (
            self._is_shared(site) and _starts_its_own(site, mine) and _starts_its_own(site, theirs)
        )
        return Confidence.MEDIUM if known else Confidence.LOW

    def _is_shared(self, site: Site) -> bool:
        """Whether the objects with the map live long, so that many meet at one."""
        name = site.owner.rpartition(".")[2]
        return self._lifetimes.of(site.owner).life >= Life.LIKELY and not SHORT_LIVED_NAMES.search(name)

    def _beside(
        self, site: Site, running: tuple[Access, Origin], beside: tuple[Access, Origin]
    ) -> tuple[str, Confidence]:
        """Why code that starts no goroutine itself runs beside the goroutine; empty where it may not."""
        (access, origin), (run, runner) = beside, running
        start = runner.start
        assert start is not None
        goroutine = short(start.callee.symbol)
        place = next((pos for function, pos in origin.via if function is start.caller), None)
        if place is not None and is_same_variable(origin, runner):
            return self._in_starter(runner, origin, place, goroutine)
        if goes_on(runner, origin) and not self._joins(start):
            waiter = short(start.caller.symbol)
            says = f"it goes on when {waiter} has returned, which does not wait for all of {goroutine}"
            return says, Confidence.MEDIUM if start.mode in ("go", "goroutine") else Confidence.LOW
        made_with = is_made_with(runner, origin)
        if site.kind == "local" or not (made_with or self._is_same_object(site, runner, origin)):
            return "", Confidence.LOW
        is_at_run_time = origin.root in ("api", "handler", "goroutine") or holds_what(runner, origin)
        if not (made_with or is_at_run_time) or self._joins(start):
            return "", Confidence.LOW
        says = (
            f"{short(access.function.symbol)} can be called while {goroutine} runs in a goroutine of its own"
        )
        if not self._are_at_work(access, run):
            return says, Confidence.LOW
        if origin.var.kind == "package-var" and origin.root == "api" and _fills(site, access):
            return says, Confidence.LOW
        own = site.kind != "field" or (
            _is_of(site, runner)
            and ((self._is_shared(site) and _is_of(site, origin)) or self._is_made_with(site, runner, origin))
        )
        return says, Confidence.MEDIUM if own else Confidence.LOW

    def _is_made_with(self, site: Site, runner: Origin, origin: Origin) -> bool:
        """Whether each object begins a goroutine when it is made, whoever keeps it then, and for how long."""
        is_short = self._lifetimes.of(site.owner).life is Life.SHORT
        name = site.owner.rpartition(".")[2]
        return is_made_with(runner, origin) and not (is_short or SHORT_LIVED_NAMES.search(name))

    def _are_at_work(self, *accesses: Access) -> bool:
        """Whether no access is part of setting something up: by its function's name, or as registries insert."""
        return not any(
            speaks_of_set_up(access.function) or (access.is_write and self._registers(access.use))
            for access in accesses
        )

    def _registers(self, use: Use) -> bool:
        return panics_on_duplicate(self._definitions, use.function, use.instruction.pos, use.variable)

    def _in_starter(
        self, runner: Origin, origin: Origin, place: int, goroutine: str
    ) -> tuple[str, Confidence]:
        """Why the function that starts a goroutine runs beside it at a place."""
        start = runner.start
        assert start is not None
        says = f"it goes on beside {goroutine}, which runs in a goroutine of its own"
        if place > start.call.pos:
            joined = self._joins(start, place) or is_awaited(origin, start)
            sure = Confidence.LOW if start.mode == "concurrent" else Confidence.MEDIUM
            return ("", Confidence.LOW) if joined else (says, sure)
        outlives = runner.given is not None and (
            runner.given.kind in ("receiver", "parameter", "package-var")
            or runner.given.function != start.caller.symbol
        )
        if not outlives or speaks_of_set_up(start.caller) or self._joins(start):
            return "", Confidence.LOW
        says = f"its next run may meet {goroutine}, which runs in a goroutine of its own"
        return says, Confidence.MEDIUM if start.mode == "timer" else Confidence.LOW


def _is_of_another_map(access: Access, other: Access) -> bool:
    """Whether one goroutine was given the map when it began, and the other access only puts another in its place."""
    return (access.start is not None and other.op == "reset") or (
        other.start is not None and access.op == "reset"
    )


def _is_given_to_handler(origin: Origin) -> bool:
    """Whether a handler was given the object with its request: the next request comes with another one."""
    return origin.root == "handler" and origin.var.kind == "parameter"


def _is_of(site: Site, origin: Origin) -> bool:
    """Whether the goroutine's object is of the very type that has the map."""
    if site.kind != "field":
        return True
    kind = origin.given if origin.given is not None else origin.var
    return struct_symbol(kind.type) == site.owner


def _starts_its_own(site: Site, origin: Origin) -> bool:
    """Whether the goroutine is started by a method of the type that has the map, for its own object."""
    receiver = origin.start.caller.receiver if origin.start is not None else None
    return _is_of(site, origin) and receiver is not None and struct_symbol(receiver.type) == site.owner


def _fills(site: Site, access: Access) -> bool:
    """Whether an access gives a map more entries, or another map: what a registration does before all else.

    What asks first which entry is there changes it as things happen, unless its name speaks of setting something up.
    """
    if not access.is_write or access.op in REMOVES:
        return False
    asks = any(read.function is access.use.function and read.op == "index" for read in site.reads)
    return not asks or bool(REGISTRATION.match(declared_name(access.function)))
