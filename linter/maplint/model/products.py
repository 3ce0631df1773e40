"""Which maps are no part of the product: in tests and their support, in examples and tools, or of unused types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property

from maplint.knowledge import owners, vocabulary
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.contexts import Contexts, When
from maplint.model.evidence import Sign
from maplint.model.life import Lifetimes
from maplint.model.naming import last, words
from maplint.model.sites import Site, Use
from maplint.model.universe import Universe


class Products:
    """Tells the product from what only serves it."""

    def __init__(
        self,
        universe: Universe,
        graph: CallGraph,
        contexts: Contexts,
        lifetimes: Lifetimes,
        abroad: Callable[[], Set[str]],
        functions: Iterable[ir.Function],
    ) -> None:
        """`abroad` tells the types whose methods other modules may call."""
        self._contexts = contexts
        self._graph = graph
        self._lifetimes = lifetimes
        self._of_tests = {
            scope.file.path
            for package in universe.packages.values()
            for scope in package.files
            if any(owners.TEST_FRAMEWORKS.match(path) for path in scope.imports.values())
        }
        self._tell_abroad = abroad
        self._functions = functions
        self._in_commands = packages_of_commands(universe)

    def of(self, site: Site, uses: tuple[Use, ...]) -> Iterator[Sign]:
        """The evidence that a site that `uses` make grow is no part of the product."""
        names = (last(site.owner), site.path.rpartition("/")[2].removesuffix(".go"))
        if any(vocabulary.TESTING.intersection(words(name)) for name in names):
            yield Sign("no-product", "its name says that it serves tests")
        elif site.path in self._of_tests:
            yield Sign("no-product", "its file imports a framework for tests")
        elif _is_apart(site.package) or all(_is_apart(use.function.package) for use in uses):
            yield Sign("no-product", "its package is test support, an example or a tool")
        elif site.owner and self._is_dead(site.owner, uses):
            yield Sign("no-product", f"nothing makes a {last(site.owner)}, and nothing calls what inserts")
        elif site.owner and self._is_never_made(site.owner):
            yield Sign(
                "owner-never-made", f"no command of the analysed code is seen to make a {last(site.owner)}"
            )

    def _is_never_made(self, owner: str) -> bool:
        makers = self._lifetimes.makers(owner)
        return bool(makers) and all(maker.receiver is None and self.is_unused(maker) for maker in makers)

    def _is_dead(self, owner: str, uses: tuple[Use, ...]) -> bool:
        """Whether a type has no objects; those of a slice are made with it, so the inserts have to be idle besides."""
        is_made = self._lifetimes.makers(owner) or self._lifetimes.are_kept(owner)
        return not is_made and all(self.is_idle(use.function) for use in uses)

    def is_idle(self, function: ir.Function) -> bool:
        """Whether only functions of the commands reach it that the commands are not seen to call."""
        return self.is_unused(function) or self._contexts.is_reached_by(function, self.is_unused)

    def is_unused(self, function: ir.Function) -> bool:
        """Whether a function is part of commands, none of which is seen to call it; literals are never told to be."""
        if function.package not in self._in_commands:
            return False
        if function.parent or function in self._graph.escaping or self._contexts.when(function) & ~When.API:
            return False
        if function.receiver is not None and (
            function.symbol.rpartition(".")[0] in self._abroad or function.name in self._called_somewhere
        ):
            return False
        return not any(not edge.caller.is_test for edge in self._graph.callers.get(function, ()))

    @cached_property
    def _called_somewhere(self) -> Set[str]:
        """Names of methods that are called through interfaces of which it is not known what is behind them.

        Those of plugins have more types than are followed.
        """
        found: set[str] = set()
        for function in self._functions:
            known = {edge.call for edge in self._graph.callees.get(function, ())}
            for one in function.of(ir.Call):
                callee = one.instruction.callee
                if isinstance(callee, ir.Abstract) and one.instruction not in known:
                    found.add(callee.method)
        return found

    @cached_property
    def _abroad(self) -> Set[str]:
        return self._tell_abroad()


def packages_of_commands(universe: Universe) -> set[str]:
    """The packages that the commands of the product are made of: what they import, and what that imports."""
    waiting = [
        path for path, scope in universe.packages.items() if scope.unit.name == "main" and not _is_apart(path)
    ]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path not in found and path in universe.packages:
            found.add(path)
            waiting.extend(one for file in universe.packages[path].files for one in file.imported)
    return found


def _is_apart(package: str) -> bool:
    return bool(owners.NOT_PRODUCT.search(f"{package}/"))
