"""Places where a guarded map itself, not a copy, leaves the functions that know its lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maplint.facts import types as t
from maplint.knowledge.locks import LOCKS
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.flows import node_of
from maplint.model.kept_inside import goes_behind_waits, stays_inside
from maplint.model.locks import LockSets
from maplint.model.ownership import Ownership
from maplint.model.sites import Site, Use
from maplint.model.universe import Universe
from maplint.model.walk import Condition


class Escapes:
    """Where maps escape, by site; found in one pass over the program.

    What returns with a lock held hands the map out along with it: its callers release the lock when they are done.
    """

    def __init__(
        self,
        universe: Universe,
        definitions: Definitions,
        locks: LockSets,
        ownership: Ownership,
        sites: dict[str, Site],
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._definitions = definitions
        self._locks = locks
        self._ownership = ownership
        self._sites = sites
        self._by_owner: dict[str, list[Site]] = {}
        for site in sites.values():
            if site.owner and not site.symbol.endswith("[]"):
                self._by_owner.setdefault(site.owner, []).append(site)
        self._found: dict[str, list[Use]] = {}
        for function in functions:
            if not function.is_test:
                self._function(function)

    def of(self, site: Site) -> list[Use]:
        """The returns and stores through which the site's map escapes, in order of place."""
        return self._found.get(site.symbol, [])

    def _function(self, function: ir.Function) -> None:
        for found in function.of(ir.Return, ir.Store, ir.Send, ir.Call):
            instruction = found.instruction
            if isinstance(instruction, ir.Return):
                if goes_behind_waits(self._locks, function) or self._locks.effect(function).acquired:
                    continue
                for value in instruction.values:
                    self._escape("return", instruction, value, function, found.conditions)
            elif isinstance(instruction, ir.Store) and not instruction.define:
                if isinstance(instruction.target, (ir.FieldOf, ir.ElemOf)):
                    self._escape("store", instruction, instruction.value, function, found.conditions)
            elif isinstance(instruction, ir.Send):
                self._escape("send", instruction, instruction.value, function, found.conditions)
            elif isinstance(instruction, ir.Call) and _publishes(instruction):
                for arg in instruction.args:
                    self._escape("store", instruction, arg, function, found.conditions)

    def _escape(
        self,
        op: str,
        instruction: ir.Return | ir.Store | ir.Send | ir.Call,
        value: ir.Value,
        function: ir.Function,
        conditions: tuple[Condition, ...],
    ) -> None:
        for symbol, carried in dict(self._carried(value)).items():
            end = getattr(instruction, "end", instruction.pos)
            op_at = ir.MapOp(instruction.pos, end, op, carried, None, None)
            target = instruction.target if isinstance(instruction, ir.Store) else None
            if target is None or not (
                self._stays(target, carried, symbol)
                or stays_inside(self._definitions, self._ownership, self._locks, function, instruction.pos)
            ):
                use = Use(op, op_at, function, conditions, symbol)
                self._found.setdefault(symbol, []).append(use)

    def _stays(self, target: ir.Value, carried: ir.Value, symbol: str) -> bool:
        """Whether a map is assigned to itself, or to another field of the object that has it, and its lock."""
        return node_of(target) == symbol or (
            isinstance(target, ir.FieldOf)
            and isinstance(carried, ir.FieldOf)
            and self._owner(target) is not None
            and self._owner(target) == self._owner(carried)
        )

    def _owner(self, value: ir.FieldOf) -> str | None:
        """The access path of the object that a field belongs to."""
        return self._definitions.path(value.base)

    def _carried(self, value: ir.Value) -> Iterator[tuple[str, ir.Value]]:
        """Symbols of the sites whose map is in a value, and the part of it that the map is reached through."""
        is_address = False
        while isinstance(value, (ir.Ref, ir.Converted)):
            if isinstance(value, ir.Converted):
                is_address = value.how == "&"
                value = value.operand
                continue
            single = self._definitions.single(value.var)
            if single is None or value.var.kind == "package-var":
                break
            value = single
        node = node_of(value)
        if node is not None and node in self._sites and isinstance(value, (ir.Ref, ir.FieldOf, ir.ElemOf)):
            yield node, value
        elif isinstance(value, ir.Composed):
            guarded = self._guarded_in(value)
            for _, item in value.elements:
                for symbol, part in self._carried(item):
                    if not (isinstance(part, ir.FieldOf) and self._owner(part) in guarded):
                        yield symbol, part
        elif isinstance(value, ir.Result) and isinstance(value.call.callee, ir.External):
            if value.call.callee.symbol in ("maps.Keys", "maps.Values", "maps.All"):
                yield from self._carried(value.call.args[0])
        elif isinstance(value, ir.FieldOf) and isinstance(value.type, t.Named):
            struct = self._universe.underlying(value.type)
            along = isinstance(struct, t.Struct) and (
                _points_to_lock(struct) or (is_address and _has_lock(struct))
            )
            if isinstance(struct, t.Struct) and not along:
                for site in self._by_owner.get(value.type.symbol, ()):
                    yield site.symbol, value

    def _guarded_in(self, value: ir.Composed) -> set[str | None]:
        """The objects whose lock goes into a composite literal by its address: what else they give goes along."""
        locks = (item for _, item in value.elements if _is_address_of_lock(item))
        fields = (item.operand if isinstance(item, ir.Converted) else item for item in locks)
        return {self._owner(field) for field in fields if isinstance(field, ir.FieldOf)}


def _is_address_of_lock(value: ir.Value) -> bool:
    return (
        isinstance(value.type, t.Pointer)
        and isinstance(value.type.elem, t.Named)
        and value.type.elem.symbol in LOCKS
    )


def _has_lock(struct: t.Struct) -> bool:
    """Whether whoever has the struct's address has a lock with it."""
    return any(isinstance(one.type, t.Named) and one.type.symbol in LOCKS for one in struct.fields)


def _points_to_lock(struct: t.Struct) -> bool:
    """Whether whoever has a copy of the struct shares a lock with the others that have one."""
    return any(
        isinstance(one.type, t.Pointer)
        and isinstance(one.type.elem, t.Named)
        and one.type.elem.symbol in LOCKS
        for one in struct.fields
    )


def _publishes(call: ir.Call) -> bool:
    symbol = call.callee.symbol if isinstance(call.callee, ir.External) else ""
    return symbol.startswith("sync/atomic.") and symbol.rpartition(".")[2] in ("Store", "Swap")
