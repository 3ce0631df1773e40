"""Loops over one map that delete its keys from another map of the same owner, so that the first keeps them."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.contexts import START_UP, Contexts
from maplint.model.definitions import Definitions
from maplint.model.departures import Departures
from maplint.model.flows import Flows, node_of
from maplint.model.growth import Judge
from maplint.model.life import Life, Lifetimes
from maplint.model.sites import Site, Use
from maplint.model.walk import Condition, parts


class Strayed(NamedTuple):
    """A deletion that goes to another map than the one whose keys are walked."""

    site: Site
    """The map that the loop goes over and nothing deletes from."""
    other: Site
    """The map that loses the keys."""
    removal: Use
    fills: tuple[Use, ...]
    """The inserts that make it grow."""
    confidence: Confidence
    reasons: tuple[str, ...]


class StrayedRemovals:
    """Finds such deletions."""

    def __init__(
        self,
        sites: dict[str, Site],
        contexts: Contexts,
        definitions: Definitions,
        departures: Departures,
        flows: Flows,
        judge: Judge,
        lifetimes: Lifetimes,
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._judge = judge
        self._lifetimes = lifetimes
        self._by_loop: dict[str, list[tuple[Site, Use]]] = {}
        """For each site that loops go over: the deletions of its keys from other sites."""
        for other in sites.values():
            for removal in other.removes:
                node = departures.sweeps(removal) if self._counts(removal) else None
                for symbol in flows.reached(node) if node is not None else ():
                    if symbol in sites and sites[symbol] is not other:
                        self._by_loop.setdefault(symbol, []).append((other, removal))

    def _counts(self, removal: Use) -> bool:
        when = self._contexts.when(removal.function)
        return not removal.function.is_test and (not when or bool(when & ~START_UP))

    def of(self, site: Site) -> Strayed | None:
        """The deletion that strays from a map which grows and which nothing removes from."""
        pairs = [
            (other, removal)
            for other, removal in self._by_loop.get(site.symbol, ())
            if _owner(other) == _owner(site) and not other.symbol.startswith(f"{site.symbol}[]")
        ]
        if not pairs:
            return None
        growth = self._judge.growth(site)
        if growth.verdict != "unbounded" or growth.confidence is None:
            return None
        other, removal = min(pairs, key=lambda pair: (not self._asks(site, pair[1]), pair[1].instruction.pos))
        reasons = [f"the loop deletes from {other.name} while it goes over {site.name}"]
        confidence = Confidence.LOW
        asks = self._asks(site, removal)
        if asks:
            reasons.append(f"what decides on the deletion is the entry of {site.name}")
            confidence = max(growth.confidence, Confidence.MEDIUM)
        if site.kind == "field" and self._lifetimes.of(site.owner).life <= Life.UNKNOWN:
            confidence = min(confidence, Confidence.MEDIUM if asks else Confidence.LOW)
        return Strayed(site, other, removal, growth.inserts, confidence, (*reasons, *growth.reasons))

    def _asks(self, site: Site, removal: Use) -> bool:
        """Whether a condition inside the loop looks at the entry of the map that is walked."""
        loops = [i for i, one in enumerate(removal.conditions) if _goes_over(one, site)]
        inside = removal.conditions[loops[-1] + 1 :] if loops else removal.conditions
        return any(
            self._is_entry(value, site, removal)
            for condition in inside
            if condition.value is not None
            for value in self._definitions.behind(condition.value)
        )

    def _is_entry(self, value: ir.Value, site: Site, removal: Use) -> bool:
        """Whether a value is part of such an entry, also as the second argument of a Range's function."""
        root = self._definitions.root(value)
        if isinstance(root, ir.Ref):
            if site.is_sync_map and root.var in removal.function.params[1:2]:
                return True
            values = self._definitions.values(root.var)
        else:
            values = [root]
        bases = [part for one in (value, *values) for part in parts(one)]
        return any(isinstance(one, ir.ElemOf) and node_of(one.base) == site.symbol for one in bases)


def _owner(site: Site) -> str:
    """What makes two maps those of one owner: the struct type, or for package variables the package."""
    return site.owner or site.package


def _goes_over(condition: Condition, site: Site) -> bool:
    return (
        condition.kind == "range" and condition.value is not None and node_of(condition.value) == site.symbol
    )
