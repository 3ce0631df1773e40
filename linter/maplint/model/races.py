"""Which accesses of a map lack the lock that guards it.

The trigger is one write of the map under a lock and another access without it outside initialisation; which lock that
is, is told by its symbol and owner. Where no lock is held anywhere, code that runs in several goroutines at once is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.accesses import Access, Accesses
from maplint.model.callgraph import Edge
from maplint.model.contexts import RUN_TIME, Contexts, When
from maplint.model.escapes import Escapes
from maplint.model.locks import READ, Held, Locks, LockSets
from maplint.model.overlap import Overlaps
from maplint.model.sites import Site

_SET_UP_NAMES = re.compile(
    r"^(?:[iI]nit|[sS]etup|[sS]tart|[oO]pen|[lL]oad|[cC]onfigure|[nN]ew|[mM]ake|[sS]tring$|[gG]o[sS]tring$|[mM]arshal)"
)
_HELD_BY_CALLER = re.compile(r"[lL]ocked|[uU]nsafe|NoLock|WithLock|Unlocked|nolock|lockHeld|LockHeld|_locked")
_SAYS_HELD = re.compile(
    r"(?:must|should|needs? to|has to|have to|expects?|assum\w+|requires?|caller|callers|with|while|under|already)\b"
    r"[^.\n]{0,60}?(?:\block|\bmutex|\bmu\b|\bheld|\bhold|concurren|goroutine)"
    r"|not (?:be )?(?:thread|goroutine|concurren)|lock(?:s)? (?:is|are|must be|should be) held",
    re.I,
)
_ORDER = ("copied-lock", "read-lock", "inconsistent", "unlocked-read", "escape", "unguarded")


class Guard(NamedTuple):
    """The lock that guards a map."""

    lock: str
    """Symbol."""
    under: int
    """How many accesses hold it."""
    of: int
    """How many accesses there are."""
    same_owner: bool
    """Whether it is a field of the struct that the map is a field of."""


class Violation(NamedTuple):
    """An access that lacks its lock."""

    kind: str
    """copied-lock, read-lock, inconsistent, unlocked-read, escape or unguarded."""
    access: Access
    other: Access | None
    """The access that it collides with."""
    guard: Guard | None
    held: Locks
    """What is held in place of the guard."""
    confidence: Confidence
    evidence: tuple[str, ...]
    start: Edge | None = None
    """The `go` statement or registration that lets the two overlap."""


class RaceJudge:
    """Finds the unguarded accesses of one site at a time."""

    def __init__(
        self,
        contexts: Contexts,
        locks: LockSets,
        accesses: Accesses,
        escapes: Escapes,
        overlaps: Overlaps,
        copied: dict[str, dict[str, str]],
    ) -> None:
        self._contexts = contexts
        self._locks = locks
        self._accesses = accesses
        self._escapes = escapes
        self._overlaps = overlaps
        self._copied = copied

    def guards(self, site: Site) -> list[tuple[str, int]]:
        """The locks held at accesses of a site and how often, most used first."""
        counts: Counter[str] = Counter()
        for access in self._accesses.of(site):
            counts.update({held.lock for held in self._held(access)})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def violations(self, site: Site) -> list[Violation]:
        """The unguarded accesses of a site, at most one for each function."""
        if site.is_sync_map:
            return []
        accesses = self._accesses.of(site)
        found = self._under_copies(accesses)
        guard = self._guard(site, accesses)
        if guard is not None:
            found += self._missing(accesses, guard)
            found += self._escaping(site, accesses, guard)
        elif not found:
            found = self._unguarded(site, accesses)
        return _one_by_function(found)

    def _held(self, access: Access) -> Locks:
        """The locks that exclude others at an access: no copies."""
        useless = self._copied.get(access.use.function.symbol, {})
        if not useless:
            return access.locks
        return frozenset(held for held in access.locks if held.path not in useless)

    def _guard(self, site: Site, accesses: list[Access]) -> Guard | None:
        """The lock under which the map is written, the one with the most accesses where there are several."""
        counts: Counter[str] = Counter()
        writes: Counter[str] = Counter()
        for access in accesses:
            locks = {held.lock for held in self._held(access)}
            counts.update(locks)
            if access.is_write:
                writes.update(locks)
        best: Guard | None = None
        for lock, count in sorted(counts.items()):
            if not writes[lock] or lock.startswith("?"):
                continue
            same = bool(site.owner) and lock.rpartition(".")[0] == site.owner
            guard = Guard(lock, count, len(accesses), same)
            if not same and not _is_believable(site, guard):
                continue
            if best is None or (guard.same_owner, guard.under) > (best.same_owner, best.under):
                best = guard
        return best

    def _guarding(self, access: Access, guard: Guard) -> list[Held]:
        """The guard as it is held at an access: none where it is another object's."""
        return [
            held for held in self._held(access) if held.lock == guard.lock and self._accesses.excludes(held, access)
        ]

    def _missing(self, accesses: list[Access], guard: Guard) -> list[Violation]:
        guarded = [access for access in accesses if self._guarding(access, guard)]
        writes = [access for access in guarded if access.is_write]
        out = []
        for access in accesses:
            mine = self._guarding(access, guard)
            read_only = bool(mine) and all(held.mode == READ for held in mine)
            if mine and not (access.is_write and read_only):
                continue
            lacking = [access] if mine else self._accesses.at_callers(access, guard.lock) or [access]
            for place in lacking:
                kind = "read-lock" if mine else "inconsistent" if access.is_write else "unlocked-read"
                violation = self._violation(kind, place, guard, writes, guarded)
                if violation is not None:
                    out.append(violation)
        return out

    def _violation(
        self, kind: str, access: Access, guard: Guard, writes: list[Access], guarded: list[Access]
    ) -> Violation | None:
        if _says_held(access.function):
            return None
        other = _opposite(access, writes, guarded)
        if kind == "unlocked-read" and other is None:
            return None
        confidence, evidence = self._belief(access, guard, kind)
        return Violation(kind, access, other, guard, self._held(access), confidence, tuple(evidence))

    def _belief(self, access: Access, guard: Guard, kind: str) -> tuple[Confidence, list[str]]:
        evidence = [f"{guard.under} of {guard.of} accesses hold {short(guard.lock)}"]
        function = access.function
        when = self._contexts.when(function)
        points = (2 if guard.same_owner else 1) + (2 if kind == "read-lock" else 0)
        if guard.under * 2 >= guard.of:
            points += 1
        if when & (When.CONCURRENT | When.GOROUTINE):
            points += 1
            evidence.append(f"{short(function.symbol)} runs in a goroutine beside others")
        elif when & When.API:
            points += 1
            evidence.append(f"{short(function.symbol)} can be called from anywhere")
        elif not when & RUN_TIME:
            points -= 3
            evidence.append(f"only main reaches {short(function.symbol)}")
        if any(held.lock == guard.lock for held in self._locks.taken_at_any(function)):
            points += 1
            evidence.append(f"{short(function.symbol)} takes the lock elsewhere in its body")
        elif _SET_UP_NAMES.match(_function_name(function)):
            points -= 2
            evidence.append("its name speaks of setting up, when nothing else runs yet")
        if any(held.path == "?" for held in access.locks):
            points -= 2
        confidence = Confidence.HIGH if points >= 4 else Confidence.MEDIUM if points >= 3 else Confidence.LOW
        return confidence, evidence

    def _escaping(self, site: Site, accesses: list[Access], guard: Guard) -> list[Violation]:
        """The guarded map itself is returned or kept, so that its users cannot hold the lock."""
        under = [access for access in accesses if access.is_write and self._guarding(access, guard)]
        out = []
        for use in self._escapes.of(site):
            if not under or _says_held(use.function) or self._is_handed_over(site, use.function):
                continue
            locks = self._locks.at(use.function, use.instruction)
            access = Access(use.op, use.function, use.instruction.pos, use.instruction.end, locks, use.target, use)
            if self._accesses.is_owned(access) or not self._contexts.when(use.function) & ~_START_UP:
                continue
            points = int(guard.same_owner) + int(guard.under >= 2) + int(_is_exported(use.function))
            confidence = Confidence.HIGH if points >= 3 else Confidence.MEDIUM if points == 2 else Confidence.LOW
            evidence = (f"{guard.under} of {guard.of} accesses hold {short(guard.lock)}",)
            out.append(Violation("escape", access, under[0], guard, locks, confidence, evidence))
        return out

    def _is_handed_over(self, site: Site, function: ir.Function) -> bool:
        """Whether the function puts another map in its place: the old one has a single owner again."""
        return any(reset.function is function for reset in site.resets)

    def _under_copies(self, accesses: list[Access]) -> list[Violation]:
        """Accesses under a lock that is a copy or a local of each call."""
        writes = [access for access in accesses if access.is_write]
        out: list[Violation] = []
        for access in accesses if writes else []:
            useless = self._copied.get(access.use.function.symbol, {})
            bad = [held for held in access.locks if held.path in useless]
            if bad and len(bad) == len(access.locks):
                other = next((write for write in writes if write is not access), access)
                why = (useless[bad[0].path],)
                out.append(Violation("copied-lock", access, other, None, frozenset(bad), Confidence.HIGH, why))
        return out

    def _unguarded(self, site: Site, accesses: list[Access]) -> list[Violation]:
        """No lock guards the map at all, and accesses overlap."""
        if any(self._held(access) for access in accesses):
            return []
        out = []
        for overlap in self._overlaps.of(site, accesses):
            out.append(
                Violation(
                    "unguarded",
                    overlap.access,
                    overlap.other,
                    None,
                    frozenset(),
                    overlap.confidence,
                    (overlap.says,),
                    overlap.start,
                )
            )
        return out


_START_UP = When.INIT | When.ONCE | When.TEST


def _is_believable(site: Site, guard: Guard) -> bool:
    """Whether a lock from elsewhere guards the map rather than being held by chance."""
    if site.kind == "package-var" and guard.lock.rpartition(".")[0] == site.package:
        return True
    return guard.under >= 2 and guard.under * 3 >= guard.of * 2


def _opposite(access: Access, writes: list[Access], guarded: list[Access]) -> Access | None:
    """The guarded access that an unguarded one collides with: a write, or for a write any access."""
    candidates = [other for other in writes if other is not access]
    if access.is_write:
        candidates += [other for other in guarded if other is not access]
    elsewhere = [other for other in candidates if other.function is not access.function]
    return next(iter(elsewhere or candidates), None)


def _one_by_function(found: Iterable[Violation]) -> list[Violation]:
    """One violation for each function: the gravest kind, the first of its places."""
    best: dict[str, Violation] = {}
    for violation in found:
        symbol = violation.access.function.symbol
        known = best.get(symbol)
        if known is None or _rank(violation) < _rank(known):
            best[symbol] = violation
    return list(best.values())


def _rank(violation: Violation) -> tuple[int, int]:
    return _ORDER.index(violation.kind), violation.access.pos


def _says_held(function: ir.Function) -> bool:
    """Whether the function's name or comment says that its callers hold the lock."""
    name = function.symbol.rpartition(".")[2] if function.name else function.symbol
    return bool(_HELD_BY_CALLER.search(name) or (function.doc and _SAYS_HELD.search(function.doc)))


def _is_exported(function: ir.Function) -> bool:
    return function.name[:1].isupper()


def _function_name(function: ir.Function) -> str:
    symbol = function.symbol
    while re.search(r"\.func\d+$", symbol):
        symbol = symbol.rpartition(".")[0]
    return symbol.rpartition(".")[2]


def short(symbol: str) -> str:
    """A symbol as a reader of the package knows it: `Cache.Put`."""
    return symbol.rpartition("/")[2].partition(".")[2]
