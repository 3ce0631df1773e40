"""Types of values: what constants default to, what indexing and multi-valued expressions give."""

from __future__ import annotations

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.resolve.context import Context

_DEFAULTS = {
    "untyped bool": t.BOOL,
    "untyped int": t.INT,
    "untyped rune": t.Basic("int32"),
    "untyped float": t.Basic("float64"),
    "untyped complex": t.Basic("complex128"),
    "untyped string": t.STRING,
}
_COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">=", "&&", "||"))
_UNTYPED_RANK = ("untyped int", "untyped rune", "untyped float", "untyped complex")


def default_type(kind: t.Type) -> t.Type:
    """The type that a variable gets from an untyped constant."""
    return _DEFAULTS.get(kind.name, kind) if type(kind) is t.Basic else kind


def is_untyped(kind: t.Type) -> bool:
    """Whether the type is that of an untyped constant."""
    return isinstance(kind, t.Basic) and kind.name.startswith("untyped")


def binary_type(op: str, left: t.Type, right: t.Type) -> t.Type:
    """The type of `left op right`."""
    if op in _COMPARISONS:
        return t.BOOL
    if op in ("<<", ">>"):
        return left
    if left is not None and not is_untyped(left):
        return left
    if isinstance(left, t.Basic) and isinstance(right, t.Basic) and is_untyped(right):
        both = [rank for rank in _UNTYPED_RANK if rank in (left.name, right.name)]
        return t.Basic(both[-1]) if both else left
    return right


def multi_types(found: ir.Value, count: int) -> list[t.Type]:
    """The types that a multi-valued expression, or one of the comma-ok forms, gives `count` variables."""
    if isinstance(found.type, t.Tuple):
        types = [*found.type.types, *[None] * count]
        return types[:count]
    return [found.type, *[t.BOOL] * (count - 1)]


def parts(found: ir.Value, count: int) -> list[ir.Value]:
    """The values that a multi-valued expression, or one of the comma-ok forms, gives `count` variables."""
    types = multi_types(found, count)
    if isinstance(found, ir.Result):
        return [ir.Result(kind, found.call, i) for i, kind in enumerate(types)]
    return [found, *(ir.Computed(kind, "ok", (found,)) for kind in types[1:])]


def spread_values(found: ir.Value) -> tuple[ir.Value, ...]:
    """The values of an expression that stands for several, as `g()` does in `f(g())`; else the value alone."""
    if isinstance(found, ir.Result) and isinstance(found.type, t.Tuple):
        return tuple(ir.Result(kind, found.call, i) for i, kind in enumerate(found.type.types))
    return (found,)


def behind(context: Context, kind: t.Type) -> t.Type:
    """The underlying type, a pointer followed."""
    under = context.underlying(kind)
    return context.underlying(under.elem) if isinstance(under, t.Pointer) else under


def element(context: Context, base: ir.Value, index: ir.Value | None) -> ir.ElemOf:
    """An element of `base`, typed."""
    return ir.ElemOf(element_type(context, base.type), base, index)


def element_type(context: Context, kind: t.Type) -> t.Type:
    """The type of what indexing gives."""
    under = behind(context, kind)
    if isinstance(under, t.Map):
        return under.value
    if isinstance(under, (t.Slice, t.Array)):
        return under.elem
    return t.Basic("uint8") if isinstance(under, t.Basic) else None
