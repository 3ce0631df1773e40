"""Statements and declarations as they are written."""

from __future__ import annotations

from typing import TypeAlias

from maplint.facts.nodes.expressions import Expr, FuncType, Name, Param
from maplint.facts.records import record

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
