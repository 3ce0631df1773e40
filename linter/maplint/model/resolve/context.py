"""What resolution carries along: where it is, what names mean there, and the instructions made so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, TypeAlias

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.members import field_ref
from maplint.model.scopes import Declared, FileScope
from maplint.model.type_expr import TypeScope, type_of
from maplint.model.universe import Universe


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


class Want(NamedTuple):
    """What the place of an expression asks for."""

    type: t.Type = None
    """The type that a composite literal without one gets."""
    owner: str = ""
    """Symbol of the variable that is initialised: the fields of an anonymous struct type hang on it."""


NOTHING = Want()

Evaluation: TypeAlias = "Callable[[Context, Any, Want], ir.Value]"
_EVALUATIONS: dict[type, Evaluation] = {}


def evaluates(*kinds: type) -> Callable[[Evaluation], Evaluation]:
    """Registers a function as the one that knows the value of expressions of these kinds."""

    def register(function: Evaluation) -> Evaluation:
        _EVALUATIONS.update(dict.fromkeys(kinds, function))
        return function

    return register


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

    def symbol_of(self, name: str) -> str:
        """The symbol of a further local of that name: `example.com/m.Collect.out#2` for the second."""
        return numbered(self.taken, f"{self.symbol}.{name}")

    def next_symbol_of(self, name: str) -> str:
        """The symbol that the next local of that name gets, which a struct type without a name belongs to."""
        symbol = f"{self.symbol}.{name}"
        count = self.taken.get(symbol, 0)
        return f"{symbol}#{count + 1}" if count else symbol


def numbered(taken: dict[str, int], symbol: str) -> str:
    """The symbol, with its number from the second time on."""
    count = taken[symbol] = taken.get(symbol, 0) + 1
    return symbol if count == 1 else f"{symbol}#{count}"


class Package:
    """The state of one package while its bodies resolve."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.variables: dict[tuple[int, int], ir.Var] = {}
        """Package variables by declaration and index; shared by all packages of the universe."""
        self.foreign: dict[str, ir.Var] = {}
        """Package variables of packages without source, by symbol; shared likewise."""
        self.constants: dict[tuple[t.Type, str, bool], ir.Const] = {}
        """Constants are many and alike, so that one record stands for all that are equal."""
        self.declared_constants: dict[tuple[int, int], ir.Const] = {}
        """Those of package-level declarations, by declaration and index."""
        self.fields: dict[tuple[str, str, t.Field], ir.FieldRef] = {}
        """The fields that literals name, by owner and file, for the same reason."""
        self.refs: dict[ir.Var, ir.Ref] = {}
        """The values of the variables that the package mentions."""
        self.statics: dict[str, ir.Static] = {}
        self.externals: dict[str, ir.External] = {}
        """What is called, by symbol: most is called in many places."""
        self.test_holders: dict[t.Type, bool] = {}
        """Whether a field of a receiver's type holds a test, as far as it was asked."""
        self.functions: list[ir.Function] = []
        self.in_progress: set[tuple[int, int]] = set()
        self.taken: dict[str, int] = {}
        """How often a name that may be declared again, such as `init`, has been declared."""


class _Block:
    """A scope while it is the innermost one, entered by `with`."""

    __slots__ = ("context",)

    def __init__(self, context: Context) -> None:
        self.context = context

    def __enter__(self) -> None:
        self.context.hidden.append({})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        names = self.context.names
        for name, before in self.context.hidden.pop().items():
            names[name] = before


class _Collected:
    """Instructions that are collected apart, by `with`."""

    __slots__ = ("context", "outer")

    def __init__(self, context: Context) -> None:
        self.context = context
        self.outer = context.out

    def __enter__(self) -> list[ir.Instruction]:
        self.context.out = []
        return self.context.out

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.out = self.outer


class Context:
    """One function body, or one package-level initialiser, being resolved."""

    def __init__(
        self, package: Package, file: FileScope, function: FunctionState, silent: bool = False
    ) -> None:
        self.package = package
        self.universe = package.universe
        self.underlying = package.universe.underlying
        self.file = file
        self.function = function
        self.silent = silent
        """Only types are asked for: literals' bodies and elements are left alone and nothing is recorded."""
        self.names: dict[str, Entity | None] = {}
        """What names mean inside the function."""
        self.hidden: list[dict[str, Entity | None]] = [{}]
        """For each open scope the names it declares, with what they mean outside of it."""
        self.out: list[ir.Instruction] = []

    @property
    def block(self) -> _Block:
        """A new innermost scope, for a `with` statement."""
        return _Block(self)

    def emit(self, instruction: ir.Instruction) -> None:
        self.out.append(instruction)

    def collected(self) -> _Collected:
        """For a `with` statement: the instructions made inside, apart from the others."""
        return _Collected(self)

    def value(self, expr: nodes.Expr, want: Want = NOTHING) -> ir.Value:
        """The value of an expression; operations, calls and receives inside it are emitted as they are evaluated."""
        evaluation = _EVALUATIONS.get(type(expr))
        return evaluation(self, expr, want) if evaluation is not None else ir.Unknown(None)

    def ref(self, var: ir.Var) -> ir.Ref:
        """The value of a variable."""
        known = self.package.refs.get(var)
        if known is None:
            known = self.package.refs[var] = ir.Ref(var.type, var)
        return known

    def constant(self, kind: t.Type, text: str, named: bool = False) -> ir.Const:
        """The constant of a type: a literal's text, or the symbol of one with a name."""
        key = (kind, text, named)
        known = self.package.constants.get(key)
        if known is None:
            known = self.package.constants[key] = ir.Const(kind, text, named)
        return known

    def static(self, symbol: str) -> ir.Static:
        """A function of the analysed code as what is called."""
        known = self.package.statics.get(symbol)
        if known is None:
            known = self.package.statics[symbol] = ir.Static(symbol)
        return known

    def external(self, symbol: str) -> ir.External:
        """A function outside the analysed code as what is called."""
        known = self.package.externals.get(symbol)
        if known is None:
            known = self.package.externals[symbol] = ir.External(symbol)
        return known

    def field(self, struct: t.Struct, field: t.Field) -> ir.FieldRef:
        """The identity of a field of a struct type."""
        key = (struct.owner, struct.path, field)
        known = self.package.fields.get(key)
        if known is None:
            known = self.package.fields[key] = field_ref(struct, field)
        return known

    def local(self, name: str) -> Entity | None:
        """What a name means inside the function."""
        return self.names.get(name)

    def declared(self, name: str) -> Declared | None:
        """What a name means at package level."""
        return self.universe.find(self.file, name)

    def is_free(self, name: str) -> bool:
        """Whether nothing in the function or package hides the predeclared or imported meaning of a name."""
        return self.names.get(name) is None and self.universe.find(self.file, name) is None

    def is_declared_here(self, name: str) -> bool:
        """Whether the innermost scope declares the name."""
        return name in self.hidden[-1]

    def bind(self, name: str, entity: Entity) -> None:
        """Declares a name in the innermost scope; `_` is declared nowhere."""
        if name != "_":
            self.hidden[-1].setdefault(name, self.names.get(name))
            self.names[name] = entity

    def declare(self, name: str, kind: str, var_type: t.Type, pos: int) -> ir.Var:
        """A new variable in the innermost scope."""
        file = self.file.file
        symbol = self.function.symbol_of(name)
        var = ir.Var(symbol, name, kind, var_type, file.path, pos, self.function.symbol, file.constraint)
        self.bind(name, var)
        if name != "_":
            self.function.locals.append(var)
        return var

    def type_scope(self, owner: str = "") -> TypeScope:
        return TypeScope(self.universe, self.file, self._local_type, owner)

    def _local_type(self, name: str) -> t.Type | bool:
        found = self.names.get(name)
        if found is None:
            return False
        return found.type if isinstance(found, TypeName) else True

    def type_of(self, expr: nodes.Expr | None, owner: str = "") -> t.Type:
        """The type that an expression denotes."""
        return type_of(self.type_scope(owner), expr)
