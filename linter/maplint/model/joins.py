"""Whether a function waits for the goroutines it has started."""

from __future__ import annotations

from maplint.facts import types as t
from maplint.facts.records import remembered
from maplint.model import ir
from maplint.model.callgraph import Edge
from maplint.model.definitions import Definitions, named_by
from maplint.model.families import variables
from maplint.model.walk import Condition, parts

_PIPE = ir.External("io.Pipe")
_RESULTS = frozenset(("Err", "Error", "Errors", "Join"))
"""Methods by which a group waits for its goroutines and says how they have ended."""


def joins(definitions: Definitions, start: Edge, before: int | None = None) -> bool:
    """Whether the starting function waits for what it started before a place, or before it returns.

    A loop that receives another number of answers than it started goroutines, as a quorum does, is no join. A function
    that does itself what its goroutines do, behind their start, ends with them when nothing is left to do.
    """
    if _is_drained(start, before):
        return True
    rounds = _loops(start.conditions)
    for found in start.caller.occurrences:
        instruction = found.instruction
        deferred = isinstance(instruction, ir.Call) and instruction.mode == "defer" and before is None
        if not deferred and not start.call.pos < instruction.pos:
            continue
        if before is not None and instruction.pos >= before:
            continue
        if isinstance(instruction, ir.Receive):
            if not _is_quorum(definitions, rounds, _loops(found.conditions)):
                return True
        elif _waits(instruction) or _takes_part(instruction, start) or _ends_group(instruction, start):
            return True
    return False


def _is_drained(start: Edge, before: int | None) -> bool:
    """Whether the starting function hands on the reader of a pipe whose writer it has given to the goroutine."""
    pipes = _pipes(start.caller)
    if not pipes:
        return False
    given = {part.var for arg in start.call.args for part in parts(arg) if isinstance(part, ir.Ref)}
    given |= {ref.var for ref in variables(start.callee)}
    readers = {reader for reader, writer in pipes if writer in given}
    return bool(readers) and any(
        isinstance(part, ir.Ref) and part.var in readers
        for found in start.caller.of(ir.Call)
        if start.call.pos < found.instruction.pos and (before is None or found.instruction.pos < before)
        for arg in found.instruction.args
        for part in parts(arg)
    )


@remembered
def _pipes(function: ir.Function) -> list[tuple[ir.Var, ir.Var]]:
    """The variables for the reader and the writer of each pipe that a function makes."""
    ends: dict[ir.Call, dict[int, ir.Var]] = {}
    for found in function.of(ir.Store):
        target, value = found.instruction.target, found.instruction.value
        value = value.operand if isinstance(value, ir.Converted) else value
        if isinstance(target, ir.Ref) and isinstance(value, ir.Result):
            if value.call.callee == _PIPE:
                ends.setdefault(value.call, {})[value.index] = target.var
    return [(found[0], found[1]) for found in ends.values() if len(found) == 2]


def are_of_one_group(inner: Edge, outer: Edge) -> bool:
    """Whether a goroutine was started by another one in the very group that has started that."""
    return _group_of(inner.call) is not None and _group_of(inner.call) is _group_of(outer.call)


def _ends_group(instruction: ir.Instruction, start: Edge) -> bool:
    """Whether the group of another module that has started a goroutine is asked what came of all of them."""
    return (
        isinstance(instruction, ir.Call)
        and instruction.mode != "go"
        and isinstance(instruction.callee, ir.External)
        and instruction.callee.symbol.rpartition(".")[2] in _RESULTS
        and _group_of(instruction) is not None
        and _group_of(instruction) is _group_of(start.call)
    )


def _group_of(call: ir.Call) -> ir.Var | None:
    return named_by(call.receiver) if call.receiver is not None else None


def waits_before(function: ir.Function, pos: int, since: int = -1) -> bool:
    """Whether a function waits for something before a place in it, behind another one."""
    return any(
        (isinstance(found.instruction, ir.Receive) or _waits(found.instruction))
        and since < found.instruction.pos < pos
        for found in function.occurrences
    )


def calls_wait(function: ir.Function, since: int, before: int | None = None) -> bool:
    """Whether a function calls something that waits, by its name, behind a place in it, or when it returns.

    With another place, whether it does so before it comes to that.
    """
    return any(
        _is_wait(found.instruction)
        and (
            since < found.instruction.pos < before
            if before is not None
            else found.instruction.pos > since or found.instruction.mode == "defer"
        )
        for found in function.of(ir.Call)
    )


def _waits(instruction: ir.Instruction) -> bool:
    if isinstance(instruction, ir.Loop):
        return instruction.over is not None and _is_channel(instruction.over)
    return _is_wait(instruction)


def _is_wait(instruction: ir.Instruction) -> bool:
    if not isinstance(instruction, ir.Call) or instruction.mode == "go":
        return False
    callee = instruction.callee
    name = callee.method if isinstance(callee, ir.Abstract) else getattr(callee, "symbol", "")
    return name.rpartition(".")[2] in ("Wait", "StopAndWait", "StopWait", "WaitAll")


def _takes_part(instruction: ir.Instruction, start: Edge) -> bool:
    """Whether the starting function calls, in its own goroutine, what it has started in others."""
    return isinstance(instruction, ir.Call) and _called(instruction) == start.callee.symbol


@remembered
def called_by(function: ir.Function) -> frozenset[str]:
    """The symbols of what a function calls by its name, and goes on when that has returned."""
    return frozenset(filter(None, (_called(found.instruction) for found in function.of(ir.Call))))


def _called(call: ir.Call) -> str | None:
    return call.callee.symbol if call.mode != "go" and isinstance(call.callee, ir.Static) else None


def _is_channel(value: ir.Value) -> bool:
    return isinstance(value.type, t.Chan)


def _loops(conditions: tuple[Condition, ...]) -> list[Condition]:
    return [condition for condition in conditions if condition.kind in ("loop", "range")]


def _is_quorum(definitions: Definitions, starts: list[Condition], receives: list[Condition]) -> bool:
    """Whether goroutines are started in one loop and waited for in another one that runs for another count."""
    if not starts or not receives or starts[-1].pos == receives[-1].pos:
        return False
    if _asks_whether_enough(receives[-1]):
        return True
    started, received = _count(definitions, starts[-1]), _count(definitions, receives[-1])
    return started is not None and received is not None and started != received


def _asks_whether_enough(loop: Condition) -> bool:
    """Whether a loop goes on for as long as some function says that not enough has come."""
    value = loop.value
    while isinstance(value, ir.Computed) and value.op == "!":
        value = value.operands[0]
    return loop.kind == "loop" and isinstance(value, ir.Result)


def _count(definitions: Definitions, loop: Condition) -> str | None:
    """The access path of what says how often a loop runs."""
    value = loop.value
    if loop.kind == "loop" and isinstance(value, ir.Computed) and len(value.operands) == 2:
        value = value.operands[1]
    for _ in range(5):
        if isinstance(value, ir.Ref) and (single := definitions.single(value.var)) is not None:
            value = single
        elif isinstance(value, ir.Computed) and value.op == "len":
            value = value.operands[0]
    if isinstance(value, ir.Const):
        return value.text
    return definitions.path(value) if isinstance(value, (ir.Ref, ir.FieldOf)) else None
