"""Fields and methods of a type, promotion included, after the spec's "Selectors"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.locks import LOCKS
from maplint.knowledge.std_table import std_package
from maplint.model.generics import substitute
from maplint.model.ir import FieldRef
from maplint.model.scopes import Declared
from maplint.model.type_expr import (
    TypeScope,
    local_names,
    receiver_type_parameters,
    signature_of,
    type_parameters,
)
from maplint.model.universe import Universe


class Member(NamedTuple):
    """What a selector means."""

    path: tuple[FieldRef, ...]
    """The fields on the way: embedded ones, and last the field itself where it is one."""
    method: str = ""
    """Symbol of the method; empty for a field."""
    kind: str = "field"
    """field, method, external (a method outside the analysed code) or abstract (of an interface)."""
    type: t.Type = None
    """Type of the field, or signature of the method."""
    interface: t.Type = None
    """For an abstract method: the interface it is called through."""


_MAX_DEPTH = 8


def member(universe: Universe, kind: t.Type, name: str) -> Member | None:
    """The field or method at the shallowest depth; None where there is none or the type is not known."""
    if kind is None or type(kind) is t.Basic:
        return None
    if not isinstance(kind, (t.Named, t.Pointer)):
        return _search(universe, kind, name)
    key = (kind, name)
    if key not in universe.members:
        universe.members[key] = _search(universe, kind, name)
    return universe.members[key]


def declared_symbol(universe: Universe, package: str, owner: str, name: str) -> str:
    """Symbol of a field of a type of the package, promoted ones too, or without an owner of a package variable.

    Empty where there is none, or where its type is missing, as one is that only the build generates. The fields of an
    anonymous struct type are not known; any name is taken for one.
    """
    names = universe.packages[package].names
    if not owner:
        return f"{package}.{name}" if name in names else ""
    found = member(universe, t.Named(package, owner), name)
    if found is None:
        is_variable = any(isinstance(one.decl, nodes.VarDecl) for one in names.get(owner, ()))
        return f"{package}.{owner}.{name}" if is_variable or "." in owner else ""
    field = found.path[-1] if found.kind == "field" else None
    return field.symbol if field is not None and t.pointed(field.type) is not None else ""


def _search(universe: Universe, kind: t.Type, name: str) -> Member | None:
    level: list[tuple[t.Type, tuple[FieldRef, ...]]] = [(_deref(universe, kind), ())]
    seen: set[t.Type] = set()
    for _ in range(_MAX_DEPTH):
        deeper: list[tuple[t.Type, tuple[FieldRef, ...]]] = []
        for candidate, path in level:
            if candidate is None or candidate in seen:
                continue
            seen.add(candidate)
            found = _own(universe, candidate, name, path)
            if found is not None:
                return found
            deeper.extend(_embedded(universe, candidate, path))
        if not deeper:
            return None
        level = deeper
    return None


def _deref(universe: Universe, kind: t.Type) -> t.Type:
    if isinstance(kind, t.Pointer):
        return kind.elem
    if isinstance(kind, t.Named):
        under = universe.underlying(kind)
        if isinstance(under, t.Pointer):
            return under.elem
    return kind


def _own(universe: Universe, kind: t.Type, name: str, path: tuple[FieldRef, ...]) -> Member | None:
    if isinstance(kind, t.Named):
        method = _method(universe, kind, name, path)
        if method is not None:
            return method
    for under in _forms(universe, kind):
        if isinstance(under, t.Struct):
            for field in under.fields:
                if field.name == name:
                    return Member((*path, field_ref(under, field)), type=field.type)
        elif isinstance(under, t.Interface):
            found = interface_method(universe, under, name)
            if found is not None:
                return Member(path, name, "abstract", found, kind)
    return None


def _forms(universe: Universe, kind: t.Type) -> tuple[t.Type, ...]:
    """What a type may be made of: its underlying types; for a type parameter its constraint and its core type."""
    if isinstance(kind, t.Named):
        return universe.alternatives(kind)
    if isinstance(kind, t.TypeParam):
        return (universe.underlying(kind.constraint), universe.underlying(kind))
    return (kind,)


def field_ref(struct: t.Struct, field: t.Field) -> FieldRef:
    """The identity of a field of a struct type."""
    symbol = f"{struct.owner}.{field.name}"
    return FieldRef(struct.owner, field.name, field.type, struct.path, field.pos, symbol)


def _method(universe: Universe, kind: t.Named, name: str, path: tuple[FieldRef, ...]) -> Member | None:
    declared = universe.method_decls(kind, name)
    if declared:
        how = "method" if kind.package in universe.packages else "external"
        return Member(path, f"{kind.symbol}.{name}", how, method_signature(universe, kind, name))
    std = std_package(kind.package) if not universe.has_source(kind.package) else None
    signature = std.method(kind.name, name) if std is not None else None
    if std is None or signature is None:
        is_lock = name in LOCKS.get(kind.symbol, ())
        return Member(path, f"{kind.symbol}.{name}", "external") if is_lock else None
    if isinstance(universe.underlying(kind), t.Interface):
        return Member(path, name, "abstract", signature.type, kind)
    declared_type = std.type_decl(kind.name)
    names = [param.name for param in declared_type.type_params] if declared_type else []
    func = substitute(signature.type, dict(zip(names, kind.args, strict=False)))
    return Member(path, f"{kind.symbol}.{name}", "external", func)


def method_signature(universe: Universe, kind: t.Named, name: str) -> t.Type:
    """The signature of an analysed method, in terms of the type's arguments."""
    declared = universe.method_decls(kind, name)[0]
    decl = declared.decl
    assert isinstance(decl, nodes.FuncDecl) and decl.receiver is not None
    signature = function_type(universe, declared)
    if not kind.args:
        return signature
    names = receiver_type_parameters(universe, declared.file, decl.receiver)
    return substitute(signature, dict(zip(names, kind.args, strict=False)))


def function_type(universe: Universe, declared: Declared) -> t.Func:
    """The type of a declared function or method without its receiver, in terms of its type parameters."""
    decl = declared.decl
    assert isinstance(decl, nodes.FuncDecl)
    known = universe.signatures.get(id(decl))
    if known is None:
        names = type_parameters(universe, declared.file, decl.type_params)
        if decl.receiver is not None:
            names = {**receiver_type_parameters(universe, declared.file, decl.receiver), **names}
        scope = TypeScope(universe, declared.file, local_names(names))
        known = universe.signatures[id(decl)] = signature_of(scope, decl.type)
    return known


def interface_method(universe: Universe, interface: t.Interface, name: str) -> t.Type:
    """The signature of an interface's method, embedded interfaces included; None where there is none."""
    for method, signature in interface.methods:
        if method == name:
            return signature
    for embed in interface.embeds:
        under = universe.underlying(embed)
        if isinstance(under, t.Interface) and under != interface:
            found = interface_method(universe, under, name)
            if found is not None:
                return found
    return None


def interface_methods(universe: Universe, interface: t.Interface) -> frozenset[str]:
    """The names of all methods of an interface, embedded ones included."""
    names = {name for name, _ in interface.methods}
    for embed in interface.embeds:
        under = universe.underlying(embed)
        if isinstance(under, t.Interface) and under != interface:
            names |= interface_methods(universe, under)
    return frozenset(names)


def _embedded(
    universe: Universe, kind: t.Type, path: tuple[FieldRef, ...]
) -> list[tuple[t.Type, tuple[FieldRef, ...]]]:
    return [
        (_deref(universe, field.type), (*path, field_ref(under, field)))
        for under in _forms(universe, kind)
        if isinstance(under, t.Struct)
        for field in under.fields
        if field.embedded
    ]


def structs_in(kind: t.Type) -> Iterator[t.Struct]:
    """The struct type that a declaration spells, and those without a name inside it."""
    while isinstance(kind, (t.Pointer, t.Slice, t.Array, t.Map)):
        kind = kind.value if isinstance(kind, t.Map) else kind.elem
    if isinstance(kind, t.Struct):
        yield kind
        for item in kind.fields:
            if not isinstance(item.type, t.Named):
                yield from structs_in(item.type)
