"""What conditions say about a map: a key known to be present or absent, a length compared, a nil map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from maplint.facts.records import remembered
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.flows import node_of
from maplint.model.walk import Condition, leaves, parts

_COMPARISONS = frozenset(("<", "<=", ">", ">=", "==", "!="))
_TRIVIAL = frozenset(("0", "1"))


def facts_of(condition: Condition) -> Iterator[tuple[ir.Value, bool]]:
    """The simple conditions that hold or fail where a compound one holds or fails."""
    if condition.value is None or condition.kind not in ("branch", "loop"):
        return
    waiting = [(condition.value, condition.holds)]
    while waiting:
        value, holds = waiting.pop()
        if isinstance(value, ir.Computed) and value.op == "!":
            waiting.append((value.operands[0], not holds))
        elif isinstance(value, ir.Computed) and value.op == ("&&" if holds else "||"):
            waiting.extend((operand, holds) for operand in value.operands)
        else:
            yield value, holds


def are_off(conditions: tuple[Condition, ...]) -> bool:
    """Whether a constant keeps what is under them from running, as in `if debug` where `debug` is false."""
    return any(
        condition.kind == "branch"
        and isinstance(condition.value, ir.Const)
        and condition.value.text == ("false" if condition.holds else "true")
        for condition in conditions
    )


class LookUp(NamedTuple):
    """A test whether a key is in a map."""

    node: str | None
    """The map, as flow names it."""
    key: ir.Value | None
    """The key that is looked up; None where it is not written."""
    found: bool
    """Whether the key is there where the condition stands."""


def look_ups(definitions: Definitions, conditions: tuple[Condition, ...]) -> Iterator[LookUp]:
    """What the conditions say of keys in maps."""
    for condition in conditions:
        for value, holds in facts_of(condition):
            tested = _look_up(definitions, value, holds)
            if tested is not None:
                yield tested


def presence(definitions: Definitions, conditions: tuple[Condition, ...], node: str) -> bool | None:
    """Whether the conditions say that some key is in the map of that node, or is not; None where they say neither."""
    found: bool | None = None
    for tested in look_ups(definitions, conditions):
        if tested.node == node:
            found = tested.found
    return found


def panics_on_duplicate(definitions: Definitions, function: ir.Function, pos: int, node: str) -> bool:
    """Whether a key that is in the map of that node already ends in a panic before a place: so registries insert."""
    for found in function.occurrences:
        branch = found.instruction
        if isinstance(branch, ir.Branch) and branch.pos < pos and branch.then:
            end = branch.then[-1]
            if isinstance(end, ir.Jump) and end.kind in ("panic", "exit"):
                held = Condition(branch.cond, True, "branch", branch.pos)
                if presence(definitions, (*found.conditions, held), node) is True:
                    return True
    return False


def _look_up(definitions: Definitions, value: ir.Value, holds: bool) -> LookUp | None:
    if isinstance(value, ir.Ref):
        value = _only(definitions, value) or value
    if isinstance(value, ir.Computed):
        element, sense = _tested_element(definitions, value)
        return LookUp(node_of(element.base), element.index, holds is sense) if element is not None else None
    if isinstance(value, ir.ElemOf):
        return LookUp(node_of(value.base), value.index, holds)
    if isinstance(value, ir.Result) and value.index == 1 and value.call.receiver is not None:
        key = value.call.args[0] if value.call.args else None
        return LookUp(node_of(value.call.receiver), key, holds)
    return None


def _tested_element(definitions: Definitions, test: ir.Computed) -> tuple[ir.ElemOf | None, bool]:
    """The element whose presence is tested, and whether the truth of the test means that it is there."""
    if test.op == "ok":
        return _element(definitions, test.operands[0]), True
    if test.op in ("==", "!=") and len(test.operands) == 2:
        left, right = test.operands
        if ir.is_nil(right):
            return _element(definitions, left), test.op == "!="
    return None, True


def _only(definitions: Definitions, value: ir.Ref) -> ir.Value | None:
    """The one value of a variable, also where it is assigned again from the same kind of look-up."""
    values = definitions.values(value.var)
    return (
        values[0]
        if values and (len(values) == 1 or all(type(v) is type(values[0]) for v in values))
        else None
    )


def _element(definitions: Definitions, value: ir.Value) -> ir.ElemOf | None:
    if isinstance(value, ir.Ref):
        value = _only(definitions, value) or value
    value = ir.unconverted(value)
    return value if isinstance(value, ir.ElemOf) else None


def compares_length(conditions: tuple[Condition, ...], node: str) -> bool:
    """Whether a condition compares the length of the map with something else than nothing."""
    return any(_is_length_test(value, node) for condition in conditions for value, _ in facts_of(condition))


def is_capped(function: ir.Function, conditions: tuple[Condition, ...], node: str, pos: int) -> bool:
    """Whether a full map keeps an insert at `pos` from running: by its conditions, by an earlier exit, or for good."""
    if compares_length(conditions, node) or _is_shut_when_full(function, conditions, node):
        return True
    return any(
        branch.pos < pos and any(_is_length_test(part, node) for part in parts(branch.cond))
        for branch in _exits_by_size(function)
    )


def _is_shut_when_full(function: ir.Function, conditions: tuple[Condition, ...], node: str) -> bool:
    """Whether the function sets a field once the map is full, under which it inserts nothing more."""
    unset = {
        value.field
        for condition in conditions
        for value, holds in facts_of(condition)
        if isinstance(value, ir.FieldOf) and not holds
    }
    return any(
        isinstance(found.instruction.target, ir.FieldOf)
        and found.instruction.target.field in unset
        and isinstance(found.instruction.value, ir.Const)
        and found.instruction.value.text == "true"
        and compares_length(found.conditions, node)
        for found in (function.of(ir.Store) if unset else ())
    )


@remembered
def _exits_by_size(function: ir.Function) -> list[ir.Branch]:
    """The branches of a function that measure something and leave on one side."""
    return [
        found.instruction
        for found in function.of(ir.Branch)
        if any(isinstance(part, ir.Computed) and part.op == "len" for part in found.values)
        and (leaves(found.instruction.then) or leaves(found.instruction.other))
    ]


def _is_length_test(value: ir.Value, node: str) -> bool:
    if not isinstance(value, ir.Computed) or value.op not in _COMPARISONS:
        return False
    sides = value.operands
    if any(isinstance(side, ir.Const) and side.text in _TRIVIAL for side in sides):
        return False
    return any(_measures(part, node) for side in sides for part in parts(side))


def _measures(value: ir.Value, node: str) -> bool:
    return (
        isinstance(value, ir.Computed)
        and value.op == "len"
        and bool(value.operands)
        and node_of(value.operands[0]) == node
    )


def is_nil_guarded(conditions: tuple[Condition, ...], node: str) -> bool:
    """Whether the map is known to be nil there: a first use, not a reset."""
    for condition in conditions:
        for value, holds in facts_of(condition):
            if isinstance(value, ir.Computed) and value.op in ("==", "!=") and holds is (value.op == "=="):
                left, right = value.operands
                if ir.is_nil(right) and node_of(left) == node:
                    return True
            if _is_empty_test(value, holds, node):
                return True
    return False


def _is_empty_test(value: ir.Value, holds: bool, node: str) -> bool:
    if not isinstance(value, ir.Computed) or value.op not in ("==", "!=") or len(value.operands) != 2:
        return False
    left, right = value.operands
    is_zero = isinstance(right, ir.Const) and right.text == "0"
    return is_zero and _measures(left, node) and holds is (value.op == "==")
