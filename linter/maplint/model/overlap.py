"""Accesses of a map without any lock that run at the same time."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.life import Life, Lifetimes
from maplint.model.ownership import Ownership
from maplint.model.sites import Site


class Overlap(NamedTuple):
    """Two accesses that may run at once, one of them a write."""

    access: Access
    other: Access
    says: str
    """Why they may."""
    confidence: Confidence
    start: Edge | None


class Overlaps:
    """Finds overlapping accesses."""

    def __init__(
        self,
        contexts: Contexts,
        definitions: Definitions,
        ownership: Ownership,
        lifetimes: Lifetimes,
        graph: CallGraph,
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._ownership = ownership
        self._lifetimes = lifetimes
        self._graph = graph

    def of(self, site: Site, accesses: list[Access]) -> list[Overlap]:
        """One overlap for each function that has a part in one."""
        out = []
        for access in accesses:
            if access.is_write:
                found = self._with_itself(site, access)
                if found is not None:
                    says, confidence, start = found
                    other = next((one for one in accesses if one is not access), access)
                    out.append(Overlap(access, other, says, confidence, start))
        return out

    def _with_itself(self, site: Site, access: Access) -> tuple[str, Confidence, Edge | None] | None:
        """Why two runs of the same write may overlap."""
        function = access.function
        if not self._contexts.when(function) & When.CONCURRENT:
            return None
        confidence = Confidence.HIGH
        base = self._ownership.base(access.target)
        if base is not None and base.kind in ("local", "parameter", "result", "range"):
            if not self._is_started_again(function, base):
                return None
        trail = self._contexts.trail(function, When.CONCURRENT)
        if site.kind == "field":
            life = self._lifetimes.of(site.owner).life
            confidence = Confidence.MEDIUM if life is Life.LONG and len(trail) <= 2 else Confidence.LOW
        name = function.symbol.rpartition("/")[2].partition(".")[2]
        return f"{name} runs in several goroutines at once", confidence, trail[0] if trail else None

    def _is_started_again(self, function: ir.Function, var: ir.Var) -> bool:
        """Whether the literal that writes a captured variable is started again and again inside its function."""
        if var.function == function.symbol:
            return False
        for edge in self._graph.callers.get(function, ()):
            if edge.mode in ("concurrent", "parallel"):
                return True
            if edge.mode in ("go", "goroutine"):
                return any(condition.kind in ("loop", "range") for condition in edge.conditions)
        return False
