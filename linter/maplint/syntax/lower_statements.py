"""Lowering of statements."""

from __future__ import annotations

from maplint.facts import nodes
from maplint.syntax.grammar import Node, field, kinds
from maplint.syntax.lowering import (
    COMMENT,
    F_BODY,
    F_CONDITION,
    F_INITIALIZER,
    F_LEFT,
    F_OPERATOR,
    F_RIGHT,
    F_VALUE,
    Source,
    stmt_lowering,
)

_F_CHANNEL = field("channel")
_F_CONSEQUENCE = field("consequence")
_F_ALTERNATIVE = field("alternative")
_F_UPDATE = field("update")
_F_ALIAS = field("alias")
_F_COMMUNICATION = field("communication")
_F_LABEL = field("label")

_STATEMENT_LIST = kinds("statement_list")
_EXPRESSION_LIST = kinds("expression_list")
_DEFAULT_CASE = kinds("default_case")
_CASES = kinds("expression_case", "type_case", "communication_case", "default_case")
_FOR_CLAUSE = kinds("for_clause")
_RANGE_CLAUSE = kinds("range_clause")
_BLOCK = kinds("block")
_LABEL_NAME = kinds("label_name")


@stmt_lowering("block")
def _block(source: Source, node: Node) -> nodes.Stmt:
    return nodes.Block(node.start_byte, node.end_byte, source.stmts(_listed(node)))


def _listed(node: Node) -> list[Node]:
    """The statements below a block, those of a statement list and those beside it in a broken one."""
    out: list[Node] = []
    for child in node.named_children:
        if child.kind_id in _STATEMENT_LIST:
            out.extend(child.named_children)
        else:
            out.append(child)
    return out


def _body(source: Source, node: Node | None) -> nodes.Block:
    lowered = source.stmt(node)
    if isinstance(lowered, nodes.Block):
        return lowered
    pos = -1 if node is None else node.start_byte
    return nodes.Block(pos, pos, ())


def _exprs(source: Source, node: Node | None) -> tuple[nodes.Expr, ...]:
    if node is None:
        return ()
    if node.kind_id in _EXPRESSION_LIST:
        return source.exprs(node.named_children)
    return (source.expr(node),)


@stmt_lowering("expression_statement")
def _expression(source: Source, node: Node) -> nodes.Stmt:
    return nodes.ExprStmt(node.start_byte, source.expr(node.named_child(0)))


@stmt_lowering("assignment_statement")
def _assignment(source: Source, node: Node) -> nodes.Stmt:
    operator = node.child_by_field_id(F_OPERATOR)
    op = "=" if operator is None else source.text(operator)
    return _assign(source, node, op)


@stmt_lowering("short_var_declaration")
def _short_var(source: Source, node: Node) -> nodes.Stmt:
    return _assign(source, node, ":=")


@stmt_lowering("receive_statement")
def _receive(source: Source, node: Node) -> nodes.Stmt:
    if node.child_by_field_id(F_LEFT) is None:
        return nodes.ExprStmt(node.start_byte, source.expr(node.child_by_field_id(F_RIGHT)))
    defines = any(child.type == ":=" for child in node.children)
    return _assign(source, node, ":=" if defines else "=")


def _assign(source: Source, node: Node, op: str) -> nodes.Assign:
    left = _exprs(source, node.child_by_field_id(F_LEFT))
    right = _exprs(source, node.child_by_field_id(F_RIGHT))
    return nodes.Assign(source.at(node.start_byte), source.at(node.end_byte), left, op, right)


@stmt_lowering("inc_statement", "dec_statement")
def _inc_dec(source: Source, node: Node) -> nodes.Stmt:
    operand = source.expr(node.named_child(0))
    op = source.data[node.end_byte - 2 : node.end_byte].decode("ascii", "replace")
    return nodes.IncDec(source.at(node.start_byte), source.at(node.end_byte), operand, op)


@stmt_lowering("send_statement")
def _send(source: Source, node: Node) -> nodes.Stmt:
    channel = source.expr(node.child_by_field_id(_F_CHANNEL))
    return nodes.Send(source.at(node.start_byte), channel, source.expr(node.child_by_field_id(F_VALUE)))


@stmt_lowering("go_statement")
def _go(source: Source, node: Node) -> nodes.Stmt:
    return nodes.Go(source.at(node.start_byte), source.expr(_first(node)))


@stmt_lowering("defer_statement")
def _defer(source: Source, node: Node) -> nodes.Stmt:
    return nodes.Defer(source.at(node.start_byte), source.expr(_first(node)))


def _first(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.kind_id != COMMENT), None)


@stmt_lowering("return_statement")
def _return(source: Source, node: Node) -> nodes.Stmt:
    return nodes.Return(source.at(node.start_byte), source.at(node.end_byte), _exprs(source, _first(node)))


@stmt_lowering("break_statement", "continue_statement", "goto_statement", "fallthrough_statement")
def _branch(source: Source, node: Node) -> nodes.Stmt:
    label = next((source.text(child) for child in node.named_children if child.kind_id in _LABEL_NAME), "")
    return nodes.Branch(source.at(node.start_byte), node.type.removesuffix("_statement"), label)


@stmt_lowering("labeled_statement")
def _labeled(source: Source, node: Node) -> nodes.Stmt:
    label = node.child_by_field_id(_F_LABEL)
    inner = [child for child in node.named_children if child.kind_id not in _LABEL_NAME]
    lowered = source.stmts(inner)
    statement = lowered[0] if lowered else nodes.Block(node.end_byte, node.end_byte, ())
    return nodes.Labeled(source.at(node.start_byte), "" if label is None else source.text(label), statement)


@stmt_lowering("if_statement")
def _if(source: Source, node: Node) -> nodes.Stmt:
    return nodes.If(
        source.at(node.start_byte),
        source.stmt(node.child_by_field_id(F_INITIALIZER)),
        source.expr(node.child_by_field_id(F_CONDITION)),
        _body(source, node.child_by_field_id(_F_CONSEQUENCE)),
        source.stmt(node.child_by_field_id(_F_ALTERNATIVE)),
    )


@stmt_lowering("for_statement")
def _for(source: Source, node: Node) -> nodes.Stmt:
    body = _body(source, node.child_by_field_id(F_BODY))
    init = post = None
    cond: nodes.Expr | None = None
    for child in node.named_children:
        if child.kind_id in _RANGE_CLAUSE:
            return _range(source, node, child, body)
        if child.kind_id in _FOR_CLAUSE:
            init = source.stmt(child.child_by_field_id(F_INITIALIZER))
            cond = source.optional(child.child_by_field_id(F_CONDITION))
            post = source.stmt(child.child_by_field_id(_F_UPDATE))
        elif child.kind_id not in _BLOCK and child.kind_id != COMMENT:
            cond = source.expr(child)
    return nodes.For(source.at(node.start_byte), init, cond, post, body)


def _range(source: Source, node: Node, clause: Node, body: nodes.Block) -> nodes.Range:
    defines = any(child.type == ":=" for child in clause.children)
    left = _exprs(source, clause.child_by_field_id(F_LEFT))
    over = source.expr(clause.child_by_field_id(F_RIGHT))
    return nodes.Range(source.at(node.start_byte), source.at(clause.end_byte), left, defines, over, body)


@stmt_lowering("expression_switch_statement")
def _switch(source: Source, node: Node) -> nodes.Stmt:
    init = source.stmt(node.child_by_field_id(F_INITIALIZER))
    tag = source.optional(node.child_by_field_id(F_VALUE))
    return nodes.Switch(source.at(node.start_byte), init, tag, _cases(source, node))


@stmt_lowering("type_switch_statement")
def _type_switch(source: Source, node: Node) -> nodes.Stmt:
    init = source.stmt(node.child_by_field_id(F_INITIALIZER))
    alias = _exprs(source, node.child_by_field_id(_F_ALIAS))
    bind = alias[0] if alias and isinstance(alias[0], nodes.Name) else None
    operand = source.expr(node.child_by_field_id(F_VALUE))
    return nodes.TypeSwitch(source.at(node.start_byte), init, bind, operand, _cases(source, node))


@stmt_lowering("select_statement")
def _select(source: Source, node: Node) -> nodes.Stmt:
    return nodes.Select(source.at(node.start_byte), _cases(source, node))


def _cases(source: Source, node: Node) -> tuple[nodes.Case, ...]:
    return tuple(_case(source, child) for child in node.named_children if child.kind_id in _CASES)


def _case(source: Source, node: Node) -> nodes.Case:
    exprs: tuple[nodes.Expr, ...] = ()
    for value in (*node.children_by_field_name("value"), *node.children_by_field_name("type")):
        exprs += _exprs(source, value)
    comm = source.stmt(node.child_by_field_id(_F_COMMUNICATION))
    body = [
        inner
        for child in node.named_children
        if child.kind_id in _STATEMENT_LIST
        for inner in child.named_children
    ]
    broken = [child for child in node.named_children if child.is_error]
    block = nodes.Block(node.start_byte, node.end_byte, source.stmts(body + broken))
    return nodes.Case(node.start_byte, exprs, comm, node.kind_id in _DEFAULT_CASE, block)
