"""An entry that a function puts in a map and takes out again on some of its ways out, but not on all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.arrivals import Arrival, Arrivals
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.definitions import Definitions
from maplint.model.departures import Departures
from maplint.model.domains import Domain
from maplint.model.evidence import grade
from maplint.model.exits import Exit, Exits, State, is_alarm
from maplint.model.families import Families
from maplint.model.guards import facts_of, presence
from maplint.model.life import Life
from maplint.model.sites import Site, Use
from maplint.model.walk import Condition, operands, parts

_HIGH, _MEDIUM = 2, 1
_PUTS = frozenset(("assign", "Store", "LoadOrStore"))
_ENDS = re.compile(r"quit|stop|done|exit|shut|clos|halt|kill|dying|die", re.I)
_EMPTY = frozenset(("nil", "false", "0", '""'))

Removal: TypeAlias = ir.MapOp | ir.Store | ir.Call
"""A removal, or a call of a function that does it."""


class Missed(NamedTuple):
    """An insert whose removal some way out misses."""

    site: Site
    use: Use
    """The insert."""
    removals: tuple[tuple[ir.Function, Removal], ...]
    """What removes that key on other ways out, first in the text first; else what removes entries elsewhere."""
    is_own: bool
    """Whether these removals stand in the function of the insert, in its literals, or in what it calls."""
    exits: tuple[Exit, ...]
    """The ways out that miss them, first in the text first."""
    confidence: Confidence
    reasons: tuple[str, ...]
    """Short sentences, strongest first."""


class _Insert(NamedTuple):
    """An insert with what its walk asks for."""

    use: Use
    own: frozenset[Removal]
    """What removes that key in the same function, in a literal inside it, or in a function that it calls."""
    elsewhere: tuple[Use, ...]
    """The other removals from the site."""
    reaching: frozenset[ir.Function]
    """The functions that bring a removal about, without the one that the insert stands in."""
    values: frozenset[ir.Var]
    """The variables that the entry's value is made of."""


class MissedRemovals:
    """Finds the inserts whose removal is missed."""

    def __init__(
        self,
        arrivals: Arrivals,
        departures: Departures,
        definitions: Definitions,
        graph: CallGraph,
        families: Families,
    ) -> None:
        self._arrivals = arrivals
        self._departures = departures
        self._definitions = definitions
        self._graph = graph
        self._families = families

    def of(self, site: Site) -> Iterator[Missed]:
        """The inserts into a long-lived map whose removal is missed on a way out."""
        removals = self._departures.removals(site)
        arrival = self._arrivals.of(site) if removals else None
        if arrival is None or not arrival.is_open:
            return
        for use in arrival.uses:
            if self._is_tracked(use) and self._arrivals.source(use).domain is not Domain.CLOSED:
                found = self._missed(site, use, arrival, removals)
                if found is not None:
                    yield found

    def _missed(self, site: Site, use: Use, arrival: Arrival, removals: tuple[Use, ...]) -> Missed | None:
        insert = self._insert(use, removals)
        exits = self._exits(insert, use.function, use.instruction)
        held = _missing(exits, bool(insert.elsewhere)) if insert.own else self._failing(insert, exits)
        missed = tuple(exit for exit in held if self._is_there(use, exit))
        if not missed:
            return None
        signs = list(self._signs(insert, missed, arrival))
        reasons = tuple(says for _, says in sorted(signs, key=lambda sign: -abs(sign[0])))
        confidence = grade(sum(weight for weight, _ in signs), _HIGH, _MEDIUM)
        own = tuple((use.function, removal) for removal in sorted(insert.own, key=_position))
        others = tuple((other.function, other.instruction) for other in insert.elsewhere)
        return Missed(site, use, own or others, bool(own), missed, confidence, reasons)

    def _failing(self, insert: _Insert, exits: list[Exit]) -> tuple[Exit, ...]:
        """The failures right behind an insert whose entry other functions remove, one by one, in its time.

        A function that removes entries of its own accord, such as an event loop, is not asked.
        """
        others = insert.elsewhere
        if any(self._departures.is_whole(use) or use.function is insert.use.function for use in others):
            return ()
        if self._is_cleaned_by_callers(insert):
            return ()
        return tuple(exit for exit in exits if exit.state is State.HELD and exit.nested and exit.fails)

    def _is_tracked(self, use: Use) -> bool:
        """Whether the insert puts something in under a key that has a name."""
        instruction = use.instruction
        if not isinstance(instruction, ir.MapOp) or instruction.op not in _PUTS:
            return False
        if isinstance(instruction.value, ir.Const) and instruction.value.text in _EMPTY:
            return False
        return instruction.key is not None and self._definitions.path(instruction.key) is not None

    def _insert(self, use: Use, removals: tuple[Use, ...]) -> _Insert:
        families, function = self._families, use.function
        family = families.inside(function) if function.parent else families.members(function)
        own: set[Removal] = set()
        others = []
        for removal in removals:
            calls = {edge.call for member in family for edge in self._helps(member, removal, use)}
            if removal.function in family and self._takes(removal, use):
                own.add(removal.instruction)
            elif not calls or len(calls) < len(self._graph.callers.get(removal.function, ())):
                others.append(removal)
            own |= calls
        reaching = self._departures.reaching(removal.function for removal in removals) - {function}
        return _Insert(use, frozenset(own), tuple(others), reaching, frozenset(self._variables(use)))

    def _takes(self, removal: Use, insert: Use) -> bool:
        """Whether a removal takes the key of the insert out of the same map."""
        path = self._definitions.path
        left, right = _key(removal), _key(insert)
        if left is None or right is None or removal.variable != insert.variable:
            return False
        return path(removal.target) == path(insert.target) and (left == right or path(left) == path(right))

    def _helps(self, function: ir.Function, removal: Use, insert: Use) -> Iterator[Edge]:
        """The calls in a function that hand the key of the insert to a function that removes it."""
        key, wanted = _key(removal), _key(insert)
        path = self._definitions.path(key) if key is not None else None
        if path is None or wanted is None:
            return
        for edge in self._graph.callers.get(removal.function, ()):
            if edge.caller is function and edge.direct:
                for param, arg in zip(removal.function.params, edge.call.args, strict=False):
                    rest = path.removeprefix(param.symbol)
                    given = self._definitions.path(arg) if rest != path else None
                    if given is not None and f"{given}{rest}" == self._definitions.path(wanted):
                        yield edge

    def _variables(self, use: Use) -> Iterator[ir.Var]:
        value = use.instruction.value
        for part in parts(value) if value is not None else ():
            if isinstance(part, ir.Ref):
                yield part.var
                single = self._definitions.single(part.var)
                if single is not None:
                    yield from (inner.var for inner in parts(single) if isinstance(inner, ir.Ref))

    def _exits(self, insert: _Insert, function: ir.Function, begin: ir.Instruction) -> list[Exit]:
        """The ways out of a function, with the entry in the map from one of its instructions on."""
        others = {use.instruction for use in insert.elsewhere if use.function is not insert.use.function}
        removals = insert.own | others

        def step(instruction: ir.Instruction, state: State) -> State:
            if instruction is begin and state is not State.GONE:
                return State.HELD
            if state is State.GONE or (state is State.BEFORE and not _is_deferred(instruction)):
                return state
            if instruction in removals or self._answers(insert, instruction):
                return State.GONE
            if self._departures.brings_about(function, instruction, insert.reaching):
                return State.GONE
            return State.UNSURE if _is_told_to_end(instruction) else state

        walk = Exits(step, function)
        end = walk.walk(function.body, State.BEFORE)
        if end is not None:
            walk.found.append(Exit(None, end, False, False))
        return walk.found

    def _is_there(self, use: Use, exit: Exit) -> bool:
        """Whether the conditions of a way out leave it open that this insert's entry is in the map there."""
        conditions = self._conditions(use, exit)
        inserted = set(self._facts(use.conditions))
        if any((said, not holds) in inserted for said, holds in self._facts(conditions)):
            return False
        if use.op == "LoadOrStore":
            return presence(self._definitions, conditions, use.variable) is not True
        behind = tuple(one for one in conditions if one.pos > use.instruction.pos)
        return presence(self._definitions, behind, use.variable) is not False

    def _conditions(self, use: Use, exit: Exit) -> tuple[Condition, ...]:
        for found in use.function.occurrences:
            if found.instruction is exit.instruction:
                return found.conditions
        return ()

    def _facts(self, conditions: tuple[Condition, ...]) -> Iterator[tuple[str, bool]]:
        """What conditions say of variables and fields, so that two of them can be seen to contradict each other."""
        for condition in conditions:
            for value, holds in facts_of(condition):
                if isinstance(value, ir.Computed) and value.op in ("==", "!=") and len(value.operands) == 2:
                    left, right = value.operands
                    path = self._definitions.path(left)
                    if path is not None and isinstance(right, ir.Const):
                        yield f"{path} == {right.text}", holds is (value.op == "==")
                elif (path := self._definitions.path(value)) is not None:
                    yield path, holds

    def _is_told_by_entry(self, insert: _Insert, exits: tuple[Exit, ...]) -> bool:
        """Whether a method of the entry's own value decides on every one of the ways out."""
        value = insert.use.instruction.value
        if not isinstance(value, ir.Ref):
            return False
        told = []
        for exit in exits:
            asked = [condition.value for condition in self._conditions(insert.use, exit) if condition.value]
            refs = [part for one in asked[-1:] for part in parts(one)]
            refs += [
                one for part in refs if isinstance(part, ir.Ref) for one in self._definitions.values(part.var)
            ]
            told.append(any(isinstance(one, ir.Result) and _is_of(one.call, value.var) for one in refs))
        return all(told)

    def _answers(self, insert: _Insert, instruction: ir.Instruction) -> bool:
        """Whether something is received through the entry's value, so that who answers has removed it."""
        if not insert.elsewhere or not isinstance(instruction, ir.Receive) or is_alarm(instruction.channel):
            return False
        root = self._definitions.root(instruction.channel)
        values = (instruction.channel, root, *(operands(root.call) if isinstance(root, ir.Result) else ()))
        return any(
            isinstance(part, ir.Ref) and part.var in insert.values
            for value in values
            for part in parts(value)
        )

    def _signs(
        self, insert: _Insert, missed: tuple[Exit, ...], arrival: Arrival
    ) -> Iterator[tuple[int, str]]:
        """Points for a leak, with the sentences that go with them."""
        if any(exit.fails for exit in missed):
            yield 1, "a failure leaves the entry behind"
        else:
            yield -2, "no error is seen on the way that leaves the entry behind"
        if arrival.source.domain is Domain.OPEN:
            yield 1, f"the key comes from {arrival.source.what}, so new ones keep arriving"
        if not insert.own:
            yield -4, "only other functions remove it, and may do so after a failure too"
        if not insert.elsewhere:
            yield 1, "nothing else in the analysed code removes it"
        whole = [use for use in insert.elsewhere if self._departures.is_whole(use)]
        if any(_chooses(use) for use in whole):
            yield -2, "something goes through the map and removes entries"
        elif whole:
            yield -1, "something empties the whole map, perhaps at its end"
        if self._is_cleaned_by_callers(insert):
            yield -2, "a caller removes the entry where the call fails"
        if self._is_handed_on(insert):
            yield -1, "the entry's value is handed on, and who has it may remove the entry"
        if insert.elsewhere and self._is_told_by_entry(insert, missed):
            yield -2, "a method of the entry decides on this way, and may have removed it"
        if arrival.life is Life.REMOVED:
            yield -1, "its owner is itself removed"
        if arrival.life is Life.UNKNOWN:
            yield -1, "nothing shows how long its owner lives"
        if not arrival.is_product:
            yield -3, "its package is test support, an example or a tool"

    def _is_cleaned_by_callers(self, insert: _Insert) -> bool:
        """Whether some caller brings a removal about on all of its ways out that follow a failure."""
        for edge in self._graph.callers.get(insert.use.function, ()):
            if not edge.caller.is_test:
                failing = [exit for exit in self._exits(insert, edge.caller, edge.call) if exit.fails]
                held = [exit for exit in failing if exit.state is State.HELD]
                if any(exit.state >= State.UNSURE for exit in failing) and not held:
                    return True
        return False

    def _is_handed_on(self, insert: _Insert) -> bool:
        """Whether a call behind the insert is given the very value of the entry."""
        stored = insert.use.instruction.value
        value = ir.unconverted(stored) if stored is not None else None
        return (
            bool(insert.elsewhere)
            and isinstance(value, ir.Ref)
            and any(
                isinstance(part, ir.Ref) and part.var is value.var
                for edge in self._graph.callees.get(insert.use.function, ())
                if edge.call.pos > insert.use.instruction.pos
                for arg in edge.call.args
                for part in parts(arg)
            )
        )


def _is_of(call: ir.Call, var: ir.Var) -> bool:
    return isinstance(call.receiver, ir.Ref) and call.receiver.var is var


def _key(use: Use) -> ir.Value | None:
    return use.instruction.key if isinstance(use.instruction, ir.MapOp) else None


def _position(removal: Removal) -> int:
    return removal.pos


def _is_deferred(instruction: ir.Instruction) -> bool:
    return isinstance(instruction, ir.Call) and instruction.mode == "defer"


def _chooses(use: Use) -> bool:
    """Whether a loop over the map asks which entries to remove, by more than whether there is anything in them."""
    loops = [i for i, condition in enumerate(use.conditions) if condition.kind == "range"]
    return bool(loops) and not all(
        isinstance(condition.value, ir.Computed) and ir.NIL.text in _texts(condition.value)
        for condition in use.conditions[loops[-1] + 1 :]
    )


def _texts(value: ir.Computed) -> set[str]:
    return {operand.text for operand in value.operands if isinstance(operand, ir.Const)}


def _is_told_to_end(instruction: ir.Instruction) -> bool:
    """Whether the owner's own end is waited for, after which nobody asks for its maps: `<-s.quit`."""
    channel = instruction.channel if isinstance(instruction, ir.Receive) else None
    return isinstance(channel, ir.FieldOf) and bool(_ENDS.search(channel.field.name))


def _missing(exits: list[Exit], removed_elsewhere: bool) -> tuple[Exit, ...]:
    """The ways out that leave the entry in the map although others of their kind take it out.

    Where the main way takes it out, failures that do not are such, and so is any early way if nothing else removes
    it. Where the main way leaves the entry to stay, failures are, if another failure takes it out.
    """
    passed = [exit for exit in exits if exit.state is not State.BEFORE]
    held = [exit for exit in passed if exit.state is State.HELD and exit.nested]
    main = next((exit for exit in reversed(passed) if not exit.nested), passed[-1] if passed else None)
    if main is None or not held:
        return ()
    if main.state is State.GONE:
        return tuple(exit for exit in held if exit.fails or not removed_elsewhere)
    rolls_back = any(exit.state is State.GONE and exit.fails for exit in passed)
    return tuple(exit for exit in held if exit.fails) if rolls_back else ()
