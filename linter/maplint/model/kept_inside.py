"""Containers of one function that never leave it, nor the lock under which something was put into them; and maps that
are handed out to those alone who have waited.
"""

from __future__ import annotations

from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.joins import calls_wait
from maplint.model.locks import LockSets
from maplint.model.ownership import Ownership
from maplint.model.walk import Occurrence, parts


def stays_inside(
    definitions: Definitions, ownership: Ownership, locks: LockSets, function: ir.Function, pos: int
) -> bool:
    """Whether what a store at a place puts into a container is used by the function alone, and under its locks.

    A function of the standard library, such as `json.Marshal`, may read it before it returns.
    """
    store = next((found for found in function.of(ir.Store) if found.instruction.pos == pos), None)
    container = None
    if store is not None:
        container = _container(definitions, ownership, function, store.instruction.target)
    if store is None or container is None or any(_makes_literal(found) for found in function.occurrences):
        return False
    held = locks.at(function, store.instruction)
    return all(
        _only_reads(found, container) and held <= locks.at(function, found.instruction)
        for found in function.occurrences
        if found.instruction.pos > pos and _mentions(found.values, container)
    )


def goes_behind_waits(locks: LockSets, function: ir.Function) -> bool:
    """Whether all who call a function have waited before, by the name of what they call: its writers are over."""
    callers = locks.calls(function)
    return bool(callers) and all(calls_wait(edge.caller, -1, edge.call.pos) for edge, _ in callers)


def _container(
    definitions: Definitions, ownership: Ownership, function: ir.Function, target: ir.Value
) -> ir.Var | None:
    """The local with a container that the function has made, for a place in it."""
    while isinstance(target, (ir.FieldOf, ir.ElemOf)):
        target = target.base
    if not isinstance(target, ir.Ref) or target.var.function != function.symbol:
        return None
    made = definitions.single(target.var)
    return target.var if made is not None and ownership.is_new(made) else None


def _only_reads(found: Occurrence, container: ir.Var) -> bool:
    """Whether an instruction puts nothing but values into the container, or hands it to code that reads it at once."""
    instruction = found.instruction
    if isinstance(instruction, ir.Store):
        return not _mentions((instruction.value,), container)
    if isinstance(instruction, ir.Call):
        return instruction.mode == "call" and _is_standard(instruction.callee)
    return isinstance(instruction, (ir.MapOp, ir.Branch, ir.Loop))


def _is_standard(callee: ir.Callee) -> bool:
    """Whether a function of the standard library is called."""
    symbol = callee.symbol if isinstance(callee, ir.External) else ""
    package = symbol[: symbol.find(".", symbol.rfind("/") + 1)]
    return bool(package) and std_package(package) is not None


def _mentions(values: tuple[ir.Value, ...], container: ir.Var) -> bool:
    return any(
        isinstance(part, ir.Ref) and part.var is container for value in values for part in parts(value)
    )


def _makes_literal(found: Occurrence) -> bool:
    return any(isinstance(value, ir.FuncValue) and value.literal for value in found.made)
