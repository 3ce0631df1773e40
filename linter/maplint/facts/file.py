"""What one Go file says: its imports, declarations and bodies, and where it does not parse."""

from __future__ import annotations

from typing import NamedTuple

from maplint.facts.nodes import Block, ConstDecl, FuncDecl, TypeDecl, VarDecl


class Import(NamedTuple):
    pos: int
    name: str
    """The name given to it, `.` and `_` included; empty where none is."""
    path: str


class Comment(NamedTuple):
    """A comment that says something to maplint: a suppression, or a convention about locks."""

    pos: int
    end: int
    text: str
    own_line: bool
    """Whether nothing but white space stands before it on its line."""


class SyntaxFault(NamedTuple):
    """A place where the file does not parse."""

    pos: int
    message: str


class FileFacts(NamedTuple):
    """Everything later stages know of one file."""

    imports: tuple[Import, ...]
    types: tuple[TypeDecl, ...]
    vars: tuple[VarDecl, ...]
    consts: tuple[ConstDecl, ...]
    funcs: tuple[FuncDecl, ...]
    bodies: tuple[Block | None, ...]
    """The body of each of `funcs`, None where there is none; apart, as most of a file and wanted only once."""
    comments: tuple[Comment, ...]
    faults: tuple[SyntaxFault, ...]
