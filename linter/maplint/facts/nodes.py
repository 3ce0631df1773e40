"""The declarations, statements and expressions of Go, as plain immutable records.

The shape follows go/ast with three simplifications: parentheses are gone, a type is an expression, and what did
not parse is a `Bad` statement that holds the pieces that did. Every position is a byte offset into the file.
"""

from __future__ import annotations

from typing import TypeAlias

from maplint.facts.records import record

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

# Statements


@record
class Block:
    pos: int
    end: int
    statements: tuple[Stmt, ...]


@record
class Assign:
    """`left op right`, with op `=`, `:=` or an assignment operation such as `+=`."""

    pos: int
    end: int
    left: tuple[Expr, ...]
    op: str
    right: tuple[Expr, ...]


@record
class IncDec:
    pos: int
    end: int
    operand: Expr
    op: str


@record
class ExprStmt:
    pos: int
    expr: Expr


@record
class Send:
    pos: int
    channel: Expr
    value: Expr


@record
class Go:
    pos: int
    call: Expr


@record
class Defer:
    pos: int
    call: Expr


@record
class Return:
    pos: int
    end: int
    values: tuple[Expr, ...]


@record
class Branch:
    """break, continue, goto or fallthrough."""

    pos: int
    kind: str
    label: str


@record
class Labeled:
    pos: int
    label: str
    statement: Stmt


@record
class If:
    pos: int
    init: Stmt | None
    cond: Expr
    then: Block
    other: Stmt | None


@record
class For:
    pos: int
    init: Stmt | None
    cond: Expr | None
    post: Stmt | None
    body: Block


@record
class Range:
    pos: int
    end: int
    """End of the range clause."""
    left: tuple[Expr, ...]
    define: bool
    over: Expr
    body: Block


@record
class Case:
    """One arm of a switch or, with a communication in place of expressions, of a select."""

    pos: int
    exprs: tuple[Expr, ...]
    comm: Stmt | None
    default: bool
    body: Block


@record
class Switch:
    pos: int
    init: Stmt | None
    tag: Expr | None
    cases: tuple[Case, ...]


@record
class TypeSwitch:
    pos: int
    init: Stmt | None
    bind: Name | None
    operand: Expr
    cases: tuple[Case, ...]


@record
class Select:
    pos: int
    cases: tuple[Case, ...]


@record
class DeclStmt:
    pos: int
    decls: tuple[Decl, ...]


@record
class Bad:
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


@record
class TypeParamDecl:
    name: str
    constraint: Expr


@record
class TypeDecl:
    pos: int
    name: str
    type_params: tuple[TypeParamDecl, ...]
    type: Expr
    alias: bool


@record
class VarDecl:
    """One variable specification; `var a, b = f()` is one with two names and one value."""

    names: tuple[Name, ...]
    type: Expr | None
    values: tuple[Expr, ...]


@record
class ConstDecl:
    """One constant specification, implicit repetition of type and values already filled in."""

    names: tuple[Name, ...]
    type: Expr | None
    values: tuple[Expr, ...]


@record
class FuncDecl:
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
