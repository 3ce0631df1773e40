"""Locks under other names: the lock of a condition variable, the read half of a lock, a channel with one
slot, the lock of another object behind a pointer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from maplint.facts import types as t
from maplint.knowledge.locks import LOCKS
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.flows import node_of

_TELLING = frozenset((ir.Store, ir.Send, ir.Receive))
_MAX_POINTERS = 4
"""How many pointers, each of which is given the next one, lead to a lock."""


class LockAliases:
    """What in a program serves as a lock besides the locks themselves."""

    def __init__(self, definitions: Definitions, functions: Iterable[ir.Function]) -> None:
        self._definitions = definitions
        self._conditions: dict[str, ir.Value] = {}
        """By the node of a condition variable: its lock as the constructor names it."""
        self._pointers: dict[str, set[ir.FieldRef | None]] = defaultdict(set)
        """By the node of a pointer to a lock: the fields that it is given, or their address; None for anything else."""
        self._halves: set[str] = set()
        """The nodes that are given the read half of a lock."""
        self._sizes: dict[str, set[str]] = defaultdict(set)
        """By the node of a channel: the sizes that it is made with."""
        self._sent: dict[tuple[str, str], int] = {}
        self._slots: set[str] = set()
        for function in functions:
            for found in function.occurrences:
                if type(found.instruction) in _TELLING:
                    self._instruction(function, found.instruction)
                for value in found.made:
                    if isinstance(value, ir.Composed):
                        self._composed(value)

    def real_lock(self, lock: ir.Value) -> tuple[ir.Value, bool]:
        """The lock itself, and whether the value is the read half that `RLocker` gives."""
        whole = self._of_half(lock)
        if whole is not None:
            return whole, True
        named = self._named(lock)
        is_half = isinstance(named, ir.FieldOf) and named.field.symbol in self._halves
        return self._pointed(self._of_condition(named)), is_half

    def _of_half(self, lock: ir.Value) -> ir.Value | None:
        """The lock whose read half a value is, as `RLocker` gives it."""
        root = self._definitions.root(lock)
        if isinstance(root, ir.Result) and isinstance(root.call.callee, (ir.External, ir.Static)):
            return root.call.receiver if root.call.callee.symbol.endswith(".RLocker") else None
        return None

    def is_slot(self, channel: ir.Value) -> bool:
        """Whether a channel of capacity one is sent to before it is received from: that locks and unlocks."""
        node = node_of(self._named(channel))
        return node in self._slots and self._sizes[node] == {"1"}

    def _named(self, lock: ir.Value) -> ir.Value:
        """What a local pointer, or a local channel, stands for."""
        for _ in range(10):
            if not isinstance(lock, ir.Ref) or not isinstance(lock.type, (t.Pointer, t.Chan)):
                return lock
            single = self._definitions.single(lock.var)
            while isinstance(single, ir.Converted) and single.how in ("&", "convert"):
                single = single.operand
            if not isinstance(single, (ir.Ref, ir.FieldOf, ir.ElemOf)):
                return lock
            lock = single
        return lock

    def _pointed(self, lock: ir.Value) -> ir.Value:
        """The lock of another object that a field only ever points to, as if that object were reached through it."""
        for _ in range(_MAX_POINTERS):
            if not isinstance(lock, ir.FieldOf):
                break
            fields = self._pointers.get(lock.field.symbol, set())
            field = next(iter(fields)) if len(fields) == 1 else None
            if field is None or field == lock.field:
                break
            lock = ir.FieldOf(field.type, lock, field)
        return lock

    def _of_condition(self, lock: ir.Value) -> ir.Value:
        """`cond.L` is the lock that the condition variable was made with."""
        if not isinstance(lock, ir.FieldOf) or lock.field.symbol != "sync.Cond.L":
            return lock
        made_with = self._conditions.get(node_of(lock.base) or "")
        if isinstance(made_with, ir.FieldOf) and isinstance(lock.base, ir.FieldOf):
            if made_with.field.owner == lock.base.field.owner:
                return replace(made_with, base=lock.base.base)
        return made_with if isinstance(made_with, ir.Ref) else lock

    def _instruction(self, function: ir.Function, instruction: ir.Instruction) -> None:
        if isinstance(instruction, ir.Store):
            if type(instruction.value.type) is not t.Basic:
                self._assigned(node_of(instruction.target), instruction.value)
        elif isinstance(instruction, ir.Send):
            self._sent.setdefault((_outermost(function), node_of(instruction.channel) or ""), instruction.pos)
        elif isinstance(instruction, ir.Receive):
            node = node_of(instruction.channel) or ""
            if self._sent.get((_outermost(function), node), instruction.pos) < instruction.pos:
                self._slots.add(node)

    def _composed(self, value: ir.Composed) -> None:
        for key, item in value.elements:
            if type(key) is ir.FieldRef and type(item.type) is not t.Basic:
                self._assigned(key.symbol, item)

    def _assigned(self, node: str | None, value: ir.Value) -> None:
        if node is None:
            return
        whole = self._of_half(value)
        if whole is not None:
            self._pointers[node].add(whole.field if isinstance(whole, ir.FieldOf) else None)
            self._halves.add(node)
        if isinstance(value.type, t.Pointer) and isinstance(value.type.elem, t.Named):
            if value.type.elem.symbol in LOCKS:
                lock = value if isinstance(value, ir.Converted) else self._named(value)
                lock = lock.operand if isinstance(lock, ir.Converted) and lock.how == "&" else lock
                self._pointers[node].add(lock.field if isinstance(lock, ir.FieldOf) else None)
        if isinstance(value, ir.Made) and isinstance(value.type, t.Chan):
            self._sizes[node].add(value.size.text if isinstance(value.size, ir.Const) else "?")
        elif isinstance(value, ir.Result) and isinstance(value.call.callee, ir.External):
            if value.call.callee.symbol == "sync.NewCond" and value.call.args:
                lock = value.call.args[0]
                self._conditions[node] = lock.operand if isinstance(lock, ir.Converted) else lock


def _outermost(function: ir.Function) -> str:
    """The declared function around a literal."""
    return function.symbol.partition(".func")[0] if function.parent else function.symbol
