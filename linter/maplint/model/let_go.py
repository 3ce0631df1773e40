"""What is taken out again of containers that are no maps: slices, lists, and the containers of libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maplint.model import ir
from maplint.model.flows import node_of
from maplint.model.waits import callee_name

_REMOVES = re.compile(
    r"^(?:Remove|Delete|Del|Evict|Pop|PopFront|PopBack|PopLeft|Dequeue|Erase|Discard|Unset|LoadAndDelete|CompareAndDelete"
    r"|RemoveIf|DeleteIf|RemoveCb|DeleteFunc)$"
)
_SHRINKS = ir.External("slices.Delete"), ir.External("slices.DeleteFunc")


def let_go(function: ir.Function) -> Iterator[str]:
    """The fields and package variables from which a function takes something, by symbol."""
    for found in function.of(ir.Call):
        call = found.instruction
        if call.receiver is not None and not isinstance(call.callee, ir.Static) and _is_removal(call):
            yield from filter(None, [node_of(call.receiver)])
    for stored in function.of(ir.Store):
        target = node_of(stored.instruction.target)
        if target is not None and _is_shorter(stored.instruction.value, target):
            yield target


def _is_removal(call: ir.Call) -> bool:
    return bool(_REMOVES.match(callee_name(call)))


def _is_shorter(value: ir.Value, whole: str) -> bool:
    """Whether a value is a part of a slice: `s[1:]`, `append(s[:i], s[i+1:]...)`, `slices.Delete(s, i, i+1)`."""
    if isinstance(value, ir.Sliced):
        return node_of(value.base) == whole
    if isinstance(value, ir.Computed) and value.op == "append":
        return all(_is_shorter(item, whole) for item in value.operands)
    if isinstance(value, ir.Result) and value.call.callee in _SHRINKS:
        return any(node_of(arg) == whole for arg in value.call.args)
    return False
