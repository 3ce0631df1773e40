"""Expressions to typed values; operations, calls and receives inside them are emitted in the order of evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.members import field_ref
from maplint.model.resolve.calls import call_value
from maplint.model.resolve.context import Context
from maplint.model.resolve.names import name_value, selector_value

_COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">=", "&&", "||"))
_UNTYPED_RANK = ("untyped int", "untyped rune", "untyped float", "untyped complex")
_DEFAULTS = {
    "untyped bool": t.BOOL,
    "untyped int": t.INT,
    "untyped rune": t.Basic("int32"),
    "untyped float": t.Basic("float64"),
    "untyped complex": t.Basic("complex128"),
    "untyped string": t.STRING,
}
_LITERAL_TYPES = {
    "int": t.Basic("untyped int"),
    "float": t.Basic("untyped float"),
    "imaginary": t.Basic("untyped complex"),
    "rune": t.Basic("untyped rune"),
    "string": t.Basic("untyped string"),
}


def value(context: Context, expr: nodes.Expr, hint: t.Type = None, owner: str = "") -> ir.Value:
    """The value of an expression.

    `hint` is the type that the place asks for, for composite literals without one; `owner` the symbol of the variable
    it initialises, for the fields of anonymous struct types.
    """
    if isinstance(expr, nodes.Composite):
        return _composite(context, expr, hint, owner)
    handler = _HANDLERS.get(type(expr))
    return handler(context, expr) if handler is not None else ir.Unknown(None)


def default_type(kind: t.Type) -> t.Type:
    """The type that a variable gets from an untyped constant."""
    return _DEFAULTS.get(kind.name, kind) if isinstance(kind, t.Basic) else kind


def multi_types(context: Context, found: ir.Value, count: int) -> list[t.Type]:
    """The types that a multi-valued expression gives `count` variables."""
    if isinstance(found.type, t.Tuple):
        types = [*found.type.types, *[None] * count]
        return types[:count]
    return [found.type, *[t.BOOL] * (count - 1)]


def _literal(context: Context, expr: nodes.Literal) -> ir.Value:
    return ir.Const(_LITERAL_TYPES[expr.kind], expr.text)


def _index(context: Context, expr: nodes.Index) -> ir.Value:
    return index_value(context, expr)


def index_value(context: Context, expr: nodes.Index, comma_ok: bool = False) -> ir.Value:
    """`base[index]`: a map read is emitted; an instantiated function keeps its value."""
    base = value(context, expr.base)
    if isinstance(base, ir.FuncValue):
        return _instantiated(context, base, expr)
    if base.type is None and len(expr.indexes) > 1:
        return ir.Unknown(None)
    indexes = tuple(value(context, index) for index in expr.indexes)
    elem = element(context, base, indexes[0] if indexes else None, expr.pos)
    if isinstance(context.underlying(base.type), t.Map):
        context.emit(ir.MapOp(expr.pos, expr.end, "index", base, indexes[0], None, comma_ok))
    return elem


def _instantiated(context: Context, function: ir.FuncValue, expr: nodes.Index) -> ir.Value:
    from maplint.model.resolve.calls import explicit_arguments

    return replace(function, type=explicit_arguments(context, function, expr.indexes))


def element(context: Context, base: ir.Value, index: ir.Value | None, pos: int) -> ir.ElemOf:
    """An element of `base`, typed."""
    return ir.ElemOf(element_type(context, base.type), base, index, pos)


def element_type(context: Context, kind: t.Type) -> t.Type:
    """The type of what indexing gives."""
    under = context.underlying(kind)
    if isinstance(under, t.Pointer):
        under = context.underlying(under.elem)
    if isinstance(under, t.Map):
        return under.value
    if isinstance(under, (t.Slice, t.Array)):
        return under.elem
    return t.Basic("uint8") if isinstance(under, t.Basic) else None


def _slice_of(context: Context, expr: nodes.SliceOf) -> ir.Value:
    base = value(context, expr.base)
    for bound in expr.bounds:
        value(context, bound)
    under = context.underlying(base.type)
    if isinstance(under, t.Pointer):
        under = context.underlying(under.elem)
    kind = t.Slice(under.elem) if isinstance(under, t.Array) else default_type(base.type)
    return ir.Sliced(kind, base)


def _assert(context: Context, expr: nodes.Assert) -> ir.Value:
    return ir.Converted(context.type_of(expr.type), value(context, expr.base), "assert")


def _unary(context: Context, expr: nodes.Unary) -> ir.Value:
    if expr.op == "&" and isinstance(expr.operand, nodes.Composite):
        operand = _composite(context, expr.operand, None, "")
        return ir.Converted(t.Pointer(operand.type), operand, "&")
    operand = value(context, expr.operand)
    if expr.op == "&":
        return ir.Converted(t.Pointer(operand.type), operand, "&")
    if expr.op == "*":
        under = context.underlying(operand.type)
        return ir.Converted(under.elem if isinstance(under, t.Pointer) else None, operand, "*")
    if expr.op == "<-":
        context.emit(ir.Receive(expr.pos, operand))
        under = context.underlying(operand.type)
        return ir.Received(under.elem if isinstance(under, t.Chan) else None, operand)
    return ir.Computed(operand.type, expr.op, (operand,))


def _binary(context: Context, expr: nodes.Binary) -> ir.Value:
    """Left-leaning chains are walked in a loop: they can be thousands long."""
    chain = [expr]
    while isinstance(chain[-1].left, nodes.Binary):
        chain.append(chain[-1].left)
    found = value(context, chain[-1].left)
    for link in reversed(chain):
        right = value(context, link.right)
        found = ir.Computed(_binary_type(link.op, found.type, right.type), link.op, (found, right))
    return found


def _binary_type(op: str, left: t.Type, right: t.Type) -> t.Type:
    if op in _COMPARISONS:
        return t.BOOL
    if op in ("<<", ">>"):
        return left
    if not isinstance(left, t.Basic) or not left.name.startswith("untyped"):
        return left
    if isinstance(right, t.Basic) and right.name.startswith("untyped"):
        both = [rank for rank in _UNTYPED_RANK if rank in (left.name, right.name)]
        return t.Basic(both[-1]) if both else left
    return right


def _composite(context: Context, expr: nodes.Composite, hint: t.Type, owner: str) -> ir.Value:
    kind = context.type_of(expr.type, owner) if expr.type is not None else hint
    if isinstance(kind, t.Array) and kind.length == "...":
        kind = t.Array(kind.elem, str(len(expr.elements)))
    target = context.underlying(kind)
    pointer = expr.type is None and isinstance(target, t.Pointer)
    if pointer and isinstance(target, t.Pointer):
        inner = target.elem
        target = context.underlying(inner)
    else:
        inner = kind
    made = ir.Composed(inner, _elements(context, expr, inner, target), expr.pos, expr.end)
    return ir.Converted(kind, made, "&") if pointer else made


def _elements(
    context: Context, expr: nodes.Composite, kind: t.Type, under: t.Type
) -> tuple[tuple[ir.FieldRef | ir.Value | None, ir.Value], ...]:
    if isinstance(under, t.Struct):
        return tuple(_field_element(context, under, i, key, item) for i, (key, item) in enumerate(expr.elements))
    if under is None and isinstance(kind, t.Named):
        return tuple(_unknown_field(context, kind, key, item) for key, item in expr.elements)
    elem = under.value if isinstance(under, t.Map) else getattr(under, "elem", None)
    key_type = under.key if isinstance(under, t.Map) else None
    return tuple(
        (value(context, key, key_type) if key is not None else None, value(context, item, elem))
        for key, item in expr.elements
    )


def _unknown_field(
    context: Context, kind: t.Named, key: nodes.Expr | None, item: nodes.Expr
) -> tuple[ir.FieldRef | ir.Value | None, ir.Value]:
    """A field of a struct type whose declaration is not at hand."""
    name = key.name if isinstance(key, nodes.Name) else ""
    return (ir.FieldRef(kind.symbol, name, None, "", -1) if name else None), value(context, item)


def _field_element(
    context: Context, struct: t.Struct, index: int, key: nodes.Expr | None, item: nodes.Expr
) -> tuple[ir.FieldRef | ir.Value | None, ir.Value]:
    if isinstance(key, nodes.Name):
        field = next((f for f in struct.fields if f.name == key.name), None)
    else:
        field = struct.fields[index] if key is None and index < len(struct.fields) else None
    if field is None:
        return None, value(context, item)
    return field_ref(struct, field), value(context, item, field.type)


def _func_literal(context: Context, expr: nodes.FuncLit) -> ir.Value:
    from maplint.model.resolve.functions import literal

    return literal(context, expr)




_HANDLERS: dict[type, Callable[[Context, Any], ir.Value]] = {
    nodes.Name: name_value,
    nodes.Literal: _literal,
    nodes.Selector: selector_value,
    nodes.Index: _index,
    nodes.SliceOf: _slice_of,
    nodes.Call: call_value,
    nodes.Assert: _assert,
    nodes.Unary: _unary,
    nodes.Binary: _binary,
    nodes.FuncLit: _func_literal,
}

__all__ = ["default_type", "element", "element_type", "index_value", "multi_types", "value"]
