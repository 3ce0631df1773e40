"""Go types as immutable records, after the spec's "Types" chapter and go/types.

Identity is equality, except that a `Named` type is identical to itself alone, whatever its underlying type.
An unknown type is `None`: honest, and never confused with an empty interface.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Basic(NamedTuple):
    """A predeclared type: `string`, `int`, ..., or `untyped int` and its kin, `untyped nil`, `unsafe.Pointer`."""

    name: str


class Named(NamedTuple):
    """A declared type."""

    package: str
    """Import path of the declaring package; empty for the predeclared `error`, `any` and `comparable`."""
    name: str
    """Name; for a type declared inside a function `Function.Name`."""
    args: tuple[Type, ...] = ()
    """Type arguments of an instantiated generic type."""

    @property
    def symbol(self) -> str:
        return f"{self.package}.{self.name}" if self.package else self.name


class Pointer(NamedTuple):
    elem: Type


class Slice(NamedTuple):
    elem: Type


class Array(NamedTuple):
    elem: Type
    length: str
    """The length as written, for display."""


class Map(NamedTuple):
    key: Type
    value: Type


class Chan(NamedTuple):
    elem: Type
    direction: str
    """`chan`, `<-chan` or `chan<-`."""


class Func(NamedTuple):
    params: tuple[Type, ...]
    results: tuple[Type, ...]
    variadic: bool = False
    """Whether the last parameter, here a `Slice`, is written with `...`."""


class Field(NamedTuple):
    name: str
    type: Type
    embedded: bool = False
    pos: int = -1
    """Byte offset of the name in the declaring file; -1 where the source is not at hand."""
    tagged: bool = False
    """Whether it has a tag, which says how it is written down elsewhere."""


class Struct(NamedTuple):
    fields: tuple[Field, ...]
    owner: str = ""
    """Symbol that the fields hang on: the declared type, or the variable or field of an anonymous struct type."""
    path: str = ""
    """File of the declaration; empty where the source is not at hand."""


class Interface(NamedTuple):
    methods: tuple[tuple[str, Type], ...]
    """Explicit methods: name and `Func`."""
    embeds: tuple[Type, ...] = ()
    """Embedded interfaces and, in constraints, the terms of a union."""


class TypeParam(NamedTuple):
    name: str
    constraint: Type = None
    """The constraint, with the type parameters it mentions left without constraints of their own."""


class Tuple(NamedTuple):
    """The types of a multi-valued expression."""

    types: tuple[Type, ...]


Type: TypeAlias = (
    Basic
    | Named
    | Pointer
    | Slice
    | Array
    | Map
    | Chan
    | Func
    | Struct
    | Interface
    | TypeParam
    | Tuple
    | None
)

STRING = Basic("string")
INT = Basic("int")
BOOL = Basic("bool")
NIL = Basic("untyped nil")
ERROR = Named("", "error")
ANY = Interface(())

PREDECLARED: dict[str, Type] = {
    **{
        name: Basic(name)
        for name in [
            "bool",
            "string",
            "int",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "uintptr",
            "float32",
            "float64",
            "complex64",
            "complex128",
        ]
    },
    "byte": Basic("uint8"),
    "rune": Basic("int32"),
    "error": ERROR,
    "any": ANY,
    "comparable": Named("", "comparable"),
}


def pointed(kind: Type) -> Type:
    """What a pointer points to, and any other type itself."""
    return kind.elem if isinstance(kind, Pointer) else kind
