"""Whether a call is made again and again for one object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import Edge
from maplint.model.definitions import returned
from maplint.model.walk import Condition

if TYPE_CHECKING:
    from maplint.model.ownership import Ownership


def repeats(edge: Edge, var: ir.Var, ownership: Ownership) -> bool:
    """Whether the edge is taken again and again for one and the same object, and not once, as a flag says."""
    if any(_is_flag(condition) or _is_latch(condition, edge) for condition in edge.conditions):
        return False
    loops = loops_over(edge.conditions, edge.caller, var)
    return any(not _is_given_another(edge, loop, var, ownership) for loop in loops)


def loops_over(conditions: tuple[Condition, ...], function: ir.Function, var: ir.Var) -> list[Condition]:
    """The loops around a place of a function that come to it again and again with the same variable."""
    return [
        condition
        for condition in conditions
        if condition.kind in ("loop", "range")
        and (var.function != function.symbol or var.pos < condition.pos)
    ]


def _is_given_another(edge: Edge, loop: Condition, var: ir.Var, ownership: Ownership) -> bool:
    """Whether each round of a loop gives the variable a new object before the edge is taken."""
    return var.function == edge.caller.symbol and any(
        isinstance(found.instruction.target, ir.Ref)
        and found.instruction.target.var is var
        and loop in found.conditions
        and found.instruction.pos < edge.call.pos
        and edge.conditions[: len(found.conditions)] == found.conditions
        and _is_made(found.instruction.value, ownership)
        for found in edge.caller.of(ir.Store)
    )


def _is_made(value: ir.Value, ownership: Ownership) -> bool:
    """Whether a value is an object of its own at each call, whoever knows it by now."""
    value = ir.unconverted(value)
    if not isinstance(value, ir.Result):
        return isinstance(value, (ir.Composed, ir.Made))
    callee = value.call.callee
    maker = ownership.function(callee.symbol) if isinstance(callee, ir.Static) else None
    made = [one for one in returned(maker, value.index) if not ir.is_nil(one)] if maker is not None else []
    return bool(made) and all(maker is not None and ownership.is_made_in(one, maker) for one in made)


def _is_flag(condition: Condition) -> bool:
    """Whether a branch asks that a field that is true or false, such as `running`, is false."""
    value = _denied(condition)
    return isinstance(value, ir.FieldOf) and value.type == t.BOOL


def _is_latch(condition: Condition, edge: Edge) -> bool:
    """Whether a branch asks for a variable that is false at first alone: it is set to true there, and never back."""
    value = _denied(condition)
    if not isinstance(value, ir.Ref) or value.var.kind == "parameter":
        return False
    stores = [
        found
        for found in edge.caller.of(ir.Store)
        if isinstance(found.instruction.target, ir.Ref) and found.instruction.target.var is value.var
    ]
    again = [found for found in stores if loops_over(found.conditions, edge.caller, value.var)]
    return any(condition in found.conditions for found in again) and all(
        isinstance(found.instruction.value, ir.Const) and found.instruction.value.text == "true"
        for found in again
    )


def _denied(condition: Condition) -> ir.Value | None:
    """What is false where a branch is taken."""
    value, holds = condition.value, condition.holds
    while isinstance(value, ir.Computed) and value.op == "!":
        value, holds = value.operands[0], not holds
    return value if condition.kind == "branch" and not holds else None
