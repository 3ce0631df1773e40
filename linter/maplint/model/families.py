"""Functions with the literals written inside them: closures are judged over the whole of such a family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maplint.model import ir
from maplint.model.walk import Condition


class Families:
    """Which function a literal is written in, and which literals are written in a function."""

    def __init__(self, functions: Iterable[ir.Function]) -> None:
        functions = list(functions)
        known = {(function.path, function.symbol): function for function in functions}
        self._parents = {
            function: known[function.path, function.parent]
            for function in functions
            if (function.path, function.parent) in known
        }
        self._members: dict[ir.Function, list[ir.Function]] = {self.top(one): [] for one in self._parents}
        """Of those that a literal is written in."""
        for function in functions:
            self._members.get(self.top(function), []).append(function)
        self._named: dict[ir.Function, set[ir.Var]] = {}

    def named(self, function: ir.Function) -> set[ir.Var]:
        """The variables that a function mentions; a literal also in the literals inside it."""
        known = self._named.get(function)
        if known is None:
            inside = self.inside(function) if function.parent else [function]
            known = self._named[function] = {ref.var for one in inside for ref in variables(one)}
        return known

    def parent(self, function: ir.Function) -> ir.Function | None:
        """The function that a literal is written in; None for what is no literal."""
        return self._parents.get(function)

    def top(self, function: ir.Function) -> ir.Function:
        """The declared function or initialiser around a literal; anything else is its own."""
        while function in self._parents:
            function = self._parents[function]
        return function

    def members(self, top: ir.Function) -> list[ir.Function]:
        """A declared function and every literal inside it."""
        return self._members.get(top) or [top]

    def chain(self, function: ir.Function, outermost: str) -> list[ir.Function]:
        """The literals around a place, innermost first, up to but without the function of that symbol.

        Empty where that function is not around it.
        """
        found = []
        current: ir.Function | None = function
        while current is not None and current.symbol != outermost:
            found.append(current)
            current = self._parents.get(current)
        return found if current is not None else []

    def inside(self, literal: ir.Function) -> list[ir.Function]:
        """A literal and the literals inside it."""
        prefix = f"{literal.symbol}.func"
        return [m for m in self.members(self.top(literal)) if m is literal or m.symbol.startswith(prefix)]

    def written(self, literal: ir.Function) -> tuple[Condition, ...]:
        """The conditions under which the literal's value is made in the function it is written in."""
        parent = self._parents.get(literal)
        for found in parent.occurrences if parent is not None else ():
            if any(isinstance(part, ir.FuncValue) and part.pos == literal.pos for part in found.made):
                return found.conditions
        return ()


def variables(function: ir.Function) -> Iterator[ir.Ref]:
    """Every mention of a variable in a body, those of nested literals left out."""
    for found in function.occurrences:
        for part in found.values:
            if isinstance(part, ir.Ref):
                yield part
