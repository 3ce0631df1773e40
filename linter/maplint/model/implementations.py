"""Method sets of the analysed types, after the spec's "Method sets", and which types implement an interface."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.callback_modes import is_known
from maplint.model.generics import is_generic
from maplint.model.members import interface_method, interface_methods, member
from maplint.model.scopes import PackageScope
from maplint.model.type_text import type_text
from maplint.model.universe import Universe

_MAX_IMPLEMENTATIONS = 40
_MAX_DEPTH = 8


class Implementations:
    """The analysed types by what their methods are."""

    def __init__(self, universe: Universe) -> None:
        self._universe = universe
        self._methods: dict[t.Named, dict[str, str]] = {}
        """Symbol of each method by type and name; empty for one that is declared outside the analysed code."""
        self._types_with: dict[str, list[t.Named]] = defaultdict(list)
        for scope in universe.packages.values():
            for kind in _types(scope):
                self._methods[kind] = _method_set(universe, kind)
                for name in self._methods[kind]:
                    self._types_with[name].append(kind)
        self._known: dict[tuple[t.Type, str], list[str]] = {}
        self._implementing: dict[t.Interface, list[t.Named]] = {}
        self._references = [kind for kind in self._methods if _is_reference(universe, kind)]
        self._reference_holders: dict[t.Interface, bool] = {}

    def of(self, kind: t.Type, method: str) -> list[str]:
        """Symbols of the methods that a call through an interface, or a constraint, may reach."""
        key = (kind, method)
        if key not in self._known:
            self._known[key] = self._search(kind, method)
        return self._known[key]

    def may_be_reference(self, interface: t.Interface) -> bool:
        """Whether a value of an interface with methods may itself be a map or a function."""
        known = self._reference_holders.get(interface)
        if known is None:
            wanted = interface_methods(self._universe, interface)
            known = bool(wanted) and any(wanted <= self._methods[kind].keys() for kind in self._references)
            self._reference_holders[interface] = known
        return known

    def _search(self, kind: t.Type, method: str) -> list[str]:
        under = self._universe.underlying(kind)
        if isinstance(kind, t.TypeParam):
            under = self._universe.underlying(kind.constraint)
        if not isinstance(under, t.Interface):
            return []
        methods = (self._methods[owner] for owner in self._implementers(under))
        found = {one[method] for one in methods if method in one}
        return sorted(found - {""}) if len(found) <= _MAX_IMPLEMENTATIONS else []

    def _implementers(self, interface: t.Interface) -> list[t.Named]:
        """The types with all methods of an interface, whichever of them is called."""
        known = self._implementing.get(interface)
        if known is None:
            names = interface_methods(self._universe, interface)
            wanted = {name: interface_method(self._universe, interface, name) for name in names}
            rarest = min((self._types_with.get(name, []) for name in names), key=len, default=self._methods)
            known = self._implementing[interface] = [
                owner
                for owner in rarest
                if wanted.keys() <= self._methods[owner].keys()
                and all(self._agrees(owner, name, asked) for name, asked in wanted.items())
            ]
        return known

    def _agrees(self, owner: t.Named, name: str, wanted: t.Type) -> bool:
        """Whether a method has the signature that an interface asks for, as far as both are known."""
        found = member(self._universe, owner, name)
        if found is None or wanted == found.type or is_generic(wanted) or is_generic(found.type):
            return True
        texts = (type_text(wanted, ""), type_text(found.type, ""))
        return texts[0] == texts[1] or any("?" in text for text in texts)

    def method(self, kind: t.Named, name: str) -> str:
        """The symbol of a method of a type, promoted or its own; empty where the analysed code has none."""
        return self._methods.get(kind, {}).get(name, "")

    def of_value(self, symbol: str) -> list[str]:
        """The same for a method value whose symbol is that of an interface and its method."""
        owner, _, method = symbol.rpartition(".")
        package, _, name = owner.rpartition(".")
        return self.of(t.Named(package, name), method) if package else []

    def handed(self, function: str, index: int, arg: ir.Value) -> set[str]:
        """Methods of an argument that a function outside the analysed code runs, for all that is known.

        They are those that the parameter's type asks for, and all exported ones where that is `any`; of a value
        that goes to a function which is not known it is `ServeHTTP`.
        """
        kind = t.pointed(arg.type)
        methods = self._methods.get(kind._replace(args=())) if isinstance(kind, t.Named) else None
        if not methods:
            return set()
        wanted = self._asked_for(function, index) if is_known(function, index) else None
        if wanted is None:
            wanted = frozenset(("ServeHTTP",))
        names = wanted or {name for name in methods if name[:1].isupper()}
        return {methods[name] for name in names if name in methods} - {""}

    def _asked_for(self, function: str, index: int) -> frozenset[str] | None:
        """The methods of the type of a parameter in the standard library; None for what is no interface."""
        owner, _, name = function.rpartition(".")
        package, _, kind = owner.rpartition(".")
        std, of_type = std_package(owner), std_package(package)
        signature = std.func(name) if std is not None else of_type.method(kind, name) if of_type else None
        if signature is None or index >= len(signature.type.params):
            return None
        under = self._universe.underlying(signature.type.params[index])
        return interface_methods(self._universe, under) if isinstance(under, t.Interface) else None


def _types(scope: PackageScope) -> Iterator[t.Named]:
    """The declared types of a package, those inside functions too."""
    for name, declared in scope.names.items():
        if any(isinstance(one.decl, nodes.TypeDecl) and not one.decl.alias for one in declared):
            yield t.Named(scope.path, name)
    for name in scope.local_types:
        yield t.Named(scope.path, name)


def _is_reference(universe: Universe, kind: t.Named) -> bool:
    return isinstance(universe.underlying(kind), (t.Map, t.Func))


def _method_set(universe: Universe, kind: t.Named) -> dict[str, str]:
    """The methods of a type and of pointers to it, with those promoted from what it embeds."""
    found: dict[str, str] = {}
    level, seen = [kind], {kind}
    for _ in range(_MAX_DEPTH):
        deeper = []
        for one in level:
            for name, symbol in _declared_methods(universe, one):
                found.setdefault(name, symbol)
            deeper += [inner for inner in _embedded(universe, one) if inner not in seen]
        seen.update(deeper)
        level = deeper
    return found


def _declared_methods(universe: Universe, kind: t.Named) -> Iterator[tuple[str, str]]:
    scope = universe.packages.get(kind.package)
    if scope is not None:
        for name in scope.methods.get(kind.name, ()):
            yield name, f"{kind.symbol}.{name}"
    std = std_package(kind.package) if not universe.has_source(kind.package) else None
    declared = std.type_decl(kind.name) if std is not None else None
    for name in declared.methods if declared is not None else ():
        yield name, ""
    under = universe.underlying(kind)
    for name in interface_methods(universe, under) if isinstance(under, t.Interface) else ():
        yield name, ""


def _embedded(universe: Universe, kind: t.Named) -> Iterator[t.Named]:
    for under in universe.alternatives(kind):
        for field in under.fields if isinstance(under, t.Struct) else ():
            inner = t.pointed(field.type)
            if field.embedded and isinstance(inner, t.Named):
                yield inner
