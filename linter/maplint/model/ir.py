"""The resolved program: functions as trees of instructions over typed values.

Facts say what a file's text says; here every name has become the variable, field or function that it means, every
expression has a type where one is known, and only what later stages ask about is left. A body is a tuple of
instructions; control flow stays structured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from maplint.facts.types import Type
from maplint.model.records import entity, record

if TYPE_CHECKING:
    from maplint.model.walk import Occurrence

# Entities


@entity
class Var:
    """A variable; one object for each declaration, compared by identity."""

    symbol: str
    """As the contract names it: `example.com/m.Collect.out#2`."""
    name: str
    kind: str
    """package-var, local, parameter, receiver, result or variable of a range clause (`range`)."""
    type: Type
    path: str
    pos: int
    function: str
    """Symbol of the declaring function; empty at package level."""
    constraint: object | None = None
    """The build constraint of the declaring file."""


class FieldRef(NamedTuple):
    """A field of a struct type, whatever instance it is reached through."""

    owner: str
    """Symbol of the struct type, or of the variable of an anonymous struct type."""
    name: str
    type: Type
    path: str
    """File of the declaration; empty for a package that is not analysed."""
    pos: int

    @property
    def symbol(self) -> str:
        return f"{self.owner}.{self.name}"


# Values


@record
class Const:
    """A constant: literal, named constant, or an operation on constants."""

    type: Type
    text: str
    """The literal's text or the named constant's symbol."""
    named: bool = False


@record
class Ref:
    """The value of a variable."""

    type: Type
    var: Var
    pos: int


@record
class FieldOf:
    """`base.field`, embedded steps in between made explicit."""

    type: Type
    base: Value
    field: FieldRef
    pos: int


@record
class ElemOf:
    """An element of a map, slice, array or string: `base[index]`, or what ranging or receiving yields."""

    type: Type
    base: Value
    index: Value | None
    """None where the index is not written."""
    pos: int


@record
class KeyOf:
    """A key or index that ranging over `base` yields."""

    type: Type
    base: Value


@record
class Received:
    """What comes out of a channel."""

    type: Type
    channel: Value


@record
class Result:
    """A result of a call."""

    type: Type
    call: Call
    index: int


@record
class Made:
    """`make(type, size)`, `new(type)`, or a variable's zero value."""

    type: Type
    how: str
    """make, new or zero."""
    size: Value | None
    pos: int


@record
class Composed:
    """A composite literal."""

    type: Type
    elements: tuple[tuple[FieldRef | Value | None, Value], ...]
    """Field, key or None, and value."""
    pos: int
    end: int


@record
class FuncValue:
    """A function literal, a named function, or a method value."""

    type: Type
    symbol: str
    receiver: Value | None
    """What a method value is bound to."""
    pos: int
    end: int
    literal: bool


@record
class Converted:
    """The same thing under another type: conversion, assertion, address, dereference."""

    type: Type
    operand: Value
    how: str
    """convert, assert, `&` or `*`."""


@record
class Computed:
    """A unary or binary operation."""

    type: Type
    op: str
    operands: tuple[Value, ...]


@record
class Sliced:
    type: Type
    base: Value


@record
class Unknown:
    """A value that could not be resolved."""

    type: Type
    text: str = ""


Value: TypeAlias = (
    Const
    | Ref
    | FieldOf
    | ElemOf
    | KeyOf
    | Received
    | Result
    | Made
    | Composed
    | FuncValue
    | Converted
    | Computed
    | Sliced
    | Unknown
)

NIL = Const(None, "nil")

# Instructions


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
class Static:
    """A call of a function or method of the analysed code, by symbol."""

    symbol: str


@record
class External:
    """A call of a function or method outside the analysed code.

    Written `net/http.HandleFunc` and `net/http.ServeMux.HandleFunc`; a method found on an unknown type `?.Name`.
    """

    symbol: str


@record
class Abstract:
    """A call through an interface."""

    type: Type
    method: str


@record
class Dynamic:
    """A call of a function value."""

    value: Value


Callee: TypeAlias = Static | External | Abstract | Dynamic


@entity
class Call:
    """One call, compared by identity."""

    pos: int
    end: int
    callee: Callee
    receiver: Value | None
    args: tuple[Value, ...]
    mode: str
    """call, go or defer."""
    function: str
    """Symbol of the function the call stands in."""
    type: Type
    """Type of the result; a `Tuple` for several."""
    spread: bool = False
    """Whether the last argument is followed by `...`."""


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
    parent: str
    """Symbol of the enclosing function of a literal; empty otherwise."""
    doc: str
    """The comment above it where it speaks of locks."""
    is_test: bool
    constraint: object | None
    """The build constraint of its file."""
    locals: tuple[Var, ...]
    variadic: bool
