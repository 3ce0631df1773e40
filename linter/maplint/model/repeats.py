"""Whether a call is made again and again for one object."""

from __future__ import annotations

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import Edge
from maplint.model.walk import Condition


def repeats(edge: Edge, var: ir.Var) -> bool:
    """Whether the edge is taken again and again for one and the same variable, and not once, as a flag says."""
    if any(_is_flag(condition) or _is_latch(condition, edge) for condition in edge.conditions):
        return False
    return bool(loops_over(edge.conditions, edge.caller, var))


def loops_over(conditions: tuple[Condition, ...], function: ir.Function, var: ir.Var) -> list[Condition]:
    """The loops around a place of a function that come to it again and again with the same variable."""
    return [
        condition
        for condition in conditions
        if condition.kind in ("loop", "range")
        and (var.function != function.symbol or var.pos < condition.pos)
    ]


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
