"""What a name or selector means: variable, constant, function, field, method, type, or an imported name."""

from __future__ import annotations

from sys import intern
from typing import NamedTuple

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.members import Member, function_type, member
from maplint.model.resolve.context import Context, FunctionState, LocalConst, TypeName, Want, evaluates
from maplint.model.resolve.kinds import default_type, multi_types
from maplint.model.scopes import Declared
from maplint.model.type_expr import TypeScope, no_locals, type_of

_PREDECLARED_CONSTANTS = {
    "true": t.Basic("untyped bool"),
    "false": t.Basic("untyped bool"),
    "iota": t.Basic("untyped int"),
    "nil": t.NIL,
}
_TYPE_SYNTAX = (
    nodes.MapType,
    nodes.ArrayType,
    nodes.ChanType,
    nodes.FuncType,
    nodes.StructType,
    nodes.InterfaceType,
)


@evaluates(nodes.Name)
def name_value(context: Context, expr: nodes.Name, _: Want) -> ir.Value:
    """The value of an identifier."""
    found = context.local(expr.name)
    if isinstance(found, ir.Var):
        return context.ref(found)
    if isinstance(found, LocalConst):
        return context.constant(found.type, found.symbol, True)
    if isinstance(found, TypeName):
        return ir.Unknown(None, expr.name)
    end = expr.pos + len(expr.name)
    declared = context.declared(expr.name)
    if declared is not None:
        return _declared_value(context, declared, expr.pos, end)
    if expr.name in _PREDECLARED_CONSTANTS:
        return context.constant(_PREDECLARED_CONSTANTS[expr.name], expr.name)
    for path in context.file.dot_imports:
        value = _std_value(context, path, expr.name, expr.pos, end)
        if value is not None:
            return value
    return ir.Unknown(None, expr.name)


def _truth(decl: nodes.ConstDecl, index: int) -> str:
    """`true` or `false` where that is what a constant is declared to be; else empty."""
    value = decl.values[index] if index < len(decl.values) else None
    return value.name if isinstance(value, nodes.Name) and value.name in ("true", "false") else ""


def _declared_value(context: Context, declared: Declared, pos: int, end: int) -> ir.Value:
    """The value of a package-level declaration."""
    decl = declared.decl
    package = declared.file.package.path
    if isinstance(decl, nodes.VarDecl):
        var = package_var(context, declared)
        return context.ref(var)
    if isinstance(decl, nodes.ConstDecl):
        return _constant(context, declared, decl)
    if isinstance(decl, nodes.FuncDecl):
        kind = function_type(context.universe, declared)
        return ir.FuncValue(kind, intern(f"{package}.{decl.name}"), None, pos, end, False)
    return ir.Unknown(None, decl.name)


def _constant(context: Context, declared: Declared, decl: nodes.ConstDecl) -> ir.Const:
    key = (id(decl), declared.index)
    known = context.package.declared_constants.get(key)
    if known is not None:
        return known
    name = decl.names[declared.index].name
    package = declared.file.package
    truth = _truth(decl, declared.index) if len(package.names.get(name, ())) == 1 else ""
    found = context.constant(_const_type(context, declared), truth or f"{package.path}.{name}", True)
    if key not in context.package.in_progress:
        context.package.declared_constants[key] = found
    return found


def package_var(context: Context, declared: Declared) -> ir.Var:
    """The variable of a package-level declaration; its type is found from the initialiser where none is written."""
    decl = declared.decl
    assert isinstance(decl, nodes.VarDecl)
    key = (id(decl), declared.index)
    known = context.package.variables.get(key)
    if known is not None:
        return known
    name = decl.names[declared.index]
    symbol = f"{declared.file.package.path}.{name.name}"
    file = declared.file.file
    var_type = _declared_type(context, declared, symbol)
    var = ir.Var(symbol, name.name, "package-var", var_type, file.path, name.pos, "", file.constraint)
    if key not in context.package.in_progress:
        context.package.variables[key] = var
    return var


def _declared_type(context: Context, declared: Declared, symbol: str) -> t.Type:
    decl = declared.decl
    assert isinstance(decl, (nodes.VarDecl, nodes.ConstDecl))
    if decl.type is not None:
        return type_of(TypeScope(context.universe, declared.file, no_locals, symbol), decl.type)
    key = (id(decl), declared.index)
    if key in context.package.in_progress or not decl.values:
        return None
    context.package.in_progress.add(key)
    try:
        with context.universe.descent() as may_go_on:
            return _initial_type(context, declared, symbol) if may_go_on else None
    finally:
        context.package.in_progress.discard(key)


def _initial_type(context: Context, declared: Declared, symbol: str) -> t.Type:
    """The type that a declaration without one gets from its initial value."""
    decl = declared.decl
    assert isinstance(decl, (nodes.VarDecl, nodes.ConstDecl))
    inner = Context(context.package, declared.file, FunctionState(symbol), silent=True)
    if len(decl.values) == 1 and len(decl.names) > 1:
        return multi_types(inner.value(decl.values[0]), len(decl.names))[declared.index]
    if declared.index < len(decl.values):
        found = inner.value(decl.values[declared.index], Want(owner=symbol)).type
        return found if isinstance(decl, nodes.ConstDecl) else default_type(found)
    return None


def _const_type(context: Context, declared: Declared) -> t.Type:
    cache = context.universe.const_types
    key = (id(declared.decl), declared.index)
    if key not in cache:
        found = _declared_type(context, declared, "")
        if key in context.package.in_progress:
            return found
        cache[key] = found
    return cache[key]


def imported_package(context: Context, base: nodes.Expr) -> str | None:
    """The import path, where the base of a selector is the name of a package."""
    if isinstance(base, nodes.Name) and context.is_free(base.name):
        return context.universe.import_path(context.file, base.name)
    return None


@evaluates(nodes.Selector)
def selector_value(context: Context, expr: nodes.Selector, _: Want) -> ir.Value:
    """`base.name` as a value: an imported name, a field, a method value or a method expression."""
    path = imported_package(context, expr.base)
    if path is not None:
        return imported_value(context, path, expr)
    found = selected(context, expr)
    if found.member is None:
        return ir.Unknown(None, expr.name, found.value)
    if found.member.kind == "field":
        return found.value
    if found.is_expression:
        return method_expression(found, expr)
    return ir.FuncValue(found.member.type, _symbol(found.member), found.value, expr.pos, expr.end, False)


def _symbol(method: Member) -> str:
    """The symbol of a method; for one of a declared interface that of the interface and its name."""
    if method.kind == "abstract" and isinstance(method.interface, t.Named):
        return f"{method.interface.symbol}.{method.method}"
    return method.method


class Selected(NamedTuple):
    """What `base.name` selects where the base is no package."""

    value: ir.Value
    """The field, what a method is called on, or the base where nothing is found."""
    member: Member | None
    is_expression: bool = False
    """Whether the base is a type, so that the selector is a method expression."""


def selected(context: Context, expr: nodes.Selector) -> Selected:
    """Resolves a selector whose base is no package; the base is evaluated."""
    denoted = denoted_type(context, expr.base)
    if denoted is not None:
        return Selected(ir.Unknown(denoted), member(context.universe, denoted, expr.name), True)
    base = context.value(expr.base)
    found = member(context.universe, base.type, expr.name)
    if found is not None:
        for field in found.path:
            base = ir.FieldOf(field.type, base, field)
    return Selected(base, found)


def method_expression(found: Selected, expr: nodes.Selector) -> ir.FuncValue:
    """`T.Method`: a function whose first parameter is the receiver."""
    assert found.member is not None
    kind = found.member.type
    if isinstance(kind, t.Func):
        kind = kind._replace(params=(found.value.type, *kind.params))
    return ir.FuncValue(kind, _symbol(found.member), None, expr.pos, expr.end, False)


def denoted_type(context: Context, expr: nodes.Expr, owner: str = "") -> t.Type:
    """The type that an expression denotes where it may just as well be a value; None for a value."""
    if isinstance(expr, nodes.Name):
        return _named_type(context, expr)
    if isinstance(expr, nodes.Selector):
        path = imported_package(context, expr.base)
        return imported_type(context, path, expr) if path is not None else None
    if isinstance(expr, nodes.Index):
        return context.type_of(expr) if denoted_type(context, expr.base) is not None else None
    if isinstance(expr, nodes.Unary):
        elem = denoted_type(context, expr.operand) if expr.op == "*" else None
        return t.Pointer(elem) if elem is not None else None
    return context.type_of(expr, owner) if isinstance(expr, _TYPE_SYNTAX) else None


def _named_type(context: Context, expr: nodes.Name) -> t.Type:
    local = context.local(expr.name)
    if local is not None:
        return local.type if isinstance(local, TypeName) else None
    declared = context.declared(expr.name)
    if declared is not None and not isinstance(declared.decl, nodes.TypeDecl):
        return None
    return context.type_of(expr)


def imported_type(context: Context, path: str, expr: nodes.Selector) -> t.Type:
    """The type that `package.Name` denotes; None for a value."""
    declared = context.universe.exported(path, expr.name, context.file)
    if declared is not None:
        return context.type_of(expr) if isinstance(declared.decl, nodes.TypeDecl) else None
    std = std_package(path)
    return context.type_of(expr) if std is not None and std.type_decl(expr.name) is not None else None


def imported_value(context: Context, path: str, expr: nodes.Selector) -> ir.Value:
    """`package.Name` as a value."""
    declared = context.universe.exported(path, expr.name, context.file)
    if declared is not None:
        return _declared_value(context, declared, expr.pos, expr.end)
    found = _std_value(context, path, expr.name, expr.pos, expr.end)
    return found if found is not None else ir.Unknown(None, f"{path}.{expr.name}")


def _std_value(context: Context, path: str, name: str, pos: int, end: int) -> ir.Value | None:
    std = std_package(path)
    if std is None:
        return None
    symbol = intern(f"{path}.{name}")
    signature = std.func(name)
    if signature is not None:
        return ir.FuncValue(signature.type, symbol, None, pos, end, False)
    kind = std.var(name)
    if kind is not None:
        var = context.package.foreign.setdefault(
            symbol, ir.Var(symbol, name, "package-var", kind, "", -1, "")
        )
        return context.ref(var)
    kind = std.const(name)
    return context.constant(kind, symbol, True) if kind is not None else None
