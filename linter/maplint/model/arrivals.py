"""What keeps arriving in a long-lived map, whether or not something takes it out again.

The growth verdict falls silent where anything removes from a map. The rules about how entries leave ask the other
half alone: does the map live long, and do new keys arrive in it while the program runs?
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.contexts import START_UP, Contexts
from maplint.model.contracts import Contracts
from maplint.model.definitions import Definitions
from maplint.model.domains import Domain, Source
from maplint.model.growth import Judge
from maplint.model.guards import is_capped, presence
from maplint.model.keys import Keys
from maplint.model.life import Life, Lifetimes
from maplint.model.sites import Site, Use


class Arrival(NamedTuple):
    """The new keys of one site."""

    uses: tuple[Use, ...]
    """The inserts that add keys while the program runs, as they stand in the code."""
    source: Source
    """Where the most open of their keys come from."""
    life: Life
    """How long the map lives; LONG for a package variable."""
    is_capped: bool
    """Whether a length is compared before each of the inserts."""
    is_product: bool
    """Whether its package is part of what is built, rather than test support, an example or a tool."""

    @property
    def is_open(self) -> bool:
        """Whether nothing shows that the program text decides the keys."""
        return self.source.domain is not Domain.CLOSED


class Arrivals:
    """Answers what arrives in the sites of a program."""

    def __init__(
        self,
        contexts: Contexts,
        definitions: Definitions,
        keys: Keys,
        lifetimes: Lifetimes,
        judge: Judge,
        contracts: Contracts,
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._keys = keys
        self._lifetimes = lifetimes
        self._judge = judge
        self._contracts = contracts

    def of(self, site: Site) -> Arrival | None:
        """What arrives in a site; None where it is short-lived, or filled at start-up only."""
        life = self._life(site)
        if life is Life.SHORT or site.kind == "local" or self._contracts.is_bounded(site):
            return None
        uses = tuple(use for use in site.inserts if self.adds(use))
        sources = [self.source(use) for use in uses]
        best = max(sources, key=lambda source: source.domain, default=None)
        if best is None:
            return None
        capped = all(
            is_capped(use.function, use.conditions, use.variable, use.instruction.pos) for use in uses
        )
        return Arrival(uses, best, life, capped, not owners.NOT_PRODUCT.search(f"{site.package}/"))

    def adds(self, use: Use) -> bool:
        """Whether an insert may add a key once the program is up and the map's owner is made."""
        when = self._contexts.when(use.function)
        if use.function.is_test or (when and not when & ~START_UP) or self._judge.is_building(use):
            return False
        return presence(self._definitions, use.conditions, use.variable) is not True

    def source(self, use: Use) -> Source:
        """Where the key of one insert comes from."""
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        return self._keys.source(key) if key is not None else Source(Domain.UNKNOWN, "")

    def _life(self, site: Site) -> Life:
        if site.kind == "package-var" or site.is_in_package_var:
            return Life.LONG
        return self._lifetimes.of(site.owner).life
