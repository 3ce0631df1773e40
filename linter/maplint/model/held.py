"""Locks that are held, as records, and what is left of them where paths meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from maplint.model import ir

WRITE, READ, GONE = "write", "read", "gone"


class Held(NamedTuple):
    """A lock that is held."""

    path: str
    """Access path in terms of the function's variables; `?` where callers hold several instances."""
    lock: str
    """Symbol of the lock, the same for every instance: `example.com/m.Cache.mu`."""
    mode: str
    """write, or read where it is an RWMutex taken by RLock; gone for a lock of the callers that was released."""


Locks = frozenset[Held]
NONE: Locks = frozenset()

State = dict[str, Held]
"""The locks held at one point of a function, by path."""


class Effect(NamedTuple):
    """What a call leaves behind, in terms of the callee's variables."""

    acquired: tuple[Held, ...] = ()
    released: tuple[Held, ...] = ()


def lock_symbol(value: ir.Value) -> str:
    """The symbol of a lock, whatever instance it is reached through."""
    if isinstance(value, ir.FieldOf):
        return value.field.symbol
    if isinstance(value, ir.Ref):
        return value.var.symbol
    if isinstance(value, ir.Converted):
        return lock_symbol(value.operand)
    if isinstance(value, ir.ElemOf):
        return f"{lock_symbol(value.base)}[]"
    if isinstance(value, ir.Result) and isinstance(value.call.callee, (ir.Static, ir.External)):
        return f"{value.call.callee.symbol}()"
    return "?"


def join(left: State | None, right: State | None) -> State | None:
    """What is held, or gone, on both ways to a point; a way that does not get there is None and does not count."""
    if left is None or right is None:
        return right if left is None else left
    return {
        path: weaker(held, right[path])
        for path, held in left.items()
        if path in right and (held.mode == GONE) == (right[path].mode == GONE)
    }


def join_all(states: Iterable[State]) -> State:
    """What is held on every way."""
    found: State | None = None
    for state in states:
        found = join(found, state)
    return found or {}


def weaker(left: Held, right: Held) -> Held:
    """The one that is held for reading, where they differ."""
    return left if left.mode == READ else right


def join_sets(left: Locks, right: Locks) -> Locks:
    """What both hold: the same path, or else another instance of the same lock, then under a path that names
    none.
    """
    by_path = {held.path: held for held in sorted(right) if held.path != "?"}
    by_lock = {held.lock: held for held in sorted(right)}
    out = set()
    for held in left:
        if held.path in by_path:
            out.add(weaker(held, by_path[held.path]))
        elif held.lock in by_lock:
            out.add(weaker(held, by_lock[held.lock])._replace(path="?"))
    return frozenset(out)


def without(entry: Locks, gone: Locks) -> Locks:
    """The callers' locks that are left where some of them were released."""
    if not gone:
        return entry
    paths = {held.path for held in gone}
    locks = {held.lock for held in gone}
    return frozenset(
        held for held in entry if held.path not in paths and not (held.path == "?" and held.lock in locks)
    )
