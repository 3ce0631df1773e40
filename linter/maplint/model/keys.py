"""Where the keys of a map come from: a closed set that the program text decides, or values that keep arriving.

Followed backwards through locals, parameters to the arguments of every caller, fields to what is stored in them,
results to what is returned, and conversions; by depth at most, so an answer may stay unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from maplint.facts import types as t
from maplint.knowledge import key_sources as knowledge
from maplint.model import ir
from maplint.model.allowance import Allowance
from maplint.model.dialed import dialed
from maplint.model.domains import Domain, Source
from maplint.model.flows import node_of
from maplint.model.waits import callee_name

if TYPE_CHECKING:
    from maplint.model.configured import Configured
    from maplint.model.definitions import Definitions
    from maplint.model.stored import Stored
    from maplint.model.universe import Universe

_MAX_DEPTH = 7
_MAX_CALLERS = 40
_MAX_STEPS = 20_000
"""How many values are looked at for the sake of one: callers that call each other have paths without number."""
_EACH = 100
_SHARED, _FOR_A_FUNCTION = 100_000, 100
"""What goes beyond `_EACH` is taken from what all keys share, more of it in a program of more functions."""


_CLOSED = Source(Domain.CLOSED, "constants")
_CONFIGURED = Source(Domain.CONFIGURED, "the configuration")
_UNKNOWN = Source(Domain.UNKNOWN, "")
_CONTEXT = t.Named("context", "Context")
_ADDRESS = "a network address"


class Keys:
    """Answers where a value comes from, over a whole program."""

    def __init__(
        self,
        universe: Universe,
        definitions: Definitions,
        stored: Stored,
        configured: Configured,
        functions: int,
    ) -> None:
        """`functions` is how many the program has."""
        self._universe = universe
        self._definitions = definitions
        self.stored = stored
        self._configured = configured
        self._enums = _enums(universe)
        self._allowance = Allowance(_EACH, _MAX_STEPS, _SHARED + _FOR_A_FUNCTION * functions)
        self._sources: dict[int, tuple[ir.Value, Source]] = {}
        """What `source` has answered, by the identity of the value, which is kept with it."""
        self._by_types: dict[t.Named, Source | None] = {}
        """What `_by_type` has answered for declared types."""

    def source(self, value: ir.Value) -> Source:
        """Where a key comes from: the most open of the places it may come from."""
        known = self._sources.get(id(value))
        if known is None:
            known = self._sources[id(value)] = (value, self._asked(value))
        return known[1]

    def _asked(self, value: ir.Value) -> Source:
        with self._allowance.question():
            found = self._source(value, frozenset(), 0)
        return _by_type_name(value.type) if found.domain is Domain.UNKNOWN else found

    def _source(self, value: ir.Value, seen: frozenset[object], depth: int) -> Source:
        found = self._followed(value, seen, depth)
        if found.what in knowledge.OF_CONNECTIONS:
            dialing = dialed(value, self._given, self.stored.fields)
            if dialing is not None:
                return self._leading(dialing, seen, depth)
        is_first = found.domain is Domain.OPEN and not found.hops
        return Source(found.domain, found.what, depth) if is_first else found

    def _leading(self, dialing: ir.Call, seen: frozenset[object], depth: int) -> Source:
        """Where an address that the program dials comes from."""
        parts = [arg for arg in dialing.args if arg.type != _CONTEXT]
        found = self._combined(parts, seen, depth)
        return _CONFIGURED if found.domain <= Domain.CONFIGURED else _UNKNOWN

    def _followed(self, value: ir.Value, seen: frozenset[object], depth: int) -> Source:
        if isinstance(value, ir.Result) and callee_name(value.call) in knowledge.OF_FILES:
            return _UNKNOWN
        by_type = self._by_type(value.type)
        if by_type is None or (depth > 0 and by_type.what == "a context"):
            return self._led_back(value, seen, depth)
        if by_type.what == _ADDRESS:
            return _unless_written_down(by_type, self._led_back(value, seen, depth))
        return by_type

    def _led_back(self, value: ir.Value, seen: frozenset[object], depth: int) -> Source:
        if not self._allowance.step() or depth > _MAX_DEPTH:
            return _UNKNOWN
        if isinstance(value, ir.Const):
            return _CLOSED
        if isinstance(value, ir.Ref):
            return self._variable(value.var, seen, depth)
        if isinstance(value, ir.FieldOf):
            return self._field(value, seen, depth)
        if isinstance(value, (ir.ElemOf, ir.KeyOf, ir.Sliced)):
            return self._element(value, seen, depth)
        if isinstance(value, ir.Converted):
            return self._source(value.operand, seen, depth + 1)
        if isinstance(value, ir.Computed):
            return self._combined(ir.summands(value), seen, depth)
        if isinstance(value, ir.Composed):
            return self._combined(tuple(item for _, item in value.elements), seen, depth)
        if isinstance(value, ir.Received):
            found = self._source(value.channel, seen, depth + 1)
            return found if found.domain is Domain.OPEN else Source(Domain.NAMED, "from a channel")
        if isinstance(value, ir.Result):
            return self._result(value, seen, depth)
        return _CLOSED if isinstance(value, ir.FuncValue) else _UNKNOWN

    def is_set_once(self, field: ir.FieldRef) -> bool:
        """Whether a field is given a value where its object is made, and nowhere else."""
        known = field.symbol in self.stored.fields and field.path
        changed = field.symbol in self.stored.reassigned or field.symbol in self.stored.counters
        return bool(known) and not changed

    def source_of_keys(self, value: ir.Value) -> Source:
        """Where the keys of a whole map come from, for one that is copied into another."""
        with self._allowance.question():
            return self._keys_of(value, frozenset(), 0)

    def _keys_of(self, value: ir.Value, seen: frozenset[object], depth: int) -> Source:
        node = node_of(value)
        if node is None or ("keys", node) in seen or depth > _MAX_DEPTH:
            return self._source(value, seen, depth + 1)
        inner = seen | {("keys", node)}
        inserted = self.stored.keys.get(node)
        if inserted:
            return self._combined(inserted[:10], inner, depth)
        if isinstance(value, ir.Ref):
            values = self._definitions.values(value.var)
            if values:
                found = [self._keys_of(one, inner, depth + 1) for one in values]
                return max(found, key=lambda source: source.domain)
        return self._source(value, inner, depth + 1)

    def _by_type(self, kind: t.Type) -> Source | None:
        plain = t.pointed(kind)
        if isinstance(plain, t.Basic):
            return (
                Source(Domain.CLOSED, f"{plain.name} values")
                if plain.name in knowledge.CLOSED_BASIC
                else None
            )
        if not isinstance(plain, t.Named):
            return None
        if plain not in self._by_types:
            self._by_types[plain] = self._by_declared_type(plain)
        return self._by_types[plain]

    def _by_declared_type(self, kind: t.Named) -> Source | None:
        symbol = kind.symbol
        if symbol in knowledge.CLOSED_TYPES:
            return Source(Domain.CLOSED, f"values of {symbol}")
        if symbol in knowledge.OPEN_TYPES:
            return Source(Domain.OPEN, knowledge.OPEN_TYPES[symbol])
        if symbol in self._enums:
            return Source(Domain.CLOSED, f"the constants of {kind.name}")
        under = self._universe.underlying(kind)
        is_small = isinstance(under, t.Basic) and under.name in knowledge.CLOSED_BASIC
        return Source(Domain.CLOSED, f"{kind.name} values") if is_small else None

    def _combined(self, values: Iterable[ir.Value], seen: frozenset[object], depth: int) -> Source:
        most: Source | None = None
        for value in values:
            found = self._source(value, seen, depth + 1)
            if found.domain is Domain.OPEN:
                return found
            if most is None or found.domain > most.domain:
                most = found
        return most if most is not None else _CLOSED

    def _variable(self, var: ir.Var, seen: frozenset[object], depth: int) -> Source:
        if var in seen:
            return Source(Domain.CLOSED, "")
        seen = seen | {var}
        if var.symbol in self.stored.counters:
            return Source(Domain.OPEN, "a counter")
        if self.stored.is_parameter(var):
            return self._parameter(var, seen, depth)
        values = self._definitions.values(var)
        if values:
            return self._combined(values, seen, depth)
        return _by_name(var.name)

    def _parameter(self, var: ir.Var, seen: frozenset[object], depth: int) -> Source:
        arguments = self.stored.arguments(var)
        if not arguments:
            return _by_name(var.name)
        found = self._combined(arguments[:_MAX_CALLERS], seen, depth)
        return _by_name(var.name) if found.domain is Domain.UNKNOWN else found

    def _given(self, var: ir.Var) -> list[ir.Value]:
        return self.stored.arguments(var) or self._definitions.values(var)

    def _field(self, value: ir.FieldOf, seen: frozenset[object], depth: int) -> Source:
        if value.field.symbol in knowledge.CLOSED_FIELDS:
            return _CLOSED
        owner = knowledge.OPEN_TYPES.get(value.field.owner)
        if owner is not None:
            return Source(Domain.OPEN, owner)
        symbol = value.field.symbol
        if symbol in self.stored.counters:
            return Source(Domain.OPEN, "a counter")
        if symbol in seen:
            return Source(Domain.CLOSED, "")
        stored = self.stored.fields.get(symbol, [])
        found = self._combined(stored[:20], seen | {symbol}, depth) if stored else _UNKNOWN
        if found.domain is Domain.OPEN:
            return found
        if self.is_configured(value):
            return _CONFIGURED
        base = self._object(value.base, seen | {symbol}, depth + 1)
        if base.domain >= Domain.NAMED and base.what:
            return base
        if stored and found.domain <= Domain.CONFIGURED and found.what:
            return found
        return max(found, _by_name(value.field.name), key=lambda source: source.domain)

    def is_configured(self, value: ir.Value) -> bool:
        """Whether a value is a part of what configuration fills."""
        while isinstance(value, (ir.FieldOf, ir.ElemOf, ir.Converted)):
            if isinstance(value, ir.FieldOf) and self._configured.holds(value.field):
                return True
            value = value.operand if isinstance(value, ir.Converted) else value.base
        return False

    def _object(self, value: ir.Value, seen: frozenset[object], depth: int) -> Source:
        """What the origin of an object says of its fields: those of a request are open, whatever they are called.

        What else the object holds says nothing of one field, so literals are left alone.
        """
        plain = t.pointed(value.type)
        if isinstance(plain, t.Named) and plain.symbol in knowledge.OPEN_TYPES:
            return Source(Domain.OPEN, knowledge.OPEN_TYPES[plain.symbol])
        if depth > _MAX_DEPTH or value in seen:
            return _UNKNOWN
        if isinstance(value, ir.Converted):
            return self._object(value.operand, seen, depth + 1)
        if isinstance(value, (ir.FieldOf, ir.ElemOf)):
            return self._object(value.base, seen, depth + 1)
        if isinstance(value, ir.Received):
            return Source(Domain.NAMED, "from a channel")
        if isinstance(value, ir.Ref) and value.var not in seen:
            known = self.stored.is_parameter(value.var)
            values = self.stored.arguments(value.var)[:5] if known else self._definitions.values(value.var)
            found = [
                self._object(one, seen | {value.var}, depth + 1)
                for one in values
                if known or len(values) == 1
            ]
            return max(found, key=lambda source: source.domain, default=_UNKNOWN)
        return _UNKNOWN

    def _element(
        self, value: ir.ElemOf | ir.KeyOf | ir.Sliced, seen: frozenset[object], depth: int
    ) -> Source:
        base = value.base
        if isinstance(value, ir.KeyOf):
            return self._keys_of(base, seen, depth)
        if isinstance(base, ir.Composed):
            return self._combined(tuple(item for _, item in base.elements), seen, depth)
        return self._source(base, seen, depth + 1)

    def _result(self, value: ir.Result, seen: frozenset[object], depth: int) -> Source:
        call = value.call
        callee = call.callee
        if isinstance(callee, (ir.Static, ir.Dynamic)):
            called = callee.symbol if isinstance(callee, ir.Static) else callee
            if (called, value.index) in seen:
                return Source(Domain.CLOSED, "")
            returned = self.stored.returned(value)
            if returned:
                return self._combined(returned[:10], seen | {(called, value.index)}, depth)
            return _by_method(callee.symbol) if isinstance(callee, ir.Static) else _UNKNOWN
        if isinstance(callee, ir.Abstract):
            returned = self.stored.returned(value)
            if returned and self._combined(returned, seen, depth).domain is Domain.CLOSED:
                return _CLOSED
            found = [_by_method(callee.method), _by_name(callee.method)]
            if call.receiver is not None:
                asked = self._source(call.receiver, seen, depth + 1)
                if asked.domain <= Domain.CONFIGURED and callee.method in knowledge.PASSING_METHODS:
                    return asked
                found.append(asked)
            return max(found, key=lambda source: source.domain)
        if isinstance(callee, ir.External):
            return self._external(call, callee.symbol, seen, depth)
        return _UNKNOWN

    def _external(self, call: ir.Call, symbol: str, seen: frozenset[object], depth: int) -> Source:
        what = knowledge.OPEN_CALLS.get(symbol)
        if what == _ADDRESS and call.args:
            return _unless_written_down(Source(Domain.OPEN, what), self._combined(call.args, seen, depth))
        if what is not None:
            return Source(Domain.OPEN, what)
        if knowledge.CLOSED_CALLS.match(symbol):
            return Source(Domain.CLOSED, "flags, environment or types")
        by_method = _by_method(symbol)
        if by_method.domain is Domain.OPEN:
            return by_method
        passes = symbol in knowledge.PASSING_CALLS or symbol.rpartition(".")[0] in knowledge.PASSING_PACKAGES
        if passes and call.args:
            return self._combined(call.args, seen, depth)
        if call.receiver is not None:
            found = self._object(call.receiver, seen, depth + 1)
            if found.what == _ADDRESS:
                return _unless_written_down(found, self._source(call.receiver, seen, depth + 1))
            if found.domain is Domain.OPEN:
                return found
        return _by_name(symbol.rpartition(".")[2])


def _unless_written_down(by_type: Source, led_back: Source) -> Source:
    """What a network address says of itself, unless it is known who has it: program text, configuration, a peer."""
    is_known = led_back.domain <= Domain.CONFIGURED or led_back.domain is Domain.OPEN
    return led_back if is_known and led_back.what else by_type


def _by_method(symbol: str) -> Source:
    what = knowledge.OPEN_METHODS.get(symbol.rpartition(".")[2])
    return Source(Domain.OPEN, what) if what is not None else _UNKNOWN


def _by_name(name: str) -> Source:
    return Source(Domain.NAMED, f"{name!r}") if knowledge.OPEN_NAMES.search(name) else _UNKNOWN


def _by_type_name(kind: t.Type) -> Source:
    """What the name of a key's type and of its package speak of: `peer.ID`, `TenantID`."""
    plain = t.pointed(kind)
    if not isinstance(plain, t.Named):
        return _UNKNOWN
    found = _by_name(plain.name)
    return found if found.domain is Domain.NAMED else _by_name(plain.package.rpartition("/")[2])


def _enums(universe: Universe) -> frozenset[str]:
    """Declared types with at least two constants of their own in the declaring package."""
    from maplint.facts import nodes

    counts: dict[str, int] = defaultdict(int)
    for scope in universe.packages.values():
        for file in scope.files:
            for decl in file.facts.consts:
                if isinstance(decl.type, nodes.Name):
                    counts[f"{scope.path}.{decl.type.name}"] += len(decl.names)
    return frozenset(symbol for symbol, count in counts.items() if count >= 2)
