"""Which structs hold configuration: what a file of it, flags or the environment fill.

A key that is read out of them is one of those that somebody has written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from maplint.facts import types as t
from maplint.knowledge.configuration import BINDS_FLAG, DECODER_OPTIONS, DECODES, DECODES_TEXT, SETTINGS
from maplint.model import ir
from maplint.model.naming import words

if TYPE_CHECKING:
    from maplint.model.stored import Stored
    from maplint.model.universe import Universe


class Configured:
    """Answers which fields configuration fills."""

    def __init__(self, universe: Universe, stored: Stored, functions: Iterable[ir.Function]) -> None:
        self._universe = universe
        self._stored = stored
        self._owners: set[str] = set()
        """Of the structs, as their fields name them."""
        self._seen: set[ir.Var] = set()
        for function in functions:
            if not function.is_test:
                for value in _targets(function):
                    self._fill(value)

    def holds(self, field: ir.FieldRef) -> bool:
        """Whether configuration fills the field."""
        return field.owner in self._owners

    def _fill(self, value: ir.Value) -> None:
        """Marks the struct that a value points to, through the parameters that lead to it."""
        value = ir.unconverted(value)
        if isinstance(value, ir.Ref):
            if value.var in self._seen:
                return
            self._seen.add(value.var)
            for argument in self._stored.arguments(value.var):
                self._fill(argument)
        self._mark(value.type)

    def _mark(self, kind: t.Type) -> None:
        """Marks a struct type and those that it is made of."""
        under = self._universe.underlying(t.pointed(kind))
        if isinstance(under, t.Struct) and under.owner not in self._owners:
            self._owners.add(under.owner)
            for field in under.fields:
                self._mark(field.type)
        elif isinstance(under, (t.Slice, t.Array)):
            self._mark(under.elem)
        elif isinstance(under, t.Map):
            self._mark(under.value)


def _targets(function: ir.Function) -> Iterator[ir.Value]:
    """What a function has filled with configuration."""
    for found in function.of(ir.Call):
        call = found.instruction
        if isinstance(call.callee, ir.External):
            if DECODES.match(call.callee.symbol):
                yield from call.args
            elif DECODES_TEXT.match(call.callee.symbol):
                yield from filter(_is_settings, call.args)
            elif BINDS_FLAG.search(call.callee.symbol) and call.args:
                yield from _owner(call.args[0])
    for making in function.making:
        for value in making.made:
            if isinstance(value, ir.Composed) and _sets_up_decoder(value.type):
                yield from (item for _, item in value.elements)


def _owner(value: ir.Value) -> Iterator[ir.Value]:
    """The struct of which a flag fills one field: `options` of `&options.name`."""
    value = ir.unconverted(value)
    if isinstance(value, ir.FieldOf):
        yield value.base


def _is_settings(target: ir.Value) -> bool:
    """Whether the type of what a text is decoded into is called after settings."""
    kind = t.pointed(ir.unconverted(target).type)
    return isinstance(kind, t.Named) and not SETTINGS.isdisjoint(words(kind.name))


def _sets_up_decoder(kind: t.Type) -> bool:
    return isinstance(kind, t.Named) and bool(DECODER_OPTIONS.match(kind.symbol))
