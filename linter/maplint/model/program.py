"""The whole program as rules see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from maplint.facts.file import FileFacts
from maplint.finding import Comment, Fault, Place, Summary
from maplint.inventory import Inventory
from maplint.knowledge.containers import BOUNDED_CONTAINERS
from maplint.model import ir
from maplint.model.abroad import handed_abroad
from maplint.model.beginnings import Beginnings
from maplint.model.bounds import Bounds
from maplint.model.callgraph import CallGraph, build_call_graph
from maplint.model.carriers import Carriers
from maplint.model.closures import Closures
from maplint.model.configured import Configured
from maplint.model.confined import Code
from maplint.model.contexts import Contexts
from maplint.model.contracts import Contracts
from maplint.model.definitions import Definitions
from maplint.model.emptied import Emptyings
from maplint.model.endings import Endings
from maplint.model.families import Families
from maplint.model.flows import Flows
from maplint.model.growth import Judge
from maplint.model.handed import Handed, handed_in
from maplint.model.holdings import Holdings
from maplint.model.keepers import Keepers
from maplint.model.key_names import KeyNames
from maplint.model.key_signs import KeySigns
from maplint.model.keys import Keys
from maplint.model.leaks import Leaks
from maplint.model.life import Lifetimes
from maplint.model.lock_aliases import LockAliases
from maplint.model.locks import LockSets
from maplint.model.members import declared_symbol
from maplint.model.ownership import Ownership
from maplint.model.places import Places
from maplint.model.products import Products, packages_of_commands
from maplint.model.race_stages import race_judge
from maplint.model.races import RaceJudge
from maplint.model.resolve.context import Package as ResolvedPackage
from maplint.model.resolve.functions import package_variables, resolve_package
from maplint.model.retained import Retentions
from maplint.model.signs import Signs
from maplint.model.sites import Site, collect_sites
from maplint.model.stored import Stored
from maplint.model.successions import Successions
from maplint.model.summaries import Summaries
from maplint.model.universe import Dependencies, Read, Universe

if TYPE_CHECKING:
    from maplint.workspace.records import GoFile, Workspace


class Package(NamedTuple):
    """One analysed package."""

    import_path: str
    selected: bool
    """Whether any of its files lies in the paths that the user named."""


class Program:
    """Everything known of the analysed code; parts are worked out when they are asked for."""

    def __init__(self, workspace: Workspace, read: Read, dependencies: Dependencies) -> None:
        """`read` and `dependencies` say what is in the files of the workspace, and in packages beside it."""
        self.files: dict[str, GoFile] = {file.path: file for unit in workspace.units for file in unit.files}
        self._places = Places(self.files)
        self.universe = Universe(workspace.units, read, dependencies)
        resolved = ResolvedPackage(self.universe)
        # In this order the bodies of few packages are there at a time; all else goes by their paths.
        bodies = {scope.path: resolve_package(resolved, scope) for scope in self.universe.in_order()}
        scopes = self.universe.packages.values()
        self.functions = [function for scope in scopes for function in bodies[scope.path]]
        self.variables = [var for scope in scopes for var in package_variables(resolved, scope)]
        self.packages = tuple(
            Package(unit.import_path, any(file.selected for file in unit.files)) for unit in workspace.units
        )
        self.universe.forget_values()
        facts = {file.file.path: file.facts for scope in scopes for file in scope.files}
        self.faults = tuple(self._faults(facts))
        self._comments = {path: one.comments for path, one in facts.items()}

    @cached_property
    def bounded_container(self) -> str | None:
        """The import path of a container that bounds itself and that the analysed code imports already."""
        imported = {
            each.path
            for scope in self.universe.packages.values()
            for file in scope.files
            for each in file.facts.imports
            if each.path.startswith(BOUNDED_CONTAINERS)
        }
        return min(imported, default=None)

    @cached_property
    def flows(self) -> Flows:
        return Flows(self.universe, self.functions)

    @cached_property
    def contexts(self) -> Contexts:
        return Contexts(self.universe, self.graph, self.handed, self.functions)

    @cached_property
    def definitions(self) -> Definitions:
        return Definitions(self.functions)

    @cached_property
    def graph(self) -> CallGraph:
        return build_call_graph(self.flows, self.functions)

    @cached_property
    def handed(self) -> Handed:
        """How functions that are called through parameters got there."""
        return handed_in(self.graph, self.flows, self.definitions)

    @cached_property
    def ownership(self) -> Ownership:
        return Ownership(self.universe, self.definitions, self.graph, self.handed, self.functions)

    @cached_property
    def locks(self) -> LockSets:
        aliases = LockAliases(self.definitions, self.functions)
        return LockSets(
            self.definitions,
            self.flows,
            self.graph,
            self.contexts,
            aliases,
            self.ownership,
            self.handed,
            self.functions,
        )

    @cached_property
    def summaries(self) -> Summaries:
        return Summaries(self.universe, self.definitions, self.graph, self.handed, self.locks, self.functions)

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Every map site by its symbol."""
        return collect_sites(self.universe, self.flows, self.functions, self.variables)

    @cached_property
    def lifetimes(self) -> Lifetimes:
        holdings = Holdings(
            self.universe, self.graph, self.definitions, self.stored, self.functions, self.variables
        )
        successions = Successions(self.contexts, self.ownership, self.functions)
        commands = packages_of_commands(self.universe)
        code = Code(self.universe, self.contexts, self.graph, self.carriers, self.families, commands)
        return Lifetimes(self.universe, self.contexts, holdings, successions, self.sites, code)

    @cached_property
    def carriers(self) -> Carriers:
        return Carriers(self.universe, self.ownership)

    @cached_property
    def stored(self) -> Stored:
        return Stored(self.graph, self.functions)

    @cached_property
    def keys(self) -> Keys:
        configured = Configured(self.universe, self.stored, self.functions)
        return Keys(self.universe, self.definitions, self.stored, configured, len(self.functions))

    @cached_property
    def judge(self) -> Judge:
        return Judge(
            self.sites,
            self.contexts,
            self.definitions,
            self.keys,
            self.lifetimes,
            self.ownership,
            self.contracts,
            self.bounds,
            self.signs,
        )

    @cached_property
    def signs(self) -> Signs:
        keys = KeySigns(self.universe, self.definitions, self.keys, self.key_names)
        endings = Endings(self.sites.values(), self.contexts, self.key_names, self.lifetimes, self.functions)
        products = self.products
        return Signs(self.sites, self.contexts, self.definitions, self.locks, keys, endings, products)

    @cached_property
    def key_names(self) -> KeyNames:
        return KeyNames(self.definitions, self.stored)

    @cached_property
    def products(self) -> Products:
        def abroad() -> set[str]:
            return handed_abroad(self.universe, self.graph, self.functions)

        return Products(self.universe, self.graph, self.contexts, self.lifetimes, abroad, self.functions)

    @cached_property
    def bounds(self) -> Bounds:
        return Bounds(
            self.contexts,
            self.definitions,
            self.graph,
            self.ownership,
            self.stored,
            self.products,
            self.families,
        )

    @cached_property
    def contracts(self) -> Contracts:
        return Contracts(
            self.comments,
            lambda path, pos: self.line_column(path, pos)[0],
            lambda *names: declared_symbol(self.universe, *names),
        )

    @cached_property
    def races(self) -> RaceJudge:
        return race_judge(self)

    @cached_property
    def beginnings(self) -> Beginnings:
        return Beginnings(self.contexts, self.graph, self.handed)

    @cached_property
    def families(self) -> Families:
        return Families(self.functions)

    @cached_property
    def closures(self) -> Closures:
        keepers = Keepers(self.universe, self.graph, self.lifetimes, self.carriers, self.families)
        return Closures(
            self.contexts,
            self.definitions,
            self.flows,
            self.keys,
            self.key_names,
            self.judge,
            self.sites,
            self.families,
            keepers,
            self.functions,
        )

    @cached_property
    def retentions(self) -> Retentions:
        return Retentions(
            self.contexts,
            self.definitions,
            self.flows,
            self.graph,
            self.sites,
            self.families,
            self.closures,
            self.functions,
        )

    @cached_property
    def emptyings(self) -> Emptyings:
        return Emptyings(
            self.universe,
            self.contexts,
            self.definitions,
            self.keys,
            self.judge,
            self.lifetimes,
            self.sites,
            self.families,
        )

    @cached_property
    def leaks(self) -> Leaks:
        return Leaks(self)

    def sites_of(self, package: str) -> Iterator[Site]:
        """The sites that a package declares, in order of their symbols."""
        for symbol in sorted(self._sites_by_package.get(package, ())):
            yield self.sites[symbol]

    @cached_property
    def _sites_by_package(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for site in self.sites.values():
            out.setdefault(site.package, []).append(site.symbol)
        return out

    def place(self, path: str, start: int, end: int) -> Place:
        """The place of a stretch of bytes, cut at the end of its first line."""
        return self._places.place(path, start, end)

    def line_column(self, path: str, offset: int) -> tuple[int, int]:
        """Line and byte column, from 1, of a byte offset."""
        return self._places.line_column(path, offset)

    def _faults(self, facts: Mapping[str, FileFacts]) -> Iterator[Fault]:
        """One for each file that does not parse as a whole."""
        for path, one in facts.items():
            if one.faults:
                first = one.faults[0]
                line, _ = self.line_column(path, first.pos)
                yield Fault(f"{first.message}; the rest of the file is analysed", path, line)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """The comments that say something to maplint, in order."""
        return tuple(
            Comment(path, line, column, column + one.end - one.pos, one.text, one.own_line)
            for path, comments in self._comments.items()
            for one in comments
            for line, column in [self.line_column(path, one.pos)]
        )

    @cached_property
    def declarations(self) -> dict[str, Place]:
        """Where each map site is declared, by its symbol."""
        return {
            site.symbol: self.place(site.path, site.pos, site.pos + len(site.name))
            for site in self.sites.values()
            if site.path in self.files
        }

    @cached_property
    def summary(self) -> Summary:
        lines = sum(file.data.count(b"\n") + 1 for file in self.files.values())
        return Summary(len(self.files), len(self.faults), 0, lines, len(self.packages), len(self.sites))

    @cached_property
    def import_paths(self) -> dict[str, str]:
        """The package of each file."""
        return {
            file.file.path: scope.path for scope in self.universe.packages.values() for file in scope.files
        }

    def inventory(self, all_variables: bool) -> Inventory:
        """The map sites; or every variable that is a map with every operation, and what functions do; by place."""
        from maplint.model.inventory import inventory

        return inventory(self, all_variables)

    def function_name(self, function: ir.Function) -> str:
        """The symbol of a function as reports show it; an initialiser is its package."""
        return (
            function.package
            if function.name == "init" and not function.end > function.pos
            else function.symbol
        )
