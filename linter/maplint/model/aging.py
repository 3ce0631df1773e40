"""Maps whose entries leave when they are old enough and for no other reason: traffic decides how many there are."""

from __future__ import annotations

import re
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.arrivals import Arrivals
from maplint.model.callgraph import CallGraph
from maplint.model.definitions import Definitions
from maplint.model.departures import Departures
from maplint.model.domains import Domain
from maplint.model.guards import compares_length
from maplint.model.life import Life
from maplint.model.sites import Site, Use
from maplint.model.walk import parts

_OF_AGE = re.compile(r"expir|stale|ttl|idle|too_?old|deadline|outdated", re.I)


class Aging(NamedTuple):
    """A map that only time empties."""

    site: Site
    removals: tuple[Use, ...]
    fills: tuple[Use, ...]
    confidence: Confidence
    reasons: tuple[str, ...]


class AgingMaps:
    """Finds such maps."""

    def __init__(
        self, arrivals: Arrivals, departures: Departures, definitions: Definitions, graph: CallGraph
    ) -> None:
        self._arrivals = arrivals
        self._departures = departures
        self._definitions = definitions
        self._graph = graph

    def of(self, site: Site) -> Aging | None:
        """How age alone takes entries out of a long-lived map that nothing caps."""
        removals = self._departures.removals(site)
        if not removals or not all(self._is_by_age(use) for use in removals):
            return None
        arrival = self._arrivals.of(site)
        if arrival is None or arrival.is_capped or not arrival.is_open or self._is_measured(site):
            return None
        known = arrival.source.domain is Domain.OPEN and arrival.life >= Life.LIKELY and arrival.is_product
        reasons = ["every removal asks for the age of the entry", "no insert asks how many entries there are"]
        if arrival.source.domain is Domain.OPEN:
            reasons.append(
                f"the key comes from {arrival.source.what}, so whoever sends decides how many there are"
            )
        confidence = Confidence.MEDIUM if known else Confidence.LOW
        return Aging(site, removals, arrival.uses, confidence, tuple(reasons))

    def _is_measured(self, site: Site) -> bool:
        """Whether the number of entries decides on something in a function that inserts or removes."""
        return any(compares_length(use.conditions, use.variable) for use in (*site.inserts, *site.removes))

    def _is_by_age(self, use: Use) -> bool:
        if any(
            condition.value is not None
            and condition.kind in ("branch", "loop")
            and self._tells_age(condition.value, 2)
            for condition in use.conditions
        ):
            return True
        return any(edge.mode == "timer" for edge in self._graph.callers.get(use.function, ()))

    def _tells_age(self, value: ir.Value, steps: int) -> bool:
        """Whether a condition compares times, or speaks of an age by a name."""
        for part in parts(value):
            if isinstance(part, ir.Result):
                symbol = _called(part.call)
                if symbol.startswith("time.") or _OF_AGE.search(symbol.rpartition(".")[2]):
                    return True
            elif isinstance(part, (ir.FieldOf, ir.Ref)):
                name = part.field.name if isinstance(part, ir.FieldOf) else part.var.name
                if _OF_AGE.search(name):
                    return True
                if isinstance(part, ir.Ref) and steps:
                    values = self._definitions.values(part.var)
                    if any(self._tells_age(one, steps - 1) for one in values[:3]):
                        return True
        return False


def _called(call: ir.Call) -> str:
    callee = call.callee
    return callee.method if isinstance(callee, ir.Abstract) else getattr(callee, "symbol", "")
