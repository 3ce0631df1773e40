"""Expressions and types as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from maplint.facts.records import record

if TYPE_CHECKING:
    from maplint.facts.nodes.statements import Block

# Expressions


@record
class Name:
    pos: int
    name: str


@record
class Literal:
    """A basic literal; `true`, `false`, `nil` and `iota` are names, as in the spec."""

    pos: int
    kind: str
    """int, float, imaginary, rune or string."""
    text: str
    """As written, cut to 80 characters."""


@record
class Selector:
    """`base.name`: a field, a method, or an exported name of an imported package."""

    pos: int
    end: int
    base: Expr
    name: str
    name_pos: int


@record
class Index:
    """`base[index]`, which may also be an instantiation, then with one or more type arguments."""

    pos: int
    end: int
    base: Expr
    indexes: tuple[Expr, ...]


@record
class SliceOf:
    """`base[low:high]`; the bounds are kept for what they call."""

    pos: int
    base: Expr
    bounds: tuple[Expr, ...]


@record
class Call:
    """A call or, where `function` names a type, a conversion."""

    pos: int
    end: int
    function: Expr
    args: tuple[Expr, ...]
    spread: bool
    """Whether the last argument is followed by `...`."""


@record
class Assert:
    """`base.(type)`; the type is None in the head of a type switch."""

    pos: int
    base: Expr
    type: Expr | None


@record
class Unary:
    """Also `*x`, whether it reads as a dereference or as a pointer type, and `<-ch`."""

    pos: int
    op: str
    operand: Expr


@record
class Binary:
    pos: int
    op: str
    left: Expr
    right: Expr


@record
class Composite:
    """A composite literal; the type is None where it is elided inside another one."""

    pos: int
    end: int
    type: Expr | None
    elements: tuple[tuple[Expr | None, Expr], ...]
    """Key, or None where there is none, and value."""


@record
class FuncLit:
    pos: int
    end: int
    type: FuncType
    body: Block


# Types


@record
class MapType:
    pos: int
    end: int
    key: Expr
    value: Expr


@record
class ArrayType:
    pos: int
    length: str | None
    """As written; None for a slice."""
    elem: Expr


@record
class ChanType:
    pos: int
    direction: str
    elem: Expr


@record
class Param:
    """One parameter or result; `a, b int` gives two."""

    pos: int
    name: str
    """Empty where there is none."""
    type: Expr


@record
class FuncType:
    pos: int
    params: tuple[Param, ...]
    results: tuple[Param, ...]
    variadic: bool


@record
class FieldDecl:
    """One field; `a, b int` gives two, an embedded type gives one with the type's name."""

    pos: int
    name: str
    type: Expr
    embedded: bool
    tagged: bool
    """Whether it has a tag, which says how it is written down elsewhere."""


@record
class StructType:
    pos: int
    fields: tuple[FieldDecl, ...]


@record
class InterfaceType:
    pos: int
    methods: tuple[tuple[str, FuncType], ...]
    embeds: tuple[Expr, ...]
    """Embedded interfaces and the terms of unions, `~` left out."""


Expr: TypeAlias = (
    Name
    | Literal
    | Selector
    | Index
    | SliceOf
    | Call
    | Assert
    | Unary
    | Binary
    | Composite
    | FuncLit
    | MapType
    | ArrayType
    | ChanType
    | FuncType
    | StructType
    | InterfaceType
)
