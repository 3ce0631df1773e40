"""Statements to instructions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.assignments import assign, declaration, inc_dec, store_to
from maplint.model.resolve.calls import call_value, is_map
from maplint.model.resolve.context import NOTHING, Context, Want
from maplint.model.resolve.kinds import default_type, element, spread_values

_EXITS = frozenset(
    (
        "os.Exit",
        "log.Fatal",
        "log.Fatalf",
        "log.Fatalln",
        "log.Panic",
        "log.Panicf",
        "log.Panicln",
        "runtime.Goexit",
    )
)


def statement(context: Context, stmt: nodes.Stmt | None) -> None:
    """Emits what a statement does."""
    if stmt is not None:
        _HANDLERS[type(stmt)](context, stmt)


def statements(context: Context, stmt: nodes.Block) -> None:
    """Emits what the statements of a block do, in the scope that is open."""
    for inner in stmt.statements:
        statement(context, inner)


def block(context: Context, stmt: nodes.Stmt | None) -> ir.Body:
    """The instructions of a statement in a scope of its own."""
    with context.block, context.collected() as out:
        if isinstance(stmt, nodes.Block):
            statements(context, stmt)
        else:
            statement(context, stmt)
    return tuple(out)


def _block(context: Context, stmt: nodes.Block) -> None:
    with context.block:
        statements(context, stmt)


def _expression(context: Context, stmt: nodes.ExprStmt) -> None:
    found = context.value(stmt.expr)
    if isinstance(found, ir.Result) and isinstance(found.call.callee, ir.External):
        symbol = found.call.callee.symbol
        if symbol in _EXITS or symbol.endswith(
            (".Fatal", ".Fatalf", ".Fatalln", ".FailNow", ".Skip", ".SkipNow")
        ):
            context.emit(ir.Jump(stmt.pos, "exit", ""))


def _send(context: Context, stmt: nodes.Send) -> None:
    channel = context.value(stmt.channel)
    context.emit(ir.Send(stmt.pos, channel, context.value(stmt.value)))


def _go(context: Context, stmt: nodes.Go) -> None:
    _call(context, stmt.call, "go")


def _defer(context: Context, stmt: nodes.Defer) -> None:
    _call(context, stmt.call, "defer")


def _call(context: Context, expr: nodes.Expr, mode: str) -> None:
    if isinstance(expr, nodes.Call):
        call_value(context, expr, mode, NOTHING)
    else:
        context.value(expr)


def _return(context: Context, stmt: nodes.Return) -> None:
    results = context.function.results
    wants = [Want(result.type) for result in results]
    values = [
        context.value(expr, wants[i] if i < len(wants) else NOTHING) for i, expr in enumerate(stmt.values)
    ]
    for found, expr in zip(values, stmt.values, strict=True):
        if is_map(context, found.type) and isinstance(found, (ir.Ref, ir.FieldOf, ir.ElemOf)):
            end = getattr(expr, "end", 0) or expr.pos + len(getattr(expr, "name", " "))
            context.emit(ir.MapOp(expr.pos, end, "return", found, None, None))
    given = spread_values(values[0]) if len(values) == 1 else tuple(values)
    if not values and context.function.named_results:
        given = tuple(context.ref(var) for var in results)
    context.emit(ir.Return(stmt.pos, stmt.end, given))


def _branch(context: Context, stmt: nodes.Branch) -> None:
    context.emit(ir.Jump(stmt.pos, stmt.kind, stmt.label))


def _labeled(context: Context, stmt: nodes.Labeled) -> None:
    with context.collected() as out:
        statement(context, stmt.statement)
    context.emit(ir.Labeled(stmt.pos, stmt.label, tuple(out)))


def _if(context: Context, stmt: nodes.If) -> None:
    with context.block:
        statement(context, stmt.init)
        cond = context.value(stmt.cond)
        then = block(context, stmt.then)
        other = block(context, stmt.other)
        context.emit(ir.Branch(stmt.pos, cond, then, other))


def _for(context: Context, stmt: nodes.For) -> None:
    with context.block:
        statement(context, stmt.init)
        with context.collected() as body:
            cond = context.value(stmt.cond) if stmt.cond is not None else None
            _block(context, stmt.body)
        post = block(context, stmt.post)
        context.emit(ir.Loop(stmt.pos, None, cond, tuple(body), post))


def _range(context: Context, stmt: nodes.Range) -> None:
    over = context.value(stmt.over)
    under = context.underlying(over.type)
    if isinstance(under, t.Map):
        context.emit(ir.MapOp(stmt.pos, stmt.end, "range", over, None, None))
    elif isinstance(under, t.Chan):
        context.emit(ir.Receive(stmt.pos, over))
    with context.block, context.collected() as body:
        for left, found in zip(stmt.left, _range_values(context, over), strict=False):
            _range_target(context, stmt.define, left, found)
        _block(context, stmt.body)
    context.emit(ir.Loop(stmt.pos, over, None, tuple(body), ()))


def _range_target(context: Context, define: bool, left: nodes.Expr, found: ir.Value) -> None:
    if not isinstance(left, nodes.Name):
        store_to(context, left, found, left.pos, left.pos)
    elif define and left.name != "_":
        var = context.declare(left.name, "range", default_type(found.type), left.pos)
        context.emit(ir.Store(left.pos, left.pos, context.ref(var), found, True))
    elif left.name != "_":
        store_to(context, left, found, left.pos, left.pos)


def _range_values(context: Context, over: ir.Value) -> tuple[ir.Value, ir.Value]:
    """The key and element that ranging gives, after the spec's "For statements with range clause"."""
    under = context.underlying(over.type)
    if isinstance(under, t.Map):
        return ir.KeyOf(under.key, over), ir.ElemOf(under.value, over, ir.KeyOf(under.key, over))
    if isinstance(under, t.Chan):
        return ir.Received(under.elem, over), ir.Unknown(None)
    if isinstance(under, t.Func):
        yielded = context.underlying(under.params[0]) if under.params else None
        kinds = (*(yielded.params if isinstance(yielded, t.Func) else ()), None, None)
        return ir.Unknown(kinds[0], "range"), ir.Unknown(kinds[1], "range")
    if isinstance(under, t.Basic):
        if under.name in ("string", "untyped string"):
            return ir.KeyOf(t.INT, over), ir.ElemOf(t.Basic("int32"), over, None)
        return ir.KeyOf(over.type, over), ir.Unknown(None)
    return ir.KeyOf(t.INT, over), element(context, over, None)


def _switch(context: Context, stmt: nodes.Switch) -> None:
    with context.block:
        statement(context, stmt.init)
        tag = context.value(stmt.tag) if stmt.tag is not None else None
        arms = tuple([_arm(context, case) for case in stmt.cases])
        context.emit(ir.Choice(stmt.pos, "switch", tag, arms))


def _arm(context: Context, case: nodes.Case) -> ir.Arm:
    """An arm of a switch or select; what it communicates and its body share one scope."""
    with context.block:
        with context.collected() as comm:
            values = tuple([context.value(expr) for expr in case.exprs])
            statement(context, case.comm)
        with context.collected() as body:
            statements(context, case.body)
    return ir.Arm(tuple(comm), values, tuple(body), case.default)


def _type_switch(context: Context, stmt: nodes.TypeSwitch) -> None:
    with context.block:
        statement(context, stmt.init)
        operand = context.value(stmt.operand)
        arms = []
        for case in stmt.cases:
            with context.block, context.collected() as body:
                if stmt.bind is not None:
                    _bind(context, stmt.bind, case, operand)
                statements(context, case.body)
            arms.append(ir.Arm((), (), tuple(body), case.default))
        context.emit(ir.Choice(stmt.pos, "type-switch", operand, tuple(arms)))


def _bind(context: Context, bind: nodes.Name, case: nodes.Case, operand: ir.Value) -> None:
    kind = context.type_of(case.exprs[0]) if len(case.exprs) == 1 else operand.type
    if len(case.exprs) == 1 and isinstance(case.exprs[0], nodes.Name) and case.exprs[0].name == "nil":
        kind = operand.type
    var = context.declare(bind.name, "local", kind, bind.pos)
    found = ir.Converted(kind, operand, "assert")
    context.emit(ir.Store(bind.pos, bind.pos, context.ref(var), found, True))


def _select(context: Context, stmt: nodes.Select) -> None:
    context.emit(ir.Choice(stmt.pos, "select", None, tuple([_arm(context, case) for case in stmt.cases])))


def _bad(context: Context, stmt: nodes.Bad) -> None:
    for part in stmt.parts:
        statement(context, part)


_HANDLERS: dict[type, Callable[[Context, Any], None]] = {
    nodes.Block: _block,
    nodes.ExprStmt: _expression,
    nodes.Assign: assign,
    nodes.IncDec: inc_dec,
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
    nodes.DeclStmt: declaration,
    nodes.Bad: _bad,
}
