"""Lowering of expressions."""

from __future__ import annotations

from maplint.facts import nodes
from maplint.syntax.grammar import ERROR, Node, field, kinds
from maplint.syntax.lower_types import signature
from maplint.syntax.lowering import (
    COMMENT,
    F_BODY,
    F_LEFT,
    F_OPERAND,
    F_OPERATOR,
    F_RIGHT,
    F_TYPE,
    F_VALUE,
    Source,
    expr_lowering,
)

_F_FIELD = field("field")
_F_INDEX = field("index")
_F_FUNCTION = field("function")
_F_ARGUMENTS = field("arguments")
_F_KEY = field("key")
_F_TYPE_ARGUMENTS = field("type_arguments")
_F_BOUNDS = (field("start"), field("end"), field("capacity"))

_VARIADIC_ARGUMENT = kinds("variadic_argument")
_KEYED = kinds("keyed_element")
_LITERAL_ELEMENT = kinds("literal_element")
_LITERALS = (
    "int_literal",
    "float_literal",
    "imaginary_literal",
    "rune_literal",
    "raw_string_literal",
    "interpreted_string_literal",
)
_LITERAL_KINDS = {
    kind: name.split("_")[0] if "string" not in name else "string"
    for name in _LITERALS
    for kind in kinds(name)
}
_LITERAL_CUT = 80


@expr_lowering(*_LITERALS)
def _literal(source: Source, node: Node) -> nodes.Expr:
    start = node.start_byte
    text = source.words(start, min(node.end_byte, start + _LITERAL_CUT))
    return nodes.Literal(start, _LITERAL_KINDS[node.kind_id], text)


@expr_lowering("parenthesized_expression")
def _parenthesized(source: Source, node: Node) -> nodes.Expr | None:
    inner = [child for child in node.named_children if child.kind_id != COMMENT]
    return source.expr(inner[0]) if inner else None


@expr_lowering("selector_expression")
def _selector(source: Source, node: Node) -> nodes.Expr | None:
    name = node.child_by_field_id(_F_FIELD)
    base = node.child_by_field_id(F_OPERAND)
    if name is None:
        return None
    return nodes.Selector(
        node.start_byte, node.end_byte, source.expr(base), source.text(name), source.at(name.start_byte)
    )


@expr_lowering("index_expression")
def _index(source: Source, node: Node) -> nodes.Expr:
    base = source.expr(node.child_by_field_id(F_OPERAND))
    index = source.expr(node.child_by_field_id(_F_INDEX))
    return nodes.Index(source.at(node.start_byte), source.at(node.end_byte), base, (index,))


@expr_lowering("slice_expression")
def _slice_of(source: Source, node: Node) -> nodes.Expr:
    bounds = (node.child_by_field_id(bound) for bound in _F_BOUNDS)
    lowered = tuple(source.expr(bound) for bound in bounds if bound is not None)
    return nodes.SliceOf(source.at(node.start_byte), source.expr(node.child_by_field_id(F_OPERAND)), lowered)


@expr_lowering("call_expression")
def _call(source: Source, node: Node) -> nodes.Expr:
    function = source.expr(node.child_by_field_id(_F_FUNCTION))
    arguments = node.child_by_field_id(_F_ARGUMENTS)
    args: list[nodes.Expr] = []
    spread = False
    for child in arguments.named_children if arguments is not None else ():
        kind = child.kind_id
        if kind in _VARIADIC_ARGUMENT:
            spread = True
            child = child.named_children[0]
            kind = child.kind_id
        if kind == ERROR:
            args.extend(source.exprs(child.named_children))
        elif kind != COMMENT:
            args.append(source.expr(child))
    type_arguments = node.child_by_field_id(_F_TYPE_ARGUMENTS)
    if type_arguments is not None:
        indexes = source.exprs(type_arguments.named_children)
        function = nodes.Index(
            source.at(node.start_byte), source.at(type_arguments.end_byte), function, indexes
        )
    return nodes.Call(source.at(node.start_byte), source.at(node.end_byte), function, tuple(args), spread)


@expr_lowering("type_conversion_expression")
def _conversion(source: Source, node: Node) -> nodes.Expr:
    target = source.expr(node.child_by_field_id(F_TYPE))
    operand = source.expr(node.child_by_field_id(F_OPERAND))
    return nodes.Call(source.at(node.start_byte), source.at(node.end_byte), target, (operand,), False)


@expr_lowering("type_assertion_expression")
def _assertion(source: Source, node: Node) -> nodes.Expr:
    base = source.expr(node.child_by_field_id(F_OPERAND))
    return nodes.Assert(node.start_byte, base, source.optional(node.child_by_field_id(F_TYPE)))


@expr_lowering("unary_expression")
def _unary(source: Source, node: Node) -> nodes.Expr:
    operator = node.child_by_field_id(F_OPERATOR)
    op = "" if operator is None else source.text(operator)
    return nodes.Unary(node.start_byte, op, source.expr(node.child_by_field_id(F_OPERAND)))


@expr_lowering("binary_expression")
def _binary(source: Source, node: Node) -> nodes.Expr:
    """A chain such as `a + b + c + ...` leans to the left and can be thousands deep, so it is unrolled."""
    chain = []
    left: Node | None = node
    while left is not None and left.kind_id == node.kind_id:
        chain.append(left)
        left = left.child_by_field_id(F_LEFT)
    lowered = source.expr(left)
    for link in reversed(chain):
        operator = link.child_by_field_id(F_OPERATOR)
        op = "" if operator is None else source.text(operator)
        lowered = nodes.Binary(link.start_byte, op, lowered, source.expr(link.child_by_field_id(F_RIGHT)))
    return lowered


@expr_lowering("composite_literal")
def _composite(source: Source, node: Node) -> nodes.Expr:
    elements = _elements(source, node.child_by_field_id(F_BODY))
    type_expr = source.expr(node.child_by_field_id(F_TYPE))
    return nodes.Composite(source.at(node.start_byte), source.at(node.end_byte), type_expr, elements)


@expr_lowering("literal_value")
def _elided(source: Source, node: Node) -> nodes.Expr:
    return nodes.Composite(
        source.at(node.start_byte), source.at(node.end_byte), None, _elements(source, node)
    )


@expr_lowering("literal_element")
def _element(source: Source, node: Node) -> nodes.Expr:
    return source.expr(node.named_child(0))


def _elements(source: Source, node: Node | None) -> tuple[tuple[nodes.Expr | None, nodes.Expr], ...]:
    out: list[tuple[nodes.Expr | None, nodes.Expr]] = []
    for child in node.named_children if node is not None and source.bodies else ():
        if child.kind_id in _KEYED:
            key = source.expr(child.child_by_field_id(_F_KEY))
            out.append((key, source.expr(child.child_by_field_id(F_VALUE))))
        elif child.kind_id in _LITERAL_ELEMENT:
            out.append((None, source.expr(child)))
        elif child.is_error:
            out.extend((None, source.expr(inner)) for inner in child.named_children)
    return tuple(out)


@expr_lowering("func_literal")
def _func_literal(source: Source, node: Node) -> nodes.Expr:
    body = source.stmt(node.child_by_field_id(F_BODY)) if source.bodies else None
    if not isinstance(body, nodes.Block):
        body = nodes.Block(node.end_byte, node.end_byte, ())
    return nodes.FuncLit(source.at(node.start_byte), source.at(node.end_byte), signature(source, node), body)
