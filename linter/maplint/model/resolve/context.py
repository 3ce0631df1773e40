"""What resolution carries along: where it is, what names mean there, and the instructions made so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.type_expr import TypeScope, type_of
from maplint.model.universe import Declared, FileScope, Universe


@dataclass(frozen=True, slots=True)
class TypeName:
    """A name that denotes a type."""

    type: t.Type


@dataclass(frozen=True, slots=True)
class LocalConst:
    """A constant declared inside a function."""

    type: t.Type
    symbol: str


Entity: TypeAlias = "ir.Var | TypeName | LocalConst"


@dataclass(slots=True)
class FunctionState:
    """The function whose body is being resolved."""

    symbol: str
    results: tuple[ir.Var, ...] = ()
    named_results: bool = False
    variadic: bool = False
    is_test: bool = False
    locals: list[ir.Var] = field(default_factory=list)
    literals: int = 0
    taken: dict[str, int] = field(default_factory=dict)
    """How often each local name has been declared."""


class Package:
    """The state of one package while its bodies resolve."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.variables: dict[tuple[int, int], ir.Var] = {}
        """Package variables by declaration and index; shared by all packages of the universe."""
        self.functions: list[ir.Function] = []
        self.in_progress: set[tuple[int, int]] = set()


class Context:
    """One function body, or one package-level initialiser, being resolved."""

    def __init__(self, package: Package, file: FileScope, function: FunctionState, silent: bool = False) -> None:
        self.package = package
        self.universe = package.universe
        self.file = file
        self.function = function
        self.silent = silent
        """Only types are asked for: literals' bodies are left alone and nothing is recorded."""
        self.scopes: list[dict[str, Entity]] = [{}]
        self.out: list[ir.Instruction] = []

    def emit(self, instruction: ir.Instruction) -> None:
        self.out.append(instruction)

    @contextmanager
    def block(self) -> Iterator[None]:
        """A new innermost scope."""
        self.scopes.append({})
        try:
            yield
        finally:
            self.scopes.pop()

    @contextmanager
    def body(self) -> Iterator[list[ir.Instruction]]:
        """A new scope whose instructions are collected apart."""
        outer = self.out
        self.out = []
        try:
            with self.block():
                yield self.out
        finally:
            self.out = outer

    def local(self, name: str) -> Entity | None:
        """What a name means inside the function."""
        for scope in reversed(self.scopes):
            found = scope.get(name)
            if found is not None:
                return found
        return None

    def declared(self, name: str) -> Declared | None:
        """What a name means at package level."""
        return self.universe.find(self.file, name)

    def is_free(self, name: str) -> bool:
        """Whether nothing in the function or package hides the predeclared or imported meaning of a name."""
        return self.local(name) is None and self.declared(name) is None

    def declare(self, name: str, kind: str, var_type: t.Type, pos: int) -> ir.Var:
        """A new variable in the innermost scope; `_` is declared nowhere."""
        function = self.function
        count = function.taken[name] = function.taken.get(name, 0) + 1
        symbol = f"{function.symbol}.{name}" if count == 1 else f"{function.symbol}.{name}#{count}"
        var = ir.Var(
            symbol, name, kind, var_type, self.file.file.path, pos, function.symbol, self.file.file.constraint
        )
        if name != "_":
            self.scopes[-1][name] = var
            function.locals.append(var)
        return var

    def type_scope(self, owner: str = "") -> TypeScope:
        return TypeScope(self.universe, self.file, self._local_type, owner)

    def _local_type(self, name: str) -> t.Type | bool:
        found = self.local(name)
        if found is None:
            return False
        return found.type if isinstance(found, TypeName) else True

    def type_of(self, expr: nodes.Expr | None, owner: str = "") -> t.Type:
        """The type that an expression denotes."""
        return type_of(self.type_scope(owner), expr)

    def underlying(self, kind: t.Type) -> t.Type:
        return self.universe.underlying(kind)
