"""Reads the type strings of the shipped tables: Go's own syntax, with these differences.

A type of another package stands with its import path (`net/url.URL`), one of the same package bare.
Parameters and results have no names. An instantiation has no space before its bracket (`Seq[int]`), a field
of array type has one (`Sum [4]byte`): so one look at the tokens tells a field from an embedded type.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from maplint.facts.types import (
    PREDECLARED,
    Array,
    Basic,
    Chan,
    Field,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeParam,
)

_TOKENS = re.compile(r"\.\.\.|[\w./-]+\[?|<-|\S").findall


class Signature(NamedTuple):
    """The type of a function or method, with the type parameters of its own that `Func` has no place for."""

    type: Func
    type_params: tuple[TypeParam, ...] = ()


@cache
def parse_type(text: str, package: str = "", scope: tuple[TypeParam, ...] = (), owner: str = "") -> Type:
    """The type that a string spells.

    `package` is the import path that bare names belong to, `scope` the type parameters that may occur,
    `owner` the symbol that the fields of a struct hang on. Raises ValueError for a string that is no type.
    """
    parser = _Parser(text, package, scope)
    found = parser.type(owner)
    parser.end()
    return found


@cache
def parse_signature(text: str, package: str = "", scope: tuple[TypeParam, ...] = ()) -> Signature:
    """The signature that `func(…) …` or `func[T any](…) …` spells; otherwise as `parse_type`."""
    parser = _Parser(text, package, scope)
    parser.take()
    type_params = parser.type_params() if text.startswith("func[") else ()
    signature = Signature(parser.func(), type_params)
    parser.end()
    return signature


@cache
def parse_type_params(text: str, package: str = "") -> tuple[TypeParam, ...]:
    """The type parameters that `[K comparable, V any]` declares; none for an empty string."""
    if not text:
        return ()
    parser = _Parser(text, package, ())
    parser.take()
    return parser.type_params()


class _Parser:
    """Recursive descent over the tokens; each method reads one production and stands behind it afterwards."""

    __slots__ = ("at", "package", "scope", "text", "tokens")

    def __init__(self, text: str, package: str, scope: tuple[TypeParam, ...]) -> None:
        self.text = text
        self.tokens: list[str] = [*_TOKENS(text), ""]
        self.at = 0
        self.package = package
        self.scope = {param.name: param for param in scope}

    def take(self) -> str:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept(self, token: str) -> bool:
        if self.tokens[self.at] != token:
            return False
        self.at += 1
        return True

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise ValueError(f"expected {token!r} instead of {self.tokens[self.at]!r} in {self.text!r}")

    def end(self) -> None:
        self.expect("")

    def type(self, owner: str = "") -> Type:
        token = self.take()
        match token:
            case "*":
                return Pointer(self.type())
            case "[":
                return self.array_or_slice()
            case "map[":
                key = self.type()
                self.expect("]")
                return Map(key, self.type())
            case "func":
                return self.func()
            case "struct":
                return self.struct(owner)
            case "interface":
                return self.interface()
            case "chan":
                return self.chan()
            case "<-":
                self.expect("chan")
                return Chan(self.type(), "<-chan")
            case "(":
                inner = self.type()
                self.expect(")")
                return inner
            case "untyped":
                return Basic(f"untyped {self.take()}")
        return self.name(token)

    def name(self, token: str) -> Type:
        if token.endswith("["):
            args = self.types_until("]")
            package, _, name = token[:-1].rpartition(".")
            return Named(package or self.package, name, args)
        package, _, name = token.rpartition(".")
        if not name.isidentifier():
            raise ValueError(f"no type at {token!r} in {self.text!r}")
        if package:
            return Basic(token) if package == "unsafe" else Named(package, name)
        return self.scope.get(name) or PREDECLARED.get(name) or Named(self.package, name)

    def types_until(self, close: str) -> tuple[Type, ...]:
        """Types with commas between them, up to the closing token, which is taken too."""
        if self.accept(close):
            return ()
        types = [self.type()]
        while self.accept(","):
            types.append(self.type())
        self.expect(close)
        return tuple(types)

    def array_or_slice(self) -> Type:
        if self.accept("]"):
            return Slice(self.type())
        length = self.take()
        self.expect("]")
        return Array(self.type(), length)

    def chan(self) -> Chan:
        direction = "chan<-" if self.accept("<-") else "chan"
        return Chan(self.type(), direction)

    def func(self) -> Func:
        self.expect("(")
        params: list[Type] = []
        variadic = False
        while not self.accept(")"):
            variadic = self.accept("...")
            params.append(Slice(self.type()) if variadic else self.type())
            if self.tokens[self.at] != ")":
                self.expect(",")
        return Func(tuple(params), self.results(), variadic)

    def results(self) -> tuple[Type, ...]:
        if self.accept("("):
            return self.types_until(")")
        return () if self.tokens[self.at] in _AFTER_A_TYPE else (self.type(),)

    def struct(self, owner: str) -> Struct:
        self.expect("{")
        fields: list[Field] = []
        while not self.accept("}"):
            fields.append(self.field())
            if self.tokens[self.at] != "}":
                self.expect(";")
        return Struct(tuple(fields), owner)

    def field(self) -> Field:
        token = self.tokens[self.at]
        if token == "*" or token.endswith("[") or self.tokens[self.at + 1] in (";", "}"):
            embedded = self.type()
            named = embedded.elem if isinstance(embedded, Pointer) else embedded
            assert isinstance(named, Named), self.text
            return Field(named.name, embedded, embedded=True)
        return Field(self.take(), self.type())

    def interface(self) -> Interface:
        self.expect("{")
        methods: list[tuple[str, Type]] = []
        embeds: list[Type] = []
        while not self.accept("}"):
            if self.tokens[self.at + 1] == "(":
                methods.append((self.take(), self.func()))
            else:
                embeds += self.union()
            if self.tokens[self.at] != "}":
                self.expect(";")
        return Interface(tuple(methods), tuple(embeds))

    def union(self) -> list[Type]:
        """The terms between `|`; the tilde says nothing that an analysis asks for."""
        self.accept("~")
        terms = [self.type()]
        while self.accept("|"):
            self.accept("~")
            terms.append(self.type())
        return terms

    def constraint(self) -> Type:
        tilde = self.tokens[self.at] == "~"
        terms = self.union()
        return Interface((), tuple(terms)) if tilde or len(terms) > 1 else terms[0]

    def type_params(self) -> tuple[TypeParam, ...]:
        """What stands behind the opening bracket, the closing one included; it is in scope from then on."""
        # A constraint may name a parameter declared after it, so a first reading finds the names alone.
        start = self.at
        self.scope |= {name: TypeParam(name) for name, _ in self.param_list()}
        self.at = start
        params = tuple(TypeParam(name, constraint) for name, constraint in self.param_list())
        self.scope |= {param.name: param for param in params}
        return params

    def param_list(self) -> list[tuple[str, Type]]:
        pairs = [(self.take(), self.constraint())]
        while self.accept(","):
            pairs.append((self.take(), self.constraint()))
        self.expect("]")
        return pairs


_AFTER_A_TYPE = frozenset(("", ")", "]", "}", ",", ";", "|"))
