"""Whether the entries of a map are series of metrics: then a registry keeps as many, by the choice of the labels."""

from __future__ import annotations

from collections.abc import Iterable

from maplint.facts import types as t
from maplint.knowledge.metrics import OF_LABELS, SERIES
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.naming import last
from maplint.model.universe import Universe


def are_metrics(universe: Universe, definitions: Definitions, stored: Iterable[ir.Value]) -> bool:
    """Whether each value that is stored is a series, or a struct of series, with what is counted beside them."""
    values = [_given(definitions, value) for value in stored]
    return bool(values) and all(_is_metric(universe, value) for value in values)


def _given(definitions: Definitions, value: ir.Value) -> list[ir.Value]:
    """The value, and what it is assigned where it is a variable."""
    value = ir.unconverted(value)
    return [value, *definitions.values(value.var)] if isinstance(value, ir.Ref) else [value]


def _is_metric(universe: Universe, values: list[ir.Value]) -> bool:
    return any(_is_series_type(universe, value.type) or _is_series(value) for value in values)


def _is_series(value: ir.Value) -> bool:
    value = ir.unconverted(value)
    if isinstance(value, ir.Composed):
        return bool(value.elements) and all(_is_series(item) for _, item in value.elements)
    if not isinstance(value, ir.Result):
        return False
    callee = value.call.callee
    if isinstance(callee, ir.Abstract):
        return callee.method in OF_LABELS
    return isinstance(callee, (ir.Static, ir.External)) and last(callee.symbol) in OF_LABELS


def _is_series_type(universe: Universe, kind: t.Type) -> bool:
    under = universe.underlying(t.pointed(kind))
    parts = [item.type for item in under.fields] if isinstance(under, t.Struct) else []
    wrapped = [part for part in parts if not _is_counted(universe, part)]
    return _is_declared_series(kind) or (bool(wrapped) and all(map(_is_declared_series, wrapped)))


def _is_counted(universe: Universe, kind: t.Type) -> bool:
    """Whether a field has a number or a truth value, which names nothing that could be let go of."""
    under = universe.underlying(kind)
    return isinstance(under, t.Basic) and under.name != "string"


def _is_declared_series(kind: t.Type) -> bool:
    plain = t.pointed(kind)
    return isinstance(plain, t.Named) and SERIES.match(plain.symbol) is not None
