"""Predeclared functions, and the functions of package maps that change a map."""

from __future__ import annotations

from collections.abc import Callable

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.context import Context

_Builtin = Callable[[Context, nodes.Call], ir.Value]


def _values(context: Context, expr: nodes.Call) -> list[ir.Value]:
    from maplint.model.resolve.expressions import value

    return [value(context, arg) for arg in expr.args]


def _is_map(context: Context, kind: t.Type) -> bool:
    return isinstance(context.underlying(kind), t.Map)


def _make(context: Context, expr: nodes.Call) -> ir.Value:
    from maplint.model.resolve.expressions import value

    kind = context.type_of(expr.args[0]) if expr.args else None
    sizes = [value(context, arg) for arg in expr.args[1:]]
    return ir.Made(kind, "make", sizes[0] if sizes else None, expr.pos)


def _new(context: Context, expr: nodes.Call) -> ir.Value:
    from maplint.model.resolve.expressions import default_type, value

    kind = context.type_of(expr.args[0]) if expr.args else None
    if kind is None and expr.args:
        operand = value(context, expr.args[0])
        return ir.Converted(t.Pointer(default_type(operand.type)), operand, "&")
    return ir.Made(t.Pointer(kind), "new", None, expr.pos)


def _delete(context: Context, expr: nodes.Call) -> ir.Value:
    args = _values(context, expr)
    if len(args) == 2:
        context.emit(ir.MapOp(expr.pos, expr.end, "delete", args[0], args[1], None))
    return ir.Unknown(None)


def _clear(context: Context, expr: nodes.Call) -> ir.Value:
    args = _values(context, expr)
    if args and _is_map(context, args[0].type):
        context.emit(ir.MapOp(expr.pos, expr.end, "clear", args[0], None, None))
    return ir.Unknown(None)


def _len(context: Context, expr: nodes.Call) -> ir.Value:
    args = _values(context, expr)
    if args and _is_map(context, args[0].type):
        context.emit(ir.MapOp(expr.pos, expr.end, "len", args[0], None, None))
    return ir.Computed(t.INT, "len", tuple(args[:1]))


def _cap(context: Context, expr: nodes.Call) -> ir.Value:
    return ir.Computed(t.INT, "cap", tuple(_values(context, expr)[:1]))


def _append(context: Context, expr: nodes.Call) -> ir.Value:
    args = _values(context, expr)
    return ir.Computed(args[0].type if args else None, "append", tuple(args))


def _min_max(context: Context, expr: nodes.Call) -> ir.Value:
    args = _values(context, expr)
    kind = next((arg.type for arg in args if not isinstance(arg, ir.Const)), args[0].type if args else None)
    return ir.Computed(kind, "min" if "min" in str(expr.function) else "max", tuple(args))


def _panic(context: Context, expr: nodes.Call) -> ir.Value:
    _values(context, expr)
    context.emit(ir.Jump(expr.pos, "panic", ""))
    return ir.Unknown(None)


def _recover(context: Context, expr: nodes.Call) -> ir.Value:
    return ir.Unknown(t.ANY)


def _complex(context: Context, expr: nodes.Call) -> ir.Value:
    _values(context, expr)
    return ir.Unknown(t.Basic("complex128"))


def _real(context: Context, expr: nodes.Call) -> ir.Value:
    _values(context, expr)
    return ir.Unknown(t.Basic("float64"))


def _copy(context: Context, expr: nodes.Call) -> ir.Value:
    _values(context, expr)
    return ir.Unknown(t.INT)


def _close(context: Context, expr: nodes.Call) -> ir.Value:
    """Kept as a call: closing a channel is how goroutines meet."""
    args = tuple(_values(context, expr))
    callee = ir.External("close")
    context.emit(ir.Call(expr.pos, expr.end, callee, None, args, "call", context.function.symbol, None))
    return ir.Unknown(None)


def _nothing(context: Context, expr: nodes.Call) -> ir.Value:
    _values(context, expr)
    return ir.Unknown(None)


BUILTINS: dict[str, _Builtin] = {
    "make": _make,
    "new": _new,
    "delete": _delete,
    "clear": _clear,
    "len": _len,
    "cap": _cap,
    "append": _append,
    "min": _min_max,
    "max": _min_max,
    "panic": _panic,
    "recover": _recover,
    "complex": _complex,
    "real": _real,
    "imag": _real,
    "copy": _copy,
    "close": _close,
    "print": _nothing,
    "println": _nothing,
}
"""By name; a shadowed name is no builtin."""


def _first_argument(op: str) -> Callable[[Context, nodes.Call], None]:
    def emit(context: Context, expr: nodes.Call) -> None:
        from maplint.model.resolve.expressions import value

        if not expr.args:
            return
        silent = Context(context.package, context.file, context.function, silent=True)
        silent.scopes = context.scopes
        target = value(silent, expr.args[0])
        source = value(silent, expr.args[1]) if op == "copy" and len(expr.args) > 1 else None
        context.emit(ir.MapOp(expr.pos, expr.end, op, target, None, source))

    return emit


LIBRARY_MAP_FUNCTIONS: dict[str, Callable[[Context, nodes.Call], None]] = {
    "maps.Copy": _first_argument("copy"),
    "maps.Insert": _first_argument("copy"),
    "maps.DeleteFunc": _first_argument("delete-func"),
    "golang.org/x/exp/maps.Copy": _first_argument("copy"),
    "golang.org/x/exp/maps.DeleteFunc": _first_argument("delete-func"),
    "golang.org/x/exp/maps.Clear": _first_argument("clear"),
}
"""What the functions of package maps do to their first argument."""
