"""Assignments and declarations inside functions."""

from __future__ import annotations

from dataclasses import replace

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.context import NOTHING, Context, LocalConst, TypeName, Want
from maplint.model.resolve.expressions import index_value
from maplint.model.resolve.kinds import default_type, element, parts

_SPELLING = (nodes.Composite, nodes.Unary, nodes.Call)


def assign(context: Context, stmt: nodes.Assign) -> None:
    """`left = right`, `left := right`, `left op= right`."""
    if stmt.op not in ("=", ":="):
        right = context.value(stmt.right[0]) if stmt.right else ir.Unknown(None)
        _update(context, stmt.left[0], stmt.pos, stmt.end, "op-assign", right, stmt.op)
        return
    if len(stmt.right) == 1 and len(stmt.left) > 1:
        values = _parts(context, stmt.left, stmt.right[0])
    else:
        wants = [_want(context, stmt, i, right) for i, right in enumerate(stmt.right)]
        values = [context.value(right, want) for right, want in zip(stmt.right, wants, strict=True)]
    for left, found in zip(stmt.left, values, strict=False):
        _store(context, stmt, left, found)


def _want(context: Context, stmt: nodes.Assign, index: int, right: nodes.Expr) -> Want:
    """What a new variable asks of its value, where that may spell a type."""
    if stmt.op == ":=" and index < len(stmt.left) and isinstance(right, _SPELLING):
        left = stmt.left[index]
        if isinstance(left, nodes.Name):
            return Want(owner=context.function.next_symbol_of(left.name))
    return NOTHING


def _parts(context: Context, left: tuple[nodes.Expr, ...], right: nodes.Expr) -> list[ir.Value]:
    """The values of `a, b = f()` and of the comma-ok forms."""
    if isinstance(right, nodes.Index):
        is_used = not (isinstance(left[1], nodes.Name) and left[1].name == "_")
        return parts(index_value(context, right, comma_ok=is_used), len(left))
    return parts(context.value(right), len(left))


def inc_dec(context: Context, stmt: nodes.IncDec) -> None:
    """`operand++`."""
    one = context.constant(t.Basic("untyped int"), "1")
    _update(context, stmt.operand, stmt.pos, stmt.end, "inc-dec", one, stmt.op)


def _update(
    context: Context, left: nodes.Expr, pos: int, end: int, op: str, right: ir.Value, operator: str
) -> None:
    if isinstance(left, nodes.Index):
        base, key = context.value(left.base), context.value(left.indexes[0])
        target: ir.Value = element(context, base, key)
        if isinstance(context.underlying(base.type), t.Map):
            context.emit(
                ir.MapOp(pos, end, op, base, key, ir.Computed(right.type, operator, (target, right)))
            )
    else:
        target = context.value(left)
    context.emit(
        ir.Store(pos, end, target, ir.Computed(target.type, operator, (target, right)), False, operator)
    )


def _store(context: Context, stmt: nodes.Assign, left: nodes.Expr, found: ir.Value) -> None:
    """One target of an assignment or short variable declaration."""
    if isinstance(left, nodes.Name):
        if left.name == "_":
            return
        if stmt.op == ":=" and not context.is_declared_here(left.name):
            _declare(context, left, default_type(found.type), found, stmt.pos, stmt.end)
            return
    store_to(context, left, found, stmt.pos, stmt.end)


def _declare(context: Context, name: nodes.Name, kind: t.Type, found: ir.Value, pos: int, end: int) -> None:
    var = context.declare(name.name, "local", kind, name.pos)
    context.emit(ir.Store(pos, end, context.ref(var), found, True))


def store_to(context: Context, left: nodes.Expr, found: ir.Value, pos: int, end: int) -> None:
    """An assignment to something that exists."""
    if isinstance(left, nodes.Index):
        base, key = context.value(left.base), context.value(left.indexes[0])
        if isinstance(context.underlying(base.type), t.Map):
            context.emit(ir.MapOp(left.pos, left.end, "assign", base, key, found))
        target: ir.Value = element(context, base, key)
    else:
        target = context.value(left)
    if isinstance(found, ir.Composed) and found.type is None:
        found = replace(found, type=target.type)
    context.emit(ir.Store(pos, end, target, found, False))


def declaration(context: Context, stmt: nodes.DeclStmt) -> None:
    """`var`, `const` and `type` inside a function."""
    for decl in stmt.decls:
        if isinstance(decl, nodes.VarDecl):
            _variables(context, decl)
        elif isinstance(decl, nodes.ConstDecl):
            _constants(context, decl)
        else:
            _type(context, decl)


def _variables(context: Context, decl: nodes.VarDecl) -> None:
    owner = context.function.next_symbol_of(decl.names[0].name) if decl.names else ""
    kind = context.type_of(decl.type, owner) if decl.type is not None else None
    if len(decl.values) == 1 and len(decl.names) > 1:
        values = _parts(context, decl.names, decl.values[0])
    else:
        values = [context.value(expr, Want(kind, owner)) for expr in decl.values]
    for i, name in enumerate(decl.names):
        made = values[i] if i < len(values) else ir.Made(kind, "zero", None, name.pos)
        _declare(
            context,
            name,
            kind if decl.type is not None else default_type(made.type),
            made,
            name.pos,
            name.pos,
        )


def _constants(context: Context, decl: nodes.ConstDecl) -> None:
    kind = context.type_of(decl.type) if decl.type is not None else None
    values = [context.value(expr) for expr in decl.values]
    for i, name in enumerate(decl.names):
        found = kind if kind is not None or i >= len(values) else values[i].type
        context.bind(name.name, LocalConst(found, f"{context.function.symbol}.{name.name}"))


def _type(context: Context, decl: nodes.TypeDecl) -> None:
    package = context.file.package
    if decl.alias:
        context.bind(decl.name, TypeName(context.type_of(decl.type)))
        return
    local_name = context.function.symbol_of(decl.name).removeprefix(f"{package.path}.")
    named = t.Named(package.path, local_name)
    context.bind(decl.name, TypeName(named))
    written = context.type_of(decl.type, named.symbol)
    package.local_types[local_name] = context.underlying(written)
