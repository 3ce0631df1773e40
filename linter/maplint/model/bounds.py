"""What brings a map down: the removals and replacements that can run while the program does."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts import types as t
from maplint.knowledge.owners import READS_ITSELF
from maplint.model import ir
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge
from maplint.model.contexts import START_UP, Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.evidence import Sign
from maplint.model.families import Families
from maplint.model.flows import node_of
from maplint.model.guards import compares_length, is_nil_guarded, presence
from maplint.model.naming import short
from maplint.model.ownership import Ownership
from maplint.model.products import Products
from maplint.model.sites import Site, Use
from maplint.model.stored import Stored
from maplint.model.waits import waits_for

_RECURRING = When.LOOP | When.CONCURRENT | When.GOROUTINE | When.TIMER


class Bounds:
    """Answers what keeps the sites of a program from growing for ever."""

    def __init__(
        self,
        contexts: Contexts,
        definitions: Definitions,
        graph: CallGraph,
        ownership: Ownership,
        stored: Stored,
        products: Products,
        families: Families,
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._graph = graph
        self._ownership = ownership
        self._stored = stored
        self._products = products
        self._families = families

    def of(self, site: Site) -> str | None:
        """What brings the map down, as a sentence; None where nothing is sure to."""
        removes = [use for use in site.removes if not use.function.is_test]
        removal = next((use for use in removes if not self._is_unused(site, use)), None)
        if removal is not None:
            return f"{short(removal.function.symbol)} removes from it"
        reset = next((use for use in self.resets(site) if self._is_sure(site, use)), None)
        return f"{short(reset.function.symbol)} replaces it" if reset is not None else None

    def signs(self, site: Site) -> Iterator[Sign]:
        """What might bring down a map that nothing is sure to."""
        removal = next((use for use in site.removes if not use.function.is_test), None)
        if removal is not None:
            says = f"{short(removal.function.symbol)} would remove from it, but nothing calls it"
            yield Sign("removal-unused", says, removal, removal.function.symbol)
        for use in self.resets(site)[:1]:
            name = short(use.function.symbol)
            if _is_optional(use):
                yield Sign("replaced-by-option", f"{name} replaces it, where an option asks for that", use)
            elif self._is_unused(site, use):
                says = f"{name} would replace it, but nothing calls it"
                yield Sign("removal-unused", says, use, use.function.symbol)
            else:
                yield Sign("made-at-start", f"{name} makes it, before others insert", use)

    def _is_unused(self, site: Site, use: Use) -> bool:
        """Whether the commands insert into the map and are not seen to call what would bring it down.

        Where they do not insert either, or the same function does both, somebody else calls it, through an interface
        of another module, say.
        """
        product = {one.function for one in site.inserts if not one.function.is_test}
        if use.function in product:
            return False
        return self._products.is_unused(use.function) and not all(map(self._products.is_unused, product))

    def resets(self, site: Site) -> list[Use]:
        """The assignments that empty the map while it is in use."""
        return [use for use in (*site.resets, *site.renewals) if self.is_reset(use)]

    def is_reset(self, use: Use) -> bool:
        """Whether an assignment of a whole map empties one that was in use."""
        store = use.instruction
        if use.function.is_test or not isinstance(store, ir.Store) or store.define:
            return False
        if use.function.receiver is not None and READS_ITSELF.match(use.function.name):
            return False
        if _is_when_full(use):
            return not self._keeps_content(store, use)
        makes = START_UP if ir.is_nil(store.value) else START_UP | When.MAIN
        if not self._contexts.when(use.function) & ~makes:
            return False
        if self._ownership.is_made_here(use.target, use.function):
            return False
        if (
            is_nil_guarded(use.conditions, use.variable)
            or presence(self._definitions, use.conditions, use.variable.removesuffix("[]")) is False
        ):
            return False
        return not self._keeps_content(store, use)

    def _keeps_content(self, store: ir.Store, use: Use) -> bool:
        """Whether the new map is the old one or a grown copy of it, and not that of an object made anew."""
        node, value = use.variable, store.value
        if isinstance(value, ir.Ref):
            single = self._definitions.single(value.var)
            value = single if single is not None else value
        if isinstance(value, ir.Result):
            return any(node_of(arg) == node for arg in value.call.args)
        return node_of(value) == node and not self._ownership.is_made_here(value, use.function)

    def _is_sure(self, site: Site, use: Use) -> bool:
        """Whether a replacement runs whatever the options are, and is more than what makes the map."""
        if _is_optional(use) or self._is_unused(site, use):
            return False
        return _is_when_full(use) or not self._makes(site, use)

    def _makes(self, site: Site, use: Use) -> bool:
        """Whether a function alone makes the map, is not seen to come back, and leaves it to others to insert.

        Such a function starts its owner, whatever it is called; one that inserts too begins a new round of its own.
        """
        function = use.function
        if isinstance(use.instruction, ir.Store) and ir.is_nil(use.instruction.value):
            return False
        made = [one for one in self._stored.fields.get(site.symbol, ()) if not ir.is_nil(one)]
        resets = (*site.resets, *site.renewals)
        here = [one for one in resets if one.function is function or _is_optional(one)]
        if self._contexts.when(function) & _RECURRING or len(made) > len(here):
            return False
        inside = self._reached_at_once(function)
        return any(not one.function.is_test and one.function not in inside for one in site.inserts)

    def _reached_at_once(self, function: ir.Function) -> set[ir.Function]:
        """The functions that have run when a function returns, itself among them."""
        found: set[ir.Function] = set()
        waiting = [function]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                edges = self._graph.callees.get(one, ())
                waiting.extend(edge.callee for edge in edges if self._is_awaited(edge))
        return found

    def _is_awaited(self, edge: Edge) -> bool:
        """Whether the caller goes on when the callee has run, be it in a goroutine."""
        return edge.mode in SYNCHRONOUS or (
            bool(edge.callee.parent) and waits_for(self._families, edge.caller, edge.call.pos, edge.callee)
        )


def _is_when_full(use: Use) -> bool:
    """Whether an operation runs where the map has a certain size."""
    return compares_length(use.conditions, use.variable)


def _is_optional(use: Use) -> bool:
    """Whether an operation runs only where a field is true, as options are."""
    return any(
        condition.holds and isinstance(condition.value, ir.FieldOf) and condition.value.type == t.BOOL
        for condition in use.conditions
    )
