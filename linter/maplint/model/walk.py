"""Instructions in order, each with the conditions under which it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from maplint.model import ir


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


class Occurrence(NamedTuple):
    """An instruction where it stands."""

    instruction: ir.Instruction
    conditions: tuple[Condition, ...]
    """Outermost first."""

    @property
    def in_loop(self) -> bool:
        return any(condition.kind in ("loop", "range") for condition in self.conditions)


def occurrences(body: ir.Body, conditions: tuple[Condition, ...] = ()) -> list[Occurrence]:
    """Every instruction of a body, nested ones after the one that holds them."""
    found: list[Occurrence] = []
    _collect(body, conditions, found)
    return found


def _collect(body: ir.Body, conditions: tuple[Condition, ...], found: list[Occurrence]) -> None:
    for instruction in body:
        found.append(Occurrence(instruction, conditions))
        if isinstance(instruction, ir.Branch):
            holds = Condition(instruction.cond, True, "branch", instruction.pos)
            _collect(instruction.then, (*conditions, holds), found)
            _collect(instruction.other, (*conditions, holds._replace(holds=False)), found)
            if leaves(instruction.then):
                conditions = (*conditions, holds._replace(holds=False))
            elif instruction.other and leaves(instruction.other):
                conditions = (*conditions, holds)
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
    if isinstance(instruction, ir.Call):
        own = (*instruction.args, *_present(instruction.receiver))
        return (*own, instruction.callee.value) if isinstance(instruction.callee, ir.Dynamic) else own
    if isinstance(instruction, ir.Store):
        return (instruction.target, instruction.value)
    if isinstance(instruction, ir.MapOp):
        return (instruction.target, *_present(instruction.key), *_present(instruction.value))
    if isinstance(instruction, ir.Return):
        return instruction.values
    if isinstance(instruction, ir.Send):
        return (instruction.channel, instruction.value)
    if isinstance(instruction, ir.Receive):
        return (instruction.channel,)
    if isinstance(instruction, ir.LockOp):
        return (instruction.target,)
    if isinstance(instruction, ir.Branch):
        return (instruction.cond,)
    if isinstance(instruction, ir.Loop):
        return (*_present(instruction.over), *_present(instruction.cond))
    if isinstance(instruction, ir.Choice):
        return (*_present(instruction.tag), *(value for arm in instruction.arms for value in arm.values))
    return ()


def _present(value: ir.Value | None) -> tuple[ir.Value, ...]:
    return () if value is None else (value,)


def parts(value: ir.Value) -> Iterator[ir.Value]:
    """A value and all values inside it; a call's result is a leaf."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, (ir.FieldOf, ir.Sliced, ir.KeyOf)):
            waiting.append(found.base)
        elif isinstance(found, ir.ElemOf):
            waiting.append(found.base)
            if found.index is not None:
                waiting.append(found.index)
        elif isinstance(found, ir.Received):
            waiting.append(found.channel)
        elif isinstance(found, ir.Converted):
            waiting.append(found.operand)
        elif isinstance(found, ir.Computed):
            waiting.extend(found.operands)
        elif isinstance(found, ir.Composed):
            for key, item in found.elements:
                waiting.append(item)
                if key is not None and not isinstance(key, ir.FieldRef):
                    waiting.append(key)
        elif isinstance(found, ir.FuncValue) and found.receiver is not None:
            waiting.append(found.receiver)
        elif isinstance(found, ir.Made) and found.size is not None:
            waiting.append(found.size)
