"""Maps that are filled when somebody asks: look-ups that insert what is missing, whoever calls them."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts import types as t
from maplint.knowledge.owners import LOCK_TYPES, REGISTRATION
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.belief import function_name, speaks_of_set_up
from maplint.model.contexts import Contexts, When
from maplint.model.sites import INSERTS, Site
from maplint.model.universe import Universe


class OnDemand:
    """Finds the accesses of such look-ups."""

    def __init__(self, universe: Universe, contexts: Contexts) -> None:
        self._universe = universe
        self._contexts = contexts

    def of(self, site: Site, accesses: list[Access]) -> list[Access]:
        """The first access of each function that looks an entry up and inserts it where it is missing.

        The map is a package variable of a library, or its struct has a lock, so that goroutines share it.
        """
        if not self._is_shared(site):
            return []
        found: dict[ir.Function, Access] = {}
        for insert in accesses:
            function = insert.function
            if function not in found and self._gives(function):
                looked = next(_look_ups(function, insert, accesses), None)
                if looked is not None:
                    found[function] = looked
        return list(found.values())

    def _is_shared(self, site: Site) -> bool:
        if site.kind == "package-var":
            package = self._universe.packages.get(site.package)
            return package is not None and package.unit.name != "main"
        struct = self._universe.underlying(_named(site.owner)) if site.kind == "field" else None
        return isinstance(struct, t.Struct) and any(_is_lock(item.type) for item in struct.fields)

    def _gives(self, function: ir.Function) -> bool:
        """Whether a function that anybody may call at any time gives something back, other than an error."""
        at_any_time = self._contexts.when(function) & (When.API | When.CONCURRENT | When.GOROUTINE)
        if not at_any_time or speaks_of_set_up(function) or REGISTRATION.match(function_name(function)):
            return False
        return any(not _is_error(result.type) for result in function.results)


def _look_ups(function: ir.Function, insert: Access, accesses: list[Access]) -> Iterator[Access]:
    """The reads before a conditional insert, in the function."""
    branches = [one.pos for one in insert.use.conditions if one.kind == "branch"]
    if insert.op in INSERTS and branches and insert.use.function is function:
        for access in accesses:
            if access.function is function and access.op == "index" and access.pos < insert.pos:
                yield access


def _is_error(kind: t.Type) -> bool:
    return isinstance(kind, t.Named) and kind.symbol == "error"


def _is_lock(kind: t.Type) -> bool:
    kind = kind.elem if isinstance(kind, t.Pointer) else kind
    return isinstance(kind, t.Named) and kind.symbol in LOCK_TYPES


def _named(symbol: str) -> t.Named:
    package, _, name = symbol.rpartition(".")
    return t.Named(package, name)
