"""Statements to instructions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.calls import call_value, is_map
from maplint.model.resolve.context import Context, LocalConst, TypeName
from maplint.model.resolve.expressions import default_type, element, index_value, multi_types, value

_EXITS = frozenset(
    ("os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln", "runtime.Goexit")
)


def statement(context: Context, stmt: nodes.Stmt | None) -> None:
    """Emits what a statement does."""
    if stmt is not None:
        _HANDLERS[type(stmt)](context, stmt)


def block(context: Context, stmt: nodes.Stmt | None) -> ir.Body:
    """The instructions of a statement in a scope of their own."""
    with context.body() as out:
        if isinstance(stmt, nodes.Block):
            for inner in stmt.statements:
                statement(context, inner)
        else:
            statement(context, stmt)
    return tuple(out)


def _block(context: Context, stmt: nodes.Block) -> None:
    with context.block():
        for inner in stmt.statements:
            statement(context, inner)


def _expression(context: Context, stmt: nodes.ExprStmt) -> None:
    found = value(context, stmt.expr)
    if isinstance(found, ir.Result) and isinstance(found.call.callee, ir.External):
        symbol = found.call.callee.symbol
        if symbol in _EXITS or symbol.endswith((".Fatal", ".Fatalf", ".Fatalln", ".FailNow", ".Skip", ".SkipNow")):
            context.emit(ir.Jump(stmt.pos, "exit", ""))


def _assign(context: Context, stmt: nodes.Assign) -> None:
    if stmt.op not in ("=", ":="):
        _operate(context, stmt)
        return
    if len(stmt.right) == 1 and len(stmt.left) > 1:
        _assign_multiple(context, stmt)
        return
    owners = [_owner(context, stmt, i) for i in range(len(stmt.right))]
    values = [value(context, right, owner=owner) for right, owner in zip(stmt.right, owners, strict=True)]
    for left, found in zip(stmt.left, values, strict=False):
        _store(context, stmt, left, found, default_type(found.type))


def _owner(context: Context, stmt: nodes.Assign, index: int) -> str:
    """What the fields of an anonymous struct type in a short variable declaration hang on."""
    left = stmt.left[index] if index < len(stmt.left) else None
    named = stmt.op == ":=" and isinstance(left, nodes.Name)
    return f"{context.function.symbol}.{left.name}" if named and isinstance(left, nodes.Name) else ""


def _assign_multiple(context: Context, stmt: nodes.Assign) -> None:
    """`a, b = f()`, and the comma-ok forms."""
    right = stmt.right[0]
    if isinstance(right, nodes.Index):
        found = index_value(context, right, comma_ok=_is_used(stmt.left[1]))
    else:
        found = value(context, right)
    types = multi_types(context, found, len(stmt.left))
    for i, (left, kind) in enumerate(zip(stmt.left, types, strict=False)):
        part: ir.Value
        if isinstance(found, ir.Result):
            part = ir.Result(kind, found.call, i)
        else:
            part = found if i == 0 else ir.Computed(t.BOOL, "ok", (found,))
        _store(context, stmt, left, part, kind)


def _is_used(expr: nodes.Expr) -> bool:
    return not (isinstance(expr, nodes.Name) and expr.name == "_")


def _operate(context: Context, stmt: nodes.Assign) -> None:
    """`left op= right`."""
    right = value(context, stmt.right[0]) if stmt.right else ir.Unknown(None)
    _update(context, stmt.left[0], stmt.pos, stmt.end, "op-assign", right, stmt.op)


def _inc_dec(context: Context, stmt: nodes.IncDec) -> None:
    one = ir.Const(t.Basic("untyped int"), "1")
    _update(context, stmt.operand, stmt.pos, stmt.end, "inc-dec", one, stmt.op)


def _update(
    context: Context, left: nodes.Expr, pos: int, end: int, op: str, right: ir.Value, operator: str
) -> None:
    if isinstance(left, nodes.Index):
        base, key = value(context, left.base), value(context, left.indexes[0])
        target: ir.Value = element(context, base, key, left.pos)
        if isinstance(context.underlying(base.type), t.Map):
            context.emit(ir.MapOp(pos, end, op, base, key, ir.Computed(right.type, operator, (target, right))))
    else:
        target = value(context, left)
    context.emit(ir.Store(pos, end, target, ir.Computed(target.type, operator, (target, right)), False, operator))


def _store(context: Context, stmt: nodes.Assign, left: nodes.Expr, found: ir.Value, kind: t.Type) -> None:
    """One target of an assignment or short variable declaration."""
    if isinstance(left, nodes.Name):
        if left.name == "_":
            return
        if stmt.op == ":=" and left.name not in context.scopes[-1]:
            var = context.declare(left.name, "local", kind, left.pos)
            context.emit(ir.Store(stmt.pos, stmt.end, ir.Ref(kind, var, left.pos), found, True))
            return
    store_to(context, left, found, stmt.pos, stmt.end)


def store_to(context: Context, left: nodes.Expr, found: ir.Value, pos: int, end: int) -> None:
    """An assignment to something that exists."""
    if isinstance(left, nodes.Index):
        base, key = value(context, left.base), value(context, left.indexes[0])
        if isinstance(context.underlying(base.type), t.Map):
            context.emit(ir.MapOp(left.pos, left.end, "assign", base, key, found))
        target: ir.Value = element(context, base, key, left.pos)
    else:
        target = value(context, left)
    if isinstance(found, ir.Composed) and found.type is None:
        found = replace(found, type=target.type)
    context.emit(ir.Store(pos, end, target, found, False))


def _send(context: Context, stmt: nodes.Send) -> None:
    channel = value(context, stmt.channel)
    context.emit(ir.Send(stmt.pos, channel, value(context, stmt.value)))


def _go(context: Context, stmt: nodes.Go) -> None:
    _call(context, stmt.call, "go")


def _defer(context: Context, stmt: nodes.Defer) -> None:
    _call(context, stmt.call, "defer")


def _call(context: Context, expr: nodes.Expr, mode: str) -> None:
    if isinstance(expr, nodes.Call):
        call_value(context, expr, mode)
    else:
        value(context, expr)


def _return(context: Context, stmt: nodes.Return) -> None:
    results = context.function.results
    values = tuple(
        value(context, expr, results[i].type if i < len(results) else None) for i, expr in enumerate(stmt.values)
    )
    for found, expr in zip(values, stmt.values, strict=True):
        if is_map(context, found.type) and isinstance(found, (ir.Ref, ir.FieldOf, ir.ElemOf)):
            end = getattr(expr, "end", 0) or expr.pos + len(getattr(expr, "name", " "))
            context.emit(ir.MapOp(expr.pos, end, "return", found, None, None))
    if not values and context.function.named_results:
        values = tuple(ir.Ref(var.type, var, stmt.pos) for var in results)
    context.emit(ir.Return(stmt.pos, stmt.end, values))


def _branch(context: Context, stmt: nodes.Branch) -> None:
    context.emit(ir.Jump(stmt.pos, stmt.kind, stmt.label))


def _labeled(context: Context, stmt: nodes.Labeled) -> None:
    context.emit(ir.Labeled(stmt.pos, stmt.label, block(context, stmt.statement)))


def _if(context: Context, stmt: nodes.If) -> None:
    with context.block():
        statement(context, stmt.init)
        cond = value(context, stmt.cond)
        then = block(context, stmt.then)
        other = block(context, stmt.other)
        context.emit(ir.Branch(stmt.pos, cond, then, other))


def _for(context: Context, stmt: nodes.For) -> None:
    with context.block():
        statement(context, stmt.init)
        with context.body() as body:
            cond = value(context, stmt.cond) if stmt.cond is not None else None
            for inner in stmt.body.statements:
                statement(context, inner)
        post = block(context, stmt.post)
        context.emit(ir.Loop(stmt.pos, None, cond, tuple(body), post))


def _range(context: Context, stmt: nodes.Range) -> None:
    over = value(context, stmt.over)
    under = context.underlying(over.type)
    if isinstance(under, t.Map):
        context.emit(ir.MapOp(stmt.pos, stmt.end, "range", over, None, None))
    key, item = _range_values(context, over, stmt.pos)
    if isinstance(under, t.Chan):
        context.emit(ir.Receive(stmt.pos, over))
    with context.body() as body:
        for i, (left, found) in enumerate(zip(stmt.left, (key, item), strict=False)):
            if isinstance(left, nodes.Name) and left.name == "_":
                continue
            if stmt.define and isinstance(left, nodes.Name):
                var = context.declare(left.name, "range", default_type(found.type), left.pos)
                context.emit(ir.Store(left.pos, left.pos, ir.Ref(var.type, var, left.pos), found, True))
            elif i < 2:
                store_to(context, left, found, left.pos, left.pos)
        with context.block():
            for inner in stmt.body.statements:
                statement(context, inner)
    context.emit(ir.Loop(stmt.pos, over, None, tuple(body), ()))


def _range_values(context: Context, over: ir.Value, pos: int) -> tuple[ir.Value, ir.Value]:
    """The key and element that ranging gives, after the spec's "For statements with range clause"."""
    under = context.underlying(over.type)
    if isinstance(under, t.Map):
        return ir.KeyOf(under.key, over), ir.ElemOf(under.value, over, ir.KeyOf(under.key, over), pos)
    if isinstance(under, t.Chan):
        return ir.Received(under.elem, over), ir.Unknown(None)
    if isinstance(under, t.Func) and under.params and isinstance(under.params[0], t.Func):
        kinds = (*under.params[0].params, None, None)
        return ir.Unknown(kinds[0], "range"), ir.Unknown(kinds[1], "range")
    if isinstance(under, t.Basic):
        if under.name in ("string", "untyped string"):
            return ir.KeyOf(t.INT, over), ir.ElemOf(t.Basic("int32"), over, None, pos)
        return ir.KeyOf(under, over), ir.Unknown(None)
    return ir.KeyOf(t.INT, over), element(context, over, None, pos)


def _switch(context: Context, stmt: nodes.Switch) -> None:
    with context.block():
        statement(context, stmt.init)
        tag = value(context, stmt.tag) if stmt.tag is not None else None
        arms = tuple(_arm(context, case) for case in stmt.cases)
        context.emit(ir.Choice(stmt.pos, "switch", tag, arms))


def _arm(context: Context, case: nodes.Case) -> ir.Arm:
    with context.block():
        with context.body() as comm:
            values = tuple(value(context, expr) for expr in case.exprs)
        return ir.Arm(tuple(comm), values, block(context, case.body), case.default)


def _type_switch(context: Context, stmt: nodes.TypeSwitch) -> None:
    with context.block():
        statement(context, stmt.init)
        operand = value(context, stmt.operand)
        arms = []
        for case in stmt.cases:
            with context.body() as body:
                if stmt.bind is not None:
                    _bind(context, stmt.bind, case, operand)
                for inner in case.body.statements:
                    statement(context, inner)
            arms.append(ir.Arm((), (), tuple(body), case.default))
        context.emit(ir.Choice(stmt.pos, "type-switch", operand, tuple(arms)))


def _bind(context: Context, bind: nodes.Name, case: nodes.Case, operand: ir.Value) -> None:
    kind = context.type_of(case.exprs[0]) if len(case.exprs) == 1 else operand.type
    if len(case.exprs) == 1 and isinstance(case.exprs[0], nodes.Name) and case.exprs[0].name == "nil":
        kind = operand.type
    var = context.declare(bind.name, "local", kind, bind.pos)
    found = ir.Converted(kind, operand, "assert")
    context.emit(ir.Store(bind.pos, bind.pos, ir.Ref(kind, var, bind.pos), found, True))


def _select(context: Context, stmt: nodes.Select) -> None:
    arms = []
    for case in stmt.cases:
        with context.body() as comm:
            statement(context, case.comm)
            body = block(context, case.body)
        arms.append(ir.Arm(tuple(comm), (), body, case.default))
    context.emit(ir.Choice(stmt.pos, "select", None, tuple(arms)))


def _decl(context: Context, stmt: nodes.DeclStmt) -> None:
    for decl in stmt.decls:
        if isinstance(decl, nodes.VarDecl):
            _var_decl(context, decl)
        elif isinstance(decl, nodes.ConstDecl):
            _const_decl(context, decl)
        else:
            _type_decl(context, decl)


def _var_decl(context: Context, decl: nodes.VarDecl) -> None:
    owner = f"{context.function.symbol}.{decl.names[0].name}" if decl.names else ""
    kind = context.type_of(decl.type, owner) if decl.type is not None else None
    if len(decl.values) == 1 and len(decl.names) > 1:
        left: tuple[nodes.Expr, ...] = decl.names
        pos = decl.names[0].pos
        _assign_multiple(context, nodes.Assign(pos, pos, left, ":=", decl.values))
        return
    values = [value(context, expr, kind, owner) for expr in decl.values]
    for i, name in enumerate(decl.names):
        made: ir.Value = values[i] if i < len(values) else ir.Made(kind, "zero", None, name.pos)
        var_type = kind if decl.type is not None else default_type(made.type)
        var = context.declare(name.name, "local", var_type, name.pos)
        context.emit(ir.Store(name.pos, name.pos, ir.Ref(var_type, var, name.pos), made, True))


def _const_decl(context: Context, decl: nodes.ConstDecl) -> None:
    for i, name in enumerate(decl.names):
        kind = context.type_of(decl.type) if decl.type is not None else None
        if kind is None and i < len(decl.values):
            kind = value(context, decl.values[i]).type
        context.scopes[-1][name.name] = LocalConst(kind, f"{context.function.symbol}.{name.name}")


def _type_decl(context: Context, decl: nodes.TypeDecl) -> None:
    package = context.file.package
    if decl.alias:
        context.scopes[-1][decl.name] = TypeName(context.type_of(decl.type))
        return
    prefix = context.function.symbol.removeprefix(f"{package.path}.")
    local_name = f"{prefix}.{decl.name}"
    named = t.Named(package.path, local_name)
    context.scopes[-1][decl.name] = TypeName(named)
    written = context.type_of(decl.type, named.symbol)
    package.local_types[local_name] = context.underlying(written)


def _bad(context: Context, stmt: nodes.Bad) -> None:
    for part in stmt.parts:
        statement(context, part)


_HANDLERS: dict[type, Callable[[Context, Any], None]] = {
    nodes.Block: _block,
    nodes.ExprStmt: _expression,
    nodes.Assign: _assign,
    nodes.IncDec: _inc_dec,
    nodes.Send: _send,
    nodes.Go: _go,
    nodes.Defer: _defer,
    nodes.Return: _return,
    nodes.Branch: _branch,
    nodes.Labeled: _labeled,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Range: _range,
    nodes.Switch: _switch,
    nodes.TypeSwitch: _type_switch,
    nodes.Select: _select,
    nodes.DeclStmt: _decl,
    nodes.Bad: _bad,
}
