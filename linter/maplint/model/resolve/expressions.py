"""Expressions to typed values; operations, calls and receives inside them are emitted in the order of evaluation."""

from __future__ import annotations

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.context import NOTHING, Context, Want, evaluates
from maplint.model.resolve.inference import instantiated
from maplint.model.resolve.kinds import behind, binary_type, default_type, element

_LITERAL_TYPES = {
    "int": t.Basic("untyped int"),
    "float": t.Basic("untyped float"),
    "imaginary": t.Basic("untyped complex"),
    "rune": t.Basic("untyped rune"),
    "string": t.Basic("untyped string"),
}


@evaluates(nodes.Literal)
def _literal(context: Context, expr: nodes.Literal, _: Want) -> ir.Value:
    return context.constant(_LITERAL_TYPES[expr.kind], expr.text)


@evaluates(nodes.Index)
def _index(context: Context, expr: nodes.Index, _: Want) -> ir.Value:
    return index_value(context, expr)


def index_value(context: Context, expr: nodes.Index, comma_ok: bool = False) -> ir.Value:
    """`base[index]`: a map read is emitted; an instantiated function keeps its value."""
    base = context.value(expr.base)
    if isinstance(base, ir.FuncValue):
        return instantiated(context, base, expr.indexes)
    if len(expr.indexes) != 1:
        return ir.Unknown(None)
    index = context.value(expr.indexes[0])
    if isinstance(context.underlying(base.type), t.Map):
        context.emit(ir.MapOp(expr.pos, expr.end, "index", base, index, None, comma_ok))
    return element(context, base, index)


@evaluates(nodes.SliceOf)
def _slice_of(context: Context, expr: nodes.SliceOf, _: Want) -> ir.Value:
    base = context.value(expr.base)
    for bound in expr.bounds:
        context.value(bound)
    under = behind(context, base.type)
    return ir.Sliced(t.Slice(under.elem) if isinstance(under, t.Array) else default_type(base.type), base)


@evaluates(nodes.Assert)
def _assert(context: Context, expr: nodes.Assert, _: Want) -> ir.Value:
    return ir.Converted(context.type_of(expr.type), context.value(expr.base), "assert")


@evaluates(nodes.Unary)
def _unary(context: Context, expr: nodes.Unary, want: Want) -> ir.Value:
    operand = context.value(expr.operand, Want(owner=want.owner) if expr.op == "&" else NOTHING)
    if expr.op == "&":
        return ir.Converted(t.Pointer(operand.type), operand, "&")
    under = context.underlying(operand.type)
    if expr.op == "*":
        return ir.Converted(under.elem if isinstance(under, t.Pointer) else None, operand, "*")
    if expr.op == "<-":
        context.emit(ir.Receive(expr.pos, operand))
        return ir.Received(under.elem if isinstance(under, t.Chan) else None, operand)
    return ir.Computed(operand.type, expr.op, (operand,))


@evaluates(nodes.Binary)
def _binary(context: Context, expr: nodes.Binary, _: Want) -> ir.Value:
    """Left-leaning chains are walked in a loop: they can be thousands long."""
    chain = [expr]
    while isinstance(chain[-1].left, nodes.Binary):
        chain.append(chain[-1].left)
    found = context.value(chain[-1].left)
    for link in reversed(chain):
        right = context.value(link.right)
        found = ir.Computed(binary_type(link.op, found.type, right.type), link.op, (found, right))
    return found


@evaluates(nodes.Composite)
def _composite(context: Context, expr: nodes.Composite, want: Want) -> ir.Value:
    kind = context.type_of(expr.type, want.owner) if expr.type is not None else want.type
    if isinstance(kind, t.Array) and kind.length == "...":
        kind = t.Array(kind.elem, str(len(expr.elements)))
    under = context.underlying(kind)
    if expr.type is not None or not isinstance(under, t.Pointer):
        return ir.Composed(kind, _elements(context, expr, kind, under), expr.pos, expr.end)
    elements = _elements(context, expr, under.elem, context.underlying(under.elem))
    return ir.Converted(kind, ir.Composed(under.elem, elements, expr.pos, expr.end), "&")


def _elements(
    context: Context, expr: nodes.Composite, kind: t.Type, under: t.Type
) -> tuple[tuple[ir.FieldRef | ir.Value | None, ir.Value], ...]:
    if context.silent:
        return ()
    if isinstance(under, t.Struct):
        return tuple(
            [_field_element(context, under, i, key, item) for i, (key, item) in enumerate(expr.elements)]
        )
    if under is None and isinstance(kind, t.Named):
        return tuple([_unknown_field(context, kind, key, item) for key, item in expr.elements])
    of_key = Want(under.key) if isinstance(under, t.Map) else NOTHING
    of_item = Want(under.value if isinstance(under, t.Map) else getattr(under, "elem", None))
    return tuple(
        [
            (context.value(key, of_key) if key is not None else None, context.value(item, of_item))
            for key, item in expr.elements
        ]
    )


def _field_element(
    context: Context, struct: t.Struct, index: int, key: nodes.Expr | None, item: nodes.Expr
) -> tuple[ir.FieldRef | ir.Value | None, ir.Value]:
    if isinstance(key, nodes.Name):
        field = next((field for field in struct.fields if field.name == key.name), None)
    else:
        field = struct.fields[index] if key is None and index < len(struct.fields) else None
    if field is None:
        return None, context.value(item)
    return context.field(struct, field), context.value(item, Want(field.type))


def _unknown_field(
    context: Context, kind: t.Named, key: nodes.Expr | None, item: nodes.Expr
) -> tuple[ir.FieldRef | ir.Value | None, ir.Value]:
    """A field of a struct type whose declaration is not at hand."""
    name = key.name if isinstance(key, nodes.Name) else ""
    symbol = f"{kind.symbol}.{name}"
    return (ir.FieldRef(kind.symbol, name, None, "", -1, symbol) if name else None), context.value(item)
