"""Connections that the program opens itself: where they lead is configured, and no client brings it along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from maplint.model import ir

_DIALS = re.compile(r"(?:^|\.)Dial(?:[A-Z]\w*)?$")
_MAX_VALUES = 50


def dialed(
    value: ir.Value,
    given: Callable[[ir.Var], Sequence[ir.Value]],
    stores: Mapping[str, Sequence[ir.Value]],
) -> ir.Call | None:
    """The call that dialed the connection that a value is, or is asked of: `conn.RemoteAddr().String()`.

    `given` tells what a variable is assigned or handed, `stores` what is stored in each field, by its symbol. After
    50 values the search is given up.
    """
    seen: set[object] = set()
    waiting = [value]
    while waiting and len(seen) < _MAX_VALUES:
        value = waiting.pop()
        if isinstance(value, ir.Result):
            callee = value.call.callee
            if isinstance(callee, ir.External) and _DIALS.search(callee.symbol):
                return value.call
            waiting.extend((value.call.receiver,) if value.call.receiver is not None else ())
        elif isinstance(value, ir.Converted):
            waiting.append(value.operand)
        elif isinstance(value, ir.Ref) and value.var not in seen:
            seen.add(value.var)
            waiting.extend(given(value.var)[:_MAX_VALUES])
        elif isinstance(value, ir.FieldOf) and value.field.symbol not in seen:
            seen.add(value.field.symbol)
            stored = stores.get(value.field.symbol, ())
            waiting.extend(stored[:_MAX_VALUES] or (value.base,))
    return None
