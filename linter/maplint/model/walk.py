"""Instructions in order, each with the conditions under which it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from maplint.facts.records import record, remembered
from maplint.model import ir

_MAX_EXITS = 200
"""How many conditional exits before an instruction of the same body count as its conditions, the last ones."""


class Condition(NamedTuple):
    """Something that holds where an instruction runs."""

    value: ir.Value | None
    """The condition of a branch or loop, or what is switched over; None for an arm of a select."""
    holds: bool
    """Whether the condition is true there, or false: in an else, and behind an `if` that does not fall through."""
    kind: str
    """branch, loop, range or arm."""
    pos: int
    cases: tuple[ir.Value, ...] = ()
    """For an arm of a switch: its expressions."""


_Kind = TypeVar("_Kind", bound=ir.Instruction, covariant=True)


@record
class Found(Generic[_Kind]):
    """An instruction of some kind where it stands."""

    instruction: _Kind
    conditions: tuple[Condition, ...]
    """Outermost first."""
    made: tuple[ir.Value, ...]
    """Those of `values` that something new comes from: composite literals, functions, `make` and `new`."""

    @property
    def values(self) -> tuple[ir.Value, ...]:
        """What the instruction itself uses: its operands and all values inside them."""
        return _values(operands(self.instruction))

    @property
    def in_loop(self) -> bool:
        return any(condition.kind in ("loop", "range") for condition in self.conditions)


Occurrence: TypeAlias = Found[ir.Instruction]
"""An instruction where it stands."""


def occurrences(body: ir.Body) -> tuple[Occurrence, ...]:
    """Every instruction of a body, nested ones after the one that holds them."""
    found: list[Occurrence] = []
    _collect(body, (), found)
    return tuple(found)


def _collect(body: ir.Body, around: tuple[Condition, ...], found: list[Occurrence]) -> None:
    conditions = around
    exits: tuple[Condition, ...] = ()
    for instruction in body:
        found.append(Found(instruction, conditions, _made(operands(instruction))))
        if type(instruction) not in _HOLDING:
            continue
        if isinstance(instruction, ir.Branch):
            holds = Condition(instruction.cond, True, "branch", instruction.pos)
            fails = Condition(instruction.cond, False, "branch", instruction.pos)
            _collect(instruction.then, (*conditions, holds), found)
            _collect(instruction.other, (*conditions, fails), found)
            if leaves(instruction.then):
                exits = (*exits, fails)[-_MAX_EXITS:]
                conditions = around + exits
            elif instruction.other and leaves(instruction.other):
                exits = (*exits, holds)[-_MAX_EXITS:]
                conditions = around + exits
        elif isinstance(instruction, ir.Loop):
            kind = "range" if instruction.over is not None else "loop"
            condition = Condition(instruction.over or instruction.cond, True, kind, instruction.pos)
            _collect(instruction.body, (*conditions, condition), found)
            _collect(instruction.post, (*conditions, condition), found)
        elif isinstance(instruction, ir.Choice):
            for arm in instruction.arms:
                inside = (*conditions, Condition(instruction.tag, True, "arm", instruction.pos, arm.values))
                _collect(arm.comm, inside, found)
                _collect(arm.body, inside, found)
        elif isinstance(instruction, ir.Labeled):
            _collect(instruction.body, conditions, found)


def conditions_at(function: ir.Function, pos: int) -> tuple[Condition, ...]:
    """The conditions under which a function comes to the instruction at a place."""
    return _by_place(function).get(pos, ())


@remembered
def _by_place(function: ir.Function) -> dict[int, tuple[Condition, ...]]:
    """The conditions of each instruction; of several at one place those of the first."""
    return {found.instruction.pos: found.conditions for found in reversed(function.occurrences)}


def leaves(body: ir.Body) -> bool:
    """Whether control never reaches the end of a body."""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, (ir.Return, ir.Jump)):
        return not (isinstance(last, ir.Jump) and last.kind == "fallthrough")
    if isinstance(last, ir.Branch):
        return leaves(last.then) and leaves(last.other)
    if isinstance(last, ir.Choice):
        covered = last.kind == "select" or any(arm.default for arm in last.arms)
        return (
            covered
            and bool(last.arms)
            and all(leaves(arm.body) and not _breaks(arm.body) for arm in last.arms)
        )
    if isinstance(last, ir.Loop):
        return last.cond is None and last.over is None and not _breaks(last.body)
    return False


def _breaks(body: ir.Body) -> bool:
    """Whether a break in the body leaves the loop or switch around it; labels are taken to mean this one."""
    for instruction in body:
        if isinstance(instruction, ir.Jump) and (instruction.kind == "break" or instruction.kind == "goto"):
            return True
        if isinstance(instruction, ir.Branch) and (_breaks(instruction.then) or _breaks(instruction.other)):
            return True
        if isinstance(instruction, ir.Labeled) and _breaks(instruction.body):
            return True
        if isinstance(instruction, (ir.Loop, ir.Choice)) and _breaks_by_label(instruction):
            return True
    return False


def _breaks_by_label(instruction: ir.Loop | ir.Choice) -> bool:
    bodies = (
        [instruction.body] if isinstance(instruction, ir.Loop) else [arm.body for arm in instruction.arms]
    )
    return any(
        isinstance(found.instruction, ir.Jump)
        and found.instruction.label
        and found.instruction.kind == "break"
        for body in bodies
        for found in occurrences(body)
    )


def operands(instruction: ir.Instruction) -> tuple[ir.Value, ...]:
    """The values that an instruction itself uses, those of nested bodies left out."""
    own = _OPERANDS.get(type(instruction))
    return own(instruction) if own is not None else ()


def _of_call(call: ir.Call) -> tuple[ir.Value, ...]:
    own = call.args if call.receiver is None else (*call.args, call.receiver)
    return (*own, call.callee.value) if isinstance(call.callee, ir.Dynamic) else own


def _of_choice(choice: ir.Choice) -> tuple[ir.Value, ...]:
    return (*_present(choice.tag), *[value for arm in choice.arms for value in arm.values])


def _present(value: ir.Value | None) -> tuple[ir.Value, ...]:
    return () if value is None else (value,)


def parts(value: ir.Value) -> tuple[ir.Value, ...]:
    """A value and all values inside it; a call's result is a leaf."""
    return _values((value,))


def variables_in(roots: Iterable[ir.Value]) -> set[ir.Var]:
    """The variables that values are made of."""
    waiting = list(roots)
    found: set[ir.Var] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, ir.Ref):
            found.add(value.var)
        elif type(value) in _INSIDE:
            waiting += _INSIDE[type(value)](value)
    return found


def _values(roots: tuple[ir.Value, ...]) -> tuple[ir.Value, ...]:
    for root in roots:
        if type(root) in _INSIDE:
            break
    else:
        return roots
    waiting = list(roots[::-1])
    found: list[ir.Value] = []
    while waiting:
        value = waiting.pop()
        found.append(value)
        inside = _INSIDE.get(type(value))
        if inside is not None:
            waiting += inside(value)
    return tuple(found)


def _made(roots: tuple[ir.Value, ...]) -> tuple[ir.Value, ...]:
    """Those of `_values` that something new comes from."""
    waiting = [root for root in roots[::-1] if type(root) in _INSIDE]
    found: list[ir.Value] = []
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _MAKES:
            found.append(value)
        waiting += [inner for inner in _INSIDE[kind](value) if type(inner) in _INSIDE]
    return tuple(found)


def _composed(value: ir.Composed) -> Iterator[ir.Value]:
    for key, item in value.elements:
        yield item
        if key is not None and not isinstance(key, ir.FieldRef):
            yield key


_OPERANDS: dict[type, Callable[[Any], tuple[ir.Value, ...]]] = {
    ir.Call: _of_call,
    ir.Store: lambda store: (store.target, store.value),
    ir.MapOp: lambda op: (op.target, *_present(op.key), *_present(op.value)),
    ir.Return: lambda returned: returned.values,
    ir.Send: lambda send: (send.channel, send.value),
    ir.Receive: lambda receive: (receive.channel,),
    ir.LockOp: lambda lock: (lock.target,),
    ir.Branch: lambda branch: (branch.cond,),
    ir.Loop: lambda loop: (*_present(loop.over), *_present(loop.cond)),
    ir.Choice: _of_choice,
}

_INSIDE: dict[type, Callable[[Any], Iterable[ir.Value]]] = {
    ir.FieldOf: lambda value: (value.base,),
    ir.Sliced: lambda value: (value.base,),
    ir.KeyOf: lambda value: (value.base,),
    ir.ElemOf: lambda value: (value.base, *_present(value.index)),
    ir.Received: lambda value: (value.channel,),
    ir.Converted: lambda value: (value.operand,),
    ir.Computed: lambda value: value.operands,
    ir.Composed: _composed,
    ir.FuncValue: lambda value: _present(value.receiver),
    ir.Made: lambda value: _present(value.size),
}
"""The values directly inside one of these kinds, the last of them the first to be looked into."""

_MAKES = frozenset((ir.Composed, ir.FuncValue, ir.Made))
_HOLDING = frozenset((ir.Branch, ir.Loop, ir.Choice, ir.Labeled))
"""Instructions with others inside."""
