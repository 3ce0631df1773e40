"""Calls: conversions, builtins, lock operations, map methods, and calls of functions."""

from __future__ import annotations

import re

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.locks import CUSTOMARY, LOCKS, LockEffect
from maplint.knowledge.module_results import module_results
from maplint.model import ir
from maplint.model.callback_modes import is_known
from maplint.model.members import Member
from maplint.model.resolve.builtins import BUILTINS, MAP_FUNCTIONS, PREDECLARED, close
from maplint.model.resolve.context import Context, Want, evaluates
from maplint.model.resolve.inference import results_of
from maplint.model.resolve.kinds import behind, spread_values
from maplint.model.resolve.names import (
    Selected,
    denoted_type,
    imported_package,
    imported_type,
    imported_value,
    selected,
)

_NEW_OR_CONSTANT = (ir.Composed, ir.Const, ir.Made, ir.Result)
_NOTHING = t.Tuple(())
_TRIES = (LockEffect.TRY_LOCK, LockEffect.TRY_READ_LOCK)
_REMOVES = re.compile(r"\.(?:Must)?(?:Delete|Remove|Evict|Pop)\w*$")
_SYNC_MAP_OPS = {
    f"sync.Map.{name}": name
    for name in (
        "Load",
        "Store",
        "LoadOrStore",
        "LoadAndDelete",
        "Delete",
        "Swap",
        "CompareAndSwap",
        "CompareAndDelete",
        "Range",
        "Clear",
    )
}


@evaluates(nodes.Call)
def _called(context: Context, expr: nodes.Call, want: Want) -> ir.Value:
    return call_value(context, expr, "call", want)


def call_value(context: Context, expr: nodes.Call, mode: str, want: Want) -> ir.Value:
    """The value of a call or conversion; what it does is emitted."""
    function = expr.function
    if isinstance(function, nodes.Selector):
        return _selector_call(context, expr, function, mode)
    if isinstance(function, nodes.Name) and function.name in PREDECLARED and context.is_free(function.name):
        if function.name == "close":
            return close(context, expr, mode)
        return BUILTINS[function.name](context, expr, want)
    target = denoted_type(context, function)
    if target is not None:
        return _conversion(context, expr, target)
    return _function_call(context, expr, context.value(function), mode)


def _conversion(context: Context, expr: nodes.Call, target: t.Type) -> ir.Value:
    operand = context.value(expr.args[0]) if expr.args else ir.Unknown(None)
    return ir.Converted(target, operand, "convert")


def _selector_call(context: Context, expr: nodes.Call, function: nodes.Selector, mode: str) -> ir.Value:
    path = imported_package(context, function.base)
    if path is not None:
        target = imported_type(context, path, function)
        if target is not None:
            return _conversion(context, expr, target)
        op = MAP_FUNCTIONS.get(f"{path}.{function.name}", "") if path.endswith("maps") else ""
        return _function_call(context, expr, imported_value(context, path, function), mode, op)
    found = selected(context, function)
    if found.member is None:
        return _unknown_method(context, expr, function.name, found.value, mode)
    if found.member.kind == "field":
        return _function_call(context, expr, found.value, mode)
    if found.is_expression:
        return _method_expression_call(context, expr, found, found.member, mode)
    return _method_call(context, expr, function.name, found.value, found.member, mode)


def _method_call(
    context: Context, expr: nodes.Call, name: str, receiver: ir.Value, found: Member, mode: str
) -> ir.Value:
    symbol = found.method
    effect = _lock_effect(expr, symbol, name, found.kind == "method")
    if effect is not None:
        return _lock_call(context, expr, effect, receiver, mode)
    args = _arguments(context, expr)
    op = _SYNC_MAP_OPS.get(symbol)
    if op is not None:
        key = args[0] if args and op != "Range" else None
        stored = args[-1] if len(args) > 1 else None
        context.emit(ir.MapOp(expr.pos, expr.end, op, receiver, key, stored, op == "Load"))
    return _emit(context, expr, _method_callee(context, found), receiver, found.type, args, mode)


def _method_callee(context: Context, found: Member) -> ir.Callee:
    if found.kind == "method":
        return _declared(context, found.method)
    if found.kind == "abstract":
        return ir.Abstract(found.interface, found.method)
    return context.external(found.method)


def _method_expression_call(
    context: Context, expr: nodes.Call, selection: Selected, found: Member, mode: str
) -> ir.Value:
    """`T.Method(receiver, args...)`."""
    args = _arguments(context, expr)
    receiver = args[0] if args else selection.value
    return _emit(context, expr, _method_callee(context, found), receiver, found.type, args[1:], mode)


def _lock_effect(expr: nodes.Call, symbol: str, name: str, analysed: bool = False) -> LockEffect | None:
    """What a method does to its receiver, by the table; by its name where that has none and the code is not at hand."""
    known = LOCKS.get(symbol.rpartition(".")[0])
    if known is not None:
        return known.get(name)
    return CUSTOMARY.get(name) if not analysed and not expr.args else None


def _lock_call(context: Context, expr: nodes.Call, effect: LockEffect, lock: ir.Value, mode: str) -> ir.Value:
    context.emit(ir.LockOp(expr.pos, effect.value, _unwrapped(context, lock), mode == "defer"))
    return ir.Computed(t.BOOL, effect.value, (lock,)) if effect in _TRIES else ir.Unknown(None)


def _unwrapped(context: Context, lock: ir.Value) -> ir.Value:
    """The field that a lock is in, where its type is a struct that embeds a lock and has nothing else.

    The embedded lock by its own name is one for all that is locked with that type.
    """
    while isinstance(lock, ir.FieldOf) and isinstance(lock.base, ir.FieldOf):
        kind = t.pointed(lock.base.type)
        forms = context.universe.alternatives(kind) if isinstance(kind, t.Named) else (None,)
        if not all(map(_is_wrapper, forms)):
            break
        lock = lock.base
    return lock


def _is_wrapper(form: t.Type) -> bool:
    return isinstance(form, t.Struct) and len(form.fields) == 1 and form.fields[0].embedded


def _unknown_method(context: Context, expr: nodes.Call, name: str, receiver: ir.Value, mode: str) -> ir.Value:
    """A method of a type that is not known: still a lock operation where it reads like one."""
    symbol = _unknown_symbol(receiver, name)
    effect = _lock_effect(expr, symbol, name)
    if effect is not None:
        return _lock_call(context, expr, effect, receiver, mode)
    return _emit(context, expr, context.external(symbol), receiver, None, _arguments(context, expr), mode)


def _unknown_symbol(receiver: ir.Value, name: str) -> str:
    kind = t.pointed(receiver.type)
    return f"{kind.symbol}.{name}" if isinstance(kind, t.Named) else f"?.{name}"


def _function_call(
    context: Context, expr: nodes.Call, function: ir.Value, mode: str, op: str = ""
) -> ir.Value:
    """A call of a function or function value; `op` is what a library function does to its first argument."""
    args = _arguments(context, expr)
    if op and args:
        source = args[1] if op == "copy" and len(args) > 1 else None
        context.emit(ir.MapOp(expr.pos, expr.end, op, args[0], None, source))
    receiver = None
    callee: ir.Callee
    if isinstance(function, ir.FuncValue) and not function.literal:
        receiver = function.receiver
        callee = _named_callee(context, function)
    elif isinstance(function, ir.Unknown) and "." in function.text:
        callee = context.external(function.text)
    else:
        callee = ir.Dynamic(function)
    return _emit(context, expr, callee, receiver, function.type, args, mode, 1 if op else 0)


def _named_callee(context: Context, function: ir.FuncValue) -> ir.Callee:
    if function.receiver is not None and isinstance(context.underlying(function.receiver.type), t.Interface):
        return ir.Abstract(function.receiver.type, function.symbol.rpartition(".")[2])
    if is_analysed(context, function.symbol):
        return _declared(context, function.symbol)
    return context.external(function.symbol)


def _declared(context: Context, symbol: str) -> ir.Callee:
    """A function of the analysed code; of what package `sync` runs, the table says more than its code does."""
    if symbol.startswith("sync.") and is_known(symbol, 0):
        return context.external(symbol)
    return context.static(symbol)


def is_analysed(context: Context, symbol: str) -> bool:
    """Whether the function of that symbol is declared in the analysed code."""
    package = symbol.rpartition(".")[0]
    return package in context.universe.packages or package.rpartition(".")[0] in context.universe.packages


def _arguments(context: Context, expr: nodes.Call) -> tuple[ir.Value, ...]:
    """The arguments, those of `f(g())` each on its own."""
    if len(expr.args) == 1:
        return spread_values(context.value(expr.args[0]))
    return tuple([context.value(arg) for arg in expr.args])


def _emit(
    context: Context,
    expr: nodes.Call,
    callee: ir.Callee,
    receiver: ir.Value | None,
    kind: t.Type,
    args: tuple[ir.Value, ...],
    mode: str,
    told: int = 0,
) -> ir.Value:
    """Emits a call and the maps that it passes on, apart from the first `told` arguments; gives its result."""
    _passes(context, expr, args, callee, told)
    signature = context.underlying(kind)
    result: t.Type = None
    results: tuple[t.Type, ...] = ()
    if isinstance(signature, t.Func):
        results = results_of(context, signature, args, expr.spread)
        result = _NOTHING
    elif isinstance(callee, ir.External):
        results = module_results(callee.symbol)
    if results:
        result = results[0] if len(results) == 1 else t.Tuple(results)
    call = ir.Call(
        expr.pos, expr.end, callee, receiver, args, mode, context.function.symbol, result, expr.spread
    )
    context.emit(call)
    return ir.Result(result, call, 0)


def _passes(
    context: Context, expr: nodes.Call, args: tuple[ir.Value, ...], callee: ir.Callee, told: int
) -> None:
    for arg, written in zip(args[told:], expr.args[told:], strict=False):
        if not isinstance(arg, _NEW_OR_CONSTANT) and is_map(context, arg.type):
            end = getattr(written, "end", 0) or written.pos + len(getattr(written, "name", " "))
            outside = isinstance(callee, ir.External) and callee.symbol not in _SYNC_MAP_OPS
            removed = _removed_key(callee, args) if arg is args[0] else None
            op = "pass" if removed is None else "delete"
            context.emit(ir.MapOp(written.pos, end, op, arg, removed, None, outside=outside))


def _removed_key(callee: ir.Callee, args: tuple[ir.Value, ...]) -> ir.Value | None:
    """The key that a function of another module, by its name, deletes from its first argument."""
    if len(args) > 1 and isinstance(callee, ir.External) and _REMOVES.search(callee.symbol):
        return args[1]
    return None


def is_map(context: Context, kind: t.Type) -> bool:
    """Whether the type is a map, or a pointer to one."""
    return isinstance(behind(context, kind), t.Map)
