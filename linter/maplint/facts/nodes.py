"""The declarations, statements and expressions of Go, as plain immutable records.

The shape follows go/ast with three simplifications: parentheses are gone, a type is an expression, and what did
not parse is a `Bad` statement that holds the pieces that did. Every position is a byte offset into the file.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

# Expressions


class Name(NamedTuple):
    pos: int
    name: str


class Literal(NamedTuple):
    """A basic literal; `true`, `false`, `nil` and `iota` are names, as in the spec."""

    pos: int
    kind: str
    """int, float, imaginary, rune or string."""
    text: str
    """As written, cut to 80 characters."""


class Selector(NamedTuple):
    """`base.name`: a field, a method, or an exported name of an imported package."""

    pos: int
    end: int
    base: Expr
    name: str
    name_pos: int


class Index(NamedTuple):
    """`base[index]`, which may also be an instantiation, then with one or more type arguments."""

    pos: int
    end: int
    base: Expr
    indexes: tuple[Expr, ...]


class SliceOf(NamedTuple):
    """`base[low:high]`; the bounds are kept for what they call."""

    pos: int
    base: Expr
    bounds: tuple[Expr, ...]


class Call(NamedTuple):
    """A call or, where `function` names a type, a conversion."""

    pos: int
    end: int
    function: Expr
    args: tuple[Expr, ...]
    spread: bool
    """Whether the last argument is followed by `...`."""


class Assert(NamedTuple):
    """`base.(type)`; the type is None in the head of a type switch."""

    pos: int
    base: Expr
    type: Expr | None


class Unary(NamedTuple):
    """Also `*x`, whether it reads as a dereference or as a pointer type, and `<-ch`."""

    pos: int
    op: str
    operand: Expr


class Binary(NamedTuple):
    pos: int
    op: str
    left: Expr
    right: Expr


class Composite(NamedTuple):
    """A composite literal; the type is None where it is elided inside another one."""

    pos: int
    end: int
    type: Expr | None
    elements: tuple[tuple[Expr | None, Expr], ...]
    """Key, or None where there is none, and value."""


class FuncLit(NamedTuple):
    pos: int
    end: int
    type: FuncType
    body: Block


# Types


class MapType(NamedTuple):
    pos: int
    end: int
    key: Expr
    value: Expr


class ArrayType(NamedTuple):
    pos: int
    length: str | None
    """As written; None for a slice."""
    elem: Expr


class ChanType(NamedTuple):
    pos: int
    direction: str
    elem: Expr


class Param(NamedTuple):
    """One parameter or result; `a, b int` gives two."""

    pos: int
    name: str
    """Empty where there is none."""
    type: Expr


class FuncType(NamedTuple):
    pos: int
    params: tuple[Param, ...]
    results: tuple[Param, ...]
    variadic: bool


class FieldDecl(NamedTuple):
    """One field; `a, b int` gives two, an embedded type gives one with the type's name."""

    pos: int
    name: str
    type: Expr
    embedded: bool
    tagged: bool
    """Whether it has a tag, which says how it is written down elsewhere."""


class StructType(NamedTuple):
    pos: int
    fields: tuple[FieldDecl, ...]


class InterfaceType(NamedTuple):
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

# Statements


class Block(NamedTuple):
    pos: int
    end: int
    statements: tuple[Stmt, ...]


class Assign(NamedTuple):
    """`left op right`, with op `=`, `:=` or an assignment operation such as `+=`."""

    pos: int
    end: int
    left: tuple[Expr, ...]
    op: str
    right: tuple[Expr, ...]


class IncDec(NamedTuple):
    pos: int
    end: int
    operand: Expr
    op: str


class ExprStmt(NamedTuple):
    pos: int
    expr: Expr


class Send(NamedTuple):
    pos: int
    channel: Expr
    value: Expr


class Go(NamedTuple):
    pos: int
    call: Expr


class Defer(NamedTuple):
    pos: int
    call: Expr


class Return(NamedTuple):
    pos: int
    end: int
    values: tuple[Expr, ...]


class Branch(NamedTuple):
    """break, continue, goto or fallthrough."""

    pos: int
    kind: str
    label: str


class Labeled(NamedTuple):
    pos: int
    label: str
    statement: Stmt


class If(NamedTuple):
    pos: int
    init: Stmt | None
    cond: Expr
    then: Block
    other: Stmt | None


class For(NamedTuple):
    pos: int
    init: Stmt | None
    cond: Expr | None
    post: Stmt | None
    body: Block


class Range(NamedTuple):
    pos: int
    end: int
    """End of the range clause."""
    left: tuple[Expr, ...]
    define: bool
    over: Expr
    body: Block


class Case(NamedTuple):
    """One arm of a switch or, with a communication in place of expressions, of a select."""

    pos: int
    exprs: tuple[Expr, ...]
    comm: Stmt | None
    default: bool
    body: Block


class Switch(NamedTuple):
    pos: int
    init: Stmt | None
    tag: Expr | None
    cases: tuple[Case, ...]


class TypeSwitch(NamedTuple):
    pos: int
    init: Stmt | None
    bind: Name | None
    operand: Expr
    cases: tuple[Case, ...]


class Select(NamedTuple):
    pos: int
    cases: tuple[Case, ...]


class DeclStmt(NamedTuple):
    pos: int
    decls: tuple[Decl, ...]


class Bad(NamedTuple):
    """A region that did not parse, with the statements and expressions found in it."""

    pos: int
    parts: tuple[Stmt, ...]


Stmt: TypeAlias = (
    Block
    | Assign
    | IncDec
    | ExprStmt
    | Send
    | Go
    | Defer
    | Return
    | Branch
    | Labeled
    | If
    | For
    | Range
    | Switch
    | TypeSwitch
    | Select
    | DeclStmt
    | Bad
)

# Declarations


class TypeParamDecl(NamedTuple):
    name: str
    constraint: Expr


class TypeDecl(NamedTuple):
    pos: int
    name: str
    type_params: tuple[TypeParamDecl, ...]
    type: Expr
    alias: bool


class VarDecl(NamedTuple):
    """One variable specification; `var a, b = f()` is one with two names and one value."""

    names: tuple[Name, ...]
    type: Expr | None
    values: tuple[Expr, ...]


class ConstDecl(NamedTuple):
    """One constant specification, implicit repetition of type and values already filled in."""

    names: tuple[Name, ...]
    type: Expr | None
    values: tuple[Expr, ...]


class FuncDecl(NamedTuple):
    pos: int
    end: int
    name: str
    name_pos: int
    receiver: Param | None
    type_params: tuple[TypeParamDecl, ...]
    type: FuncType
    doc: str
    """The comment lines directly above where they speak of locks or tests; empty otherwise."""


Decl: TypeAlias = TypeDecl | VarDecl | ConstDecl
