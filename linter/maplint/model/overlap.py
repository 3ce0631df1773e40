"""Accesses of a map without any lock that run at the same time.

Each access is followed back through its callers, and with it the variable through which it reaches the map, until a
`go` statement, a handler's registration or the start of the program: so the same object is meant at both ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.accesses import Access, argument
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.life import Life, Lifetimes
from maplint.model.ownership import Ownership
from maplint.model.sites import Site
from maplint.model.walk import Condition, occurrences

_ASYNCHRONOUS = frozenset(("go", "goroutine", "concurrent", "parallel", "later", "timer"))
_MAX_DEPTH = 7
_MAX_ORIGINS = 24


class Origin(NamedTuple):
    """How an access comes to run."""

    start: Edge | None
    """The `go` statement, timer or registration nearest to the access; None where it runs in its caller's goroutine."""
    var: ir.Var
    """What reaches the map at the start, in the starting function."""
    many: bool
    """Whether several such runs may share the map at once."""
    root: str
    """handler, api, main, goroutine or frame: what the search ended at."""


class Overlap(NamedTuple):
    """Two accesses that may run at once, one of them a write."""

    access: Access
    other: Access
    says: str
    """Why they may."""
    confidence: Confidence
    start: Edge | None


class Overlaps:
    """Finds overlapping accesses."""

    def __init__(self, contexts: Contexts, ownership: Ownership, lifetimes: Lifetimes, graph: CallGraph) -> None:
        self._contexts = contexts
        self._ownership = ownership
        self._lifetimes = lifetimes
        self._graph = graph

    def of(self, site: Site, accesses: list[Access]) -> list[Overlap]:
        """The overlaps of a site's accesses, at most one for each access."""
        if not any(access.is_write for access in accesses) or len(accesses) > 200:
            return []
        origins = [self._origins(access) for access in accesses]
        out = []
        for i, access in enumerate(accesses):
            found = self._with_itself(site, access, origins[i]) if access.is_write else None
            found = found or self._with_another(site, accesses, origins, i)
            if found is not None:
                out.append(found)
        return out

    def _origins(self, access: Access) -> list[Origin]:
        base = self._ownership.base(access.target)
        if base is None:
            return []
        found = self._search(access.function, base, None, False, _MAX_DEPTH, set())
        return [origin for origin, _ in zip(found, range(_MAX_ORIGINS), strict=False)]

    def _search(
        self,
        function: ir.Function,
        var: ir.Var,
        start: Edge | None,
        many: bool,
        depth: int,
        seen: set[tuple[ir.Function, ir.Var, Edge | None]],
    ) -> Iterator[Origin]:
        if (function, var, start) in seen or depth < 0 or function.is_test:
            return
        seen.add((function, var, start))
        if var.function == function.symbol and var.kind not in ("parameter", "receiver"):
            yield Origin(start, var, many, "frame")
            return
        root = self._root(function)
        if root and (var.function in ("", function.symbol)):
            yield Origin(start, var, many or root == "handler", root)
        for edge in self._graph.callers.get(function, ()):
            outer = self._in_caller(edge, var)
            if outer is None or edge.caller.is_test:
                continue
            begins = edge if start is None and edge.mode in _ASYNCHRONOUS else start
            again = many
            if begins is not None:
                again = many or edge.mode in ("concurrent", "parallel") or _repeats(edge, outer)
            yield from self._search(edge.caller, outer, begins, again, depth - 1, seen)

    def _in_caller(self, edge: Edge, var: ir.Var) -> ir.Var | None:
        """The variable of the caller that stands for the callee's; None where it is made for the call."""
        if var.function != edge.callee.symbol:
            return var
        arg = argument(edge, var)
        if arg is None and var is edge.callee.receiver:
            arg = _bound_receiver(edge)
        return self._ownership.base(arg) if arg is not None else None

    def _root(self, function: ir.Function) -> str:
        reasons = self._contexts.reasons
        for flag, name in (
            (When.CONCURRENT, "handler"),
            (When.GOROUTINE, "goroutine"),
            (When.API, "api"),
            (When.MAIN, "main"),
        ):
            if (function, flag) in reasons and reasons[function, flag] is None:
                return name
        return ""

    def _with_itself(self, site: Site, access: Access, origins: list[Origin]) -> Overlap | None:
        """Several runs of one write at once."""
        for origin in origins:
            if not origin.many:
                continue
            if origin.root == "handler" and site.kind == "field":
                if self._lifetimes.of(site.owner).life < Life.LIKELY:
                    continue
            name = _short(access.function.symbol)
            says = f"{name} runs in several goroutines at once"
            direct = origin.start is None or origin.start.callee is access.function or site.kind != "field"
            confidence = Confidence.HIGH if direct else Confidence.MEDIUM
            return Overlap(access, access, says, confidence, origin.start)
        return None

    def _with_another(
        self, site: Site, accesses: list[Access], origins: list[list[Origin]], index: int
    ) -> Overlap | None:
        """A run of this access beside one of another access in another goroutine."""
        access = accesses[index]
        for i, other in enumerate(accesses):
            if i == index or not (access.is_write or other.is_write):
                continue
            for mine in origins[index]:
                for theirs in origins[i]:
                    found = self._meet(site, (access, mine), (other, theirs))
                    if found is not None:
                        return found
        return None

    def _meet(self, site: Site, left: tuple[Access, Origin], right: tuple[Access, Origin]) -> Overlap | None:
        (access, mine), (other, theirs) = left, right
        start = mine.start or theirs.start
        if start is None or mine.start is theirs.start:
            return None
        if mine.start is not None and theirs.start is not None:
            if not _same_object(site, mine, theirs):
                return None
            says = f"{_short(mine.start.callee.symbol)} and {_short(theirs.start.callee.symbol)} run in goroutines of their own"
            return Overlap(access, other, says, Confidence.MEDIUM, start)
        runner, beside = (left, right) if mine.start is not None else (right, left)
        says = self._beside(site, runner[1], beside)
        return Overlap(access, other, says, Confidence.MEDIUM, start) if says else None

    def _beside(self, site: Site, runner: Origin, beside: tuple[Access, Origin]) -> str:
        """Why code that starts no goroutine itself runs beside the goroutine; empty where it may not."""
        access, origin = beside
        start = runner.start
        assert start is not None
        goroutine = _short(start.callee.symbol)
        if origin.root in ("api", "handler", "goroutine") and site.kind != "local":
            if runner.root == "frame" and runner.var.kind == "local" and origin.root != "api":
                return ""
            return f"{_short(access.function.symbol)} can be called while {goroutine} runs in a goroutine of its own"
        if access.function is start.caller and origin.var is runner.var:
            outlives = runner.var.kind in ("receiver", "parameter", "package-var")
            if (outlives and start.mode != "go") or access.pos > start.call.pos:
                if not _joins(access.function, start.call.pos, access.pos):
                    return f"it goes on beside {goroutine}, which runs in a goroutine of its own"
        return ""


def _same_object(site: Site, mine: Origin, theirs: Origin) -> bool:
    """Whether two goroutines reach one map: the same variable, or fields of objects that both were given."""
    if mine.var is theirs.var:
        return True
    return site.kind == "field" and "frame" not in (mine.root, theirs.root)


def _repeats(edge: Edge, var: ir.Var) -> bool:
    """Whether the edge is taken again and again for one and the same variable."""
    return any(
        condition.kind in ("loop", "range") and (var.function != edge.caller.symbol or var.pos < condition.pos)
        for condition in _loops(edge.conditions)
    )


def _loops(conditions: tuple[Condition, ...]) -> list[Condition]:
    return [condition for condition in conditions if condition.kind in ("loop", "range")]


def _bound_receiver(edge: Edge) -> ir.Value | None:
    """The receiver of a method value that was handed over as a callback."""
    values = [*edge.call.args, *([edge.call.callee.value] if isinstance(edge.call.callee, ir.Dynamic) else [])]
    for value in values:
        while isinstance(value, ir.Converted):
            value = value.operand
        if isinstance(value, ir.FuncValue) and value.symbol == edge.callee.symbol:
            return value.receiver
    return None


def _joins(function: ir.Function, after: int, before: int) -> bool:
    """Whether the function waits for something between two places."""
    for found in occurrences(function.body):
        instruction = found.instruction
        if after < instruction.pos < before:
            if isinstance(instruction, ir.Receive):
                return True
            if isinstance(instruction, ir.Call) and isinstance(instruction.callee, (ir.External, ir.Static)):
                if instruction.callee.symbol.endswith(".Wait"):
                    return True
    return False


def _short(symbol: str) -> str:
    return symbol.rpartition("/")[2].partition(".")[2]
