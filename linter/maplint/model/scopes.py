"""The package and file scopes of go/types: what a package declares, and what a file of it imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.facts.file import FileFacts
from maplint.workspace.constraints import excludes

if TYPE_CHECKING:
    from maplint.workspace.records import GoFile, Unit


@dataclass(slots=True, eq=False)
class FileScope:
    """One file of a package: what it declares and imports."""

    file: GoFile
    facts: FileFacts
    """Without the bodies of functions once they are resolved, and without the values of constants once all are."""
    package: PackageScope
    imports: dict[str, str] = field(default_factory=dict)
    """Import path by the name that the file uses."""
    imported: set[str] = field(default_factory=set)
    """The paths of all packages that it imports, also of those that it gives no name."""
    dot_imports: list[str] = field(default_factory=list)
    known: dict[str, Declared | None] = field(default_factory=dict)
    """What package-level names mean in this file, as far as it was asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A package-level declaration and the file it stands in; functions hold methods out."""

    decl: nodes.TypeDecl | nodes.VarDecl | nodes.ConstDecl | nodes.FuncDecl
    file: FileScope
    index: int = 0
    """For a variable or constant: which of the specification's names."""


@dataclass(frozen=True, slots=True, eq=False)
class PackageScope:
    """One package."""

    unit: Unit
    path: str
    """The import path."""
    files: list[FileScope] = field(default_factory=list)
    """Empty, as all below is, until something in the package is asked for."""
    names: dict[str, list[Declared]] = field(default_factory=dict)
    methods: dict[str, dict[str, list[Declared]]] = field(default_factory=dict)
    """By receiver type and method name."""
    local_types: dict[str, t.Type] = field(default_factory=dict)
    """Underlying types of the types declared inside functions, by `Function.Name`; filled while bodies resolve."""


def declare_file(scope: FileScope) -> None:
    """Adds a file to its package, with what it declares."""
    package, facts = scope.package, scope.facts
    package.files.append(scope)
    for type_decl in facts.types:
        _declare(package, type_decl.name, Declared(type_decl, scope))
    for var_decl in facts.vars:
        for index, name in enumerate(var_decl.names):
            _declare(package, name.name, Declared(var_decl, scope, index))
    for const_decl in facts.consts:
        for index, name in enumerate(const_decl.names):
            _declare(package, name.name, Declared(const_decl, scope, index))
    for func in facts.funcs:
        _declare_func(package, func, scope)


def _declare(package: PackageScope, name: str, declared: Declared) -> None:
    if name != "_":
        package.names.setdefault(name, []).append(declared)


def _declare_func(package: PackageScope, func: nodes.FuncDecl, scope: FileScope) -> None:
    declared = Declared(func, scope)
    if func.receiver is None:
        if func.name != "init":
            _declare(package, func.name, declared)
        return
    owner = receiver_type_name(func.receiver.type)
    package.methods.setdefault(owner, {}).setdefault(func.name, []).append(declared)


def receiver_type_name(expr: nodes.Expr) -> str:
    """The name of the type that a receiver's type expression declares a method for."""
    while isinstance(expr, (nodes.Unary, nodes.Index)):
        expr = expr.operand if isinstance(expr, nodes.Unary) else expr.base
    return expr.name if isinstance(expr, nodes.Name) else ""


def compatible(found: list[Declared], user: FileScope | None) -> Declared:
    """Of several declarations of a name the one that some build has together with a file, else the first."""
    if user is not None and len(found) > 1:
        for declared in found:
            if _can_build_together(declared.file.file, user.file):
                return declared
    return found[0]


def _can_build_together(one: GoFile, other: GoFile) -> bool:
    """Whether some build includes both files."""
    if one.constraint is None or other.constraint is None or one.constraint == other.constraint:
        return True
    return not excludes(one.constraint, other.constraint)


def forget_values(package: PackageScope) -> None:
    """Lets go of what variables are declared to be, and of all constants but those that say their type.

    They are many, and only bodies and types depend on them; how many constants a type has is still asked.
    """
    bare: dict[int, nodes.VarDecl] = {}
    for file in package.files:
        file.known.clear()
        variables = [nodes.VarDecl(each.names, each.type, ()) for each in file.facts.vars]
        bare.update(zip(map(id, file.facts.vars), variables, strict=True))
        typed = [nodes.ConstDecl(each.names, each.type, ()) for each in file.facts.consts if each.type]
        file.facts = file.facts._replace(vars=tuple(variables), consts=tuple(typed))
    for name, found in list(package.names.items()):
        kept = [one for one in found if not isinstance(one.decl, nodes.ConstDecl)]
        found[:] = [Declared(bare.get(id(one.decl), one.decl), one.file, one.index) for one in kept]
        if not found:
            del package.names[name]
