"""What `maplint maps` lists: the map sites of a program, or with `--all` every variable that is a map.

The sites say what each long-lived map goes through; the variables say what is written where, each operation once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from maplint.facts import types as t
from maplint.finding import Place
from maplint.inventory import FunctionSummary, Inventory, MapSite, Operation
from maplint.model import ir
from maplint.model.locks import READ
from maplint.model.members import field_ref, structs_in
from maplint.model.sites import INSERTS, REMOVES, UPDATES, Use, is_map, is_sync_map, map_type
from maplint.model.type_text import type_text

if TYPE_CHECKING:
    from maplint.model.program import Program

_Placed = TypeVar("_Placed", MapSite, FunctionSummary)

_KINDS = {"receiver": "parameter", "range": "local"}
_OTHERWISE = {
    "local": ("short-lived", "it is local to a function"),
    "parameter": ("unknown", "its callers decide which map it is"),
    "result": ("unknown", "its callers decide what becomes of it"),
    "expression": ("unknown", "it is no variable"),
}
"""Verdict and reason for what is no site, by kind."""


class Named(NamedTuple):
    """What operations name as they are written."""

    symbol: str
    kind: str
    """package-var, field, local, parameter, result or expression."""
    type: t.Type
    path: str
    """File of the declaration; empty for a package that is not analysed."""
    pos: int
    name: str


def inventory(program: Program, all_variables: bool) -> Inventory:
    """The map sites; or every variable that is a map with every operation, and what functions do; by place."""
    if not all_variables:
        return Inventory(_by_place(_sites(program)))
    return Inventory(_by_place(_variables(program)), _by_place(_functions(program)))


def _by_place(found: Iterable[_Placed]) -> tuple[_Placed, ...]:
    return tuple(sorted(found, key=lambda each: (each.place, each.symbol)))


def _sites(program: Program) -> Iterator[MapSite]:
    """Every map site, with all that is done to it anywhere."""
    for site in program.sites.values():
        if site.path in program.files:
            named = Named(site.symbol, site.kind, site.type, site.path, site.pos, site.name)
            resets = program.bounds.resets(site)
            yield _record(program, named, [*site.uses(), *resets])


def _variables(program: Program) -> Iterator[MapSite]:
    """Every variable of the analysed code that is a map, and every operation once, under what it names."""
    declared = {named.symbol: named for named in _declared(program)}
    uses: dict[str, list[Use]] = defaultdict(list)
    for use, named in _uses(program):
        uses[named.symbol].append(use)
        declared.setdefault(named.symbol, named)
    for named in declared.values():
        yield _record(program, named, uses[named.symbol])


def _functions(program: Program) -> Iterator[FunctionSummary]:
    """Every function that does something to a map, a lock, a goroutine or a callback, literals too."""
    for function in program.functions:
        summary = program.summaries.of(function)
        if any(summary):
            place = program.place(function.path, function.pos, function.pos + len(function.name or "func"))
            told = {name: tuple(sorted(paths)) for name, paths in summary._asdict().items()}
            yield FunctionSummary(program.function_name(function), place, **told)


def _declared(program: Program) -> Iterator[Named]:
    for site in program.sites.values():
        if site.kind == "field":
            yield Named(site.symbol, "field", site.type, site.path, site.pos, site.name)
    for var in program.variables:
        if is_map(program.universe, var.type):
            yield _variable(var)
    for function in program.functions:
        for var in function.locals:
            if is_map(program.universe, var.type):
                yield _variable(var)
        for struct in _nameless_structs(function):
            for field in struct.fields:
                if is_map(program.universe, field.type):
                    yield _field(field_ref(struct, field))


def _nameless_structs(function: ir.Function) -> Iterator[t.Struct]:
    """The struct types without a name of a function's locals and composite literals."""
    for var in function.locals:
        yield from structs_in(var.type)
    for found in function.occurrences:
        for part in found.made:
            if isinstance(part, ir.Composed):
                yield from structs_in(part.type)


def _field(field: ir.FieldRef) -> Named:
    return Named(field.symbol, "field", field.type, field.path, field.pos, field.name)


def _variable(var: ir.Var) -> Named:
    return Named(var.symbol, _KINDS.get(var.kind, var.kind), var.type, var.path, var.pos, var.name)


def _uses(program: Program) -> Iterator[tuple[Use, Named]]:
    """Every operation on a map, and every assignment that replaces a map in use, with what it names."""
    for function in program.functions:
        expressions = 0
        for found in function.occurrences:
            instruction = found.instruction
            if isinstance(instruction, ir.MapOp):
                named = named_by(instruction.target)
                if named is None:
                    expressions += 1
                    named = _expression(function, instruction, expressions)
                yield Use(instruction.op, instruction, function, found.conditions, named.symbol), named
            elif isinstance(instruction, ir.Store) and not _is_map_element(program, instruction.target):
                named = named_by(instruction.target)
                if named is not None and map_type(program.universe, named.type) is not None:
                    use = Use("reset", instruction, function, found.conditions, named.symbol)
                    if program.bounds.is_reset(use):
                        yield use, named


def _is_map_element(program: Program, target: ir.Value) -> bool:
    """Whether a store is told by an operation on the map already."""
    return isinstance(target, ir.ElemOf) and map_type(program.universe, target.base.type) is not None


def _expression(function: ir.Function, operation: ir.MapOp, count: int) -> Named:
    symbol = f"{function.symbol}.(expression)" + (f"#{count}" if count > 1 else "")
    return Named(symbol, "expression", operation.target.type, function.path, operation.pos, "")


def named_by(value: ir.Value) -> Named | None:
    """The variable or field that a map is read from as written; None for an expression that is neither."""
    if isinstance(value, ir.Ref):
        return _variable(value.var)
    if isinstance(value, ir.FieldOf):
        return _field(value.field)
    if isinstance(value, ir.ElemOf):
        base = named_by(value.base)
        return base._replace(symbol=f"{base.symbol}[]", type=value.type) if base is not None else None
    if isinstance(value, ir.Sliced):
        return named_by(value.base)
    if isinstance(value, ir.Converted) and value.how in ("&", "*"):
        return named_by(value.operand)
    return None


def _record(program: Program, named: Named, uses: list[Use]) -> MapSite:
    operations: dict[str, list[Operation]] = {"inserts": [], "removes": [], "resets": [], "reads": []}
    for use in uses:
        operations[_list_of(use.op)].append(_operation(program, use))
    inserts, removes, resets, reads = (tuple(sorted(found, key=_order)) for found in operations.values())
    is_sync = is_sync_map(named.type)
    found = None if is_sync else map_type(program.universe, named.type)
    key, value = (
        (found.key, found.value) if found is not None else (t.ANY, t.ANY) if is_sync else (None, None)
    )
    place = _place(program, named, uses)
    package = program.import_paths[place.path]
    guards, verdict, reasons = _judged(program, named)
    return MapSite(
        symbol=named.symbol,
        kind=named.kind,
        is_sync_map=is_sync,
        type=type_text(named.type, package),
        place=place,
        key_type=type_text(key, package),
        value_type=type_text(value, package),
        inserts=inserts,
        removes=removes,
        resets=resets,
        reads=reads,
        guards=guards,
        verdict=verdict,
        reasons=reasons,
    )


def _list_of(op: str) -> str:
    if op in INSERTS or op in UPDATES:
        return "inserts"
    return "removes" if op in REMOVES else "resets" if op == "reset" else "reads"


def _operation(program: Program, use: Use) -> Operation:
    named = named_by(use.target)
    held = program.locks.at(use.function, use.instruction)
    return Operation(
        use.op,
        _place_of(program, use),
        program.function_name(use.function),
        named.symbol if named is not None else use.variable,
        tuple(sorted({_lock(lock.lock) + (" (read)" if lock.mode == READ else "") for lock in held})),
    )


def _order(operation: Operation) -> tuple[str, int, int, str]:
    return operation.place.path, operation.place.line, operation.place.column, operation.op


def _place_of(program: Program, use: Use) -> Place:
    return program.place(use.function.path, use.instruction.pos, use.instruction.end)


def _place(program: Program, named: Named, uses: list[Use]) -> Place:
    """The declaration; of what is declared outside the analysed code the first use."""
    if named.path in program.files:
        return program.place(named.path, named.pos, named.pos + len(named.name))
    return min(_place_of(program, use) for use in uses)


def _judged(program: Program, named: Named) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Guards, verdict and reasons."""
    site = program.sites.get(named.symbol)
    if site is None:
        verdict, reason = _OTHERWISE.get(named.kind, ("unknown", "it is declared outside the analysed code"))
        return (), verdict, (reason,)
    growth = program.judge.growth(site)
    guards = dict.fromkeys(_lock(lock) for lock, _ in program.races.guards(site))
    return tuple(guards), growth.verdict, growth.reasons


def _lock(symbol: str) -> str:
    return "unknown" if symbol.startswith("?") else symbol
