"""Predeclared functions, and what the functions of package maps do to their first argument."""

from __future__ import annotations

from collections.abc import Callable

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.context import Context, Want
from maplint.model.resolve.kinds import default_type, is_untyped
from maplint.model.resolve.names import denoted_type

_Builtin = Callable[[Context, nodes.Call, Want], ir.Value]


def _values(context: Context, expr: nodes.Call) -> list[ir.Value]:
    return [context.value(arg) for arg in expr.args]


def _is_map(context: Context, kind: t.Type) -> bool:
    return isinstance(context.underlying(kind), t.Map)


def _make(context: Context, expr: nodes.Call, want: Want) -> ir.Value:
    kind = context.type_of(expr.args[0], want.owner) if expr.args else None
    sizes = [context.value(arg) for arg in expr.args[1:]]
    return ir.Made(kind, "make", sizes[0] if sizes else None, expr.pos)


def _new(context: Context, expr: nodes.Call, want: Want) -> ir.Value:
    """Of a type or, since Go 1.26, of a value."""
    kind = denoted_type(context, expr.args[0], want.owner) if expr.args else None
    if kind is None and expr.args:
        operand = context.value(expr.args[0])
        return ir.Converted(t.Pointer(default_type(operand.type)), operand, "&")
    return ir.Made(t.Pointer(kind), "new", None, expr.pos)


def _delete(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
    args = _values(context, expr)
    if len(args) == 2:
        context.emit(ir.MapOp(expr.pos, expr.end, "delete", args[0], args[1], None))
    return ir.Unknown(None)


def _clear(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
    args = _values(context, expr)
    if args and _is_map(context, args[0].type):
        context.emit(ir.MapOp(expr.pos, expr.end, "clear", args[0], None, None))
    return ir.Unknown(None)


def _len(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
    args = _values(context, expr)
    if args and _is_map(context, args[0].type):
        context.emit(ir.MapOp(expr.pos, expr.end, "len", args[0], None, None))
    return ir.Computed(t.INT, "len", tuple(args[:1]))


def _cap(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
    return ir.Computed(t.INT, "cap", tuple(_values(context, expr)[:1]))


def _append(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
    args = _values(context, expr)
    return ir.Computed(args[0].type if args else None, "append", tuple(args))


def _extreme(name: str) -> _Builtin:
    """min or max: the type of the first argument that has one of its own."""

    def evaluate(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
        args = _values(context, expr)
        typed = [arg.type for arg in args if not is_untyped(arg.type)] or [arg.type for arg in args[:1]]
        return ir.Computed(typed[0] if typed else None, name, tuple(args))

    return evaluate


def _panic(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
    _values(context, expr)
    context.emit(ir.Jump(expr.pos, "panic", ""))
    return ir.Unknown(None)


def close(context: Context, expr: nodes.Call, mode: str) -> ir.Value:
    """Kept as a call, at once or deferred: closing a channel is how goroutines meet."""
    args = tuple(_values(context, expr))
    callee = ir.External("close")
    context.emit(ir.Call(expr.pos, expr.end, callee, None, args, mode, context.function.symbol, None))
    return ir.Unknown(None)


def _gives(kind: t.Type) -> _Builtin:
    """A builtin of which only the type of its result counts."""

    def evaluate(context: Context, expr: nodes.Call, _: Want) -> ir.Value:
        _values(context, expr)
        return ir.Unknown(kind)

    return evaluate


BUILTINS: dict[str, _Builtin] = {
    "make": _make,
    "new": _new,
    "delete": _delete,
    "clear": _clear,
    "len": _len,
    "cap": _cap,
    "append": _append,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "panic": _panic,
    "recover": _gives(t.ANY),
    "complex": _gives(t.Basic("complex128")),
    "real": _gives(t.Basic("float64")),
    "imag": _gives(t.Basic("float64")),
    "copy": _gives(t.INT),
    "print": _gives(None),
    "println": _gives(None),
}
"""By name, those that may be deferred with an effect left out; a shadowed name is no builtin."""

PREDECLARED = BUILTINS.keys() | {"close"}
"""The names of all of them."""

MAP_FUNCTIONS = {
    "maps.Copy": "copy",
    "maps.Insert": "copy",
    "maps.DeleteFunc": "delete-func",
    "golang.org/x/exp/maps.Copy": "copy",
    "golang.org/x/exp/maps.DeleteFunc": "delete-func",
    "golang.org/x/exp/maps.Clear": "clear",
}
"""The operation on the first argument of a library function."""
