"""What decides which calls are made together: `if async` runs for those alone that hand in true, of two opposite
branches a turn takes one, and of functions that a library is given together it may run one at a time.
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.facts import types as t
from maplint.knowledge.callbacks_libraries import IN_TURN
from maplint.model import ir
from maplint.model.callgraph import Edge, argument
from maplint.model.definitions import Definitions
from maplint.model.guards import facts_of
from maplint.model.walk import Condition


class Need(NamedTuple):
    """What a parameter has to be for control to come to some place of its function."""

    param: ir.Var
    value: bool


def needs_of(definitions: Definitions, conditions: tuple[Condition, ...]) -> frozenset[Need]:
    """What the conditions ask of parameters that are true or false, and that nothing else is assigned to."""
    return frozenset(
        Need(value.var, holds)
        for condition in conditions
        if condition.kind == "branch"
        for value, holds in facts_of(condition)
        if isinstance(value, ir.Ref) and value.type == t.BOOL and value.var.kind == "parameter"
        if not definitions.values(value.var)
    )


def needs_before(needs: frozenset[Need], edge: Edge) -> frozenset[Need] | None:
    """The same of the caller's parameters; None where the call hands in the contrary."""
    found = set()
    for need in needs:
        if need.param.function != edge.callee.symbol:
            found.add(need)
            continue
        given = argument(edge, need.param)
        if isinstance(given, ir.Const) and given.text == ("false" if need.value else "true"):
            return None
        if isinstance(given, ir.Ref) and given.var.kind == "parameter":
            found.add(Need(given.var, need.value))
    return frozenset(found)


def are_in_turn(one: Edge | None, other: Edge | None) -> bool:
    """Whether a library runs two functions that are fields of one struct, one after another."""
    if one is None or other is None or one.caller is not other.caller or one.call is other.call:
        return False
    given = (*one.call.args, *other.call.args)
    return all(_owner(edge) in IN_TURN for edge in (one, other)) and any(
        {id(arg) for arg in given} <= {id(item) for _, item in value.elements}
        for found in one.caller.making
        for value in found.made
        if isinstance(value, ir.Composed)
    )


def _owner(edge: Edge) -> str:
    """The type of the struct in whose field a function is handed out."""
    callee = edge.call.callee
    return callee.symbol.rpartition(".")[0] if isinstance(callee, ir.External) else ""


def are_alternatives(one: Edge, other: Edge) -> bool:
    """Whether a function makes one of two calls or the other, and never both in one turn."""
    taken = {(branch.pos, branch.holds) for branch in one.conditions if branch.kind == "branch"}
    return one.caller is other.caller and any(
        (branch.pos, not branch.holds) in taken for branch in other.conditions if branch.kind == "branch"
    )
