"""Locks that are parameters: which lock the callers hand in, as its address or as the read half of one."""

from __future__ import annotations

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callgraph import CallGraph
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows
from maplint.model.held import GONE, READ, WRITE, Held, lock_symbol
from maplint.model.lock_aliases import LockAliases

_LOCKER = t.Named("sync", "Locker")


class LockParameters:
    """Tells the locks behind parameters."""

    def __init__(
        self, definitions: Definitions, flows: Flows, graph: CallGraph, aliases: LockAliases
    ) -> None:
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._aliases = aliases
        self._known: dict[ir.Var, set[tuple[str, bool]]] = {}

    def real_lock(self, lock: ir.Value) -> tuple[ir.Value, bool]:
        """The lock itself, and whether the value is its read half alone, or may be."""
        real, reads = self._aliases.real_lock(lock)
        return real, reads or any(half for _, half in self._handed_in(real))

    def symbol(self, lock: ir.Value) -> str:
        """The symbol of a lock; of a parameter, that of the lock which all callers hand in, where it is one."""
        symbols = {symbol for symbol, _ in self._handed_in(lock)}
        return symbols.pop() if len(symbols) == 1 else lock_symbol(lock)

    def into_caller(self, call: ir.Call, target: ir.Function, held: Held) -> Held | None:
        """A lock of a function as its caller names it; None for what is the function's own."""
        param = next((one for one in target.params if one.symbol == held.path), None)
        given = list(handed_to(call, target, param)) if param is not None else []
        if param is None or len(given) != 1:
            path = self._definitions.into_caller(call, target, held.path)
            return held._replace(path=path) if path is not None else None
        real, reads = self.real_lock(given[0])
        path = self._definitions.path(real)
        mode = READ if reads else WRITE if param.type == _LOCKER else held.mode
        mode = GONE if held.mode == GONE else mode
        return Held(path, self.symbol(real), mode) if path is not None else None

    def _handed_in(self, lock: ir.Value) -> set[tuple[str, bool]]:
        """The symbols of the locks that callers hand in for a parameter, and whether it is the read half."""
        if not isinstance(lock, ir.Ref) or lock.var.kind != "parameter":
            return set()
        if lock.var not in self._known:
            self._known[lock.var] = set()
            self._known[lock.var] = self._of_callers(lock.var)
        return self._known[lock.var]

    def _of_callers(self, param: ir.Var) -> set[tuple[str, bool]]:
        given = (
            arg
            for function in self._flows.functions(param.function)
            for edge in self._graph.callers.get(function, ())
            if edge.direct and not edge.caller.is_test
            for arg in handed_to(edge.call, function, param)
        )
        return {(self.symbol(real), reads) for real, reads in map(self.real_lock, given)}
