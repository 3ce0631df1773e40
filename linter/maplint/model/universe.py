"""Every package that can be named: the analysed ones by their facts, the standard library by its table.

Answers what go/types calls the package and file scopes, underlying types and declared methods. Files that build
constraints keep apart may declare the same name; a look-up from a file prefers what can be built together with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model.generics import substitute
from maplint.workspace.constraints import excludes

if TYPE_CHECKING:
    from maplint.workspace.records import GoFile, Unit


@dataclass(frozen=True, slots=True, eq=False)
class FileScope:
    """One file of a package: what it declares and imports."""

    file: GoFile
    facts: nodes.FileFacts
    package: PackageScope
    imports: dict[str, str] = field(default_factory=dict)
    """Import path by the name that the file uses."""
    dot_imports: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A package-level declaration and the file it stands in; functions hold methods out."""

    decl: nodes.TypeDecl | nodes.VarDecl | nodes.ConstDecl | nodes.FuncDecl
    file: FileScope
    index: int = 0
    """For a variable or constant: which of the specification's names."""
    iota: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PackageScope:
    """One analysed package."""

    unit: Unit
    files: list[FileScope] = field(default_factory=list)
    names: dict[str, list[Declared]] = field(default_factory=dict)
    methods: dict[str, dict[str, list[Declared]]] = field(default_factory=dict)
    """By receiver type and method name."""
    local_types: dict[str, t.Type] = field(default_factory=dict)
    """Underlying types of the types declared inside functions, by `Function.Name`; filled while bodies resolve."""

    @property
    def path(self) -> str:
        return self.unit.import_path


def can_build_together(one: GoFile, other: GoFile) -> bool:
    """Whether some build includes both files."""
    if one.constraint is None or other.constraint is None or one.constraint == other.constraint:
        return True
    return not excludes(one.constraint, other.constraint)


class Universe:
    """The packages of a program, by import path."""

    def __init__(self, units: Iterable[tuple[Unit, list[tuple[GoFile, nodes.FileFacts]]]]) -> None:
        self.packages: dict[str, PackageScope] = {}
        for unit, files in units:
            self.packages[unit.import_path] = _package_scope(unit, files)
        self._by_clause = {scope.path: scope.unit.name for scope in self.packages.values()}
        for scope in self.packages.values():
            for file_scope in scope.files:
                self._bind_imports(file_scope)
        self._underlying: dict[t.Named, t.Type] = {}
        self._resolving: set[t.Named] = set()
        self.const_types: dict[tuple[int, int], t.Type] = {}

    def _bind_imports(self, scope: FileScope) -> None:
        for item in scope.facts.imports:
            path = item.path
            if item.name == ".":
                scope.dot_imports.append(path)
            elif item.name != "_":
                scope.imports[item.name or self.package_name(path)] = path

    def package_name(self, path: str) -> str:
        """The name an import of the path declares: from its package clause where that is known, else by custom."""
        if path in self._by_clause:
            return self._by_clause[path]
        std = std_package(path)
        return std.name if std is not None else _customary_name(path)

    def find(self, scope: FileScope, name: str) -> Declared | None:
        """The package-level declaration that a name means in a file; dot imports included."""
        found = self.exported(scope.package.path, name, scope)
        if found is not None:
            return found
        for path in scope.dot_imports:
            found = self.exported(path, name, scope)
            if found is not None:
                return found
        return None

    def exported(self, path: str, name: str, user: FileScope | None = None) -> Declared | None:
        """The declaration of a name in an analysed package, one that builds together with the user's file."""
        package = self.packages.get(path)
        found = package.names.get(name) if package is not None else None
        if not found:
            return None
        return _compatible(found, user)

    def method_decls(self, named: t.Named, name: str) -> list[Declared]:
        """The declarations of a method of an analysed type; several where build constraints keep them apart."""
        package = self.packages.get(named.package)
        return package.methods.get(named.name, {}).get(name, []) if package is not None else []

    def underlying(self, kind: t.Type) -> t.Type:
        """The underlying type; None where it is not known. A type parameter gives its core type."""
        for _ in range(20):
            if isinstance(kind, t.Named):
                kind = self._underlying_of(kind)
            elif isinstance(kind, t.TypeParam):
                kind = self._core(kind)
            else:
                return kind
        return None

    def _core(self, param: t.TypeParam) -> t.Type:
        constraint = self.underlying(param.constraint) if param.constraint is not None else None
        if isinstance(constraint, t.Interface) and not constraint.methods and constraint.embeds:
            cores = [self.underlying(term) for term in constraint.embeds]
            return cores[0] if all(core == cores[0] for core in cores) else constraint
        return constraint if isinstance(constraint, t.Interface) or constraint is None else constraint

    def _underlying_of(self, named: t.Named) -> t.Type:
        if named in self._underlying:
            return self._underlying[named]
        if named in self._resolving:
            return None
        self._resolving.add(named)
        try:
            found = self._declared_underlying(named)
        finally:
            self._resolving.discard(named)
        self._underlying[named] = found
        return found

    def _declared_underlying(self, named: t.Named) -> t.Type:
        from maplint.model.type_expr import declared_type

        package = self.packages.get(named.package)
        if package is None:
            return self._std_underlying(named)
        if named.name in package.local_types:
            return package.local_types[named.name]
        found = package.names.get(named.name)
        if not found or not isinstance(found[0].decl, nodes.TypeDecl):
            return None
        kind, params = declared_type(self, found[0])
        if named.args:
            kind = substitute(kind, dict(zip(params, named.args, strict=False)))
        return kind

    def _std_underlying(self, named: t.Named) -> t.Type:
        if named == t.ERROR:
            return t.Interface((("Error", t.Func((), (t.STRING,))),))
        std = std_package(named.package)
        declared = std.type_decl(named.name) if std is not None else None
        if declared is None:
            return None
        names = [param.name for param in declared.type_params]
        return substitute(declared.type, dict(zip(names, named.args, strict=False)))


def _package_scope(unit: Unit, files: list[tuple[GoFile, nodes.FileFacts]]) -> PackageScope:
    package = PackageScope(unit)
    for file, facts in files:
        scope = FileScope(file, facts, package)
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
    return package


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


def _compatible(found: list[Declared], user: FileScope | None) -> Declared:
    if user is not None and len(found) > 1:
        for declared in found:
            if can_build_together(declared.file.file, user.file):
                return declared
    return found[0]


def _customary_name(path: str) -> str:
    """`gopkg.in/yaml.v3` declares yaml, `example.com/x/v2` x, `example.com/go-redis` redis."""
    parts = [part for part in path.split("/") if not (part[:1] == "v" and part[1:].isdigit())] or [path]
    name = parts[-1].split(".v")[0]
    return name.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "_")
