"""Types whose objects are only made under a lock that stays taken until a method of theirs releases it.

So a transaction or an iterator holds the lock of what it works on: `Begin` takes it, `Commit` and `Rollback` let it go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.definitions import Definitions, is_prefix
from maplint.model.held import NONE, Effect, Held, Locks


def made_locked(
    definitions: Definitions, effect: Callable[[ir.Function], Effect], functions: Iterable[ir.Function]
) -> dict[ir.Function, Locks]:
    """By method of such a type: the locks with which it begins, in terms of its receiver."""
    product = [function for function in functions if not function.is_test]
    held = _held_by(definitions, effect, product)
    methods = [(function, held[_struct(function)]) for function in product if _struct(function) in held]
    released = {
        (_struct(function), lock.path)
        for function, _ in methods
        for lock in _relative(function, effect(function).released)
    }
    out = {}
    for function, locks in methods:
        kept = [lock for lock in locks if (_struct(function), lock.path) in released]
        if function.receiver is not None and kept:
            receiver = function.receiver.symbol
            out[function] = frozenset(lock._replace(path=receiver + lock.path) for lock in kept)
    return out


def _held_by(
    definitions: Definitions, effect: Callable[[ir.Function], Effect], functions: list[ir.Function]
) -> dict[str, Locks]:
    """By type: the locks that every function which makes an object of it leaves taken; paths begin at a field."""
    acquiring = {function: effect(function).acquired for function in functions}
    kinds = {kind for function in functions if acquiring[function] for kind, _ in _made(function)}
    found: dict[str, list[Locks]] = defaultdict(list)
    for function in functions if kinds else ():
        for kind, value in _made(function):
            if kind in kinds:
                found[kind].append(_given(definitions, value, acquiring[function]))
    common = {kind: frozenset.intersection(*locks) for kind, locks in found.items()}
    return {kind: locks for kind, locks in common.items() if locks}


def _made(function: ir.Function) -> Iterable[tuple[str, ir.Composed | ir.Made]]:
    """The objects that a function makes, each with the symbol of its type."""
    for found in function.making:
        for value in found.made:
            kind = t.pointed(value.type)
            if isinstance(value, (ir.Composed, ir.Made)) and isinstance(kind, t.Named):
                yield kind.symbol, value


def _given(definitions: Definitions, value: ir.Composed | ir.Made, acquired: tuple[Held, ...]) -> Locks:
    """The locks that are reached through what the fields of a new object are given."""
    fields = value.elements if isinstance(value, ir.Composed) and acquired else ()
    given = [(key.name, definitions.path(item)) for key, item in fields if isinstance(key, ir.FieldRef)]
    return frozenset(
        held._replace(path=f".{name}{held.path[len(path) :]}")
        for name, path in given
        for held in acquired
        if path is not None and is_prefix(path, held.path)
    )


def _relative(function: ir.Function, locks: Iterable[Held]) -> Locks:
    """The locks of the receiver, with paths that begin at one of its fields."""
    symbol = function.receiver.symbol if function.receiver is not None else ""
    relative = (
        lock._replace(path=lock.path[len(symbol) :]) for lock in locks if is_prefix(symbol, lock.path)
    )
    return frozenset(relative) if symbol else NONE


def _struct(function: ir.Function) -> str:
    """The type that a method is declared for; empty where it is none."""
    kind = t.pointed(function.receiver.type) if function.receiver is not None else None
    return kind.symbol if isinstance(kind, t.Named) else ""
