"""Which types an interface value may have at run time: those of the objects that are followed into it.

A call through an interface reaches every type with its methods. Where all that a field, parameter or variable is ever
given can be followed back to objects of known types, fewer are meant (variable type analysis, Sundaresan et al., 2000).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import Edge
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows, node_of
from maplint.model.members import field_ref
from maplint.model.stored import Stored
from maplint.model.universe import Universe

_MAX_VALUES = 500
_MAX_DEPTH = 8
"""How many structs within one another are looked at for interfaces that they embed."""


class DynamicTypes:
    """Answers for interface values of a program."""

    def __init__(
        self,
        universe: Universe,
        definitions: Definitions,
        flows: Flows,
        stored: Stored,
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._definitions = definitions
        self._flows = flows
        self._stored = stored
        self._functions = functions
        self._known: dict[str, frozenset[t.Named] | None] = {}
        """By node of the value."""

    def may_run(self, edge: Edge) -> bool:
        """Whether a call through an interface may run the method that an edge leads to; True where nothing is known."""
        call = edge.call
        if not isinstance(call.callee, ir.Abstract) or call.receiver is None or not edge.direct:
            return True
        return self.may_mean(call.receiver, call.callee.method, edge.callee.symbol)

    def may_mean(self, value: ir.Value, method: str, symbol: str) -> bool:
        """Whether the method of that name may be the one with that symbol; True where nothing is known."""
        kinds = self.of(value)
        return kinds is None or any(self._flows.method(kind, method) == symbol for kind in kinds)

    def of(self, value: ir.Value) -> frozenset[t.Named] | None:
        """The declared types that a value may have; None where not all of them are known."""
        node = node_of(value)
        if node is None:
            return None
        if node not in self._known:
            self._known[node] = self._search(value)
        return self._known[node]

    def _search(self, value: ir.Value) -> frozenset[t.Named] | None:
        waiting, seen = [value], {node_of(value)}
        found: set[t.Named] = set()
        while waiting:
            sources = self._further(waiting.pop(), found)
            if sources is None or len(seen) > _MAX_VALUES:
                return None
            for source in sources:
                node = node_of(source)
                if node is None or node not in seen:
                    seen.add(node)
                    waiting.append(source)
        return frozenset(found) or None

    def _further(self, value: ir.Value, found: set[t.Named]) -> list[ir.Value] | None:
        """What a value comes from, or hands its calls on to; its own type goes into `found`. None for the unknown."""
        is_open = self.is_open(value.type)
        if ir.is_nil(value) or (is_open and isinstance(value, ir.Made)):
            return []
        if is_open:
            return self._sources(value) or None
        kind = t.pointed(value.type)
        if not isinstance(kind, t.Named):
            return None
        if kind._replace(args=()) in found:
            return []
        found.add(kind._replace(args=()))
        inner = [self._stored.fields.get(field, ()) for field in self._embedded(kind, 0)]
        return [one for values in inner for one in values] if all(inner) else None

    def is_open(self, kind: t.Type) -> bool:
        """Whether values of a type may have other types at run time, as far as it is known."""
        under = self._universe.underlying(kind) if kind is not None else None
        return under is None or isinstance(kind, t.TypeParam) or isinstance(under, t.Interface)

    def _embedded(self, kind: t.Type, depth: int) -> Iterator[str]:
        """The interfaces that a struct embeds, as fields: the methods of what they hold are run as its own."""
        struct = self._universe.underlying(kind) if depth < _MAX_DEPTH else None
        if not isinstance(struct, t.Struct):
            return
        for item in struct.fields:
            inner = t.pointed(item.type)
            if item.embedded and isinstance(self._universe.underlying(inner), t.Interface):
                yield field_ref(struct, item).symbol
            elif item.embedded:
                yield from self._embedded(inner, depth + 1)

    def _sources(self, value: ir.Value) -> list[ir.Value]:
        """All that a value may come from, one step back; nothing where that is not known."""
        if isinstance(value, ir.Converted):
            return [value.operand]
        if isinstance(value, ir.FieldOf):
            return self._stored.fields.get(value.field.symbol, [])
        if isinstance(value, ir.ElemOf):
            return self._elements(value.base)
        if isinstance(value, ir.Ref):
            given = self._stored.arguments(value.var)
            is_unknown = value.var.kind == "parameter" and not given
            return [] if is_unknown else given + self._definitions.values(value.var)
        return list(self._returned(value)) if isinstance(value, ir.Result) else []

    def _elements(self, container: ir.Value) -> list[ir.Value]:
        """All that is put into a map, slice or array; nothing where that is not known."""
        waiting, seen = [container], {node_of(container)}
        found: list[ir.Value] = []
        while waiting:
            current = waiting.pop()
            under = self._universe.underlying(current.type) if current.type is not None else None
            if ir.is_nil(current) or isinstance(current, ir.Made):
                continue
            if not isinstance(under, (t.Map, t.Slice, t.Array)) or len(seen) > _MAX_VALUES:
                return []
            if isinstance(current, ir.Composed):
                found += [item for _, item in current.elements]
                continue
            if isinstance(current, ir.Computed) and current.op == "append":
                sources = [current.operands[0]]
                for one in current.operands[1:]:
                    (sources if one.type == current.type else found).append(one)
            else:
                sources = self._sources(current)
            if not sources:
                return []
            found += self._put.get(node_of(current) or "", ())
            fresh = [one for one in sources if node_of(one) is None or node_of(one) not in seen]
            seen.update(map(node_of, fresh))
            waiting += fresh
        return found

    @cached_property
    def _put(self) -> dict[str, list[ir.Value]]:
        """What assignments put into elements, by the node of the map, slice or array; a local's also by the field's."""
        found: dict[str, list[ir.Value]] = defaultdict(list)
        for function in self._functions:
            for each in function.of(ir.Store):
                target = each.instruction.target
                if isinstance(target, ir.ElemOf):
                    base = target.base
                    named = self._definitions.root_field(base) if isinstance(base, ir.Ref) else base
                    for node in {node_of(base), node_of(named)} - {None}:
                        found[node or ""].append(each.instruction.value)
        return found

    def _returned(self, value: ir.Result) -> Iterator[ir.Value]:
        for symbol in self._flows.targets(value.call):
            for function in self._flows.functions(symbol):
                if value.index < len(function.results):
                    yield from self._definitions.values(function.results[value.index])
            for values in self._stored.results.get(symbol, ()):
                yield values[value.index] if value.index < len(values) else ir.NIL
