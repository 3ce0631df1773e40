"""Entries that are set to nil, zero or something empty where they should be deleted: the key stays.

A zero value may as well be a first value, a cached miss or a state like others. What speaks for a dropped
entry is that it was read before, that the function says so by its name, or that what was in it is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.contexts import RUN_TIME, Contexts
from maplint.model.definitions import Definitions
from maplint.model.domains import Domain
from maplint.model.evidence import grade
from maplint.model.families import Families
from maplint.model.flows import node_of
from maplint.model.growth import Judge
from maplint.model.guards import compares_length, presence
from maplint.model.keys import Keys
from maplint.model.life import Life, Lifetimes
from maplint.model.naming import short
from maplint.model.sites import Site, Use
from maplint.model.universe import Universe
from maplint.model.waits import callee_name
from maplint.model.walk import parts

_HIGH, _MEDIUM = 4, 2
_ASSIGNS = frozenset(("assign", "Store", "Swap"))
_READS = frozenset(("index", "Load", "LoadOrStore"))
_CONSTANTS = {
    "nil": "nil",
    '""': "an empty string",
    "``": "an empty string",
    "0": "zero",
    "0.0": "zero",
    "false": "false",
}
_NILABLE = (t.Pointer, t.Func, t.Interface, t.Chan, t.Slice, t.Map)
_WEAK = frozenset(("an empty string", "zero", "false"))
_DROPS = re.compile(
    r"^(?:on|On|do|Do|handle|Handle)?(?:[rR]emove|[dD]elete|[dD]el|[cC]lose|[sS]top|[dD]eregister|[dD]isconnect(?:ed)?|[lL]eave"
    r"|[eE]vict|[rR]elease|[cC]ancel|[dD]etach|[dD]rop|[fF]orget|[dD]estroy|[tT]erminate|[kK]ill|[eE]xpire|[cC]lean|[cC]leanup"
    r"|[lL]og[oO]ut|[sS]ign[oO](?:ut|ff)|[fF]lush|[dD]rain|[fF]ree|[pP]op|[tT]ake|[eE]mpty|[cC]lear|[pP]urge|[gG]ive[bB]ack"
    r"|[fF]inish|[uU]n(?:register|subscribe|watch|bind|mount|track|publish|load|link|set))(?=[A-Z_]|$)"
)
_CLOSES = re.compile(
    r"^(?:Close|Stop|Cancel|Shutdown|Release|Disconnect|Destroy|Free|Terminate|Kill|Unsubscribe)"
)

_FEW_KEYS = frozenset(("key-configured", "key-names-program-text"))
"""Signs that program text or configuration names the keys, so that one which is empty is one that rests."""


class Emptied(NamedTuple):
    """A map whose entries are emptied rather than deleted."""

    site: Site
    use: Use
    """The assignment, the most telling one."""
    others: tuple[Use, ...]
    """Further assignments of the kind."""
    fills: tuple[Use, ...]
    """Inserts that give entries a value."""
    value: str
    """What is written: `nil`, `an empty map`."""
    confidence: Confidence
    reasons: tuple[str, ...]
    """Short sentences, strongest first."""


class Emptyings:
    """Finds the maps whose entries are emptied rather than deleted."""

    def __init__(
        self,
        universe: Universe,
        contexts: Contexts,
        definitions: Definitions,
        keys: Keys,
        judge: Judge,
        lifetimes: Lifetimes,
        sites: Mapping[str, Site],
        families: Families,
    ) -> None:
        self._universe = universe
        self._contexts = contexts
        self._definitions = definitions
        self._keys = keys
        self._judge = judge
        self._lifetimes = lifetimes
        self._sites = sites
        self._families = families

    def emptied(self, site: Site) -> Emptied | None:
        """How the entries of a long-lived map are emptied, where they are and where nothing deletes them."""
        growth = self._judge.growth(site)
        if growth.verdict != "unbounded":
            return None
        empty = {use: value for use in site.inserts if (value := self._empty(use)) is not None}
        inner = self._sites.get(f"{site.symbol}[]")
        inserts = (*site.inserts, *(inner.inserts if inner is not None else ()))
        fills = tuple(use for use in inserts if use not in empty and self._fills(use))
        signs = {
            use: self._signs(site, use, value) for use, value in empty.items() if self._drops(use, inserts)
        }
        if not signs or not fills:
            return None
        use = max(signs, key=lambda use: _points(signs[use]))
        confidence = grade(_points(signs[use]), _HIGH, _MEDIUM)
        known = growth.confidence or Confidence.LOW
        if confidence < min(known, Confidence.MEDIUM):
            return None
        others = tuple(other for other in signs if other is not use)
        reasons = tuple(says for _, says in sorted(signs[use], key=lambda sign: -abs(sign[0])))
        few = not _FEW_KEYS.isdisjoint(sign.name for sign in growth.signs)
        # That the map grows says little of the emptied entries: they may be marks, and the owner gone soon.
        confidence = Confidence.LOW if few else max(confidence, min(known, Confidence.MEDIUM))
        return Emptied(site, use, others, fills, empty[use], confidence, reasons)

    def _empty(self, use: Use) -> str | None:
        """What empty value an assignment writes, in words; None where it writes something else."""
        instruction = use.instruction
        if (
            not isinstance(instruction, ir.MapOp)
            or instruction.op not in _ASSIGNS
            or instruction.value is None
        ):
            return None
        return self._emptiness(instruction.value)

    def _emptiness(self, value: ir.Value) -> str | None:
        while isinstance(value, ir.Converted) and value.how == "convert":
            value = value.operand
        if isinstance(value, ir.Ref):
            single = self._definitions.single(value.var)
            return self._emptiness(single) if isinstance(single, (ir.Made, ir.Const)) else None
        if isinstance(value, ir.Const):
            return _CONSTANTS.get(value.text)
        if isinstance(value, ir.Made) and value.how == "make":
            return self._empty_of(value.type, value.size)
        if (
            isinstance(value, ir.Made)
            and value.how == "zero"
            and isinstance(self._universe.underlying(value.type), _NILABLE)
        ):
            return "nil"
        if isinstance(value, ir.Composed) and not value.elements:
            return self._empty_of(value.type, None)
        return None

    def _empty_of(self, kind: t.Type, size: ir.Value | None) -> str | None:
        under = self._universe.underlying(kind)
        if isinstance(under, t.Map):
            return "an empty map"
        if isinstance(under, t.Slice):
            return (
                "an empty slice"
                if size is None or (isinstance(size, ir.Const) and size.text == "0")
                else None
            )
        if not isinstance(under, t.Struct):
            return None
        if isinstance(kind, t.Named) and (under.fields or kind.package not in self._universe.packages):
            return f"an empty {kind.name}"
        return "an empty struct" if under.fields else None

    def _fills(self, use: Use) -> bool:
        """Whether an insert gives new keys a value while the program runs."""
        if use.function.is_test or not self._contexts.when(use.function) & RUN_TIME:
            return False
        if compares_length(use.conditions, use.variable):
            return False
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        return key is None or self._keys.source(key).domain is not Domain.CLOSED

    def _drops(self, use: Use, inserts: tuple[Use, ...]) -> bool:
        """Whether an empty value may stand for a dropped entry: it is no first value, and none follows it."""
        if (
            use.function.is_test
            or not self._contexts.when(use.function) & RUN_TIME
            or self._judge.is_building(use)
        ):
            return False
        if presence(self._definitions, use.conditions, use.variable) is False or self._is_closed(use):
            return False
        return not any(self._follows(use, other) for other in inserts)

    def _is_closed(self, use: Use) -> bool:
        key = _key(use)
        return key is not None and self._keys.source(key).domain is Domain.CLOSED

    def _follows(self, use: Use, other: Use) -> bool:
        """Whether the same entry gets a value further down in the same function, wherever it was emptied."""
        if other.function is not use.function or other.instruction.pos <= use.instruction.pos:
            return False
        key = _key(other)
        if other.variable == f"{use.variable}[]" and isinstance(other.target, ir.ElemOf):
            key = other.target.index
        shared = min(len(use.conditions), len(other.conditions))
        return self._is_same(_key(use), key) and other.conditions[:shared] == use.conditions[:shared]

    def _is_of_same_entry(self, read: Use, use: Use) -> bool:
        return read.function is use.function and self._is_same(_key(read), _key(use))

    def _is_same(self, left: ir.Value | None, right: ir.Value | None) -> bool:
        if left is None or right is None:
            return False
        path = self._definitions.path(left)
        return left == right or (path is not None and path == self._definitions.path(right))

    def _signs(self, site: Site, use: Use, value: str) -> list[tuple[int, str]]:
        """The evidence, each piece with its weight."""
        signs = list(self._of_function(site, use))
        if not signs:
            signs.append((-2, "nothing else shows that an entry is dropped"))
        if value == "nil":
            signs.append((1, "nil leaves nothing in the entry to use"))
        elif value in _WEAK and not _DROPS.match(self._families.top(use.function).name):
            signs.append((-1, f"{value} may be a value like others"))
        key = _key(use)
        if key is not None:
            source = self._keys.source(key)
            if source.domain is Domain.OPEN:
                signs.append((1, f"the key comes from {source.what}, so new ones keep arriving"))
            if isinstance(key, ir.Ref) and self._is_swept(key, use):
                signs.append(
                    (-1 if value == "nil" else -3, "all entries are emptied at once, as a reset does")
                )
        if any(_asks(read) and not self._is_of_same_entry(read, use) for read in site.reads):
            signs.append((-1, "an entry that is empty and one that is not there are told apart elsewhere"))
        if site.kind == "field" and self._lifetimes.of(site.owner).life is Life.UNKNOWN:
            signs.append((-2, f"nothing shows how long a {site.owner.rpartition('.')[2]} lives"))
        if owners.NOT_PRODUCT.search(f"{site.package}/"):
            signs.append((-4, "its package is test support, an example or a tool"))
        return signs

    def _of_function(self, site: Site, use: Use) -> Iterator[tuple[int, str]]:
        """What the function around the assignment says of it."""
        top = self._families.top(use.function)
        members = self._families.members(top)
        reads = [
            read
            for read in site.reads
            if read.op in _READS and read.function in members and self._is_same(_key(read), _key(use))
        ]
        name = short(top.symbol)
        if reads:
            yield 2, f"{name} reads the entry and leaves its key in the map"
        if _DROPS.match(top.name):
            yield 2, f"{name} drops the entry, by its name"
        if any(_closes(member, use.variable, self._definitions) for member in members):
            yield 1, f"{name} closes what was in the entry"

    def _is_swept(self, key: ir.Ref, use: Use) -> bool:
        values = self._definitions.values(key.var)
        return any(isinstance(value, ir.KeyOf) and node_of(value.base) == use.variable for value in values)


def _points(signs: list[tuple[int, str]]) -> int:
    return sum(weight for weight, _ in signs)


def _key(use: Use) -> ir.Value | None:
    return use.instruction.key if isinstance(use.instruction, ir.MapOp) else None


def _asks(read: Use) -> bool:
    """Whether a read asks for the presence of the key."""
    return (
        isinstance(read.instruction, ir.MapOp)
        and read.instruction.comma_ok
        and read.instruction.op == "index"
    )


def _closes(function: ir.Function, node: str, definitions: Definitions) -> bool:
    """Whether a function calls Close, Stop or the like on an entry of the map."""
    for found in function.of(ir.Call):
        call = found.instruction
        if call.receiver is not None and _CLOSES.match(callee_name(call)):
            for part in parts(call.receiver):
                values = definitions.values(part.var) if isinstance(part, ir.Ref) else [part]
                if any(isinstance(value, ir.ElemOf) and node_of(value.base) == node for value in values):
                    return True
    return False
