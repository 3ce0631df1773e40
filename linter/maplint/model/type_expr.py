"""Type expressions to types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model.generics import substitute
from maplint.model.scopes import Declared, FileScope, receiver_type_name
from maplint.model.universe import Universe


class TypeScope(NamedTuple):
    """Where a type expression stands."""

    universe: Universe
    file: FileScope
    local: Callable[[str], t.Type | bool]
    """What a name means inside the function: a type, True where it means something that is no type, else False."""
    owner: str = ""
    """Symbol that the fields of an anonymous struct type hang on."""


def no_locals(name: str) -> t.Type | bool:
    """The scope of package-level declarations without type parameters."""
    return False


def local_names(names: Mapping[str, t.Type]) -> Callable[[str], t.Type | bool]:
    """A scope of type parameters."""
    return lambda name: names.get(name, False)


def type_of(scope: TypeScope, expr: nodes.Expr | None) -> t.Type:
    """The type that an expression denotes; None where it denotes none or one that is not known."""
    match expr:
        case nodes.Name(name=name):
            return _named(scope, name)
        case nodes.Selector(base=nodes.Name(name=package), name=name):
            return _qualified(scope, package, name)
        case nodes.Index(base=base, indexes=indexes):
            generic = type_of(scope, base)
            args = tuple(type_of(scope, index) for index in indexes)
            return instantiate(scope.universe, generic, args)
        case nodes.Unary(op="*", operand=operand):
            elem = type_of(scope, operand)
            return t.Pointer(elem)
        case nodes.MapType(key=key, value=value):
            inner = scope._replace(owner=scope.owner and scope.owner + "[]")
            return t.Map(type_of(scope._replace(owner=""), key), type_of(inner, value))
        case nodes.ArrayType(length=length, elem=elem):
            kind = type_of(scope, elem)
            return t.Slice(kind) if length is None else t.Array(kind, length)
        case nodes.ChanType(direction=direction, elem=elem):
            return t.Chan(type_of(scope, elem), direction)
        case nodes.FuncType():
            return signature_of(scope._replace(owner=""), expr)
        case nodes.StructType():
            return _struct(scope, expr)
        case nodes.InterfaceType():
            return _interface(scope._replace(owner=""), expr)
    return None


def signature_of(scope: TypeScope, expr: nodes.FuncType) -> t.Func:
    """The type of a function with these parameters and results."""
    params = tuple(type_of(scope, param.type) for param in expr.params)
    return t.Func(params, tuple(type_of(scope, result.type) for result in expr.results), expr.variadic)


def _named(scope: TypeScope, name: str) -> t.Type:
    local = scope.local(name)
    if local is True:
        return None
    if local is not False:
        return local
    found = scope.universe.find(scope.file, name)
    if found is not None:
        return _declared_reference(scope.universe, found) if isinstance(found.decl, nodes.TypeDecl) else None
    if name in t.PREDECLARED:
        return t.PREDECLARED[name]
    for path in scope.file.dot_imports:
        kind = imported_type(scope.universe, path, name, scope.file)
        if kind is not None:
            return kind
    return None


def _qualified(scope: TypeScope, package: str, name: str) -> t.Type:
    if scope.local(package) is not False:
        return None
    path = scope.universe.import_path(scope.file, package)
    return imported_type(scope.universe, path, name, scope.file) if path is not None else None


def imported_type(universe: Universe, path: str, name: str, user: FileScope) -> t.Type:
    """The exported type of that name in a package, analysed or standard; a `Named` without facts elsewhere."""
    found = universe.exported(path, name, user)
    if found is not None:
        return _declared_reference(universe, found) if isinstance(found.decl, nodes.TypeDecl) else None
    if universe.has_source(path):
        return None
    std = std_package(path)
    if std is None:
        return t.Basic("unsafe.Pointer") if path == "unsafe" else universe.named(path, name)
    declared = std.type_decl(name)
    if declared is None:
        return None
    return declared.type if declared.is_alias and not declared.type_params else universe.named(path, name)


def _declared_reference(universe: Universe, found: Declared) -> t.Type:
    decl = found.decl
    assert isinstance(decl, nodes.TypeDecl)
    if decl.alias and not decl.type_params:
        return _alias(universe, found, decl)
    return universe.named(found.file.package.path, decl.name)


def _alias(universe: Universe, found: Declared, decl: nodes.TypeDecl) -> t.Type:
    if id(decl) not in universe.aliases:
        universe.aliases[id(decl)] = None
        owner = f"{found.file.package.path}.{decl.name}"
        with universe.descent() as may_go_on:
            if may_go_on:
                scope = TypeScope(universe, found.file, no_locals, owner)
                universe.aliases[id(decl)] = type_of(scope, decl.type)
    return universe.aliases[id(decl)]


def declared_type(universe: Universe, found: Declared) -> tuple[t.Type, list[str]]:
    """The underlying type of a declaration, in terms of its type parameters, and their names."""
    decl = found.decl
    assert isinstance(decl, nodes.TypeDecl)
    owner = f"{found.file.package.path}.{decl.name}"
    names = type_parameters(universe, found.file, decl.type_params)
    scope = TypeScope(universe, found.file, local_names(names), owner)
    return universe.underlying(type_of(scope, decl.type)), list(names)


def type_parameters(
    universe: Universe, file: FileScope, decls: tuple[nodes.TypeParamDecl, ...]
) -> dict[str, t.Type]:
    """The type parameters of a declaration by name, in order."""
    bare: dict[str, t.Type] = {decl.name: t.TypeParam(decl.name) for decl in decls}
    scope = TypeScope(universe, file, local_names(bare))
    return {decl.name: t.TypeParam(decl.name, _constraint(scope, decl.constraint)) for decl in decls}


def _constraint(scope: TypeScope, expr: nodes.Expr) -> t.Type:
    kind = type_of(scope, expr)
    is_literal = isinstance(expr, (nodes.MapType, nodes.ArrayType, nodes.ChanType, nodes.FuncType))
    return t.Interface((), (kind,)) if is_literal else kind


def receiver_type_parameters(universe: Universe, file: FileScope, receiver: nodes.Param) -> dict[str, t.Type]:
    """The type parameters that a method's receiver names, with the constraints of the type's declaration."""
    expr = receiver.type
    while isinstance(expr, nodes.Unary):
        expr = expr.operand
    if not isinstance(expr, nodes.Index):
        return {}
    names = [index.name for index in expr.indexes if isinstance(index, nodes.Name)]
    found = universe.find(file, receiver_type_name(receiver.type))
    declared: list[t.Type] = []
    if found is not None and isinstance(found.decl, nodes.TypeDecl):
        params = type_parameters(universe, found.file, found.decl.type_params)
        renamed: dict[str, t.Type] = {old: t.TypeParam(new) for old, new in zip(params, names, strict=False)}
        declared = [substitute(p.constraint, renamed) for p in params.values() if isinstance(p, t.TypeParam)]
    declared += [None] * len(names)
    return {name: t.TypeParam(name, kind) for name, kind in zip(names, declared, strict=False)}


def instantiate(universe: Universe, generic: t.Type, args: tuple[t.Type, ...]) -> t.Type:
    """A generic type with its arguments; a generic alias is replaced by what it means."""
    if not isinstance(generic, t.Named):
        return None
    alias = universe.alias(generic)
    if alias is not None and isinstance(alias.decl, nodes.TypeDecl):
        names = type_parameters(universe, alias.file, alias.decl.type_params)
        scope = TypeScope(universe, alias.file, local_names(names))
        return substitute(type_of(scope, alias.decl.type), dict(zip(names, args, strict=False)))
    return generic._replace(args=args)


def _struct(scope: TypeScope, expr: nodes.StructType) -> t.Struct:
    fields = []
    for decl in expr.fields:
        owner = f"{scope.owner}.{decl.name}" if scope.owner else ""
        kind = type_of(scope._replace(owner=owner), decl.type)
        fields.append(t.Field(decl.name, kind, decl.embedded, decl.pos, decl.tagged))
    return t.Struct(tuple(fields), scope.owner, scope.file.file.path)


def _interface(scope: TypeScope, expr: nodes.InterfaceType) -> t.Interface:
    methods = tuple((name, signature_of(scope, method)) for name, method in expr.methods)
    return t.Interface(methods, tuple(type_of(scope, embed) for embed in expr.embeds))
