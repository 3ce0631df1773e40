"""What a call outside the analysed code does with a function it is given: by the tables, else by names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from maplint.knowledge.callbacks import callbacks
from maplint.model import ir
from maplint.model.callback_modes import callback_mode, field_mode
from maplint.model.life import Life
from maplint.model.naming import short
from maplint.model.waits import callee_name

_AT_ONCE = frozenset(("now", "once", "action", "parallel"))
_STARTS = re.compile(r"^(?:Go|TryGo|Submit|TrySubmit|Spawn|Async|Background)(?:[A-Z]|$)")
_RUNS_LATER_ONCE = re.compile(r"^(?:AfterFunc|RegisterOnShutdown|Cleanup|AddCleanup|SetFinalizer)$")
_STORES = re.compile(r"^(?:Store|Swap|Push|Enqueue|Append|Insert)")
_SERVES = re.compile(r"^(?:Serve|ListenAndServe|Listen|Run|Start)")


class Registration(NamedTuple):
    """That a call keeps what it is given."""

    kind: str
    """goroutine or registered."""
    says: str
    again: bool
    """Whether it may call the function again and again."""
    life: Life


def registration(call: ir.Call, index: int, local_receiver: bool) -> Registration | None:
    """What a call does with a function in an argument; None where the function has run when the call returns.

    A method of a local object that no table knows keeps it as long as that object is kept: also None.
    """
    symbol = call.callee.symbol if isinstance(call.callee, ir.External) else f"?.{callee_name(call)}"
    name, known = callee_name(call), symbol in _known()
    mode = callback_mode(symbol, index)
    if mode in _AT_ONCE:
        stores = not known and (_STORES.match(name) or _is_in_field(call.args[index]))
        return Registration("registered", f"{called(call)} keeps it", True, Life.UNKNOWN) if stores else None
    if local_receiver and not known:
        return None
    life = Life.LONG if mode == "concurrent" and known else Life.LIKELY
    if _STARTS.match(name):
        return Registration("goroutine", f"{called(call)} runs it in a goroutine", False, life)
    if _RUNS_LATER_ONCE.match(name):
        return Registration("registered", f"{called(call)} runs it later", False, life)
    return Registration("registered", f"{called(call)} keeps it", True, life)


def serving(call: ir.Call) -> Registration | None:
    """What a method of an object that holds the function does with it: a server runs for long."""
    if not _SERVES.match(callee_name(call)):
        return None
    return Registration("registered", f"{called(call)} runs with it", True, Life.LIKELY)


def _is_in_field(value: ir.Value) -> bool:
    """Whether a function stands in a field that a library is known, or may be expected, to call later."""
    value = ir.unconverted(value)
    return isinstance(value, ir.Composed) and any(
        isinstance(key, ir.FieldRef) and not key.path and field_mode(key.owner, key.name) not in _AT_ONCE
        for key, _ in value.elements
    )


@cache
def _known() -> frozenset[str]:
    """The functions and methods of which the tables say when they run what they are given."""
    return frozenset(name.replace("(", "").replace(")", "") for name in callbacks())


def called(call: ir.Call) -> str:
    """What is called, as a reader knows it: `http.HandleFunc`, `Bus.run`."""
    callee = call.callee
    if isinstance(callee, ir.External):
        return callee.symbol.rpartition("/")[2].removeprefix("?.")
    return short(callee.symbol) if isinstance(callee, ir.Static) else callee_name(call) or "a function value"
