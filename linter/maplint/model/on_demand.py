"""Maps that are filled when somebody asks: look-ups that insert what is missing, whoever calls them."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts import types as t
from maplint.knowledge.locks import LOCKS
from maplint.knowledge.owners import REGISTRATION, SHORT_LIVED_NAMES
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.belief import speaks_of_set_up
from maplint.model.callgraph import CallGraph
from maplint.model.contexts import Contexts, When
from maplint.model.life import Lifetimes
from maplint.model.naming import declared_name
from maplint.model.ownership import Ownership
from maplint.model.products import Products
from maplint.model.sites import INSERTS, Site
from maplint.model.universe import Universe
from maplint.model.workers import Workers


class OnDemand:
    """Finds the accesses of such look-ups."""

    def __init__(
        self,
        universe: Universe,
        contexts: Contexts,
        lifetimes: Lifetimes,
        graph: CallGraph,
        ownership: Ownership,
        products: Products,
    ) -> None:
        self._workers = Workers(contexts, graph, ownership)
        self._universe = universe
        self._contexts = contexts
        self._lifetimes = lifetimes
        self._products = products

    def of(self, site: Site, accesses: list[Access]) -> list[tuple[Access, Access]]:
        """For each function that looks an entry up and inserts it where it is missing the look-up and the insert.

        The map is a package variable of a library, or a field of a type that goroutines share.
        """
        if not (self._is_of_a_library(site) or self._is_shared(site)):
            return []
        found: dict[ir.Function, tuple[Access, Access]] = {}
        for insert in accesses:
            function = insert.function
            if function not in found and self._gives(function, site):
                looked = next(_look_ups(function, insert, accesses), None)
                if looked is not None:
                    found[function] = looked, insert
        return list(found.values())

    def _is_of_a_library(self, site: Site) -> bool:
        package = self._universe.packages.get(site.package)
        return site.kind == "package-var" and package is not None and package.unit.name != "main"

    def _is_shared(self, site: Site) -> bool:
        """Whether the objects with the map are shared: they have a lock, if not for this map, or are variables."""
        if site.kind != "field" or SHORT_LIVED_NAMES.search(site.owner.rpartition(".")[2]):
            return False
        owner = t.Named(*site.owner.rpartition(".")[::2])
        struct = self._universe.underlying(owner)
        fields = struct.fields if isinstance(struct, t.Struct) else ()
        has_lock = any(isinstance(one.type, t.Named) and one.type.symbol in LOCKS for one in fields)
        return has_lock or self._lifetimes.is_in_variable(site.owner)

    def _gives(self, function: ir.Function, site: Site) -> bool:
        """Whether a function that anybody may call at any time gives something back, other than an error.

        What gives back a map, or the very object that has it, builds it up, and then for its caller alone.
        """
        at_any_time = self._contexts.when(function) & (When.API | When.CONCURRENT | When.GOROUTINE)
        if not at_any_time or self._workers.is_of_one(function) or self._products.is_unused(function):
            return False
        if speaks_of_set_up(function) or REGISTRATION.match(declared_name(function)):
            return False
        results = (result.type for result in function.results)
        return any(not (_is_error(kind) or self._is_built(kind, site)) for kind in results)

    def _is_built(self, kind: t.Type, site: Site) -> bool:
        pointed = t.pointed(kind)
        is_owner = isinstance(pointed, t.Named) and pointed.symbol == site.owner
        return is_owner or isinstance(self._universe.underlying(kind), t.Map)


def _look_ups(function: ir.Function, insert: Access, accesses: list[Access]) -> Iterator[Access]:
    """The reads before a conditional insert, in the function."""
    branches = [one.pos for one in insert.use.conditions if one.kind == "branch"]
    if insert.op in INSERTS and branches and insert.use.function is function:
        for access in accesses:
            if access.function is function and access.op == "index" and access.pos < insert.pos:
                yield access


def _is_error(kind: t.Type) -> bool:
    return isinstance(kind, t.Named) and kind.symbol == "error"
