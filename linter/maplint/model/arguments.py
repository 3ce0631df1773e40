"""What a call hands to the function that it calls."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.model import ir


def arguments(call: ir.Call, target: ir.Function) -> Iterator[tuple[str, ir.Value]]:
    """Receiver and arguments, by the symbol that stands for each in the function.

    What a variadic parameter gathers stands for its elements, `F.names[]`.
    """
    receiver, args = call.receiver, call.args
    if receiver is None and target.receiver is not None and len(args) == len(target.params) + 1:
        receiver, args = args[0], args[1:]  # the value of a method expression
    if target.receiver is not None and receiver is not None:
        yield target.receiver.symbol, receiver
    last = len(target.params) - 1
    for i, arg in enumerate(args):
        if target.variadic and i >= last and not call.spread:
            yield f"{target.params[last].symbol}[]", arg
        elif i <= last:
            yield target.params[i].symbol, arg


def handed_to(call: ir.Call, target: ir.Function, param: ir.Var) -> Iterator[ir.Value]:
    """What a call hands to one parameter or the receiver; several values for a variadic parameter."""
    for symbol, arg in arguments(call, target):
        if symbol.removesuffix("[]") == param.symbol:
            yield arg
