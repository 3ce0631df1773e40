"""Which objects never outlive the calls that make them: escape analysis, after Choi et al., OOPSLA 1999.

An object is followed from where it is made through locals, function literals, arguments and results of the analysed
code. It escapes where something keeps it, where what never ends holds it, and where it cannot be followed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callback_modes import callback_mode, is_known
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge
from maplint.model.carriers import Carrier, Carriers
from maplint.model.contexts import RUN_TIME, Contexts
from maplint.model.families import Families
from maplint.model.holdings import struct_symbol
from maplint.model.mentions import Mentions
from maplint.model.universe import Universe
from maplint.model.waits import callee_name, is_start, never_ends

_MAX_CALLERS = 20
_MAX_STEPS = 400
_RECEIVER = -1
_KEEPS = re.compile(
    r"^(?:Add|Attach|Bind|Cache|Enqueue|Go|Handle|Insert|Join|Keep|Listen|Monitor|Mount|Notify|On|Provide|Push|Put|Register"
    r"|Run|Schedule|Serve|Set|Start|Store|Submit|Subscribe|Swap|Track|Use|Watch)(?![a-z])"
)
"""Names of functions outside the analysed code that hold on to an object they are given."""


class _Fate(NamedTuple):
    """What becomes of an object in one function with its literals, and behind the calls there."""

    escapes: bool
    """Whether something else keeps it, or may."""
    lasts: bool
    """Whether code that never ends holds it."""
    returns: bool
    """Whether the function gives it to its callers."""


_Followed: TypeAlias = "tuple[ir.Function, Carrier]"
"""Something that has the object, in a function with its literals."""
_NOTHING = _Fate(False, False, False)
_LOST = _Fate(True, True, True)


class Code(NamedTuple):
    """The program that objects are followed in."""

    universe: Universe
    contexts: Contexts
    graph: CallGraph
    carriers: Carriers
    families: Families
    commands: Set[str]
    """The packages that the module's commands are made of: nobody else calls what is in them."""


class Confined:
    """Follows the objects of one struct type over a whole program."""

    def __init__(self, kind: str, owners: Set[str], code: Code, mentions: Mentions) -> None:
        """`owners` are the types whose objects may have one."""
        self._kind = kind
        self._kinds = owners | {kind}
        self._universe, self._contexts, self._graph, self._carriers, self._families, self._commands = code
        self._mentions = mentions
        self._known: dict[_Followed, _Fate] = {}
        self._askers: dict[_Followed, dict[_Followed, None]] = defaultdict(dict)
        """Those whose fate was worked out from that of one."""
        self._waiting: dict[_Followed, None] = {}
        """Those of which something may have changed since."""

    def is_confined(self, maker: ir.Function, made: int) -> bool:
        """Whether the object made at that offset is gone when the calls that know of it have returned."""
        places: list[_Followed] = [(self._families.top(maker), made)]
        for place in places:
            home, fate = place[0], self._settled(place)
            if _stays(fate):
                return False
            if fate.returns:
                edges = [edge for edge in self._graph.callers.get(home, ()) if not edge.caller.is_test]
                if not self._are_all(home, edges):
                    return False
                further = [(self._families.top(edge.caller), edge.call) for edge in edges]
                places += [one for one in further if one not in places]
        return True

    def _are_all(self, home: ir.Function, edges: Sequence[Edge]) -> bool:
        """Whether these are all the calls of a function there can be, and each is seen."""
        if not 0 < len(edges) <= _MAX_CALLERS or not all(edge.direct for edge in edges):
            return False
        return not home.name[:1].isupper() or home.package in self._commands

    def _settled(self, followed: _Followed) -> _Fate:
        """The fate of a value, as the least solution for all that it depends on."""
        self._meet(followed)
        while self._waiting and not _stays(self._known[followed]):
            one, _ = self._waiting.popitem()
            found = self._follow(one)
            if found != self._known[one]:
                self._known[one] = found
                self._waiting.update(self._askers[one])
        return self._known[followed]

    def _meet(self, followed: _Followed) -> None:
        """Takes up what is met for the first time; of too many, nothing is known."""
        if followed not in self._known:
            is_lost = len(self._known) > _MAX_STEPS
            self._known[followed] = _LOST if is_lost else _NOTHING
            if not is_lost:
                self._waiting[followed] = None

    def _carries(self, value: ir.Value | None, held: Set[Carrier]) -> bool:
        """Whether a value may be the object, or something that has it, or what is read from something that has it."""
        if value is None or self._is_plain(value.type):
            return False
        if isinstance(value, (ir.FieldOf, ir.ElemOf)) and self._may_have(value):
            return self._carries(value.base, held)
        return self._carriers.carries(value, held)

    def _may_have(self, part: ir.FieldOf | ir.ElemOf) -> bool:
        """Whether a part of something can be the object, or have it."""
        if struct_symbol(part.type) in self._kinds:
            return True
        is_own = struct_symbol(part.base.type) == self._kind
        return not is_own and isinstance(self._universe.underlying(part.type), t.Interface)

    def _is_plain(self, kind: t.Type) -> bool:
        return kind == t.ERROR or isinstance(self._universe.underlying(kind), t.Basic)

    def _fate(self, followed: _Followed, asker: _Followed) -> _Fate:
        """What is known so far."""
        self._meet(followed)
        self._askers[followed][asker] = None
        return self._known[followed]

    def _follow(self, followed: _Followed) -> _Fate:
        home, seed = followed
        members = self._families.members(home)
        held = {seed}
        size = 0
        while size != len(held):
            size = len(held)
            for member, found in self._mentions.of(home, held):
                held |= set(self._spreads_to(member, found.instruction, held, followed))
            held |= {member.symbol for member in members if member.parent and self._uses(member, held)}
        lasts = any(self._uses(member, held) and self._lasts(member) for member in members)
        returns = any(_is_result(one, home) for one in held)
        for member, found in self._mentions.of(home, held):
            fate = self._fate_at(member, found.instruction, held, followed)
            if fate.escapes:
                return _LOST
            lasts, returns = lasts or fate.lasts, returns or fate.returns
        return _Fate(False, lasts, returns)

    def _uses(self, member: ir.Function, held: Set[Carrier]) -> bool:
        """Whether a function, or a literal inside it, names a variable that holds the object."""
        return not held.isdisjoint(self._families.named(member))

    def _lasts(self, member: ir.Function) -> bool:
        """Whether the locals of a function may live as long as the program, and nobody waits for it to end."""
        when = self._contexts.when(member)
        runs_once = is_start(member) or (bool(when) and not when & RUN_TIME)
        return (runs_once or never_ends(self._families, member)) and not self._mentions.is_awaited(member)

    # Where it goes inside the family

    def _spreads_to(
        self, member: ir.Function, instruction: ir.Instruction, held: set[Carrier], followed: _Followed
    ) -> Iterator[Carrier]:
        """Further variables and results that hold it after an instruction."""
        carries = self._carries
        if isinstance(instruction, (ir.Store, ir.MapOp)):
            stored = [instruction.value, instruction.key if isinstance(instruction, ir.MapOp) else None]
            if any(carries(value, held) for value in stored):
                local = self._carriers.stored_in(instruction.target)
                yield from () if local is None else (local,)
        elif isinstance(instruction, ir.Call):
            given = self._given(instruction, held)
            if not given:
                return
            edges = self._graph.direct(member, instruction)
            fates = self._fates(edges, given, followed)
            wraps = not edges and self._carriers.wraps(instruction)
            if wraps or any(fate.returns for fate in fates):
                yield instruction
            keeps = self._carriers.keeps(instruction)
            if keeps is not None:
                yield keeps

    def _given(self, call: ir.Call, held: Set[Carrier]) -> list[int]:
        """The arguments by which a call is given it; the receiver is -1."""
        given = [index for index, arg in enumerate(call.args) if self._carries(arg, held)]
        return [*given, _RECEIVER] if self._carries(call.receiver, held) else given

    def _fates(self, edges: Iterable[Edge], given: Sequence[int], asker: _Followed) -> list[_Fate]:
        """What becomes of it in the functions that a call gives it to, by these of its arguments."""
        return [
            self._fate((self._families.top(edge.callee), param), asker)
            for edge in edges
            for param in _bound(edge.callee, given)
        ]

    # What becomes of it there

    def _fate_at(
        self, member: ir.Function, instruction: ir.Instruction, held: set[Carrier], followed: _Followed
    ) -> _Fate:
        carries = self._carries
        if isinstance(instruction, (ir.Store, ir.MapOp)):
            given = [instruction.value, instruction.key if isinstance(instruction, ir.MapOp) else None]
            kept = any(carries(value, held) for value in given) and self._is_elsewhere(
                instruction.target, held
            )
            return _Fate(kept, False, False)
        if isinstance(instruction, ir.Send):
            return _Fate(carries(instruction.value, held), False, False)
        if isinstance(instruction, ir.Return):
            returned = any(carries(value, held) for value in instruction.values)
            return _Fate(returned and bool(member.parent), False, returned)
        if isinstance(instruction, ir.Call):
            return self._fate_of_call(member, instruction, held, followed)
        return _NOTHING

    def _is_elsewhere(self, target: ir.Value, held: Set[Carrier]) -> bool:
        """Whether a place is no part of a local, nor of the object itself."""
        base = self._carriers.base(target)
        if base is None:
            return True
        return base.kind not in ("local", "range", "result") and base not in held

    def _fate_of_call(
        self, member: ir.Function, call: ir.Call, held: set[Carrier], followed: _Followed
    ) -> _Fate:
        """What a call does with it; what a goroutine calls that somebody waits for ends in time."""
        started = isinstance(call.callee, ir.Dynamic) and self._carries(call.callee.value, held)
        given = self._given(call, held)
        if not started and not given:
            return _NOTHING
        edges = self._graph.direct(member, call)
        fates = self._fates(edges, given, followed)
        lost = not edges and self._is_kept_outside(call, held)
        return _Fate(
            lost or any(fate.escapes for fate in fates),
            any(fate.lasts for fate in fates) and not self._mentions.is_awaited(member),
            False,
        )

    def _is_kept_outside(self, call: ir.Call, held: Set[Carrier]) -> bool:
        """Whether code that is not analysed keeps what a call gives it."""
        if isinstance(call.callee, ir.Dynamic):
            return not self._carries(call.callee.value, held)
        if self._carriers.local(call.receiver) is not None:
            return False
        symbol = call.callee.symbol if isinstance(call.callee, ir.External) else ""
        return any(
            callback_mode(symbol, index) not in SYNCHRONOUS
            if is_known(symbol, index)
            else call.mode == "go" or bool(_KEEPS.match(callee_name(call)))
            for index, arg in enumerate(call.args)
            if self._carries(arg, held)
        )


def _bound(callee: ir.Function, given: Iterable[int]) -> Iterator[ir.Var]:
    """The parameters and the receiver that these arguments are bound to."""
    last = len(callee.params) - 1
    for index in given:
        if index == _RECEIVER:
            yield from () if callee.receiver is None else (callee.receiver,)
        elif last >= 0:
            yield callee.params[min(index, last)]


def _stays(fate: _Fate) -> bool:
    """Whether an object outlives the calls that know of it; what is found later never takes that back."""
    return fate.escapes or fate.lasts


def _is_result(holder: Carrier, function: ir.Function) -> bool:
    return isinstance(holder, ir.Var) and holder.kind == "result" and holder.function == function.symbol
