"""Functions that leave every lock alone, and their callees too: most of a program, told without a walk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from maplint.model import ir

SEMAPHORE = "golang.org/x/sync/semaphore.Weighted."
"""What the methods of a weighted semaphore begin with."""


def lock_free(functions: Iterable[ir.Function]) -> set[ir.Function]:
    """Those that neither they nor what they call takes or releases a lock, nor uses a channel, which may be one."""
    callers: dict[str, list[ir.Function]] = defaultdict(list)
    waiting: list[ir.Function] = []
    free = set()
    for function in functions:
        if _may_lock(function, callers):
            waiting.append(function)
        else:
            free.add(function)
    while waiting:
        found = [caller for caller in callers[waiting.pop().symbol] if caller in free]
        free.difference_update(found)
        waiting += found
    return free


def _may_lock(function: ir.Function, callers: dict[str, list[ir.Function]]) -> bool:
    """Whether a function itself may take or release a lock; notes what it calls."""
    found = bool(function.of(ir.LockOp) or function.of(ir.Send) or function.of(ir.Receive))
    for each in function.of(ir.Call):
        callee = each.instruction.callee
        if isinstance(callee, ir.Static):
            callers[callee.symbol].append(function)
        else:
            found = found or isinstance(callee, ir.Dynamic) or _is_semaphore(callee)
    return found


def _is_semaphore(callee: ir.Callee) -> bool:
    return isinstance(callee, ir.External) and callee.symbol.startswith(SEMAPHORE)
