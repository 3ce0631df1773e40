"""Map sites, and every operation of the program under the sites it resolves to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from maplint.facts import nodes
from maplint.facts import types as t
from maplint.model import ir
from maplint.model.flows import Flows, node_of
from maplint.model.members import field_ref, structs_in
from maplint.model.scopes import PackageScope
from maplint.model.universe import Universe
from maplint.model.walk import Condition, Found

INSERTS = frozenset(("assign", "op-assign", "inc-dec", "copy", "Store", "LoadOrStore", "Swap"))
REMOVES = frozenset(
    ("delete", "clear", "delete-func", "Delete", "LoadAndDelete", "CompareAndDelete", "Clear")
)
UPDATES = frozenset(("CompareAndSwap", "update"))
WRITES = INSERTS | REMOVES | UPDATES


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One operation on a map, or one assignment of a whole map, where it stands."""

    op: str
    """The contract's word; `reset` for an assignment of a whole map."""
    instruction: ir.MapOp | ir.Store
    function: ir.Function
    conditions: tuple[Condition, ...]
    variable: str
    """The node that is named as written."""

    @property
    def target(self) -> ir.Value:
        return self.instruction.target


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One map that can live long."""

    symbol: str
    kind: str
    """package-var, field or local."""
    type: t.Type
    """The declared type."""
    map: t.Map | None
    """The map type behind it; None for a sync.Map."""
    owner: str
    """For a field, the symbol of the struct type; empty otherwise."""
    package: str
    path: str
    pos: int
    name: str
    is_in_package_var: bool = False
    """For a field: whether it belongs to a package variable of anonymous struct type."""
    inserts: list[Use] = field(default_factory=list)
    removes: list[Use] = field(default_factory=list)
    resets: list[Use] = field(default_factory=list)
    renewals: list[Use] = field(default_factory=list)
    """Assignments of a whole struct with the map in it, each as one of the map."""
    reads: list[Use] = field(default_factory=list)
    updates: list[Use] = field(default_factory=list)

    @property
    def is_sync_map(self) -> bool:
        return self.map is None

    def holds(self, symbol: str) -> bool:
        """Whether a symbol names this map or one that is an entry of it."""
        return symbol == self.symbol or symbol.startswith(f"{self.symbol}[")

    def uses(self) -> Iterator[Use]:
        """All operations, whole-map assignments left out."""
        yield from self.inserts
        yield from self.updates
        yield from self.removes
        yield from self.reads


def is_map(universe: Universe, kind: t.Type) -> bool:
    """Whether the type is a map or sync.Map, or a pointer to one."""
    return map_type(universe, kind) is not None or is_sync_map(kind)


def is_sync_map(kind: t.Type) -> bool:
    """Whether the type is sync.Map, or a pointer to it."""
    plain = t.pointed(kind)
    return isinstance(plain, t.Named) and plain.symbol == "sync.Map"


def map_type(universe: Universe, kind: t.Type) -> t.Map | None:
    """The map type behind a type: a map, a declared map type, or a pointer to one of these."""
    under = universe.underlying(kind)
    if isinstance(under, t.Pointer):
        under = universe.underlying(under.elem)
    return under if isinstance(under, t.Map) else None


def collect_sites(
    universe: Universe, flows: Flows, functions: Iterable[ir.Function], variables: Iterable[ir.Var]
) -> dict[str, Site]:
    """The package variables, fields and captured locals that are maps, with all that is done to them."""
    functions = list(functions)
    sites: dict[str, Site] = {}
    for var in variables:
        _add(
            universe,
            sites,
            var.symbol,
            "package-var",
            var.type,
            "",
            _package_of(var.symbol),
            var.path,
            var.pos,
        )
        _add_fields(universe, sites, var.type, var.symbol)
    for scope in universe.packages.values():
        for struct in _structs(universe, scope):
            _add_struct(universe, sites, struct, scope.path)
    for var, package in _captured(functions):
        _add(universe, sites, var.symbol, "local", var.type, "", package, var.path, var.pos)
    _attach(universe, flows, functions, sites)
    return sites


def _package_of(symbol: str) -> str:
    return symbol.rpartition(".")[0]


def _structs(universe: Universe, scope: PackageScope) -> Iterator[t.Struct]:
    for name, declared in scope.names.items():
        if any(isinstance(one.decl, nodes.TypeDecl) for one in declared):
            for kind in universe.alternatives(t.Named(scope.path, name)):
                yield from structs_in(kind)
    for kind in scope.local_types.values():
        yield from structs_in(kind)


def _add_fields(universe: Universe, sites: dict[str, Site], kind: t.Type, variable: str) -> None:
    for struct in structs_in(kind):
        if struct.owner:
            _add_struct(universe, sites, struct, _package_of(variable), True)


def _add_struct(
    universe: Universe, sites: dict[str, Site], struct: t.Struct, package: str, in_package_var: bool = False
) -> None:
    for item in struct.fields:
        ref = field_ref(struct, item)
        if struct.owner and ref.path:
            _add(
                universe,
                sites,
                ref.symbol,
                "field",
                item.type,
                struct.owner,
                package,
                ref.path,
                ref.pos,
                in_package_var,
            )


def _add(
    universe: Universe,
    sites: dict[str, Site],
    symbol: str,
    kind: str,
    declared: t.Type,
    owner: str,
    package: str,
    path: str,
    pos: int,
    in_package_var: bool = False,
) -> None:
    """Adds the site that a variable or field is, and the ones of the maps inside it."""
    if symbol in sites:
        return
    name = symbol.removesuffix("[]").rpartition(".")[2].split("#")[0]
    if is_sync_map(declared):
        sites[symbol] = Site(symbol, kind, declared, None, owner, package, path, pos, name, in_package_var)
        return
    found = map_type(universe, declared)
    if found is not None:
        sites[symbol] = Site(symbol, kind, declared, found, owner, package, path, pos, name, in_package_var)
        if symbol.count("[]") < 3:
            _add(universe, sites, f"{symbol}[]", kind, found.value, owner, package, path, pos, in_package_var)
        return
    under = universe.underlying(declared)
    if isinstance(under, (t.Slice, t.Array)) and symbol.count("[]") < 2 and not isinstance(declared, t.Named):
        _add(universe, sites, f"{symbol}[]", kind, under.elem, owner, package, path, pos, in_package_var)


def _captured(functions: Iterable[ir.Function]) -> Iterator[tuple[ir.Var, str]]:
    """Locals, parameters and results that another function uses: a literal inside, or one that is started with them."""
    seen: set[ir.Var] = set()
    for function in functions:
        for found in function.of(ir.MapOp, ir.Call) if function.parent else function.of(ir.Call):
            for var in _used_outside(function, found.instruction):
                if var not in seen:
                    seen.add(var)
                    yield var, function.package


def _used_outside(function: ir.Function, instruction: ir.Instruction) -> Iterator[ir.Var]:
    if isinstance(instruction, ir.MapOp) and function.parent:
        base = instruction.target
        while isinstance(base, (ir.ElemOf, ir.Converted)):
            base = base.base if isinstance(base, ir.ElemOf) else base.operand
        if isinstance(base, ir.Ref) and base.var.function not in ("", function.symbol):
            yield base.var
    elif isinstance(instruction, ir.Call) and instruction.mode == "go":
        for arg in instruction.args:
            if isinstance(arg, ir.Ref) and arg.var.kind == "local":
                yield arg.var


def _attach(
    universe: Universe, flows: Flows, functions: Iterable[ir.Function], sites: dict[str, Site]
) -> None:
    resolved: dict[str, list[Site]] = defaultdict(list)
    for function in functions:
        for stored in function.of(ir.Store):
            _reset(sites, function, stored, stored.instruction, is_whole=False)
            for part in _of_fields(universe, stored.instruction):
                _reset(sites, function, stored, part, is_whole=True)
        for found in function.of(ir.MapOp):
            op = found.instruction
            node = node_of(op.target)
            if node is None:
                continue
            if node not in resolved:
                resolved[node] = [
                    sites[reached] for reached in sorted(flows.reached(node)) if reached in sites
                ]
            use = Use(op.op, op, function, found.conditions, node)
            for site in (*resolved[node], *_shared(flows, function, op, sites)):
                _bucket(site, op.op).append(use)


def _reset(
    sites: dict[str, Site], function: ir.Function, stored: Found[ir.Store], store: ir.Store, is_whole: bool
) -> None:
    node = node_of(store.target)
    site = sites.get(node) if node is not None else None
    if node is not None and site is not None and (site.map is not None or site.is_sync_map):
        use = Use("reset", store, function, stored.conditions, node)
        (site.renewals if is_whole else site.resets).append(use)


def _of_fields(universe: Universe, store: ir.Store) -> Iterator[ir.Store]:
    """What is assigned to each map in a struct that takes the place of another one: `*c = cache{}` empties `c.m`."""
    value, place = store.value, store.target
    struct = universe.underlying(value.type) if isinstance(value, ir.Composed) else None
    if (
        not isinstance(value, ir.Composed)
        or not isinstance(struct, t.Struct)
        or not _is_in_use(universe, place)
    ):
        return
    given = {key.symbol: item for key, item in value.elements if isinstance(key, ir.FieldRef)}
    for member in struct.fields:
        if is_map(universe, member.type):
            named = field_ref(struct, member)
            target = ir.FieldOf(member.type, place, named)
            yield replace(store, target=target, value=given.get(named.symbol, ir.NIL))


def _is_in_use(universe: Universe, place: ir.Value) -> bool:
    """Whether a place has held a struct before: what a pointer leads to, a field, an element of a slice."""
    if isinstance(place, ir.ElemOf):
        return not isinstance(universe.underlying(place.base.type), t.Map)
    is_named = isinstance(place, ir.Ref) and place.var.kind == "package-var"
    return is_named or isinstance(place, ir.FieldOf) or (isinstance(place, ir.Converted) and place.how == "*")


def _shared(
    flows: Flows, function: ir.Function, operation: ir.MapOp, sites: dict[str, Site]
) -> Iterator[Site]:
    """The fields that share the map of a local which a literal has captured, and may use when it is in them."""
    target = operation.target
    if isinstance(target, ir.Ref) and target.var.kind == "local" and target.var.function != function.symbol:
        for node in flows.fields_of(target.var.symbol):
            if node in sites and sites[node].kind == "field":
                yield sites[node]


def _bucket(site: Site, op: str) -> list[Use]:
    if op in INSERTS:
        return site.inserts
    if op in REMOVES:
        return site.removes
    return site.updates if op in UPDATES else site.reads


def is_for_start_up(site: Site) -> bool:
    """Whether `init` sets a package variable to nil at its end, and nothing gives it a map again."""
    later = [use.instruction for use in site.resets if use.function.name != "init" or use.function.parent]
    dropped = any(
        isinstance(use.instruction, ir.Store) and ir.is_nil(use.instruction.value) and not use.conditions
        for use in site.resets
    )
    return site.kind == "package-var" and dropped and not later


def is_always_empty(site: Site) -> bool:
    """Whether nothing is ever put into a package variable: what is looked up, and then removed, is not there."""
    if site.kind != "package-var" or site.name[:1].isupper() or site.inserts or site.updates:
        return False
    given = (use.instruction.value for use in site.resets if isinstance(use.instruction, ir.Store))
    handed = any(isinstance(use.instruction, ir.MapOp) and use.instruction.outside for use in site.reads)
    return not handed and all(
        ir.is_nil(value)
        or isinstance(value, ir.Made)
        or (isinstance(value, ir.Composed) and not value.elements)
        for value in given
    )
