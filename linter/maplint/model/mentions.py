"""What is asked of a function and its literals for each object that is followed through them.

Which instructions mention a variable, a call, a literal or something new: these alone are looked at, in their order.
And whether a literal is waited for.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from maplint.model import ir
from maplint.model.carriers import Carrier
from maplint.model.families import Families
from maplint.model.waits import waits_for
from maplint.model.walk import Occurrence

Body: TypeAlias = Sequence[tuple[ir.Function, Occurrence]]
"""The instructions of a family, each with the function that it stands in."""


class Mentions:
    """Answers for the families that are asked about."""

    def __init__(self, families: Families) -> None:
        self._families = families
        self._known: dict[ir.Function, tuple[Body, dict[Carrier, list[int]]]] = {}
        self._awaited: dict[ir.Function, bool] = {}

    def of(self, home: ir.Function, held: set[Carrier]) -> Iterator[tuple[ir.Function, Occurrence]]:
        """The instructions that mention what is held, also what is added to it on the way, in order."""
        body, places = self._indexed(home)
        counted = 0
        waiting: list[int] = []
        here = -1
        while True:
            if counted != len(held):
                waiting = [place for place in _places(places, held) if place > here]
                heapq.heapify(waiting)
                counted = len(held)
            while waiting and waiting[0] <= here:
                heapq.heappop(waiting)
            if not waiting:
                return
            here = heapq.heappop(waiting)
            yield body[here]

    def is_awaited(self, literal: ir.Function) -> bool:
        """Whether the function around waits for a literal that it starts in a goroutine."""
        parent = self._families.parent(literal)
        if parent is not None and literal not in self._awaited:
            self._awaited[literal] = waits_for(self._families, parent, literal.pos, literal)
        return self._awaited.get(literal, False)

    def _indexed(self, home: ir.Function) -> tuple[Body, dict[Carrier, list[int]]]:
        if home not in self._known:
            members = self._families.members(home)
            body = [(member, found) for member in members for found in member.occurrences]
            places: dict[Carrier, list[int]] = defaultdict(list)
            for place, (_, found) in enumerate(body):
                for carrier in set(_mentioned(found)):
                    places[carrier].append(place)
            self._known[home] = body, places
        return self._known[home]


def _places(places: dict[Carrier, list[int]], held: Iterable[Carrier]) -> Iterator[int]:
    for carrier in held:
        yield from places.get(carrier, ())


def _mentioned(found: Occurrence) -> Iterator[Carrier]:
    for value in found.values:
        if isinstance(value, ir.Ref):
            yield value.var
        elif isinstance(value, ir.Result):
            yield value.call
        elif isinstance(value, ir.FuncValue):
            yield value.symbol
        elif isinstance(value, (ir.Composed, ir.Made)):
            yield value.pos
