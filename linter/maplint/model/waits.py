"""Loops that go on for as long as the program serves, and functions that wait for what they start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.contexts import is_endless
from maplint.model.families import Families
from maplint.model.walk import Condition, Occurrence, parts

_BLOCKING = re.compile(r"^(?:Accept|Sleep|Recv|Receive|Poll|Wait|After|Next|Read|Fetch|Pop|Dequeue)")
_WAITS = re.compile(r"^(?:Wait|StopAndWait|StopWait|WaitAll)$")
_NOTIFY = ir.External("os/signal.Notify")
CLOSE = ir.External("close")


def serves(function: ir.Function, conditions: tuple[Condition, ...], after: int = -1) -> bool:
    """Whether a loop that never ends is around a place of the function, begun behind the offset `after`.

    Such a loop has no condition and waits for something in each round, or ranges over a channel.
    """
    return any(condition.pos > after and _serves(function, condition) for condition in conditions)


def never_ends(families: Families, function: ir.Function) -> bool:
    """Whether the function itself holds a loop without an end.

    A channel that its family closes has one, and so has a loop that returns and waits for nothing.
    """
    if not function.of(ir.Loop):
        return False
    loops = {loop.pos: loop for found in function.occurrences for loop in found.conditions}
    return any(
        is_endless(function, (loop,))
        and not _is_closed(families, function, loop)
        and not _is_search(function, loop)
        for loop in loops.values()
    )


def _is_search(function: ir.Function, loop: Condition) -> bool:
    """Whether a loop without a condition goes on until it has found something, and waits for nothing."""
    inside = list(_loop(function, loop.pos)) if loop.kind == "loop" else []
    return any(isinstance(one, ir.Return) for one in inside) and not any(map(_may_rest, inside))


def _may_rest(instruction: ir.Instruction) -> bool:
    """Whether a goroutine may rest at an instruction: functions of the analysed code do so by their bodies alone."""
    if isinstance(instruction, ir.Choice):
        return instruction.kind == "select"
    is_own = isinstance(instruction, ir.Call) and isinstance(instruction.callee, ir.Static)
    return isinstance(instruction, ir.Send) or (not is_own and _blocks(instruction))


def _is_closed(families: Families, function: ir.Function, loop: Condition) -> bool:
    """Whether a loop ranges over a local channel that the function, or a literal beside it, closes."""
    if loop.kind != "range" or not isinstance(loop.value, ir.Ref) or loop.value.var.kind != "local":
        return False
    return any(
        found.instruction.callee == CLOSE
        and any(isinstance(arg, ir.Ref) and arg.var == loop.value.var for arg in found.instruction.args)
        for member in families.members(families.top(function))
        for found in member.of(ir.Call)
    )


def is_start(function: ir.Function) -> bool:
    """Whether its locals may live as long as the program: main, init, an initialiser of package variables."""
    return function.receiver is None and function.name in ("main", "init")


def _serves(function: ir.Function, condition: Condition) -> bool:
    if condition.kind == "range" and condition.value is not None:
        return isinstance(condition.value.type, t.Chan)
    if condition.kind != "loop" or not (condition.value is None or _asks_context(condition.value)):
        return False
    return any(_blocks(instruction) for instruction in _loop(function, condition.pos))


def _asks_context(value: ir.Value) -> bool:
    """`for ctx.Err() == nil`."""
    return any(isinstance(part, ir.Result) and callee_name(part.call) == "Err" for part in parts(value))


def _loop(function: ir.Function, pos: int) -> Iterator[ir.Instruction]:
    for found in function.occurrences:
        if any(condition.pos == pos and condition.kind == "loop" for condition in found.conditions):
            yield found.instruction


def _blocks(instruction: ir.Instruction) -> bool:
    if isinstance(instruction, ir.Call) and instruction.mode == "call":
        return bool(_BLOCKING.match(callee_name(instruction)))
    return isinstance(instruction, ir.Receive)


def callee_name(call: ir.Call) -> str:
    """The last name of what is called; empty for a function value."""
    callee = call.callee
    if isinstance(callee, ir.Abstract):
        return callee.method
    return callee.symbol.rpartition(".")[2] if isinstance(callee, (ir.External, ir.Static)) else ""


def blocks(functions: list[ir.Function]) -> bool:
    """Whether a goroutine may rest for long: it receives, sleeps, or waits."""
    return any(_blocks(found.instruction) for function in functions for found in function.occurrences)


def waits_for(families: Families, function: ir.Function, pos: int, literal: ir.Function) -> bool:
    """Whether the function, behind that offset, waits until the literal that it started there has run.

    It waits by a method Wait, or by receiving from, or filling, a channel of its own that the literal uses.
    """
    answers = families.named(literal) - set(_notified(function))
    for found in _at_its_end(families, function):
        instruction = found.instruction
        if serves(function, found.conditions):
            continue
        later = instruction.pos > pos
        if isinstance(instruction, ir.Call) and _is_wait(instruction, later):
            return True
        if isinstance(instruction, (ir.Receive, ir.Send)) and later:
            channel = instruction.channel
            if isinstance(channel, ir.Ref) and channel.var.kind == "local" and channel.var in answers:
                return True
    return False


def _at_its_end(families: Families, function: ir.Function) -> Iterator[Occurrence]:
    """The instructions of a function and of the literals that it defers."""
    yield from function.occurrences
    deferred = {
        found.instruction.callee.value.symbol
        for found in function.of(ir.Call)
        if found.instruction.mode == "defer"
        and isinstance(found.instruction.callee, ir.Dynamic)
        and isinstance(found.instruction.callee.value, ir.FuncValue)
    }
    for member in families.members(families.top(function)):
        if member.symbol in deferred:
            yield from member.occurrences


def _is_wait(call: ir.Call, later: bool) -> bool:
    mode = "call" if later else "defer"
    return call.mode in (mode, "defer") and bool(_WAITS.match(callee_name(call)))


def _notified(function: ir.Function) -> Iterator[ir.Var]:
    """Channels that signals come in by: who receives from one waits for the end of the program."""
    for found in function.of(ir.Call):
        if found.instruction.callee == _NOTIFY:
            yield from (part.var for part in found.values if isinstance(part, ir.Ref))
