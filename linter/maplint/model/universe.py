"""Every package that can be named: the analysed ones by their facts, the standard library by its table.

Answers what go/types calls the package and file scopes, underlying types and declared methods. Files that build
constraints keep apart may declare the same name; a look-up from a file prefers what can be built together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.facts.file import FileFacts
from maplint.knowledge.std_table import std_package
from maplint.model.components import components
from maplint.model.generics import substitute
from maplint.model.gopath import Tree, trees
from maplint.model.scopes import Declared, FileScope, PackageScope, compatible, declare_file, forget_values

if TYPE_CHECKING:
    from maplint.model.members import Member
    from maplint.workspace.records import GoFile, Module, Unit

Read: TypeAlias = "Callable[[GoFile], FileFacts]"
"""Gives what a file declares; with the bodies of its functions, where it is analysed."""
Dependencies: TypeAlias = "Callable[[str, Module], Unit | None]"
"""Gives the package that an import path means in a module and that is not analysed, where its source is at hand."""


_MAX_CHAIN = 200
"""How many declared types may stand for one another in a row."""


class Universe:
    """The packages of a program, by import path; each is read when something in it is first asked for."""

    def __init__(self, units: Iterable[Unit], read: Read, dependencies: Dependencies) -> None:
        self.packages = {unit.import_path: PackageScope(unit, unit.import_path) for unit in units}
        """The analysed ones."""
        self._dependencies: dict[str, PackageScope] = {}
        """Packages beside them whose declarations are at hand, as far as they were asked for."""
        self._missing: set[tuple[str, str]] = set()
        """Import paths that mean nothing at hand, each with the folder of the module that was asked for."""
        self._facts_of = read
        self._dependency = dependencies
        self._trees: dict[str, Tree] = {}
        self._underlying: dict[t.Named, tuple[t.Type, ...]] = {}
        self._resolving: set[t.Named] = set()
        self._cores: dict[t.Type, t.Type] = {}
        """By constraint, as far as they were asked for while nothing was half resolved."""
        self._depth = 0
        self._named: dict[tuple[str, str], t.Named] = {}
        self.const_types: dict[tuple[int, int], t.Type] = {}
        self.aliases: dict[int, t.Type] = {}
        """What an alias means, by the identity of its declaration; None while that is worked out."""
        self.signatures: dict[int, t.Func] = {}
        """Types of declared functions and methods, by the identity of the declaration."""
        self.members: dict[tuple[t.Type, str], Member | None] = {}
        """Fields and methods of declared types and pointers to them, as far as they were asked for."""
        self._read_trees()

    def in_order(self) -> Iterator[PackageScope]:
        """The analysed packages, each after those that it imports as far as these do not import it in turn."""
        for group in components(self.packages, self._imported):
            for path in group:
                yield self.packages[path]

    def _imported(self, path: str) -> list[str]:
        self._read(self.packages[path])
        files = self.packages[path].files
        imported = [path for file in files for path in (*file.imports.values(), *file.dot_imports)]
        return [path for path in imported if path in self.packages]

    def _read(self, scope: PackageScope) -> None:
        """Takes up what a package declares, where that has not been done."""
        if not scope.files:
            self._declare(scope)
            self._bind_imports(scope)

    def _declare(self, scope: PackageScope) -> None:
        for file in scope.unit.files:
            declare_file(FileScope(file, self._facts_of(file), scope))

    def _read_trees(self) -> None:
        """Reads the trees without go.mod: all imports together tell what their import paths begin with."""
        scopes = [scope for scope in self.packages.values() if not scope.unit.module.path]
        for scope in scopes:
            self._declare(scope)
        self._trees = trees(scopes)
        for scope in scopes:
            self._bind_imports(scope)

    def forget_values(self) -> None:
        """Lets go of what only bodies and types depend on, once all bodies are resolved."""
        self.const_types.clear()
        for package in (*self.packages.values(), *self._dependencies.values()):
            forget_values(package)

    def _bind_imports(self, scope: PackageScope) -> None:
        tree = self._trees.get(scope.unit.module.directory)
        is_analysed = scope.path in self.packages
        for file in scope.files:
            for item in file.facts.imports:
                path = item.path if tree is None else self._in_tree(tree, item.path)
                file.imported.add(path)
                if item.name == ".":
                    file.dot_imports.append(path)
                elif item.name != "_":
                    known = self._package_name(path, file) if is_analysed and not item.name else ""
                    file.imports[item.name or known or _customary_name(path)] = path

    def _in_tree(self, tree: Tree, path: str) -> str:
        """The analysed package that an import in a tree without go.mod names, else the path as it is written."""
        meant = tree.meant(path)
        return meant if meant in self.packages else path

    def _package_name(self, path: str, user: FileScope) -> str:
        """The name an import of the path declares: from its package clause where that is known, else by custom."""
        package = self._at_hand(path, user)
        if package is not None:
            return package.unit.name
        std = std_package(path)
        return std.name if std is not None else _customary_name(path)

    def import_path(self, file: FileScope, name: str) -> str | None:
        """The path that a package name means in a file; a name that no import declares is sought in the paths."""
        path = file.imports.get(name)
        if path is not None:
            return path
        for declared, candidate in list(file.imports.items()):
            if declared not in file.package.names and self._may_declare(file, candidate, name):
                file.imports[name] = candidate
                return candidate
        return None

    def _may_declare(self, file: FileScope, path: str, name: str) -> bool:
        package = self._at_hand(path, file)
        if package is not None:
            return package.unit.name == name
        return name in path.rsplit("/", 2)[-1].split("-")

    def _package(self, path: str, user: FileScope | None = None) -> PackageScope | None:
        """The package of that path and what it declares, like `_at_hand`."""
        found = self._at_hand(path, user)
        if found is not None:
            self._read(found)
        return found

    def _at_hand(self, path: str, user: FileScope | None = None) -> PackageScope | None:
        """The package of that path, analysed or at hand for the module of a file that imports it."""
        found = self.packages.get(path) or self._dependencies.get(path)
        if found is not None or user is None:
            return found
        key = (path, user.package.unit.module.directory)
        if key in self._missing:
            return None
        unit = self._dependency(path, user.package.unit.module) if std_package(path) is None else None
        if unit is None:
            self._missing.add(key)
            return None
        scope = self._dependencies[path] = PackageScope(unit, path)
        return scope

    def find(self, scope: FileScope, name: str) -> Declared | None:
        """The package-level declaration that a name means in a file; dot imports included."""
        if name not in scope.known:
            paths = (scope.package.path, *scope.dot_imports)
            found = (self.exported(path, name, scope) for path in paths)
            scope.known[name] = next((declared for declared in found if declared is not None), None)
        return scope.known[name]

    def exported(self, path: str, name: str, user: FileScope) -> Declared | None:
        """The declaration of a name in a package whose source is at hand, one that builds with the user's file."""
        package = self._package(path, user)
        found = package.names.get(name) if package is not None else None
        if not found:
            return None
        return compatible(found, user)

    def has_source(self, path: str) -> bool:
        """Whether the declarations of a package were read from its source."""
        return self._at_hand(path) is not None

    def alias(self, named: t.Named) -> Declared | None:
        """The declaration of a generic alias, which stands under its own name until it is instantiated."""
        package = self._package(named.package)
        found = package.names.get(named.name, ()) if package is not None else ()
        return next((one for one in found if isinstance(one.decl, nodes.TypeDecl) and one.decl.alias), None)

    def method_decls(self, named: t.Named, name: str) -> list[Declared]:
        """The declarations of a method of a type; several where build constraints keep them apart."""
        package = self._package(named.package)
        return package.methods.get(named.name, {}).get(name, []) if package is not None else []

    def named(self, package: str, name: str) -> t.Named:
        """The declared type of that name, without type arguments; the same object wherever it is asked for."""
        known = self._named.get((package, name))
        if known is None:
            known = self._named[package, name] = t.Named(package, name)
        return known

    def underlying(self, kind: t.Type) -> t.Type:
        """The underlying type; None where it is not known. A type parameter gives its core type."""
        for _ in range(20):
            if type(kind) is t.Named:
                kind = (self._underlying.get(kind) or self.alternatives(kind))[0]
            elif type(kind) is t.TypeParam:
                kind = self._core(kind)
            else:
                return kind
        return None

    def alternatives(self, named: t.Named) -> tuple[t.Type, ...]:
        """The underlying type of a declared type; several where build constraints keep declarations apart."""
        known = self._underlying.get(named)
        if known is not None:
            return known
        if named in self._resolving:
            return (None,)
        self._resolving.add(named)
        try:
            with self.descent() as may_go_on:
                found = (tuple(self._declared_underlying(named)) if may_go_on else ()) or (None,)
        finally:
            self._resolving.discard(named)
        self._underlying[named] = found
        return found

    @contextmanager
    def descent(self) -> Iterator[bool]:
        """One step deeper into declarations that stand for one another; false where that has gone too far."""
        self._depth += 1
        try:
            yield self._depth <= _MAX_CHAIN
        finally:
            self._depth -= 1

    def _core(self, param: t.TypeParam) -> t.Type:
        """The core type; the constraint where there is none."""
        known = self._cores.get(param.constraint)
        if known is not None:
            return known
        found = self._core_of(param.constraint)
        if not self._resolving:
            self._cores[param.constraint] = found
        return found

    def _core_of(self, written: t.Type) -> t.Type:
        constraint = self.underlying(written)
        if isinstance(constraint, t.Interface):
            core = self._common(constraint)
            return core if core is not None else constraint
        return constraint

    def _common(self, constraint: t.Interface) -> t.Type:
        """The underlying type that all terms of a constraint share.

        Terms that are no interfaces are taken to be one union: more than one union in a constraint is rare.
        """
        kinds = [self.underlying(embed) for embed in constraint.embeds]
        terms = [kind for kind in kinds if not isinstance(kind, t.Interface)]
        inner = [self._common(kind) for kind in kinds if isinstance(kind, t.Interface) and kind.embeds]
        cores: list[t.Type] = list(terms) or inner
        return cores[0] if cores and all(core == cores[0] for core in cores) else None

    def _declared_underlying(self, named: t.Named) -> list[t.Type]:
        from maplint.model.type_expr import declared_type

        package = self._package(named.package)
        if package is None:
            return [self._std_underlying(named)]
        if named.name in package.local_types:
            return [package.local_types[named.name]]
        kinds = []
        for found in package.names.get(named.name, ()):
            if isinstance(found.decl, nodes.TypeDecl):
                kind, params = declared_type(self, found)
                kinds.append(substitute(kind, dict(zip(params, named.args, strict=False))))
        return kinds

    def _std_underlying(self, named: t.Named) -> t.Type:
        if named == t.ERROR:
            return t.Interface((("Error", t.Func((), (t.STRING,))),))
        std = std_package(named.package)
        declared = std.type_decl(named.name) if std is not None else None
        if declared is None:
            return None
        names = [param.name for param in declared.type_params]
        return substitute(declared.type, dict(zip(names, named.args, strict=False)))


def _customary_name(path: str) -> str:
    """`gopkg.in/yaml.v3` declares yaml, `example.com/x/v2` x, `example.com/go-redis` redis."""
    parts = [part for part in path.split("/") if not (part[:1] == "v" and part[1:].isdigit())] or [path]
    name = parts[-1].split(".v")[0]
    return name.removeprefix("go-").removesuffix("-go").removesuffix(".go").replace("-", "_")
