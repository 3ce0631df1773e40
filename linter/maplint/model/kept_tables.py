"""Long-lived maps that are filled, emptied as a whole, and never replaced: their tables stay as large as they were."""

from __future__ import annotations

import re
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.arrivals import Arrivals
from maplint.model.departures import Departures
from maplint.model.domains import Domain
from maplint.model.guards import compares_length
from maplint.model.life import Life
from maplint.model.naming import declared_name, short
from maplint.model.sites import Site, Use

_LAST = re.compile(r"^(?:[cC]lose|[sS]hutdown|[sS]top|[dD]estroy|[tT]erminate|[dD]ispose)")
"""Functions after which the map is not used again."""


class KeptTable(NamedTuple):
    """A map that keeps the table of its peak."""

    site: Site
    emptied: Use
    fills: tuple[Use, ...]
    confidence: Confidence
    reasons: tuple[str, ...]


class KeptTables:
    """Finds such maps."""

    def __init__(self, arrivals: Arrivals, departures: Departures) -> None:
        self._arrivals = arrivals
        self._departures = departures

    def of(self, site: Site) -> KeptTable | None:
        """How a site is emptied as a whole without being replaced; a sync.Map gives its memory back."""
        if site.map is None or any(self._departures.is_reset(use) for use in site.resets):
            return None
        emptied = next((use for use in self._departures.removals(site) if self._empties(use)), None)
        arrival = self._arrivals.of(site) if emptied is not None else None
        if emptied is None or arrival is None or not arrival.is_open:
            return None
        if any(compares_length(use.conditions, use.variable) for use in (*site.inserts, *site.removes)):
            return None
        known = (
            arrival.source.domain is not Domain.UNKNOWN and arrival.life >= Life.LIKELY and arrival.is_product
        )
        reasons = [f"{short(emptied.function.symbol)} empties it as a whole and keeps its table"]
        if arrival.source.domain is Domain.OPEN:
            reasons.append(f"its keys come from {arrival.source.what}, so that the peak has no bound")
        return KeptTable(
            site, emptied, arrival.uses, Confidence.MEDIUM if known else Confidence.LOW, tuple(reasons)
        )

    def _empties(self, use: Use) -> bool:
        """Whether all entries go at once, and the map is used again afterwards."""
        if not self._departures.is_whole(use) or _LAST.match(declared_name(use.function)):
            return False
        loops = [condition for condition in use.conditions if condition.kind == "range"]
        return use.op != "delete" or (loops[-1:] == list(use.conditions[-1:]) and not _ends_at_once(use))


def _ends_at_once(use: Use) -> bool:
    """Whether the loop around a deletion leaves in its first round: it takes out any one entry."""
    return any(
        isinstance(found.instruction, (ir.Jump, ir.Return)) and found.conditions == use.conditions
        for found in use.function.occurrences
    )
