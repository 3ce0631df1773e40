"""Instructions, in which control flow stays structured, and the functions that they make up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

from maplint.facts.records import entity, record
from maplint.model.ir.values import Call, Value, Var

if TYPE_CHECKING:
    from maplint.model.walk import Found, Occurrence


@record
class MapOp:
    """One operation on a map."""

    pos: int
    end: int
    op: str
    """In the contract's words: assign, op-assign, inc-dec, copy, delete, range, index, ..."""
    target: Value
    """The map."""
    key: Value | None
    value: Value | None
    comma_ok: bool = False
    """For an index or load: whether the presence of the key is asked for too."""
    outside: bool = False
    """For a pass: whether the map goes to a function outside the analysed code, which then reads it at once."""


@record
class LockOp:
    pos: int
    action: str
    """lock, rlock, unlock, runlock, trylock or tryrlock."""
    target: Value
    """The lock."""
    deferred: bool = False


@record
class Store:
    """An assignment to a variable, field, element or pointer; map elements are `MapOp`s besides."""

    pos: int
    end: int
    target: Value
    value: Value
    define: bool
    op: str = "="


@record
class Return:
    pos: int
    end: int
    values: tuple[Value, ...]


@record
class Send:
    pos: int
    channel: Value
    value: Value


@record
class Receive:
    pos: int
    channel: Value


@record
class Branch:
    """An if statement."""

    pos: int
    cond: Value
    then: Body
    other: Body


@record
class Loop:
    pos: int
    over: Value | None
    """What is ranged over."""
    cond: Value | None
    """The condition; None for a range and for an endless loop."""
    body: Body
    post: Body


@record
class Arm:
    """One case of a switch or select."""

    comm: Body
    values: tuple[Value, ...]
    """The case's expressions."""
    body: Body
    default: bool


@record
class Choice:
    pos: int
    kind: str
    """switch, type-switch or select."""
    tag: Value | None
    arms: tuple[Arm, ...]


@record
class Jump:
    """break, continue, goto, fallthrough; `panic` and `exit` for calls that do not come back."""

    pos: int
    kind: str
    label: str


@record
class Labeled:
    pos: int
    label: str
    body: Body


Instruction: TypeAlias = (
    MapOp | LockOp | Call | Store | Return | Send | Receive | Branch | Loop | Choice | Jump | Labeled
)
Body: TypeAlias = tuple[Instruction, ...]

_One = TypeVar("_One", bound="Instruction")
_Other = TypeVar("_Other", bound="Instruction")


@entity
class Function:
    """A function, method or function literal with a resolved body."""

    symbol: str
    """`example.com/m/store.Cache.Put`; a literal is `….func1`; a package-level initialiser is its variable."""
    name: str
    package: str
    path: str
    pos: int
    """Of the name, or of `func` for a literal."""
    end: int
    receiver: Var | None
    params: tuple[Var, ...]
    results: tuple[Var, ...]
    """Named and unnamed results alike; an unnamed one has a symbol that no source can write."""
    body: Body
    occurrences: tuple[Occurrence, ...]
    """The instructions of the body in order, nested ones too: most stages go through all of them."""
    making: tuple[Occurrence, ...]
    """Those of `occurrences` that something new comes from."""
    parent: str
    """Symbol of the enclosing function of a literal; empty otherwise."""
    doc: str
    """The comment above it where it speaks of locks or tests."""
    is_test: bool
    """Whether it stands in a test file, is given a test, or is a method of what holds one."""
    constraint: object | None
    """The build constraint of its file."""
    locals: tuple[Var, ...]
    variadic: bool
    _by_kind: dict[type, Sequence[Any]] = field(default_factory=dict)
    """The occurrences by the kind of their instruction, from the first time that some are asked for."""

    @overload
    def of(self, kind: type[_One], /) -> Sequence[Found[_One]]: ...

    @overload
    def of(self, kind: type[_One], other: type[_Other], /) -> Sequence[Found[_One | _Other]]: ...

    @overload
    def of(self, *kinds: type[Instruction]) -> Sequence[Occurrence]: ...

    def of(self, *kinds: type) -> Sequence[Occurrence]:
        """The occurrences of instructions of these kinds, in order."""
        if not self._by_kind and self.occurrences:
            index = defaultdict[type, list[Any]](list)
            for found in self.occurrences:
                index[type(found.instruction)].append(found)
            self._by_kind.update((kind, tuple(among)) for kind, among in index.items())
        if len(kinds) == 1:
            return self._by_kind.get(kinds[0], ())
        present = [kind for kind in kinds if kind in self._by_kind]
        if len(present) < 2:
            return self._by_kind[present[0]] if present else ()
        return [found for found in self.occurrences if type(found.instruction) in present]
