"""Maps that go back to a sync.Pool with what is in them, to be met by whoever gets them next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.departures import Departures
from maplint.model.domains import Domain
from maplint.model.flows import node_of
from maplint.model.guards import is_capped
from maplint.model.holdings import struct_symbol
from maplint.model.keys import Keys
from maplint.model.sites import INSERTS, REMOVES, Site, Use, map_type
from maplint.model.universe import Universe

_GET, _PUT = "sync.Pool.Get", "sync.Pool.Put"
_RESETS = re.compile(r"^(?:[rR]eset|[cC]lear|[rR]ecycle|[rR]elease)")
"""Names of functions that make an object ready for its next use: what one goes through is kept on purpose."""


class Pooled(NamedTuple):
    """A `Put` of an object with a map that nothing clears."""

    call: ir.Call
    """The `Put`."""
    function: ir.Function
    symbol: str
    """Of the map: the field's, or the pool's where the map itself is what it keeps."""
    name: str
    """How the code names the map."""
    site: Site | None
    """The field; None where the map itself is pooled."""
    fills: tuple[tuple[ir.Function, ir.MapOp], ...]
    """The inserts that fill it."""
    gets: tuple[tuple[ir.Function, ir.Call], ...]
    confidence: Confidence
    reasons: tuple[str, ...]


class PooledMaps:
    """Finds the objects that go back with a full map."""

    def __init__(
        self,
        universe: Universe,
        graph: CallGraph,
        departures: Departures,
        keys: Keys,
        sites: dict[str, Site],
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._graph = graph
        self._departures = departures
        self._keys = keys
        self._by_owner: dict[str, list[Site]] = defaultdict(list)
        for site in sites.values():
            if site.kind == "field" and site.map is not None and not site.symbol.endswith("[]"):
                self._by_owner[site.owner].append(site)
        self._puts: list[tuple[ir.Function, ir.Call]] = []
        self._gets: dict[str, list[tuple[ir.Function, ir.Call]]] = defaultdict(list)
        self._wiping: dict[str, set[ir.Function]] = defaultdict(set)
        """By struct type, the functions that assign a whole new value through a pointer: `*x = T{}`."""
        for function in functions:
            if not function.is_test:
                self._index(function)

    def _index(self, function: ir.Function) -> None:
        for found in function.of(ir.Call):
            call = found.instruction
            name = getattr(call.callee, "symbol", "") if call.receiver is not None else ""
            if name == _PUT and call.args:
                self._puts.append((function, call))
            elif name == _GET and call.receiver is not None:
                self._gets[node_of(call.receiver) or ""].append((function, call))
        for stored in function.of(ir.Store):
            target = stored.instruction.target
            if _is_pointed_to(target):
                self._wiping[struct_symbol(target.type)].add(function)

    def of(self, package: str) -> Iterator[Pooled]:
        """The faulty `Put`s of a package."""
        for function, call in self._puts:
            if function.package == package and call.receiver is not None:
                pool = node_of(call.receiver) or ""
                yield from self._fields(function, call, pool)
                plain = self._plain(function, call, pool)
                if plain is not None:
                    yield plain

    def _fields(self, function: ir.Function, call: ir.Call, pool: str) -> Iterator[Pooled]:
        """The map fields of the object that is put back, as far as they are filled and not cleared."""
        gets = self._gets.get(pool, [])
        for site in self._by_owner.get(struct_symbol(call.args[0].type), ()):
            fills = [
                use
                for use in site.inserts
                if not use.function.is_test and self._is_open(use.instruction) and not _is_capped(use)
            ]
            if not fills or not gets:
                continue
            removals = self._departures.removals(site)
            tended = [use for use in site.reads if use.op == "range" and _RESETS.match(use.function.name)]
            emptying = {use.function for use in (*removals, *tended)} | self._wiping[site.owner]
            if any(not self._departures.is_whole(use) for use in removals) or self._is_met(
                emptying, function, gets
            ):
                continue
            reasons = (
                f"no clear of {site.name} was found between Get and Put, nor in what is called there",
                "the pool hands the object out again with the entries of its last use",
            )
            yield Pooled(
                call,
                function,
                site.symbol,
                site.name,
                site,
                tuple(
                    (use.function, use.instruction) for use in fills if isinstance(use.instruction, ir.MapOp)
                ),
                tuple(gets),
                Confidence.MEDIUM,
                reasons,
            )

    def _is_open(self, instruction: ir.MapOp | ir.Store) -> bool:
        """Whether an insert may add keys that the program text does not decide.

        A key that is its own value is interned: such a table is kept full on purpose.
        """
        if not isinstance(instruction, ir.MapOp) or instruction.key is None:
            return True
        interned = instruction.value is not None and node_of(instruction.value) == node_of(instruction.key)
        own = interned and node_of(instruction.key) is not None
        return not own and self._keys.source(instruction.key).domain is not Domain.CLOSED

    def _is_met(
        self, emptying: set[ir.Function], put: ir.Function, gets: list[tuple[ir.Function, ir.Call]]
    ) -> bool:
        """Whether one of the functions is reached where the object is put back, is got, or from who does either."""
        return bool(self._around(put, gets) & self._departures.reaching(emptying))

    def _around(self, put: ir.Function, gets: list[tuple[ir.Function, ir.Call]]) -> set[ir.Function]:
        """The functions that put and get, and their callers: pools are often wrapped."""
        inner = {put, *(function for function, _ in gets)}
        return inner | {edge.caller for function in inner for edge in self._graph.callers.get(function, ())}

    def _plain(self, function: ir.Function, call: ir.Call, pool: str) -> Pooled | None:
        """A map that is itself put back, filled and not cleared."""
        arg, gets = call.args[0], self._gets.get(pool, [])
        kind = map_type(self._universe, arg.type)
        if kind is None or not gets:
            return None
        fills: list[tuple[ir.Function, ir.MapOp]] = []
        for user in self._around(function, gets):
            for found in user.of(ir.MapOp):
                op = found.instruction
                if map_type(self._universe, op.target.type) != kind:
                    continue
                if op.op in REMOVES or (op.op == "pass" and not self._is_pools(op, user)):
                    return None
                capped = is_capped(user, found.conditions, node_of(op.target) or "", op.pos)
                if op.op in INSERTS and self._is_open(op) and not capped:
                    fills.append((user, op))
        if not fills:
            return None
        reasons = (
            "no clear of the map was found between Get and Put",
            "the pool hands the map out again with the entries of its last use",
        )
        called = arg.var.name if isinstance(arg, ir.Ref) else "it"
        return Pooled(
            call, function, pool, called, None, tuple(fills), tuple(gets), Confidence.MEDIUM, reasons
        )

    def _is_pools(self, op: ir.MapOp, function: ir.Function) -> bool:
        """Whether a map is passed to a pool's own method."""
        return any(call.pos <= op.pos < call.end for user, call in self._puts if user is function)


def _is_capped(use: Use) -> bool:
    return is_capped(use.function, use.conditions, use.variable, use.instruction.pos)


def _is_pointed_to(target: ir.Value) -> bool:
    return isinstance(target, ir.Converted) and target.how == "*"
