"""Locks that are chosen together with a map: in the arm of a branch that gives a local one of several maps.

Behind the branch no lock is held on every way, and yet the map that the local holds is guarded on each.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.model import ir
from maplint.model.flows import node_of
from maplint.model.held import NONE, READ, WRITE, Held, Locks
from maplint.model.locks import LockSets
from maplint.model.walk import Condition, Found

_TAKES = {"lock": WRITE, "rlock": READ}


def chosen_with(
    locks: LockSets, function: ir.Function, target: ir.Value, symbol: str, instruction: ir.Instruction
) -> Locks:
    """The locks held at an instruction wherever a local there holds the map of that symbol, and not another one."""
    while isinstance(target, ir.Converted):
        target = target.operand
    if not isinstance(target, ir.Ref) or target.var.kind != "local" or target.var.function != function.symbol:
        return NONE
    given = _given(function, target.var)
    stores = [
        found
        for found in given
        if node_of(_plain(found.instruction.value)) == symbol and found.instruction.pos < instruction.pos
    ]
    held = locks.taken_at(function, instruction)
    each = [
        frozenset(_taken_in_arm(locks, function, found.conditions, instruction.pos))
        | frozenset(_given_along(locks, function, found.conditions, held, _arms(given)))
        for found in stores
    ]
    return frozenset.intersection(*each) if len(given) > 1 and each else NONE


def _arms(stores: list[Found[ir.Store]]) -> set[tuple[Condition, ...]]:
    return {found.conditions for found in stores}


def _given(function: ir.Function, var: ir.Var) -> list[Found[ir.Store]]:
    """What a function assigns to a local."""
    return [
        found
        for found in function.of(ir.Store)
        if isinstance(found.instruction.target, ir.Ref) and found.instruction.target.var is var
    ]


def _plain(value: ir.Value) -> ir.Value:
    while isinstance(value, ir.Converted):
        value = value.operand
    return value


def _taken_in_arm(
    locks: LockSets, function: ir.Function, arm: tuple[Condition, ...], before: int
) -> Iterator[Held]:
    """The locks that an arm takes and that nothing lets go of before a place."""
    steps = [one for one in function.of(ir.LockOp) if not one.instruction.deferred]
    for found in steps:
        lock, reads = locks.real_lock(found.instruction.target)
        path, mode = locks.path(lock), _TAKES.get(found.instruction.action)
        if found.conditions != arm or path is None or mode is None or found.instruction.pos > before:
            continue
        gone = (
            "unlock" in one.instruction.action
            and found.instruction.pos < one.instruction.pos < before
            and locks.path(locks.real_lock(one.instruction.target)[0]) == path
            for one in steps
        )
        if not any(gone):
            yield Held(path, locks.symbol(lock), READ if reads else mode)


def _given_along(
    locks: LockSets,
    function: ir.Function,
    arm: tuple[Condition, ...],
    held: Locks,
    arms: set[tuple[Condition, ...]],
) -> Iterator[Held]:
    """The locks that an arm gives to locals by which the function holds a lock, in the same arms as the map."""
    names = {one.path: one for one in held}
    for found in function.of(ir.Store) if held else ():
        target = found.instruction.target
        if found.conditions != arm or not isinstance(target, ir.Ref) or target.var.symbol not in names:
            continue
        lock, reads = locks.real_lock(found.instruction.value)
        path = locks.path(lock)
        if path is not None and _arms(_given(function, target.var)) == arms:
            mode = READ if reads else names[target.var.symbol].mode
            yield Held(path, locks.symbol(lock), mode)
