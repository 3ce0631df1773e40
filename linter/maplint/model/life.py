"""How long the objects of a struct type live, by who holds them, what they own, and where they are made."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from maplint.facts import types as t
from maplint.knowledge import owners as knowledge
from maplint.knowledge.locks import LOCKS
from maplint.model import ir
from maplint.model.components import components
from maplint.model.confined import Code, Confined
from maplint.model.contexts import Contexts, When
from maplint.model.holdings import Holder, Holdings, struct_symbol
from maplint.model.mentions import Mentions
from maplint.model.naming import short
from maplint.model.sites import Site
from maplint.model.successions import Successions
from maplint.model.universe import Universe
from maplint.model.waits import never_ends


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
    passing: bool = False
    """Whether nothing is seen to keep one, and each is made anew: by code that runs again, or as a local."""


class Lifetimes:
    """The lifetimes of all struct types of a program."""

    def __init__(
        self,
        universe: Universe,
        contexts: Contexts,
        holdings: Holdings,
        successions: Successions,
        sites: dict[str, Site],
        code: Code,
    ) -> None:
        self._universe = universe
        self._contexts = contexts
        self._holdings = holdings
        self._successions = successions
        self._sites = sites
        self._code = code
        self._mentions = Mentions(code.families)
        self._known: dict[str, Lifetime] = {}

    def is_in_variable(self, symbol: str) -> bool:
        """Whether a package variable is an object of the type, or points to one."""
        return any(
            not holder.owner and not holder.element for holder in self._holdings.holders.get(symbol, ())
        )

    def makers(self, symbol: str) -> Sequence[ir.Function]:
        """The functions that make objects of a type."""
        return [maker for maker, _ in self._holdings.made.get(symbol, ())]

    def are_kept(self, symbol: str) -> bool:
        """Whether something is seen to keep objects of a type: a variable, an object, a container, or main."""
        return bool(self._holdings.holders.get(symbol)) or self._is_made_by_main(symbol)

    def are_many(self, symbol: str) -> bool:
        """Whether objects of a type are kept in maps, slices or channels, and nowhere else."""
        holders = self._holdings.holders.get(symbol, ())
        return bool(holders) and all(holder.element for holder in holders)

    def of(self, symbol: str) -> Lifetime:
        """The lifetime of the objects of a struct type."""
        if symbol not in self._known:
            for group in components([symbol], self._unknown_owners):
                self._settle(sorted(group))
        return self._known[symbol]

    def _unknown_owners(self, symbol: str) -> list[str]:
        owners = {holder.owner for holder in self._holdings.holders.get(symbol, ())}
        return sorted(owner for owner in owners if owner and owner not in self._known)

    def _settle(self, group: list[str]) -> None:
        """Judges types that hold one another: from nothing known of any, upwards for as long as one lives longer."""
        self._known.update(dict.fromkeys(group, Lifetime(Life.UNKNOWN, ())))
        self._known.update({symbol: self._of_one(symbol) for symbol in group})
        while len(group) > 1:
            found = {symbol: self._of_one(symbol) for symbol in group}
            longer = {symbol: one for symbol, one in found.items() if one.life > self._known[symbol].life}
            if not longer:
                break
            self._known.update(longer)

    def _of_one(self, symbol: str) -> Lifetime:
        again = self._is_made_again(symbol)
        passing = not self._holdings.holders.get(symbol) and (again or self._is_handed_down(symbol))
        passing = passing and not self._is_component(symbol)
        return self._judge(symbol)._replace(made_again=again, passing=passing)

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
        if self._is_local(symbol) or self._is_confined(symbol):
            return Lifetime(Life.SHORT, ("its owner is a local of the functions that use it",))
        if self._is_per_task(symbol) and (held is None or held.life < Life.LIKELY):
            return Lifetime(Life.SHORT, ("it is made anew for each request or task",))
        strong = [says for says, shows in signs if shows is not Shows.NAME]
        if strong:
            return Lifetime(Life.LIKELY, tuple(strong), signs[0][1])
        name = symbol.rpartition(".")[2]
        if (held is None or held.life < Life.LIKELY) and self._has_sync_map(symbol):
            says = f"{name} has a sync.Map, so goroutines share it"
            return Lifetime(Life.LIKELY, (says,), Shows.PARTS)
        if held is not None:
            return held
        if knowledge.SHORT_LIVED_NAMES.search(name):
            return Lifetime(Life.SHORT, (f"nothing keeps a {name}",))
        if signs:
            return Lifetime(Life.LIKELY, tuple(says for says, _ in signs), Shows.NAME)
        if self._is_made_by_main(symbol):
            return Lifetime(Life.LIKELY, (f"main makes the {name}, once",), Shows.NAME)
        return Lifetime(Life.UNKNOWN, ())

    def _is_made_again(self, symbol: str) -> bool:
        again = When.LOOP | When.CONCURRENT
        makers = self.makers(symbol)
        return bool(makers) and all(self._contexts.when(maker) & again for maker in makers)

    def _is_local(self, symbol: str) -> bool:
        """Whether objects live in locals alone, of functions that come to an end while the program runs."""
        frames = self._holdings.frames.get(symbol)
        if (
            not frames
            or self._holdings.holders.get(symbol)
            or symbol in self._holdings.goroutines
            or symbol in self._holdings.called_back
        ):
            return False
        return all(
            var not in self._holdings.handed_on
            and var not in self._holdings.handed_down
            and (when := self._contexts.when(frame))
            and not when & When.MAIN
            and not never_ends(self._code.families, frame)
            for var, frame in frames
        )

    def _is_confined(self, symbol: str, parts: frozenset[str] = frozenset()) -> bool:
        """Whether no object outlives the calls that make it, nor one that it is a part of.

        It is asked for the sake of `parts`: what is a part of these again may live on in any number of them.
        """
        made = self._holdings.made.get(symbol)
        around = parts | {symbol}
        if not made or not all(
            not holder.whole
            or (holder.owner and holder.owner not in around and self._is_confined(holder.owner, around))
            for holder in self._holdings.holders.get(symbol, ())
        ):
            return False
        confined = Confined(symbol, self._holdings.owners(symbol), self._code, self._mentions)
        return all(confined.is_confined(*place) for place in made)

    def _is_handed_down(self, symbol: str) -> bool:
        """Whether objects are made as locals of functions that at most give them to others that they call."""
        frames = self._holdings.frames.get(symbol, set())
        return bool(frames) and all(
            var not in self._holdings.handed_on
            and not never_ends(self._code.families, frame)
            and frame.name != "main"
            for var, frame in frames
        )

    def _is_component(self, symbol: str) -> bool:
        """Whether a factory that is kept as a value gives the objects to whoever asks it for an interface."""
        return any(
            any(self._is_abstract(result.type) for result in giver.results) and self._is_value(giver)
            for giver in self._givers(symbol)
        )

    def _givers(self, symbol: str) -> Iterator[ir.Function]:
        """The functions that return what they have made of a type, or what one of them has returned to them."""
        waiting = [maker for maker in self.makers(symbol) if _gives(maker, symbol, set())]
        found = set(waiting)
        while waiting:
            giver = waiting.pop()
            yield giver
            for edge in self._code.graph.callers.get(giver, ()):
                caller = edge.caller
                if edge.direct and caller not in found and _gives(caller, symbol, found):
                    found.add(caller)
                    waiting.append(caller)

    def _is_value(self, function: ir.Function) -> bool:
        """Whether a function is kept, called as a value, or handed to another module."""
        graph = self._code.graph
        return function in graph.escaping or any(
            isinstance(edge.call.callee, ir.Dynamic) or not edge.direct
            for edge in graph.callers.get(function, ())
        )

    def _is_abstract(self, kind: t.Type) -> bool:
        """Whether an object is returned as a declared interface; a type of another module can be nothing else."""
        under = self._universe.underlying(kind)
        is_declared = isinstance(kind, t.Named) and kind != t.ERROR
        return is_declared and (under is None or isinstance(under, t.Interface))

    def _is_made_by_main(self, symbol: str) -> bool:
        makers = self.makers(symbol)
        once = When.MAIN | When.INIT
        return bool(makers) and all(
            self._contexts.when(maker) and not self._contexts.when(maker) & ~once for maker in makers
        )

    def _held(self, symbol: str) -> Lifetime | None:
        """The best that its holders say."""
        best: Lifetime | None = None
        for holder in sorted(self._holdings.holders.get(symbol, ())):
            if self._is_part(holder.owner, symbol):
                continue
            found = self._holder_life(holder)
            if found is None or (found.life < Life.UNKNOWN and self._holdings.is_lent(holder.symbol)):
                continue
            if best is None or found.life > best.life:
                best = found
        return best

    def _is_part(self, symbol: str, whole: str) -> bool:
        """Whether objects of one type are kept by one of the other, so that what they point back to outlives them."""
        return any(
            holder.owner == whole and holder.element for holder in self._holdings.holders.get(symbol, ())
        )

    def _many(self, symbol: str) -> list[Holder]:
        """The maps, slices and channels that hold objects of a type."""
        return sorted(holder for holder in self._holdings.holders.get(symbol, ()) if holder.element)

    def _holder_life(self, holder: Holder) -> Lifetime | None:
        name = _shown(holder)
        removed = holder.element and self._is_emptied(holder.symbol)
        if not holder.owner:
            if removed:
                return Lifetime(Life.REMOVED, (f"its owner is taken out of {name} again",))
            return Lifetime(Life.LONG, (f"the package variable {name} holds it",))
        outer = self.of(holder.owner)
        if outer.life < Life.LIKELY:
            return Lifetime(outer.life, outer.reasons)
        if outer.shows is Shows.NAME and outer.passing:
            return Lifetime(Life.UNKNOWN, (f"{name} holds it, but nothing is seen to keep that",))
        successor = None if holder.element else self._successions.replacing(holder.symbol)
        if successor is not None:
            says = f"{short(successor.symbol)} puts a new one in its place in {name}"
            return Lifetime(Life.REMOVED, (says,))
        if removed:
            return Lifetime(Life.REMOVED, (f"its owner is taken out of {name} again",))
        return Lifetime(outer.life, (f"{name} holds it", *outer.reasons[:1]), Shows.HOLDER)

    def _is_emptied(self, symbol: str) -> bool:
        if symbol in self._holdings.let_go:
            return True
        site = self._sites.get(symbol)
        return site is not None and any(not use.function.is_test for use in site.removes)

    def _signs(self, symbol: str) -> list[tuple[str, Shows]]:
        """What the type itself says of a long life, strongest first."""
        out: list[tuple[str, Shows]] = []
        name = symbol.rpartition(".")[2]
        if symbol in self._holdings.goroutines:
            out.append((f"{name} has goroutines of its own", Shows.GOROUTINES))
        if symbol in self._holdings.called_back:
            says = f"{name}.{self._holdings.called_back[symbol]} is registered to be called back"
            out.append((says, Shows.GOROUTINES))
        methods = self._holdings.methods.get(symbol, set())
        for method in sorted(methods & {"ServeHTTP", "Serve", "ListenAndServe", "Reconcile", "Shutdown"}):
            out.append((f"{name} has a method {method}", Shows.PARTS))
        for item in self._fields(symbol):
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

    def _fields(self, symbol: str) -> Iterator[t.Field]:
        return _spread(self._holdings.unnamed.get(symbol) or self._universe.underlying(_named(symbol)))

    def _has_sync_map(self, symbol: str) -> bool:
        kinds = (t.pointed(item.type) for item in self._fields(symbol))
        return any(isinstance(kind, t.Named) and kind.symbol == "sync.Map" for kind in kinds)

    def _is_per_task(self, symbol: str) -> bool:
        """Whether every place that makes one is itself a request handler or a goroutine started again and again."""
        makers = self.makers(symbol)
        return bool(makers) and all(self._starts_a_task(maker) for maker in makers)

    def _starts_a_task(self, function: ir.Function) -> bool:
        """Whether a function is begun again and again for itself; one that hands out what it makes is a factory."""
        if any(
            not isinstance(result.type, t.Basic) and result.type != t.ERROR for result in function.results
        ):
            return False
        starts = self._contexts.reasons[When.CONCURRENT]
        if function not in starts:
            return False
        edge = starts[function]
        return edge is None or edge.mode in ("go", "goroutine", "concurrent", "parallel")


def _gives(function: ir.Function, symbol: str, givers: Set[ir.Function]) -> bool:
    """Whether a function returns an object of the type, or what one of `givers` gives it."""
    known = {giver.symbol for giver in givers}
    returned = (
        ir.unconverted(value) for found in function.of(ir.Return) for value in found.instruction.values
    )
    return any(struct_symbol(value.type) == symbol or _called(value) in known for value in returned)


def _called(value: ir.Value) -> str:
    """The symbol of the function whose result a value is; empty for any other value."""
    callee = value.call.callee if isinstance(value, ir.Result) else None
    return callee.symbol if isinstance(callee, ir.Static) else ""


def _spread(kind: t.Type) -> Iterator[t.Field]:
    """The fields of a struct type, and of those of its parts that are declared in place."""
    for item in kind.fields if isinstance(kind, t.Struct) else ():
        yield item
        yield from _spread(item.type)


def _shown(holder: Holder) -> str:
    return holder.symbol.rpartition("/")[2]


def _named(symbol: str) -> t.Named:
    package, _, name = symbol.rpartition(".")
    return t.Named(package, name)
