"""What a name or selector means: variable, constant, function, field, method, or an imported name."""

from __future__ import annotations

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.members import Member, member
from maplint.model.resolve.context import Context, FunctionState, LocalConst, TypeName
from maplint.model.type_expr import (
    TypeScope,
    import_path,
    local_names,
    no_locals,
    signature_of,
    type_of,
    type_parameters,
)
from maplint.model.universe import Declared

_PREDECLARED_CONSTANTS = {
    "true": t.Basic("untyped bool"),
    "false": t.Basic("untyped bool"),
    "iota": t.Basic("untyped int"),
    "nil": t.NIL,
}


def name_value(context: Context, expr: nodes.Name) -> ir.Value:
    """The value of an identifier."""
    found = context.local(expr.name)
    if isinstance(found, ir.Var):
        return ir.Ref(found.type, found, expr.pos)
    if isinstance(found, LocalConst):
        return ir.Const(found.type, found.symbol, True)
    if isinstance(found, TypeName):
        return ir.Unknown(None, expr.name)
    declared = context.declared(expr.name)
    if declared is not None:
        return declared_value(context, declared, expr.pos, expr.pos + len(expr.name))
    if expr.name in _PREDECLARED_CONSTANTS:
        return ir.Const(_PREDECLARED_CONSTANTS[expr.name], expr.name)
    for path in context.file.dot_imports:
        value = _std_value(path, expr.name, expr.pos, expr.pos + len(expr.name))
        if value is not None:
            return value
    return ir.Unknown(None, expr.name)


def declared_value(context: Context, declared: Declared, pos: int, end: int) -> ir.Value:
    """The value of a package-level declaration."""
    decl = declared.decl
    package = declared.file.package.path
    if isinstance(decl, nodes.VarDecl):
        var = package_var(context, declared)
        return ir.Ref(var.type, var, pos)
    if isinstance(decl, nodes.ConstDecl):
        return ir.Const(_const_type(context, declared), f"{package}.{decl.names[declared.index].name}", True)
    if isinstance(decl, nodes.FuncDecl):
        names = type_parameters(context.universe, declared.file, decl.type_params)
        scope = TypeScope(context.universe, declared.file, local_names(names))
        return ir.FuncValue(signature_of(scope, decl.type), f"{package}.{decl.name}", None, pos, end, False)
    return ir.Unknown(None, decl.name)


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
    from maplint.model.resolve.expressions import default_type, multi_types, value

    decl = declared.decl
    assert isinstance(decl, (nodes.VarDecl, nodes.ConstDecl))
    if decl.type is not None:
        return type_of(TypeScope(context.universe, declared.file, no_locals, symbol), decl.type)
    key = (id(decl), declared.index)
    if key in context.package.in_progress or not decl.values:
        return None
    context.package.in_progress.add(key)
    try:
        inner = Context(context.package, declared.file, FunctionState(symbol), silent=True)
        if len(decl.values) == 1 and len(decl.names) > 1:
            return multi_types(inner, value(inner, decl.values[0]), len(decl.names))[declared.index]
        if declared.index < len(decl.values):
            found = value(inner, decl.values[declared.index], owner=symbol).type
            return found if isinstance(decl, nodes.ConstDecl) else default_type(found)
        return None
    finally:
        context.package.in_progress.discard(key)


def _const_type(context: Context, declared: Declared) -> t.Type:
    cache = context.universe.const_types
    key = (id(declared.decl), declared.index)
    if key not in cache:
        found = _declared_type(context, declared, "")
        if key in context.package.in_progress:
            return found
        cache[key] = found
    return cache[key]


def selector_value(context: Context, expr: nodes.Selector) -> ir.Value:
    """`base.name` as a value: an imported name, a field, a method value or a method expression."""
    if isinstance(expr.base, nodes.Name) and context.is_free(expr.base.name):
        path = import_path(context.file, expr.base.name)
        if path is not None:
            return imported_value(context, path, expr)
    base, found = selected(context, expr)
    if found is None:
        return ir.Unknown(None, expr.name)
    base = through(base, found, expr.name_pos)
    if found.kind == "field":
        return base
    return ir.FuncValue(found.type, found.method, base, expr.pos, expr.end, False)


def selected(context: Context, expr: nodes.Selector) -> tuple[ir.Value, Member | None]:
    """The base of a selector that is no imported name, and what it selects."""
    from maplint.model.resolve.expressions import value

    denoted = _denoted_type(context, expr.base)
    if denoted is not None:
        return ir.Unknown(denoted), member(context.universe, denoted, expr.name)
    base = value(context, expr.base)
    return base, member(context.universe, base.type, expr.name)


def _denoted_type(context: Context, base: nodes.Expr) -> t.Type:
    """The type that the base of a method expression denotes; None for an ordinary value."""
    if isinstance(base, nodes.Unary) and base.op == "*":
        inner = _denoted_type(context, base.operand)
        return t.Pointer(inner) if inner is not None else None
    if isinstance(base, nodes.Name):
        local = context.local(base.name)
        if local is not None:
            return local.type if isinstance(local, TypeName) else None
        declared = context.declared(base.name)
        if declared is not None and not isinstance(declared.decl, nodes.TypeDecl):
            return None
        return context.type_of(base)
    if isinstance(base, nodes.Selector) and isinstance(base.base, nodes.Name) and context.is_free(base.base.name):
        return context.type_of(base) if _is_imported_type(context, base) else None
    return None


def _is_imported_type(context: Context, expr: nodes.Selector) -> bool:
    assert isinstance(expr.base, nodes.Name)
    path = import_path(context.file, expr.base.name)
    if path is None:
        return False
    declared = context.universe.exported(path, expr.name, context.file)
    if declared is not None:
        return isinstance(declared.decl, nodes.TypeDecl)
    std = std_package(path)
    return std is not None and std.type_decl(expr.name) is not None


def through(base: ir.Value, found: Member, pos: int) -> ir.Value:
    """The base followed through the fields of a member's path."""
    for field in found.path:
        base = ir.FieldOf(field.type, base, field, pos)
    return base


def imported_value(context: Context, path: str, expr: nodes.Selector) -> ir.Value:
    """`package.Name` as a value."""
    declared = context.universe.exported(path, expr.name, context.file)
    if declared is not None:
        return declared_value(context, declared, expr.pos, expr.end)
    found = _std_value(path, expr.name, expr.pos, expr.end)
    return found if found is not None else ir.Unknown(None, f"{path}.{expr.name}")


def _std_value(path: str, name: str, pos: int, end: int) -> ir.Value | None:
    std = std_package(path)
    if std is None:
        return None
    signature = std.func(name)
    if signature is not None:
        return ir.FuncValue(signature.type, f"{path}.{name}", None, pos, end, False)
    kind = std.var(name)
    if kind is not None:
        return ir.Ref(kind, ir.Var(f"{path}.{name}", name, "package-var", kind, "", -1, ""), pos)
    kind = std.const(name)
    return ir.Const(kind, f"{path}.{name}", True) if kind is not None else None
