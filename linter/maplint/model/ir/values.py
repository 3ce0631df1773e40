"""Variables, the values of expressions, and calls, which are values and instructions alike."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from maplint.facts.records import entity, record
from maplint.facts.types import Pointer, Type

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
    symbol: str
    """Owner and name; kept, as it is asked for at every mention."""


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
    """The value of a variable; a package has one for all its mentions."""

    type: Type
    var: Var


@record
class FieldOf:
    """`base.field`, embedded steps in between made explicit."""

    type: Type
    base: Value
    field: FieldRef


@record
class ElemOf:
    """An element of a map, slice, array or string: `base[index]`, or what ranging or receiving yields."""

    type: Type
    base: Value
    index: Value | None
    """None where the index is not written."""


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
    base: Value | None = None
    """What the name was selected from: a value of a type that is not analysed."""


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


def is_nil(value: Value | None) -> bool:
    """Whether a value is written `nil`, whatever its type, or is what a pointer begins with."""
    if isinstance(value, Made):
        return value.how == "zero" and isinstance(value.type, Pointer)
    return isinstance(value, Const) and value.text == NIL.text


def summands(value: Computed) -> tuple[Value, ...]:
    """The operands of a chain of one operator, which nests to the left: `a`, `b` and `c` of `a + b + c`."""
    first, *others = value.operands
    while isinstance(first, Computed) and first.op == value.op and len(first.operands) > 1:
        first, *before = first.operands
        others = [*before, *others]
    return (first, *others)


def unconverted(value: Value) -> Value:
    """What conversions, assertions, addresses and dereferences are of in the end."""
    while isinstance(value, Converted):
        value = value.operand
    return value


# Calls


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
