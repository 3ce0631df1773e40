"""How long the objects of a struct type live, by who holds them, what they own, and where they are made."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from maplint.facts import types as t
from maplint.knowledge import owners as knowledge
from maplint.knowledge.locks import LOCKS
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.contexts import Contexts, When, is_endless
from maplint.model.sites import Site
from maplint.model.universe import Universe
from maplint.model.walk import Occurrence, operands, parts

_CALLED_BACK = frozenset(("concurrent", "goroutine", "timer", "later"))


class Life(enum.IntEnum):
    """How long objects of a type live; ordered by what is known of it."""

    SHORT = 0
    """They are made for one task and nothing that lives long keeps them."""
    REMOVED = 1
    """What keeps them lets go of them again."""
    UNKNOWN = 2
    LIKELY = 3
    """Signs of a long life: a lock, goroutines of their own, a name or methods that servers have."""
    LONG = 4
    """They are reached from a package variable, main, or something else that lives long."""


class Shows(enum.Enum):
    """What shows a life that is likely long, strongest first."""

    GOROUTINES = "goroutines"
    """It starts goroutines or is called back."""
    PARTS = "parts"
    """It has a lock, or owns a server, a ticker or a connection."""
    HOLDER = "holder"
    """Something that likely lives long holds it."""
    NAME = "name"
    """Its name, or those of its methods."""


class Lifetime(NamedTuple):
    life: Life
    reasons: tuple[str, ...]
    """Short sentences, strongest first."""
    shows: Shows | None = None
    """For a likely long life."""
    made_again: bool = False
    """Whether all that make one run again and again: there are many, and none is the program's only one."""


class _Holder(NamedTuple):
    """Something that keeps objects of a type."""

    symbol: str
    owner: str
    """Struct type of the holding field; empty for a package variable."""
    element: bool
    """Whether it keeps many, in a map, slice or channel."""


class Lifetimes:
    """The lifetimes of all struct types of a program."""

    def __init__(
        self,
        universe: Universe,
        contexts: Contexts,
        graph: CallGraph,
        functions: Iterable[ir.Function],
        variables: Iterable[ir.Var],
        sites: dict[str, Site],
    ) -> None:
        self._universe = universe
        self._contexts = contexts
        self._graph = graph
        self._sites = sites
        self._holders: dict[str, set[_Holder]] = defaultdict(set)
        self._made: dict[str, list[ir.Function]] = defaultdict(list)
        self._methods: dict[str, set[str]] = defaultdict(set)
        self._goroutines: dict[str, str] = {}
        self._called_back: dict[str, str] = {}
        self._frames: dict[str, set[tuple[ir.Var, ir.Function]]] = defaultdict(set)
        """The locals that hold objects, each with its function."""
        self._handed_on: set[ir.Var] = set()
        self._known: dict[str, Lifetime] = {}
        for var in variables:
            self._hold(_Holder(var.symbol, "", False), var.type)
        self._hold_by_fields()
        for function in functions:
            if not function.is_test:
                self._function(function)

    def _hold_by_fields(self) -> None:
        for scope in self._universe.packages.values():
            names = [*scope.names, *scope.local_types]
            for name in names:
                struct = self._universe.underlying(t.Named(scope.path, name))
                if isinstance(struct, t.Struct):
                    for item in struct.fields:
                        holder = _Holder(f"{struct.owner}.{item.name}", struct.owner, False)
                        self._hold(holder, item.type)

    def _hold(self, holder: _Holder, kind: t.Type, depth: int = 0) -> None:
        if depth > 4:
            return
        if isinstance(kind, t.Named):
            if kind.package in self._universe.packages:
                self._holders[kind.symbol].add(holder)
                under = self._universe.underlying(kind)
                if isinstance(under, (t.Map, t.Slice)):
                    self._hold(holder, under, depth + 1)
            for arg in kind.args:
                self._hold(holder._replace(element=True), arg, depth + 1)
        elif isinstance(kind, t.Struct) and kind.owner:
            self._holders[kind.owner].add(holder)
        elif isinstance(kind, t.Pointer):
            self._hold(holder, kind.elem, depth + 1)
        elif isinstance(kind, (t.Slice, t.Array, t.Chan)):
            fixed = isinstance(kind, t.Array)
            self._hold(holder if fixed else holder._replace(element=True), kind.elem, depth + 1)
        elif isinstance(kind, t.Map):
            self._hold(holder._replace(element=True), kind.value, depth + 1)
            self._hold(holder._replace(element=True), kind.key, depth + 1)

    def _function(self, function: ir.Function) -> None:
        owner = function.symbol.rpartition(".")[0] if function.receiver is not None else ""
        if owner:
            self._methods[owner].add(function.name)
            if any(
                edge.mode in _CALLED_BACK and not edge.direct
                for edge in self._graph.callers.get(function, ())
            ):
                self._called_back.setdefault(owner, function.name)
        for found in function.occurrences:
            instruction = found.instruction
            if isinstance(instruction, ir.Call) and instruction.mode == "go":
                self._starts(instruction, owner)
            elif isinstance(instruction, ir.Store):
                self._keeps(instruction)
                self._frame(instruction, function)
            self._hands_on(instruction)
            for part in found.made:
                if isinstance(part, (ir.Composed, ir.Made)):
                    self._makes(part, function)
                elif isinstance(part, ir.FuncValue) and part.receiver is not None:
                    self._hand_on(part.receiver)
            if function.parent:
                self._captures(found, function)

    def _starts(self, call: ir.Call, owner: str) -> None:
        receiver = struct_symbol(call.receiver.type) if call.receiver is not None else ""
        for symbol in (receiver, owner):
            if symbol:
                self._goroutines.setdefault(symbol, call.function)

    def _frame(self, store: ir.Store, function: ir.Function) -> None:
        if store.define and isinstance(store.target, ir.Ref) and store.target.var.kind == "local":
            symbol = struct_symbol(store.target.type)
            if symbol:
                self._frames[symbol].add((store.target.var, function))

    def _captures(self, found: Occurrence, function: ir.Function) -> None:
        """Notes the variables of other functions that a literal uses."""
        for part in found.values:
            if isinstance(part, ir.Ref) and part.var.function != function.symbol:
                self._handed_on.add(part.var)

    def _hands_on(self, instruction: ir.Instruction) -> None:
        """Notes the variables whose object leaves the function."""
        for operand in _handed_on(instruction):
            self._hand_on(operand)

    def _hand_on(self, value: ir.Value) -> None:
        if isinstance(value, ir.Ref):
            self._handed_on.add(value.var)
        elif not isinstance(value, ir.Const):
            self._handed_on.update([part.var for part in parts(value) if isinstance(part, ir.Ref)])

    def _keeps(self, store: ir.Store) -> None:
        """A value kept under an interface type: the declared type of the holder does not name it."""
        kind = store.target.type
        if store.define or not isinstance(self._universe.underlying(kind), t.Interface):
            return
        holder = _holder_of(store.target)
        if holder is not None:
            self._hold(holder, store.value.type)

    def _makes(self, made: ir.Composed | ir.Made, function: ir.Function) -> None:
        symbol = struct_symbol(made.type)
        if symbol:
            self._made[symbol].append(function)
        if isinstance(made, ir.Composed):
            for key, item in made.elements:
                if isinstance(key, ir.FieldRef) and isinstance(
                    self._universe.underlying(key.type), t.Interface
                ):
                    self._hold(_Holder(key.symbol, key.owner, False), item.type)

    def is_in_variable(self, symbol: str) -> bool:
        """Whether a package variable is an object of the type, or points to one."""
        return any(not holder.owner and not holder.element for holder in self._holders.get(symbol, ()))

    def of(self, symbol: str) -> Lifetime:
        """The lifetime of the objects of a struct type."""
        known = self._known.get(symbol)
        if known is None:
            self._known[symbol] = Lifetime(Life.UNKNOWN, ())
            known = self._judge(symbol)._replace(made_again=self._is_made_again(symbol))
            self._known[symbol] = known
        return known

    def _judge(self, symbol: str) -> Lifetime:
        if symbol in knowledge.REQUEST_SCOPED:
            return Lifetime(Life.SHORT, ("it belongs to one request",))
        held = self._held(symbol)
        if held is not None and held.life is Life.LONG:
            return held
        if held is not None and held.life is Life.REMOVED:
            return held
        emptied = next((holder for holder in self._many(symbol) if self._is_emptied(holder.symbol)), None)
        if emptied is not None:
            return Lifetime(Life.REMOVED, (f"its owner is taken out of {_shown(emptied)} again",))
        signs = self._signs(symbol)
        if self._is_local(symbol):
            return Lifetime(Life.SHORT, ("its owner is a local of the functions that use it",))
        if self._is_per_task(symbol) and (held is None or held.life < Life.LIKELY):
            return Lifetime(Life.SHORT, ("it is made anew for each request or task",))
        strong = [says for says, shows in signs if shows is not Shows.NAME]
        if strong:
            return Lifetime(Life.LIKELY, tuple(strong), signs[0][1])
        if held is not None:
            return held
        name = symbol.rpartition(".")[2]
        if knowledge.SHORT_LIVED_NAMES.search(name):
            return Lifetime(Life.SHORT, (f"nothing keeps a {name}",))
        if signs:
            return Lifetime(Life.LIKELY, tuple(says for says, _ in signs), Shows.NAME)
        if self._is_made_by_main(symbol):
            return Lifetime(Life.LIKELY, (f"main makes the {name}, once",), Shows.NAME)
        return Lifetime(Life.UNKNOWN, ())

    def _is_made_again(self, symbol: str) -> bool:
        again = When.LOOP | When.CONCURRENT
        makers = self._made.get(symbol, ())
        return bool(makers) and all(self._contexts.when(maker) & again for maker in makers)

    def _is_local(self, symbol: str) -> bool:
        """Whether objects live in locals alone, of functions that come to an end while the program runs."""
        frames = self._frames.get(symbol)
        if (
            not frames
            or self._holders.get(symbol)
            or symbol in self._goroutines
            or symbol in self._called_back
        ):
            return False
        return all(
            var not in self._handed_on
            and (when := self._contexts.when(frame))
            and not when & When.MAIN
            and not _never_ends(frame)
            for var, frame in frames
        )

    def _is_made_by_main(self, symbol: str) -> bool:
        makers = self._made.get(symbol, ())
        once = When.MAIN | When.INIT
        return bool(makers) and all(
            self._contexts.when(maker) and not self._contexts.when(maker) & ~once for maker in makers
        )

    def _held(self, symbol: str) -> Lifetime | None:
        """The best that its holders say."""
        best: Lifetime | None = None
        for holder in sorted(self._holders.get(symbol, ())):
            if self._is_part(holder.owner, symbol):
                continue
            found = self._holder_life(holder)
            if found is not None and (best is None or found.life > best.life):
                best = found
        return best

    def _is_part(self, symbol: str, whole: str) -> bool:
        """Whether objects of one type are kept by one of the other, so that what they point back to outlives them."""
        return any(holder.owner == whole and holder.element for holder in self._holders.get(symbol, ()))

    def _many(self, symbol: str) -> list[_Holder]:
        """The maps, slices and channels that hold objects of a type."""
        return sorted(holder for holder in self._holders.get(symbol, ()) if holder.element)

    def _holder_life(self, holder: _Holder) -> Lifetime | None:
        name = _shown(holder)
        removed = holder.element and self._is_emptied(holder.symbol)
        if not holder.owner:
            if removed:
                return Lifetime(Life.REMOVED, (f"its owner is taken out of {name} again",))
            return Lifetime(Life.LONG, (f"the package variable {name} holds it",))
        outer = self.of(holder.owner)
        if outer.life < Life.LIKELY:
            return Lifetime(outer.life, outer.reasons)
        if removed:
            return Lifetime(Life.REMOVED, (f"its owner is taken out of {name} again",))
        return Lifetime(outer.life, (f"{name} holds it", *outer.reasons[:1]), Shows.HOLDER)

    def _is_emptied(self, symbol: str) -> bool:
        site = self._sites.get(symbol)
        return site is not None and any(not use.function.is_test for use in site.removes)

    def _signs(self, symbol: str) -> list[tuple[str, Shows]]:
        """What the type itself says of a long life, strongest first."""
        out: list[tuple[str, Shows]] = []
        struct = self._universe.underlying(_named(symbol))
        name = symbol.rpartition(".")[2]
        if symbol in self._goroutines:
            out.append((f"{name} has goroutines of its own", Shows.GOROUTINES))
        if symbol in self._called_back:
            says = f"{name}.{self._called_back[symbol]} is registered to be called back"
            out.append((says, Shows.GOROUTINES))
        methods = self._methods.get(symbol, set())
        for method in sorted(methods & {"ServeHTTP", "Serve", "ListenAndServe", "Reconcile", "Shutdown"}):
            out.append((f"{name} has a method {method}", Shows.PARTS))
        for item in struct.fields if isinstance(struct, t.Struct) else ():
            kind = t.pointed(item.type)
            if isinstance(kind, t.Named) and kind.symbol in LOCKS:
                out.append((f"{name} has a lock, so goroutines share it", Shows.PARTS))
            elif isinstance(kind, t.Named) and kind.symbol in knowledge.LONG_LIVED_FIELDS:
                out.append((f"{name} {knowledge.LONG_LIVED_FIELDS[kind.symbol]}", Shows.PARTS))
        for method in sorted(methods & knowledge.LONG_LIVED_METHODS):
            out.append((f"{name} has a method {method}", Shows.NAME))
        if knowledge.LONG_LIVED_NAMES.search(name):
            out.append((f"the name {name} speaks of a long life", Shows.NAME))
        return list(dict.fromkeys(out))

    def _is_per_task(self, symbol: str) -> bool:
        """Whether every place that makes one is itself a request handler or a goroutine started again and again."""
        makers = self._made.get(symbol, ())
        return bool(makers) and all(self._starts_a_task(maker) for maker in makers)

    def _starts_a_task(self, function: ir.Function) -> bool:
        if (function, When.CONCURRENT) not in self._contexts.reasons:
            return False
        edge = self._contexts.reasons[function, When.CONCURRENT]
        return edge is None or edge.mode in ("go", "goroutine", "concurrent", "parallel")


def _shown(holder: _Holder) -> str:
    return holder.symbol.rpartition("/")[2]


def struct_symbol(kind: t.Type) -> str:
    """The symbol of the declared type behind a pointer; empty for others."""
    if isinstance(kind, t.Pointer):
        kind = kind.elem
    if isinstance(kind, t.Named):
        return kind.symbol
    return kind.owner if isinstance(kind, t.Struct) else ""


def _handed_on(instruction: ir.Instruction) -> tuple[ir.Value, ...]:
    """The operands that an instruction keeps, or gives to somebody who may."""
    if isinstance(instruction, ir.Call):
        return tuple([operand for operand in operands(instruction) if operand is not instruction.receiver])
    if isinstance(instruction, ir.Store):
        plain = isinstance(instruction.target, ir.Ref) and instruction.target.var.kind != "package-var"
        only_named = plain and isinstance(instruction.value, (ir.Composed, ir.FieldOf))
        return () if only_named else (instruction.value,)
    if isinstance(instruction, ir.MapOp):
        return tuple([operand for operand in operands(instruction) if operand is not instruction.target])
    return operands(instruction) if isinstance(instruction, (ir.Return, ir.Send)) else ()


def _never_ends(function: ir.Function) -> bool:
    """Whether the function holds a loop without an end."""
    return any(is_endless(found.conditions) for found in function.occurrences)


def _named(symbol: str) -> t.Named:
    package, _, name = symbol.rpartition(".")
    return t.Named(package, name)


def _holder_of(target: ir.Value) -> _Holder | None:
    element = False
    while isinstance(target, (ir.ElemOf, ir.Converted)):
        element = element or isinstance(target, ir.ElemOf)
        target = target.base if isinstance(target, ir.ElemOf) else target.operand
    if isinstance(target, ir.FieldOf) and target.field.owner:
        return _Holder(target.field.symbol, target.field.owner, element)
    if isinstance(target, ir.Ref) and target.var.kind == "package-var":
        return _Holder(target.var.symbol, "", element)
    return None
