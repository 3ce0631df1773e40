"""Goroutines that start with a token, and hand it back when they return: one of them runs at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maplint.model import ir
from maplint.model.callgraph import CallGraph, Edge


class Tokens:
    """Finds the goroutines that need a channel's only token."""

    def __init__(self, graph: CallGraph, fields: Mapping[str, Sequence[ir.Value]]) -> None:
        self._graph = graph
        self._fields = fields
        """What is stored in each field, by its symbol."""

    def takes(self, start: Edge) -> bool:
        """Whether a goroutine is started with what the one before it has sent as its last act.

        That is what it receives from a channel with room for one value, right before.
        """
        taken = _received_before(start)
        return taken is not None and self._holds_one(taken) and taken in self._returned_by(start.callee)

    def _holds_one(self, channel: str) -> bool:
        made = self._fields.get(channel, ())
        return bool(made) and all(
            isinstance(value, ir.Made) and isinstance(value.size, ir.Const) and value.size.text == "1"
            for value in made
        )

    def _returned_by(self, function: ir.Function) -> Iterator[str]:
        """The channels on which a function sends at its end, whichever way it ends."""
        for edge in self._graph.callees.get(function, ()):
            if edge.mode == "defer" and not edge.conditions:
                for found in edge.callee.of(ir.Send):
                    if not found.conditions:
                        yield _field(found.instruction.channel)


def _received_before(start: Edge) -> str | None:
    """The field with the channel that the starting function has received from last, in the same block."""
    before = [
        found.instruction
        for found in start.caller.of(ir.Send, ir.Receive)
        if found.instruction.pos < start.call.pos and start.conditions == found.conditions
    ]
    last = max(before, key=lambda instruction: instruction.pos, default=None)
    return _field(last.channel) or None if isinstance(last, ir.Receive) else None


def _field(channel: ir.Value) -> str:
    """The symbol of the field that a channel is read from; empty for another one."""
    return channel.field.symbol if isinstance(channel, ir.FieldOf) else ""
