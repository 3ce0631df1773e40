"""Which accesses of a map lack the lock that guards it.

The trigger is one write of the map under a lock and another access without it outside initialisation; which lock that
is, is told by its symbol and owner. Where no lock is held anywhere, code that runs in several goroutines at once is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.life import Life, Lifetimes
from maplint.model.locks import READ, Locks, LockSets
from maplint.model.sites import WRITES, Site, Use
from maplint.model.universe import Universe
from maplint.model.walk import occurrences

_START_UP = When.INIT | When.ONCE | When.TEST
_RUNNING = When.LOOP | When.GOROUTINE | When.CONCURRENT | When.API
_SET_UP_NAMES = re.compile(r"^(?:[iI]nit|[sS]etup|[sS]tart|[oO]pen|[lL]oad|[cC]onfigure|[nN]ew|[mM]ake|[sS]tring$|[gG]o[sS]tring$|[mM]arshal)")
_HELD_BY_CALLER = re.compile(r"[lL]ocked|[uU]nsafe|NoLock|WithLock|Unlocked|nolock|lockHeld|LockHeld|_locked")
_SAYS_HELD = re.compile(
    r"(?:must|should|needs? to|has to|have to|expects?|assum\w+|requires?|caller|callers|with|while|under|already)\b[^.\n]{0,60}?"
    r"(?:\block|\bmutex|\bmu\b|\bheld|\bhold|concurren|goroutine)|not (?:be )?(?:thread|goroutine|concurren)|lock(?:s)? (?:is|are|must be|should be) held",
    re.I,
)


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
    """unguarded, inconsistent, read-lock, unlocked-read, escape or copied-lock."""
    use: Use
    other: Use | None
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
        universe: Universe,
        contexts: Contexts,
        definitions: Definitions,
        locks: LockSets,
        lifetimes: Lifetimes,
        graph: CallGraph,
        functions: list[ir.Function],
        is_building: Callable[[Use], bool],
    ) -> None:
        self._universe = universe
        self._contexts = contexts
        self._definitions = definitions
        self._locks = locks
        self._lifetimes = lifetimes
        self._graph = graph
        self._is_building = is_building
        self._useless = _useless_locks(universe, definitions, functions)
        self._owned: dict[ir.Var, bool] = {}

    def held(self, use: Use) -> Locks:
        """The locks that really exclude others at an access."""
        found = self._locks.at(use.function, use.instruction)
        useless = self._useless.get(use.function.symbol)
        return frozenset(held for held in found if not useless or held.path not in useless)

    def guards(self, site: Site) -> list[tuple[str, int]]:
        """The locks held at accesses of a site and how often, most used first."""
        counts: Counter[str] = Counter()
        for use in site.uses():
            if not use.function.is_test:
                counts.update({held.lock for held in self.held(use)})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def violations(self, site: Site) -> list[Violation]:
        """The unguarded accesses of a site, at most one of each kind for each function."""
        if site.is_sync_map:
            return []
        accesses = [use for use in site.uses() if _touches(use) and self._is_shared(use)]
        copied = self._copied(site, accesses)
        if copied:
            return copied
        guard = self._guard(site, accesses)
        if guard is None:
            return self._unguarded(site, accesses)
        return [*self._missing(site, accesses, guard), *self._escapes(site, guard)]

    def _is_shared(self, use: Use) -> bool:
        """Whether other goroutines may see the map by then."""
        function = use.function
        if function.is_test or not self._contexts.when(function) & ~_START_UP:
            return False
        if self._is_building(use):
            return False
        root = self._definitions.root(use.target)
        return not (isinstance(root, ir.Ref) and self._is_owned(root.var, function))

    def _is_owned(self, var: ir.Var, function: ir.Function) -> bool:
        """Whether every caller hands over an object that it has just made."""
        if var.kind not in ("parameter", "receiver") or var.function != function.symbol:
            return False
        known = self._owned.get(var)
        if known is not None:
            return known
        self._owned[var] = False
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        found = bool(edges) and all(self._hands_over_fresh(edge, var) for edge in edges)
        self._owned[var] = found
        return found

    def _hands_over_fresh(self, edge: Edge, var: ir.Var) -> bool:
        if not edge.direct or edge.mode != "call":
            return False
        if var is edge.callee.receiver:
            arg = edge.call.receiver
        else:
            index = edge.callee.params.index(var) if var in edge.callee.params else -1
            arg = edge.call.args[index] if 0 <= index < len(edge.call.args) else None
        if arg is None:
            return False
        root = self._definitions.root(arg)
        if isinstance(root, (ir.Composed, ir.Made)):
            return not isinstance(root, ir.Made) or root.how != "make"
        return isinstance(root, ir.Ref) and self._is_owned(root.var, edge.caller)

    def _guard(self, site: Site, accesses: list[Use]) -> Guard | None:
        """The lock under which the map is written, the one with the most accesses where there are several."""
        counts: Counter[str] = Counter()
        writes: Counter[str] = Counter()
        for use in accesses:
            locks = {held.lock for held in self.held(use)}
            counts.update(locks)
            if use.op in WRITES:
                writes.update(locks)
        best: Guard | None = None
        for lock, count in sorted(counts.items()):
            if not writes[lock] or lock.startswith("?"):
                continue
            same = bool(site.owner) and lock.rpartition(".")[0] == site.owner
            guard = Guard(lock, count, len(accesses), same)
            if not same and not self._is_believable(site, guard):
                continue
            if best is None or (guard.same_owner, guard.under) > (best.same_owner, best.under):
                best = guard
        return best

    def _is_believable(self, site: Site, guard: Guard) -> bool:
        """Whether a lock from elsewhere guards the map rather than being held by chance."""
        if site.kind == "package-var" and guard.lock.rpartition(".")[0] == site.package:
            return True
        return guard.under >= 2 and guard.under * 3 >= guard.of * 2

    def _missing(self, site: Site, accesses: list[Use], guard: Guard) -> list[Violation]:
        guarded = [use for use in accesses if any(held.lock == guard.lock for held in self.held(use))]
        writes = [use for use in guarded if use.op in WRITES]
        out: dict[tuple[str, str], Violation] = {}
        for use in sorted(accesses, key=_position):
            held = self.held(use)
            mine = [one for one in held if one.lock == guard.lock]
            if mine and not (use.op in WRITES and all(one.mode == READ for one in mine)):
                continue
            kind = "read-lock" if mine else "inconsistent" if use.op in WRITES else "unlocked-read"
            if self._says_held(use.function):
                continue
            confidence, evidence = self._belief(site, use, guard, kind)
            other = _opposite(use, writes, guarded)
            if kind == "unlocked-read" and other is None:
                continue
            violation = Violation(kind, use, other, guard, held, confidence, tuple(evidence))
            out.setdefault((use.function.symbol, kind), violation)
        return _strongest_by_function(out.values())

    def _says_held(self, function: ir.Function) -> bool:
        """Whether the name or comment of the function, or of one around it, says that its callers hold the lock."""
        name = function.symbol.rpartition(".")[2] if function.name else function.symbol
        return bool(_HELD_BY_CALLER.search(name) or (function.doc and _SAYS_HELD.search(function.doc)))

    def _belief(self, site: Site, use: Use, guard: Guard, kind: str) -> tuple[Confidence, list[str]]:
        evidence = [f"{guard.under} of {guard.of} accesses hold {_short(guard.lock)}"]
        when = self._contexts.when(use.function)
        points = 2 if guard.same_owner else 1
        if kind == "read-lock":
            points += 2
        if guard.under * 2 >= guard.of:
            points += 1
        if when & (When.CONCURRENT | When.GOROUTINE):
            points += 1
            evidence.append(f"{_short(use.function.symbol)} runs in a goroutine beside others")
        elif when & When.API:
            points += 1
            evidence.append(f"{_short(use.function.symbol)} can be called from anywhere")
        elif not when & _RUNNING:
            points -= 3
            evidence.append(f"only main reaches {_short(use.function.symbol)}")
        if any(held.lock == guard.lock for held in self._locks.taken_at_any(use.function)):
            points += 1
            evidence.append(f"{_short(use.function.symbol)} takes the lock elsewhere in its body")
        if _SET_UP_NAMES.match(_function_name(use.function)):
            points -= 2
            evidence.append("its name speaks of setting up, when nothing else runs yet")
        root = self._definitions.root(use.target)
        if not isinstance(root, ir.Ref):
            points -= 1
        if any(held.path == "?" for held in self._locks.at(use.function, use.instruction)):
            points -= 2
        confidence = Confidence.HIGH if points >= 4 else Confidence.MEDIUM if points >= 3 else Confidence.LOW
        return confidence, evidence

    def _escapes(self, site: Site, guard: Guard) -> list[Violation]:
        """The guarded map itself is returned, so that its users cannot hold the lock."""
        out: dict[str, Violation] = {}
        for use in site.reads:
            if use.op != "return" or not self._is_shared(use) or use.variable != site.symbol:
                continue
            if self._says_held(use.function) or not _is_exported(use.function):
                continue
            writes = [other for other in (*site.inserts, *site.removes) if self._is_shared(other)]
            under = [other for other in writes if any(held.lock == guard.lock for held in self.held(other))]
            if not under:
                continue
            evidence = (f"{guard.under} of {guard.of} accesses hold {_short(guard.lock)}",)
            confidence = Confidence.HIGH if guard.same_owner and guard.under >= 2 else Confidence.MEDIUM
            violation = Violation("escape", use, under[0], guard, self.held(use), confidence, evidence)
            out.setdefault(use.function.symbol, violation)
        return list(out.values())

    def _copied(self, site: Site, accesses: list[Use]) -> list[Violation]:
        """Accesses under a lock that is a copy or a local of each call."""
        out: dict[str, Violation] = {}
        writes = [use for use in accesses if use.op in WRITES]
        if not writes:
            return []
        for use in sorted(accesses, key=_position):
            useless = self._useless.get(use.function.symbol, {})
            found = self._locks.at(use.function, use.instruction)
            bad = [held for held in found if held.path in useless]
            if bad and len(bad) == len(found):
                why = useless[bad[0].path]
                other = next((write for write in writes if write is not use), use)
                violation = Violation("copied-lock", use, other, None, frozenset(bad), Confidence.HIGH, (why,))
                out.setdefault(use.function.symbol, violation)
        return list(out.values())

    def _unguarded(self, site: Site, accesses: list[Use]) -> list[Violation]:
        """No lock guards the map at all, and code that runs at once with itself writes it."""
        if any(self.held(use) for use in accesses):
            return []
        writes = [use for use in accesses if use.op in WRITES]
        out: dict[str, Violation] = {}
        for use in sorted(writes, key=_position):
            start = self._overlap(site, use)
            if start is None:
                continue
            flag, edge, says = start
            other = next((one for one in accesses if one is not use), use)
            confidence = Confidence.HIGH if site.kind != "field" else Confidence.MEDIUM
            if flag is When.API:
                confidence = Confidence.LOW
            out.setdefault(use.function.symbol, Violation("unguarded", use, other, None, frozenset(), confidence, (says,), edge))
        return list(out.values())

    def _overlap(self, site: Site, use: Use) -> tuple[When, Edge | None, str] | None:
        """Why two runs of the write may overlap."""
        function = use.function
        when = self._contexts.when(function)
        if not when & When.CONCURRENT:
            return None
        root = self._definitions.root(use.target)
        if isinstance(root, ir.Ref) and root.var.kind in ("local", "parameter", "result"):
            if not self._is_captured_by_goroutine(function, root.var):
                return None
        elif site.kind == "field" and self._lifetimes.of(site.owner).life < Life.LIKELY:
            return None
        trail = self._contexts.trail(function, When.CONCURRENT)
        edge = trail[0] if trail else None
        says = f"{_short(function.symbol)} runs in several goroutines at once"
        return When.CONCURRENT, edge, says

    def _is_captured_by_goroutine(self, function: ir.Function, var: ir.Var) -> bool:
        """Whether the literal that writes a captured variable is started again and again inside its function."""
        if var.function == function.symbol:
            return False
        for edge in self._graph.callers.get(function, ()):
            if edge.mode in ("go", "goroutine", "concurrent"):
                if edge.mode == "concurrent":
                    return True
                return any(condition.kind in ("loop", "range") for condition in edge.conditions)
        return False


def _useless_locks(
    universe: Universe, definitions: Definitions, functions: list[ir.Function]
) -> dict[str, dict[str, str]]:
    """By function: access paths of locks that are a copy or a local of each call, and why."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for function in functions:
        for found in occurrences(function.body):
            if isinstance(found.instruction, ir.LockOp):
                why = _useless(universe, definitions, function, found.instruction.target)
                path = definitions.path(found.instruction.target)
                if why and path is not None:
                    out[function.symbol][path] = why
    return out


def _useless(universe: Universe, definitions: Definitions, function: ir.Function, lock: ir.Value) -> str:
    if isinstance(lock.type, t.Pointer) or lock.type is None:
        return ""
    base = lock
    while isinstance(base, ir.FieldOf):
        if isinstance(universe.underlying(base.base.type), t.Pointer):
            return ""
        base = base.base
    if not isinstance(base, ir.Ref) or base.var.function != function.symbol:
        return ""
    name = function.symbol.rpartition(".")[2]
    if base.var.kind == "receiver" and base is not lock:
        return f"{name} has a value receiver, so it locks a copy of the mutex"
    if base.var.kind == "parameter" and base is not lock:
        return f"{name} gets its argument by value, so it locks a copy of the mutex"
    if base.var.kind == "local":
        if base is lock:
            return f"the mutex is a local of {name}, so every call has its own"
        values = definitions.values(base.var)
        if len(values) == 1 and _copies(values[0]):
            return f"{name} copies the struct with its mutex, and locks the copy"
    return ""


def _copies(value: ir.Value) -> bool:
    """Whether a struct value is taken from somewhere else rather than made here."""
    if isinstance(value, ir.Converted):
        return value.how == "*"
    return isinstance(value, (ir.Ref, ir.FieldOf, ir.ElemOf))


def _touches(use: Use) -> bool:
    """Whether the map's content is read or written there, not only its reference handed on."""
    instruction = use.instruction
    return use.op not in ("pass", "return") or (isinstance(instruction, ir.MapOp) and instruction.outside)


def _opposite(use: Use, writes: list[Use], guarded: list[Use]) -> Use | None:
    """The guarded access that an unguarded one collides with: a write, or for a write any access."""
    candidates = [other for other in writes if other is not use]
    if use.op in WRITES:
        candidates += [other for other in guarded if other is not use]
    elsewhere = [other for other in candidates if other.function is not use.function]
    return (elsewhere or candidates or [None])[0]


def _strongest_by_function(found: Iterable[Violation]) -> list[Violation]:
    """One violation for each function: the gravest kind."""
    order = ("read-lock", "inconsistent", "unlocked-read")
    best: dict[str, Violation] = {}
    for violation in found:
        known = best.get(violation.use.function.symbol)
        if known is None or order.index(violation.kind) < order.index(known.kind):
            best[violation.use.function.symbol] = violation
    return list(best.values())


def _is_exported(function: ir.Function) -> bool:
    return function.name[:1].isupper()


def _position(use: Use) -> tuple[str, int]:
    return use.function.path, use.instruction.pos


def _function_name(function: ir.Function) -> str:
    symbol = function.symbol
    while re.search(r"\.func\d+$", symbol):
        symbol = symbol.rpartition(".")[0]
    return symbol.rpartition(".")[2]


def _short(symbol: str) -> str:
    return symbol.rpartition("/")[2].partition(".")[2]

