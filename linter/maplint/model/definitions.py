"""What each variable is assigned, and the access paths that follow from it.

An access path names an object by the way it is reached, `example.com/m.Serve.s.cache.items`: a variable and the
fields from there. A local that is assigned once, from a path, is that path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from maplint.model import ir
from maplint.model.arguments import arguments, handed_to
from maplint.model.walk import Condition, Found, operands, parts

_MAX_DEPTH = 4
"""How many assignments and calls are gone back through."""


class Definitions:
    """All assignments to variables of a program."""

    def __init__(self, functions: Iterable[ir.Function]) -> None:
        stores: dict[ir.Var, list[Found[ir.Store]]] = defaultdict(list)
        for function in functions:
            for found in function.of(ir.Store):
                store = found.instruction
                if isinstance(store.target, ir.Ref):
                    stores[store.target.var].append(found)
        self._stores = {var: tuple(found) for var, found in stores.items()}
        self._paths: dict[ir.Var, str] = {}
        self._into_fields: dict[ir.Function, dict[str | None, list[Found[ir.Store]]]] = {}
        """By access path, for the functions that were asked about."""

    def values(self, var: ir.Var) -> list[ir.Value]:
        """Everything assigned to the variable, its initial value included."""
        return [found.instruction.value for found in self._stores.get(var, ())]

    def single(self, var: ir.Var) -> ir.Value | None:
        """The value of a local that is assigned exactly once."""
        found = self._stores.get(var, ())
        return found[0].instruction.value if len(found) == 1 and var.kind == "local" else None

    def reaching(self, var: ir.Var, function: ir.Function, pos: int) -> ir.Value | None:
        """What a local of a function holds at a place, where the last assignment before it is passed in any case."""
        before = [found for found in self._stores.get(var, ()) if found.instruction.pos < pos]
        if not before or var.function != function.symbol:
            return None
        last = max(before, key=lambda found: found.instruction.pos)
        around = [found for found in function.occurrences if found.instruction.pos == pos]
        passed = any(found.conditions[: len(last.conditions)] == last.conditions for found in around)
        return last.instruction.value if passed else None

    def just_made(
        self, function: ir.Function, field: ir.FieldOf, pos: int, conditions: tuple[Condition, ...]
    ) -> int | None:
        """Where a function has put a new object into a field last, on every way to a place with these conditions."""
        made = (
            found.instruction.pos
            for found in self.stores_into(function, field)
            if found.instruction.pos < pos
            and is_literal(found.instruction.value)
            and conditions[: len(found.conditions)] == found.conditions
        )
        return max(made, default=None)

    def stores_into(self, function: ir.Function, place: ir.Value) -> Sequence[Found[ir.Store]]:
        """The assignments of a function to a field with the access path of that place."""
        known = self._into_fields.get(function)
        if known is None:
            known = self._into_fields[function] = defaultdict(list)
            for found in function.of(ir.Store):
                if isinstance(found.instruction.target, ir.FieldOf):
                    known[self.path(found.instruction.target)].append(found)
        return known.get(self.path(place), ())

    def behind(self, value: ir.Value, depth: int = 0) -> Iterator[ir.Value]:
        """The values that one is worked out from, itself among them, through locals and the arguments of calls."""
        for part in parts(value):
            yield part
            given: Iterable[ir.Value] = ()
            if isinstance(part, ir.Ref):
                given = self.values(part.var)
            elif isinstance(part, ir.Result):
                given = operands(part.call)
            for one in given if depth < _MAX_DEPTH else ():
                yield from self.behind(one, depth + 1)

    def path(self, value: ir.Value) -> str | None:
        """The access path of a value; None for what has none, such as arithmetic."""
        if isinstance(value, ir.Ref):
            return self._var_path(value.var)
        if isinstance(value, ir.FieldOf):
            base = self.path(value.base)
            return f"{base}.{value.field.name}" if base is not None else None
        if isinstance(value, ir.ElemOf):
            base = self.path(value.base)
            return f"{base}[]" if base is not None else None
        if isinstance(value, ir.Converted):
            return self.path(value.operand)
        if isinstance(value, ir.Sliced):
            return self.path(value.base)
        if isinstance(value, ir.Result):
            return f"<{value.call.function}@{value.call.pos}#{value.index}>"
        if isinstance(value, (ir.Composed, ir.Made)):
            return f"<new@{value.pos}>"
        return None

    def _var_path(self, var: ir.Var) -> str:
        known = self._paths.get(var)
        if known is not None:
            return known
        self._paths[var] = var.symbol
        value = self.single(var)
        if value is not None and not isinstance(value, (ir.Composed, ir.Made, ir.Result)):
            found = self.path(value)
            if found is not None and not found.startswith("<new@"):
                self._paths[var] = found
        return self._paths[var]

    def root(self, value: ir.Value) -> ir.Value:
        """What an access path begins with, single assignments followed: a variable, a call, or something fresh."""
        for _ in range(50):
            if isinstance(value, (ir.FieldOf, ir.ElemOf, ir.Sliced)):
                value = value.base
            elif isinstance(value, ir.Converted):
                value = value.operand
            elif isinstance(value, ir.Ref):
                found = self.single(value.var)
                if found is None:
                    return value
                value = found
            else:
                return value
        return value

    def root_field(self, local: ir.Ref) -> ir.Value:
        """The field that a local names; the local itself where it names none."""
        value: ir.Value | None = local
        for _ in range(10):
            if not isinstance(value, ir.Ref):
                break
            value = self.single(value.var)
        return value if isinstance(value, ir.FieldOf) else local

    def given_to_maker(self, call: ir.Call, maker: ir.Function, param: ir.Var) -> ir.Value | None:
        """What a caller of a literal has handed in for a parameter of the function that made the literal there."""
        called = (call.callee.value,) if isinstance(call.callee, ir.Dynamic) else ()
        for value in (*call.args, *called):
            made = self.root(value)
            if isinstance(made, ir.Result) and made.call.callee == ir.Static(maker.symbol):
                return next(handed_to(made.call, maker, param), None)
        return None

    def into_caller(self, call: ir.Call, target: ir.Function, path: str) -> str | None:
        """The caller's path for one of a function that it calls; None for what is the function's own, or several."""
        given = [(symbol, arg) for symbol, arg in arguments(call, target) if is_prefix(symbol, path)]
        if not given:
            return None if path.startswith(f"{target.symbol}.") else path
        symbol, arg = given[0]
        base = self.path(arg) if len(given) == 1 else None
        return base + path[len(symbol) :] if base is not None else None


def returned(function: ir.Function, index: int) -> list[ir.Value]:
    """What a function returns at one place of its results; nothing where it has given them names and returns those."""
    found = (each.instruction.values[index : index + 1] for each in function.of(ir.Return))
    return [value for values in found for value in values]


def is_literal(value: ir.Value) -> bool:
    """Whether a value is made where it stands: a composite literal, its address, or `make` and `new`."""
    while isinstance(value, ir.Converted) and value.how != "*":
        value = value.operand
    return isinstance(value, (ir.Composed, ir.Made))


def named_by(value: ir.Value) -> ir.Var | None:
    """The variable that an access path is written with."""
    while isinstance(value, (ir.FieldOf, ir.ElemOf, ir.Sliced)):
        value = value.base
    return value.var if isinstance(value, ir.Ref) else None


def is_prefix(path: str, longer: str) -> bool:
    """Whether an access path begins with another one."""
    return longer.startswith(path) and longer[len(path) : len(path) + 1] in ("", ".", "[")
