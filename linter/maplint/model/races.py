"""Which accesses of a map lack the lock that guards it.

The trigger is one write of the map under a lock and another access without it outside initialisation; which
lock that is, is told by its symbol and owner. Where no lock is held anywhere, code that runs in several
goroutines at once is.
"""

from __future__ import annotations

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.accesses import Access, Accesses, is_copy
from maplint.model.belief import Case, Guard, belief, is_product, says_held
from maplint.model.contexts import Contexts, When
from maplint.model.escapes import Escapes
from maplint.model.expected_locks import ExpectedLocks
from maplint.model.life import Lifetimes
from maplint.model.locks import READ, WRITE, LockSets
from maplint.model.naming import short
from maplint.model.on_demand import OnDemand
from maplint.model.order import Order
from maplint.model.overlap import Overlaps
from maplint.model.sites import Site, is_always_empty, is_for_start_up
from maplint.model.stored import Stored
from maplint.model.violations import Violation, as_written, one_by_function, opposite
from maplint.workspace.constraints import Constraint, excludes

_START_UP = When.INIT | When.ONCE | When.TEST


class RaceJudge:
    """Finds the unguarded accesses of one site at a time."""

    def __init__(
        self,
        contexts: Contexts,
        locks: LockSets,
        accesses: Accesses,
        escapes: Escapes,
        overlaps: Overlaps,
        on_demand: OnDemand,
        expected: ExpectedLocks,
        lifetimes: Lifetimes,
        order: Order,
        stored: Stored,
    ) -> None:
        self._contexts = contexts
        self._lifetimes = lifetimes
        self._order = order
        self._locks = locks
        self._known: dict[str, list[Violation]] = {}
        self._accesses = accesses
        self._escapes = escapes
        self._overlaps = overlaps
        self._on_demand = on_demand
        self._expected = expected
        self._stored = stored

    def guards(self, site: Site) -> list[tuple[str, int]]:
        """The locks held at accesses of a site and how often, as `ExpectedLocks.counted` tells."""
        return self._expected.counted(site)

    def violations(self, site: Site) -> list[Violation]:
        """The unguarded accesses of a site, at most one for each function."""
        known = self._known.get(site.symbol)
        if known is None:
            known = self._known[site.symbol] = self._judge(site)
        return known

    def _judge(self, site: Site) -> list[Violation]:
        if site.is_sync_map or is_for_start_up(site) or is_always_empty(site) or self._is_of_one_call(site):
            return []
        if self._stored.is_handed_nil(site.symbol):
            return []
        accesses = self._accesses.of(site)
        found = self._under_copies(site, accesses)
        guard = self._expected.guard(site, accesses)
        if guard is not None:
            found += self._missing(site, accesses, guard)
            found += self._escaping(site, accesses, guard)
            if guard.under * 4 < guard.of and not guard.stated:
                found += self._filled(site, accesses)
        elif not found:
            found = self._unguarded(site, accesses)
        return one_by_function(found)

    def _is_of_one_call(self, site: Site) -> bool:
        """Whether the map is in objects of a type that a function has to itself, and that nothing is seen to keep."""
        is_local = "." in short(site.owner)
        return is_local and self._lifetimes.of(site.owner).passing

    def _missing(self, site: Site, accesses: list[Access], guard: Guard) -> list[Violation]:
        guarded = [access for access in accesses if self._expected.guarding(site, access, guard)]
        out = []
        for access in accesses:
            mine = self._expected.guarding(site, access, guard)
            if mine and not (access.is_write and all(held.mode == READ for held in mine)):
                continue
            if _is_of_a_copy(access, guard) or self._locks.holds_each(
                access.function, guard.lock, access.pos
            ):
                continue
            meeting = self._meeting(site, accesses, access)
            for place in self._accesses.at_callers(access, guard.lock):
                others = [
                    other
                    for other in guarded
                    if self._collide(site, place, other) and not self._are_apart(access, other)
                ]
                if meeting is not None:
                    others = [other for other in others if (access.pos, other.pos) in meeting]
                    if not others and (access.pos, access.pos) not in meeting:
                        continue
                is_seen = not access.is_write or self._overlaps.is_seen(site, accesses, access)
                violation = self._violation(site, place, guard, others, meeting is not None, is_seen)
                if violation is not None:
                    out.append(violation)
        return out

    def _are_apart(self, access: Access, other: Access) -> bool:
        return self._order.apart(access, other) or self._overlaps.is_waited_for(access, other)

    def _meeting(self, site: Site, accesses: list[Access], access: Access) -> set[tuple[int, int]] | None:
        """The places of accesses that may meet, where all who share the map are in sight; None where they are not.

        So they are for a local, and for a part of an object that the accessing function has made.
        """
        is_in_sight = site.kind == "local" or self._accesses.is_made_here(access)
        return self._overlaps.pairs(site, accesses) if is_in_sight else None

    def _collide(self, site: Site, access: Access, other: Access) -> bool:
        """Whether two accesses conflict, can be in one build, and have no lock in common."""
        if other is access or not (access.is_write or other.is_write):
            return False
        if not access.is_direct and not access.is_write and (other.op == "reset" or other.fills_new):
            return False
        one, two = access.function.constraint, other.function.constraint
        if isinstance(one, Constraint) and isinstance(two, Constraint) and one != two and excludes(one, two):
            return False
        modes = {held.lock: held.mode for held in self._expected.effective(site, access)}
        return not any(
            held.lock in modes and WRITE in (held.mode, modes[held.lock])
            for held in self._expected.effective(site, other)
        )

    def _violation(
        self,
        site: Site,
        access: Access,
        guard: Guard,
        others: list[Access],
        overlaps: bool,
        is_seen: bool,
    ) -> Violation | None:
        held = self._expected.held(site, access)
        reads = any(one.lock == guard.lock for one in self._expected.guarding(site, access, guard))
        alone = reads and not any(one.mode == WRITE for one in self._expected.effective(site, access))
        alone = alone and not self._order.apart(access, access)
        kind = "read-lock" if reads else "inconsistent" if access.is_write else "unlocked-read"
        if says_held(self._locks.declared(access.function)) or not (others or alone or guard.stated):
            return None
        in_making = self._accesses.is_being_made(access)
        is_given, is_emptied = self._accesses.is_given(access), bool(site.removes)
        case = Case(access, guard, kind, others, overlaps, in_making, is_given, is_emptied, is_seen)
        confidence, evidence = belief(self._contexts, self._locks, case)
        other = opposite(access, others) or (access if alone else None)
        return Violation(kind, access, other, guard, held, confidence, evidence)

    def _escaping(self, site: Site, accesses: list[Access], guard: Guard) -> list[Violation]:
        """The guarded map itself is returned or kept, so that its users cannot hold the lock."""
        under = [
            access
            for access in accesses
            if access.is_write and not (access.op == "reset" or access.fills_new)
            if self._expected.guarding(site, access, guard)
        ]
        out = []
        for use in self._escapes.of(site):
            if (
                not under
                or says_held(self._locks.declared(use.function))
                or any(reset.function is use.function for reset in site.resets)
            ):
                continue
            locks = self._locks.at(use.function, use.instruction)
            access = Access(
                use.op, use.function, use.instruction.pos, use.instruction.end, locks, use.target, use
            )
            if self._accesses.is_owned(access) or not self._contexts.when(use.function) & ~_START_UP:
                continue
            writes = [one for one in under if use.op != "return" or not self._are_apart(access, one)]
            if not writes:
                continue
            confidence = self._belief_of_escape(access, guard)
            evidence = (guard.expected,)
            out.append(Violation("escape", access, writes[0], guard, locks, confidence, evidence))
        return out

    def _belief_of_escape(self, access: Access, guard: Guard) -> Confidence:
        function = access.function
        inside = any(held.lock == guard.lock for held in self._locks.entry(function))
        holder = access.target.field.owner if isinstance(access.target, ir.FieldOf) else ""
        beside = guard.beside or holder == guard.lock.rpartition(".")[0]
        if inside or not beside or guard.under * 4 < guard.of or not is_product(function):
            return Confidence.LOW
        if access.op == "return" and self._is_used_under(function, guard.lock):
            return Confidence.LOW
        takes = any(held.lock == guard.lock for held in self._locks.taken_at_any(function))
        points = int(guard.beside) + int(guard.under >= 2) + int(function.name[:1].isupper() or takes)
        return Confidence.HIGH if points >= 3 else Confidence.MEDIUM if points == 2 else Confidence.LOW

    def _is_used_under(self, function: ir.Function, lock: str) -> bool:
        """Whether all who call a function that hands a map out take its lock themselves, behind the call."""
        callers = self._locks.calls(function)
        return bool(callers) and all(
            self._locks.takes_behind(edge.caller, lock, edge.call.pos) for edge, _ in callers
        )

    def _under_copies(self, site: Site, accesses: list[Access]) -> list[Violation]:
        """Accesses under a lock that is a copy or a local of each call."""
        writes = [access for access in accesses if access.is_write]
        out: list[Violation] = []
        for access in accesses if writes else []:
            useless = self._expected.useless(site, access)
            bad = [held for held in access.locks if held.path in useless]
            if bad and len(bad) == len(access.locks):
                other = next((write for write in writes if write is not access), access)
                why = (useless[bad[0].path],)
                confidence = Confidence.HIGH if is_product(access.use.function) else Confidence.LOW
                at = as_written(access)
                out.append(Violation("copied-lock", at, other, None, frozenset(bad), confidence, why))
        return out

    def _unguarded(self, site: Site, accesses: list[Access]) -> list[Violation]:
        """No lock guards the map at all, and accesses overlap.

        What readers hold, and writers with them, keeps no writer out; though it may tell of a lock that is not seen.
        """
        held = {access: self._expected.held(site, access) for access in accesses}
        if any(one.mode == WRITE for access in accesses if access.is_write for one in held[access]):
            return []
        most = Confidence.MEDIUM if any(held.values()) else Confidence.HIGH
        out = []
        for one in self._overlaps.of(site, accesses):
            if held[one.access]:
                continue
            is_message = site.path.endswith(".pb.go")
            is_doubtful = is_message or not is_product(one.access.function)
            sure = Confidence.LOW if is_doubtful else min(one.confidence, most)
            at = as_written(one.access)
            starts = one.start, one.other_start
            other = as_written(one.other)
            out.append(Violation("unguarded", at, other, None, frozenset(), sure, (one.says,), *starts))
        if all(one.confidence == Confidence.LOW for one in out):
            out += self._filled(site, accesses)
        return out

    def _filled(self, site: Site, accesses: list[Access]) -> list[Violation]:
        """Look-ups that insert what is missing, and that several goroutines may make at once.

        Of an object it is one goroutine more often than not that does so, though nothing in the code says it.
        """
        found = self._on_demand.of(site, accesses)
        return [self._filling(site, *one) for one in found if not self._order.apart(*one)]

    def _filling(self, site: Site, access: Access, insert: Access) -> Violation:
        name = short(access.function.symbol)
        says = f"{name} can be called by several goroutines at once and inserts what is missing"
        is_one = site.kind == "package-var" and is_product(access.function)
        confidence = Confidence.MEDIUM if is_one else Confidence.LOW
        return Violation("unguarded", access, insert, None, frozenset(), confidence, (says,))


def _is_of_a_copy(access: Access, guard: Guard) -> bool:
    """Whether the map is reached through a copy of its struct, while the lock is in another one: it was
    handed out.
    """
    base = access.target
    while isinstance(base, (ir.FieldOf, ir.ElemOf)):
        base = base.base
    return not guard.beside and isinstance(base, ir.Ref) and is_copy(base)
