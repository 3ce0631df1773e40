"""Function literals that outlive their function and keep all of a captured map for little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.closures import Closures, captured_variable
from maplint.model.contexts import RUN_TIME, Contexts
from maplint.model.definitions import Definitions
from maplint.model.evidence import grade
from maplint.model.families import Families
from maplint.model.flows import Flows, node_of
from maplint.model.keepers import Keeper
from maplint.model.life import Life
from maplint.model.sites import INSERTS, WRITES, Site
from maplint.model.waits import blocks
from maplint.model.walk import Occurrence

_HIGH, _MEDIUM = 5, 3
_LIVES = {Life.LONG: 2, Life.LIKELY: 1, Life.UNKNOWN: 0, Life.SHORT: -1}
_MAX_CALLERS = 5


class Retained(NamedTuple):
    """A captured map that a literal keeps for little."""

    site: Site
    literal: ir.Function
    keeper: Keeper
    needs: str
    """What the literal needs of it: `its length`, `the entry "title"`."""
    reads: tuple[ir.MapOp, ...]
    """Where the literal reads it."""
    confidence: Confidence
    reasons: tuple[str, ...]
    """Short sentences, strongest first."""


class Retentions:
    """Finds the literals that keep a captured map for little."""

    def __init__(
        self,
        contexts: Contexts,
        definitions: Definitions,
        flows: Flows,
        graph: CallGraph,
        sites: Mapping[str, Site],
        families: Families,
        closures: Closures,
        functions: Iterable[ir.Function],
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._sites = sites
        self._families = families
        self._closures = closures
        self._functions = functions

    def retained(self, site: Site) -> Iterator[Retained]:
        """The literals that live on and keep the map of a captured local, where none needs all of it."""
        var = captured_variable(site)
        if var is None or site.is_sync_map or site.symbol.endswith("[]"):
            return
        groups = self._groups(var)
        reads = {m: [read for i in self._families.inside(m) for read in _reads(i, var)] for m in groups}
        if not groups or self._is_needed(site, var, groups):
            return
        if all(self._is_fixed(read, literal) for literal in groups for read in reads[literal]):
            for literal, keepers in groups.items():
                if reads[literal]:
                    yield self._judged(site, var, literal, keepers[0], reads[literal])

    def _groups(self, var: ir.Var) -> dict[ir.Function, list[Keeper]]:
        """The literals that live on and mention the map, with what keeps each."""
        home = next(iter(self._flows.functions(var.function)), None)
        found: dict[ir.Function, list[Keeper]] = {}
        for member in self._families.members(self._families.top(home)) if home is not None else ():
            chain = self._families.chain(member, var.function)
            if not any(_mentions(found, var) for found in member.occurrences):
                continue
            for literal in chain:
                keepers = [k for k in self._closures.keepers(literal) if self._rests(k, literal)]
                if keepers:
                    found[literal] = sorted(keepers, key=lambda k: -k.life)
                    break
        return found

    def _rests(self, keeper: Keeper, literal: ir.Function) -> bool:
        """Whether the literal lives for long: a goroutine that only does its work is soon gone."""
        return keeper.kind != "goroutine" or keeper.again or blocks(self._families.inside(literal))

    def _is_needed(self, site: Site, var: ir.Var, groups: Mapping[ir.Function, list[Keeper]]) -> bool:
        """Whether the map is wanted alive, or as it will be: it changes later, or something else keeps it."""
        first = min(literal.pos for literal in groups)
        for use in (*site.inserts, *site.removes, *site.updates):
            if use.function.symbol != var.function or use.instruction.pos > first:
                return True
        if any(use.op == "return" for use in site.reads):
            return True
        bodies = [inside.occurrences for literal in groups for inside in self._families.inside(literal)]
        if any(_needs_all(found, var) for body in bodies for found in body):
            return True
        reached = self._flows.reached(var.symbol)
        return any(
            other.kind != "local" and not other.is_sync_map and reached & self._flows.reached(other.symbol)
            for other in self._sites.values()
        )

    def _is_fixed(self, read: ir.MapOp, literal: ir.Function) -> bool:
        """Whether a read needs the length, or an entry whose key is decided before the literal is made."""
        return read.op == "len" or (read.key is not None and self._is_outer(read.key, literal))

    def _is_outer(self, value: ir.Value, literal: ir.Function) -> bool:
        if isinstance(value, ir.Const):
            return True
        if isinstance(value, ir.Ref):
            inside = {member.symbol for member in self._families.inside(literal)}
            assigned = len(self._definitions.values(value.var))
            limit = 0 if value.var.kind in ("parameter", "receiver") else 1
            return value.var.function not in inside and value.var.kind != "package-var" and assigned <= limit
        if isinstance(value, ir.Converted):
            return self._is_outer(value.operand, literal)
        return isinstance(value, ir.Computed) and all(
            self._is_outer(item, literal) for item in value.operands
        )

    def _judged(
        self, site: Site, var: ir.Var, literal: ir.Function, keeper: Keeper, reads: list[ir.MapOp]
    ) -> Retained:
        signs = sorted(self._signs(site, var, literal, keeper), key=lambda sign: -abs(sign[0]))
        points = sum(weight for weight, _ in signs)
        reasons = tuple(says for _, says in signs)
        confidence = grade(points, _HIGH, _MEDIUM)
        return Retained(site, literal, keeper, _needs(reads), tuple(reads), confidence, reasons)

    def _signs(
        self, site: Site, var: ir.Var, literal: ir.Function, keeper: Keeper
    ) -> Iterator[tuple[int, str]]:
        """The evidence, each piece with its weight."""
        yield _LIVES[keeper.life], f"the literal lives on: {keeper.says}"
        if self._is_filled(var):
            yield 2, "the map is filled in a loop or under keys that are no constants"
        else:
            yield -1, "how big the map gets is not known"
        home = self._families.parent(self._families.chain(literal, var.function)[-1])
        if home is not None and self._runs_often(home, 0):
            yield (
                1,
                f"{home.symbol.rpartition('.')[2]} runs again and again, and each run leaves a map behind",
            )
        else:
            yield -3, "the function around it runs once, so it is one map"
        if owners.NOT_PRODUCT.search(f"{site.package}/"):
            yield -4, "its package is test support, an example or a tool"

    def _is_filled(self, var: ir.Var) -> bool:
        return any(node in self._filled for node in self._flows.reached(var.symbol))

    @cached_property
    def _filled(self) -> set[str]:
        """The variables whose map gets more than a few constant keys."""
        found = set()
        for function in self._functions:
            for occurrence in function.of(ir.MapOp):
                operation = occurrence.instruction
                if operation.op in INSERTS:
                    constant = isinstance(operation.key, ir.Const)
                    if not constant or occurrence.in_loop:
                        found.add(node_of(operation.target) or "")
        return found - {""}

    def _runs_often(self, function: ir.Function, depth: int) -> bool:
        """Whether it runs while the program serves, or in a loop of its callers."""
        if self._contexts.when(function) & RUN_TIME:
            return True
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        return depth < _MAX_CALLERS and any(
            any(c.kind in ("loop", "range") for c in edge.conditions)
            or self._runs_often(edge.caller, depth + 1)
            for edge in edges
        )


def _reads(function: ir.Function, var: ir.Var) -> list[ir.MapOp]:
    """The operations of one body on the map of a variable."""
    return [found.instruction for found in function.of(ir.MapOp) if _is_var(found.instruction.target, var)]


def _is_var(value: ir.Value, var: ir.Var) -> bool:
    return isinstance(value, ir.Ref) and value.var is var


def _mentions(found: Occurrence, var: ir.Var) -> bool:
    return any(_is_var(part, var) for part in found.values)


def _needs_all(found: Occurrence, var: ir.Var) -> bool:
    """Whether an instruction uses more of the map than its length, an entry, or whether it is nil."""
    instruction = found.instruction
    if isinstance(instruction, ir.MapOp) and _is_var(instruction.target, var):
        return instruction.op in WRITES or instruction.op not in ("len", "index")
    little = {id(ref) for part in found.values for ref in _little(part, var)}
    return any(_is_var(part, var) and id(part) not in little for part in found.values)


def _little(value: ir.Value, var: ir.Var) -> Iterator[ir.Value]:
    """The mentions of the map in a value that need little of it: `m[k]`, `len(m)`, `m == nil`."""
    if isinstance(value, ir.ElemOf) and _is_var(value.base, var):
        yield value.base
    elif isinstance(value, ir.Computed) and value.op == "len":
        yield from value.operands
    elif isinstance(value, ir.Computed) and value.op in ("==", "!=") and ir.is_nil(value.operands[-1]):
        yield value.operands[0]


def _needs(reads: list[ir.MapOp]) -> str:
    entries = [read for read in reads if read.op == "index"]
    if not entries:
        return "its length"
    if len(entries) == len(reads):
        return "one entry" if len({read.key for read in entries}) == 1 else "a few entries"
    return (
        "its length and one entry"
        if len({read.key for read in entries}) == 1
        else "its length and a few entries"
    )
