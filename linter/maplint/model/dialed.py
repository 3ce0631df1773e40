"""Connections that the program opens itself: where they lead is configured, and no client brings it along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from maplint.model import ir

_DIALS = re.compile(r"(?:^|\.)Dial(?:[A-Z]\w*)?$")
_MAX_DEPTH = 6


def is_dialed(
    value: ir.Value,
    given: Callable[[ir.Var], Sequence[ir.Value]],
    stores: Mapping[str, Sequence[ir.Value]],
    depth: int = 0,
) -> bool:
    """Whether a value is a connection that the program dialed, or is asked of one: `conn.RemoteAddr().String()`.

    `given` tells what a variable is assigned or handed, `stores` what is stored in each field, by its symbol.
    """
    if depth > _MAX_DEPTH:
        return False
    follow: Sequence[ir.Value] = ()
    if isinstance(value, ir.Converted):
        follow = (value.operand,)
    elif isinstance(value, ir.Ref):
        follow = given(value.var)
    elif isinstance(value, ir.FieldOf):
        follow = stores.get(value.field.symbol, ())
    elif isinstance(value, ir.Result):
        callee = value.call.callee
        if isinstance(callee, ir.External) and _DIALS.search(callee.symbol):
            return True
        follow = (value.call.receiver,) if value.call.receiver is not None else ()
    return any(is_dialed(one, given, stores, depth + 1) for one in follow)
