"""The exported declarations of Go's standard library, so that types resolve without a Go toolchain.

The table is made by the generator in the tests, from the source of one Go release for linux/amd64 without
cgo. `std/index.json` holds `format` (a version number), `go` (the release), and `packages` (names by import
path). Each package has a file, named by its import path with dots for slashes, with up to four objects, all
values being type strings as `type_strings` reads them:

- `consts`, `vars`, `funcs`: the type by name;
- `types`: by name an object with `u`, the underlying type (of a struct the exported and the embedded fields,
  of an interface all exported methods), `m`, the declared exported methods, `p`, the names of those with a
  pointer receiver, `tp`, the type parameters; an alias has `a`, its meaning, instead of `u`.

Unexported types, and types of internal packages, are there where an exported declaration names them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from maplint.facts.types import Func, Interface, Named, Type, TypeParam
from maplint.knowledge.type_strings import Signature, parse_signature, parse_type, parse_type_params

_FOLDER = os.path.join(os.path.dirname(__file__), "std")


class TypeDecl(NamedTuple):
    """A declared type of the standard library."""

    name: str
    type: Type
    """The underlying type; for an alias the type that it stands for."""
    is_alias: bool = False
    type_params: tuple[TypeParam, ...] = ()
    methods: tuple[str, ...] = ()
    """Names of the exported methods declared for it, sorted; those of an interface type stand in `type`."""
    pointer_methods: tuple[str, ...] = ()
    """Those of `methods` that have a pointer receiver, sorted."""


class StdPackage(NamedTuple):
    """One package; its declarations are parsed when they are asked for."""

    path: str
    name: str
    """The name in its package clause, which an import without a name of its own declares."""
    table: Mapping[str, Mapping[str, Any]]
    """The package's file as it stands."""

    def type_decl(self, name: str) -> TypeDecl | None:
        """The declared type or alias of that name."""
        entry = self.table.get("types", {}).get(name)
        if entry is None:
            return None
        params = parse_type_params(entry.get("tp", ""), self.path)
        text = entry.get("a") or entry["u"]
        return TypeDecl(
            name,
            parse_type(text, self.path, params, f"{self.path}.{name}"),
            "a" in entry,
            params,
            tuple(entry.get("m", ())),
            tuple(entry.get("p", ())),
        )

    def method(self, type_name: str, method_name: str) -> Signature | None:
        """The method declared for that type, or listed by that interface type; promoted ones are not found.

        An alias has the methods of the type it stands for.
        A generic type's parameters stand in it under the names that `type_decl` gives them.
        """
        entry = self.table.get("types", {}).get(type_name, {})
        text = entry.get("m", {}).get(method_name)
        if text is not None:
            return parse_signature(text, self.path, parse_type_params(entry.get("tp", ""), self.path))
        declared = self.type_decl(type_name)
        type = declared.type if declared else None
        if isinstance(type, Interface):
            func = dict(type.methods).get(method_name)
            return Signature(func) if isinstance(func, Func) else None
        if declared and declared.is_alias and isinstance(type, Named):
            target = std_package(type.package)
            return target.method(type.name, method_name) if target else None
        return None

    def func(self, name: str) -> Signature | None:
        """The function of that name."""
        text = self.table.get("funcs", {}).get(name)
        return parse_signature(text, self.path) if text is not None else None

    def var(self, name: str) -> Type:
        """The type of a package variable; None where there is none of that name."""
        return self._typed("vars", name)

    def const(self, name: str) -> Type:
        """The type of a constant, such as `untyped int`; None where there is none of that name."""
        return self._typed("consts", name)

    def _typed(self, kind: str, name: str) -> Type:
        text = self.table.get(kind, {}).get(name)
        return parse_type(text, self.path) if text is not None else None


@cache
def std_packages() -> Mapping[str, str]:
    """The name of every package by import path; the few internal ones define types that others export."""
    packages: dict[str, str] = _read("index")["packages"]
    return packages


@cache
def std_package(import_path: str) -> StdPackage | None:
    """The package of that path; None where the standard library has none."""
    name = std_packages().get(import_path)
    return StdPackage(import_path, name, _read(import_path.replace("/", "."))) if name is not None else None


def _read(stem: str) -> dict[str, Any]:
    import json

    with open(os.path.join(_FOLDER, f"{stem}.json"), "rb") as file:
        content: dict[str, Any] = json.load(file)
        return content
