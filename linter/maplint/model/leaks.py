"""How entries arrive in maps and fail to leave: one judgement for each way, worked out when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from maplint.model.aging import AgingMaps
from maplint.model.arrivals import Arrivals
from maplint.model.departures import Departures
from maplint.model.kept_tables import KeptTables
from maplint.model.left_in import LeftResources
from maplint.model.missed import MissedRemovals
from maplint.model.never_equal import UnequalKeys
from maplint.model.pooled import PooledMaps
from maplint.model.size_hints import SizeHints
from maplint.model.strayed import StrayedRemovals

if TYPE_CHECKING:
    from maplint.model.program import Program


class Leaks:
    """The judgements over one program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    @cached_property
    def arrivals(self) -> Arrivals:
        p = self._program
        return Arrivals(p.contexts, p.definitions, p.keys, p.lifetimes, p.judge, p.contracts)

    @cached_property
    def departures(self) -> Departures:
        p = self._program
        return Departures(p.definitions, p.flows, p.graph, p.bounds)

    @cached_property
    def unequal_keys(self) -> UnequalKeys:
        p = self._program
        return UnequalKeys(
            p.universe, p.contexts, p.definitions, p.flows, p.graph, p.judge, self.arrivals, self.departures
        )

    @cached_property
    def missed_removals(self) -> MissedRemovals:
        p = self._program
        return MissedRemovals(self.arrivals, self.departures, p.definitions, p.graph, p.families)

    @cached_property
    def pooled_maps(self) -> PooledMaps:
        p = self._program
        return PooledMaps(p.universe, p.graph, self.departures, p.keys, p.sites, p.functions)

    @cached_property
    def left_resources(self) -> LeftResources:
        p = self._program
        return LeftResources(p.universe, self.arrivals, self.departures, p.graph, p.families, p.functions)

    @cached_property
    def kept_tables(self) -> KeptTables:
        return KeptTables(self.arrivals, self.departures)

    @cached_property
    def size_hints(self) -> SizeHints:
        p = self._program
        return SizeHints(p.universe, p.contexts, p.definitions, p.flows, p.graph, p.keys, p.functions)

    @cached_property
    def aging_maps(self) -> AgingMaps:
        p = self._program
        return AgingMaps(self.arrivals, self.departures, p.definitions, p.graph)

    @cached_property
    def strayed_removals(self) -> StrayedRemovals:
        p = self._program
        return StrayedRemovals(
            p.sites, p.contexts, p.definitions, self.departures, p.flows, p.judge, p.lifetimes
        )
