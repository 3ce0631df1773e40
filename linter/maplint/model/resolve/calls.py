"""Calls: conversions, builtins, lock operations, map methods, and calls of functions."""

from __future__ import annotations

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.generics import substitute, unify
from maplint.model.members import Member
from maplint.model.resolve.builtins import BUILTINS, LIBRARY_MAP_FUNCTIONS
from maplint.model.resolve.context import Context, TypeName
from maplint.model.resolve.names import imported_value, name_value, selected, selector_value, through
from maplint.model.type_expr import import_path, type_parameters

_TYPE_SYNTAX = (nodes.MapType, nodes.ArrayType, nodes.ChanType, nodes.FuncType, nodes.StructType, nodes.InterfaceType)
_LOCK_ACTIONS = {
    "Lock": "lock",
    "RLock": "rlock",
    "Unlock": "unlock",
    "RUnlock": "runlock",
    "TryLock": "trylock",
    "TryRLock": "tryrlock",
}
_STD_LOCKS = ("sync.Mutex.", "sync.RWMutex.")
_SYNC_MAP = "sync.Map."
_SYNC_MAP_OPS = frozenset(
    (
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
)


def call_value(context: Context, expr: nodes.Call, mode: str = "call") -> ir.Value:
    """The value of a call or conversion; what it does is emitted."""
    function = expr.function
    if isinstance(function, nodes.Name) and function.name in BUILTINS and context.is_free(function.name):
        return BUILTINS[function.name](context, expr)
    target = _conversion_type(context, function)
    if target is not None:
        return _conversion(context, target, expr)
    if isinstance(function, nodes.Selector):
        return _selector_call(context, expr, function, mode)
    callee = _plain_callee(context, function)
    return _emit_call(context, expr, callee, None, mode)


def _conversion(context: Context, target: t.Type, expr: nodes.Call) -> ir.Value:
    from maplint.model.resolve.expressions import value

    operand = value(context, expr.args[0]) if expr.args else ir.Unknown(None)
    return ir.Converted(target, operand, "convert")


def _conversion_type(context: Context, function: nodes.Expr) -> t.Type:
    """The type, where what is called denotes one."""
    if isinstance(function, _TYPE_SYNTAX):
        return context.type_of(function)
    if isinstance(function, nodes.Index):
        return context.type_of(function) if _conversion_type(context, function.base) is not None else None
    if isinstance(function, nodes.Unary) and function.op == "*":
        inner = _conversion_type(context, function.operand)
        return t.Pointer(inner) if inner is not None else None
    if isinstance(function, nodes.Name):
        return _type_name(context, function)
    if isinstance(function, nodes.Selector) and isinstance(function.base, nodes.Name):
        return _imported_type(context, function, function.base.name)
    return None


def _type_name(context: Context, expr: nodes.Name) -> t.Type:
    local = context.local(expr.name)
    if local is not None:
        return local.type if isinstance(local, TypeName) else None
    declared = context.declared(expr.name)
    if declared is not None:
        return context.type_of(expr) if isinstance(declared.decl, nodes.TypeDecl) else None
    return t.PREDECLARED.get(expr.name)


def _imported_type(context: Context, expr: nodes.Selector, package: str) -> t.Type:
    path = import_path(context.file, package) if context.is_free(package) else None
    if path is None:
        return None
    declared = context.universe.exported(path, expr.name, context.file)
    if declared is not None:
        return context.type_of(expr) if isinstance(declared.decl, nodes.TypeDecl) else None
    std = std_package(path)
    return context.type_of(expr) if std is not None and std.type_decl(expr.name) is not None else None


def _plain_callee(context: Context, function: nodes.Expr) -> ir.Value:
    from maplint.model.resolve.expressions import value

    return name_value(context, function) if isinstance(function, nodes.Name) else value(context, function)


def _selector_call(context: Context, expr: nodes.Call, function: nodes.Selector, mode: str) -> ir.Value:
    base = function.base
    if isinstance(base, nodes.Name) and context.is_free(base.name):
        path = import_path(context.file, base.name)
        if path is not None:
            library = LIBRARY_MAP_FUNCTIONS.get(f"{path}.{function.name}")
            if library is not None:
                library(context, expr)
            return _emit_call(context, expr, imported_value(context, path, function), None, mode)
    receiver, found = selected(context, function)
    if found is None:
        return _unknown_method(context, expr, function, receiver, mode)
    if found.kind == "field" or isinstance(receiver, ir.Unknown):
        return _emit_call(context, expr, selector_value(context, function), None, mode)
    receiver = through(receiver, found, function.name_pos)
    return _method_call(context, expr, function, receiver, found, mode)


def _method_call(
    context: Context, expr: nodes.Call, function: nodes.Selector, receiver: ir.Value, found: Member, mode: str
) -> ir.Value:
    symbol = found.method
    if (symbol.startswith(_STD_LOCKS) and function.name in _LOCK_ACTIONS) or (found.kind != "method" and _is_lock_call(expr, function.name)):
        return _lock_call(context, expr, function.name, receiver, mode)
    if symbol.startswith(_SYNC_MAP) and function.name in _SYNC_MAP_OPS:
        _sync_map_op(context, expr, function.name, receiver)
    callee: ir.Callee
    if found.kind == "method":
        callee = ir.Static(symbol)
    elif found.kind == "abstract":
        callee = ir.Abstract(found.interface, symbol)
    else:
        callee = ir.External(symbol)
    return _emit(context, expr, callee, receiver, found.type, mode)


def _is_lock_call(expr: nodes.Call, name: str) -> bool:
    return name in _LOCK_ACTIONS and not expr.args


def _lock_call(context: Context, expr: nodes.Call, name: str, lock: ir.Value, mode: str) -> ir.Value:
    action = _LOCK_ACTIONS.get(name)
    if action is not None:
        context.emit(ir.LockOp(expr.pos, action, lock, mode == "defer"))
    return ir.Unknown(t.BOOL if name.startswith("Try") else None)


def _unknown_method(
    context: Context, expr: nodes.Call, function: nodes.Selector, receiver: ir.Value, mode: str
) -> ir.Value:
    """A method of a type that is not known: still a lock operation where it reads like one."""
    if _is_lock_call(expr, function.name):
        return _lock_call(context, expr, function.name, receiver, mode)
    return _emit(context, expr, ir.External(_unknown_symbol(receiver, function.name)), receiver, None, mode)


def _unknown_symbol(receiver: ir.Value, name: str) -> str:
    kind = receiver.type.elem if isinstance(receiver.type, t.Pointer) else receiver.type
    return f"{kind.symbol}.{name}" if isinstance(kind, t.Named) else f"?.{name}"


def _sync_map_op(context: Context, expr: nodes.Call, name: str, receiver: ir.Value) -> None:
    from maplint.model.resolve.expressions import value

    silent = Context(context.package, context.file, context.function, silent=True)
    silent.scopes = context.scopes
    key = value(silent, expr.args[0]) if expr.args and name != "Range" else None
    stored = value(silent, expr.args[-1]) if len(expr.args) > 1 else None
    context.emit(ir.MapOp(expr.pos, expr.end, name, receiver, key, stored, name == "Load"))


def _emit_call(
    context: Context, expr: nodes.Call, function: ir.Value, receiver: ir.Value | None, mode: str
) -> ir.Value:
    callee: ir.Callee
    if isinstance(function, ir.FuncValue) and not function.literal:
        receiver = function.receiver
        callee = _named_callee(context, function)
    elif isinstance(function, ir.Unknown) and "." in function.text:
        callee = ir.External(function.text)
    else:
        callee = ir.Dynamic(function)
    return _emit(context, expr, callee, receiver, function.type, mode)


def _named_callee(context: Context, function: ir.FuncValue) -> ir.Callee:
    if function.receiver is not None and isinstance(context.underlying(function.receiver.type), t.Interface):
        return ir.Abstract(function.receiver.type, function.symbol.rpartition(".")[2])
    return ir.Static(function.symbol) if is_analysed(context, function.symbol) else ir.External(function.symbol)


def is_analysed(context: Context, symbol: str) -> bool:
    """Whether the function of that symbol is declared in the analysed code."""
    package = symbol.rpartition(".")[0]
    return package in context.universe.packages or package.rpartition(".")[0] in context.universe.packages


def _emit(
    context: Context, expr: nodes.Call, callee: ir.Callee, receiver: ir.Value | None, kind: t.Type, mode: str
) -> ir.Value:
    under = context.underlying(kind)
    signature = under if isinstance(under, t.Func) else None
    args = _arguments(context, expr, callee)
    result: t.Type = None
    if signature is not None:
        result = _result_type(_inferred(context, signature, args, expr.spread))
    call = ir.Call(expr.pos, expr.end, callee, receiver, args, mode, context.function.symbol, result, expr.spread)
    context.emit(call)
    return ir.Result(result, call, 0)


def _arguments(context: Context, expr: nodes.Call, callee: ir.Callee) -> tuple[ir.Value, ...]:
    from maplint.model.resolve.expressions import value

    args = tuple(value(context, arg) for arg in expr.args)
    for arg, written in zip(args, expr.args, strict=True):
        if is_map(context, arg.type) and not isinstance(arg, (ir.Composed, ir.Result, ir.Made)):
            end = getattr(written, "end", 0) or written.pos + len(getattr(written, "name", " "))
            context.emit(ir.MapOp(written.pos, end, "pass", arg, None, None, outside=isinstance(callee, ir.External)))
    return args


def is_map(context: Context, kind: t.Type) -> bool:
    """Whether the type is a map, or a pointer to one."""
    under = context.underlying(kind)
    if isinstance(under, t.Pointer):
        under = context.underlying(under.elem)
    return isinstance(under, t.Map)


def _result_type(signature: t.Func) -> t.Type:
    results = signature.results
    return results[0] if len(results) == 1 else t.Tuple(results)


def _inferred(context: Context, signature: t.Func, args: tuple[ir.Value, ...], spread: bool) -> t.Func:
    """The signature with the type parameters that the arguments decide."""
    from maplint.model.resolve.expressions import default_type

    found: dict[str, t.Type] = {}
    for i, arg in enumerate(args):
        kind = _parameter(signature, i, spread)
        actual = default_type(arg.type)
        unify(kind, actual, found)
        if isinstance(kind, t.TypeParam) and kind.constraint is not None:
            _unify_core(context, kind, actual, found)
    if not found:
        return signature
    kind = substitute(signature, found)
    return kind if isinstance(kind, t.Func) else signature


def _unify_core(context: Context, param: t.TypeParam, actual: t.Type, found: dict[str, t.Type]) -> None:
    """`func f[M ~map[K]V, K comparable, V any](m M)`: the core type of M's constraint decides K and V."""
    core = context.underlying(param)
    if core is not None and not isinstance(core, t.Interface):
        unify(core, context.underlying(actual), found)


def _parameter(signature: t.Func, index: int, spread: bool) -> t.Type:
    last = len(signature.params) - 1
    if index < last or (index == last and (not signature.variadic or spread)):
        return signature.params[index]
    if signature.variadic and last >= 0:
        rest = signature.params[last]
        return rest.elem if isinstance(rest, t.Slice) else None
    return None


def explicit_arguments(context: Context, function: ir.FuncValue, indexes: tuple[nodes.Expr, ...]) -> t.Type:
    """The type of a generic function with type arguments written out."""
    package, _, name = function.symbol.rpartition(".")
    declared = context.universe.exported(package, name, context.file)
    if declared is not None and isinstance(declared.decl, nodes.FuncDecl):
        names = list(type_parameters(context.universe, declared.file, declared.decl.type_params))
    else:
        std = std_package(package)
        signature = std.func(name) if std is not None else None
        names = [param.name for param in signature.type_params] if signature is not None else []
    args = (context.type_of(index) for index in indexes)
    return substitute(function.type, dict(zip(names, args, strict=False)))
