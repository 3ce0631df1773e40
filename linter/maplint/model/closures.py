"""Function literals that outlive their function and grow a captured local map that nothing brings down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.contexts import RUN_TIME, Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.domains import Domain, Source
from maplint.model.evidence import grade
from maplint.model.families import Families
from maplint.model.flows import Flows, node_of
from maplint.model.growth import Judge
from maplint.model.guards import facts_of, is_capped, presence
from maplint.model.keepers import Keeper, Keepers
from maplint.model.key_names import KeyNames, Speaks
from maplint.model.keys import Keys
from maplint.model.life import Life
from maplint.model.sites import INSERTS, WRITES, Site, Use
from maplint.model.waits import serves, waits_for

_HIGH, _MEDIUM = 6, 3
_COMPARISONS = frozenset(("<", "<=", ">", ">="))
_PER_TASK = When.CONCURRENT | When.LOOP
_LIVES = {Life.LONG: 3, Life.LIKELY: 2, Life.UNKNOWN: 1, Life.SHORT: 0}


class Grown(NamedTuple):
    """A captured map that a literal grows."""

    site: Site
    literal: ir.Function
    keeper: Keeper
    """What makes the literal outlive its function."""
    inserts: tuple[Use, ...]
    """The inserts of this and other literals, most telling first."""
    source: Source
    """Where the keys of the first come from."""
    confidence: Confidence
    reasons: tuple[str, ...]
    """Short sentences, strongest first."""


class _Insert(NamedTuple):
    """One insert that grows the map for as long as a literal lives."""

    use: Use
    source: Source
    literal: ir.Function
    keeper: Keeper
    loops: bool
    """Whether it grows in a loop of the literal that goes on, rather than from run to run."""


class Closures:
    """Finds the literals that grow a captured map."""

    def __init__(
        self,
        contexts: Contexts,
        definitions: Definitions,
        flows: Flows,
        keys: Keys,
        names: KeyNames,
        judge: Judge,
        sites: Mapping[str, Site],
        families: Families,
        keepers: Keepers,
        functions: Iterable[ir.Function],
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._flows = flows
        self._keys = keys
        self._names = names
        self._judge = judge
        self._sites = sites
        self._families = families
        self._keepers = keepers
        self._functions = functions

    def grown(self, site: Site) -> Grown | None:
        """The literal that grows the map of a captured local, where one does and nothing brings it down."""
        var = captured_variable(site)
        if var is None or self._is_settled(site, var):
            return None
        inserts = [insert for use in self._uses(site, var) for insert in self._growing(site, var, use)]
        if not inserts:
            return None
        inserts.sort(key=_telling)
        best = inserts[0]
        signs = sorted(self._signs(site, var, best), key=lambda sign: -abs(sign[0]))
        return Grown(
            site,
            best.literal,
            best.keeper,
            tuple(insert.use for insert in inserts),
            best.source,
            grade(sum(weight for weight, _ in signs), _HIGH, _MEDIUM),
            tuple(says for _, says in signs),
        )

    def keepers(self, literal: ir.Function) -> list[Keeper]:
        """What keeps a literal, without functions that wait until it has run."""
        return [keeper for keeper in self._keepers.of(literal) if not self._is_awaited(keeper, literal)]

    def _is_awaited(self, keeper: Keeper, literal: ir.Function) -> bool:
        may_end = keeper.kind in ("goroutine", "sent", "registered") and keeper.life < Life.LONG
        return may_end and waits_for(self._families, keeper.function, keeper.pos, literal)

    def _is_settled(self, site: Site, var: ir.Var) -> bool:
        """Whether something brings the map down, or another map decides."""
        if self._judge.growth(site).verdict in ("bounded", "fixed"):
            return True
        if site.symbol.endswith("[]"):
            outer = self._sites.get(site.symbol.removesuffix("[]"))
            return outer is None or self.grown(outer) is not None
        return var.kind == "parameter" and self._is_judged_elsewhere(var)

    def _is_judged_elsewhere(self, var: ir.Var) -> bool:
        """Whether a parameter's map is a field or package variable, emptied by its owner, or not known."""
        reached = self._flows.reached(var.symbol) - {var.symbol}
        if any(node in self._sites and self._sites[node].kind != "local" for node in reached):
            return True
        return not reached or any(self._changes.get(node, set()) - INSERTS for node in reached)

    @cached_property
    def _changes(self) -> dict[str, set[str]]:
        """What is done to the map of each variable, reads left out."""
        found: dict[str, set[str]] = defaultdict(set)
        for function in self._functions:
            for occurrence in function.of(ir.MapOp):
                operation = occurrence.instruction
                if operation.op in WRITES:
                    found[node_of(operation.target) or ""].add(operation.op)
        return found

    def _uses(self, site: Site, var: ir.Var) -> Iterator[Use]:
        """The inserts in literals, and the calls there that hand the map to a function that inserts."""
        yield from (use for use in site.inserts if self._families.chain(use.function, var.function))
        if self._helpers(site, var):
            yield from (use for use in site.reads if use.op == "pass")

    def _helpers(self, site: Site, var: ir.Var) -> list[Use]:
        """The inserts in functions that the map is handed to."""
        return [
            use
            for use in site.inserts
            if use.function.symbol != var.function and not self._families.chain(use.function, var.function)
        ]

    def _growing(self, site: Site, var: ir.Var, use: Use) -> Iterator[_Insert]:
        """An insert that adds keys from run to run of a literal that lives on; nothing where it does not."""
        chain = self._families.chain(use.function, var.function)
        if not chain or use.function.is_test or not self._contexts.when(use.function) & RUN_TIME:
            return
        if _counts_down(use) or self._is_known(use):
            return
        if is_capped(use.function, use.conditions, use.variable, use.instruction.pos) or self._is_counted(
            use
        ):
            return
        adding = self._helpers(site, var) if use.op == "pass" else [use]
        source = max((self._source(one) for one in adding), key=lambda found: found.domain)
        found = self._outliving(chain, use, var) if source.domain is not Domain.CLOSED else None
        if found is not None:
            yield _Insert(use, source, *found)

    def _is_known(self, use: Use) -> bool:
        """Whether the key is in the map already."""
        if presence(self._definitions, use.conditions, use.variable) is True:
            return True
        key = _key(use)
        if isinstance(key, ir.Ref):
            values = self._definitions.values(key.var)
            key = values[0] if len(values) == 1 else key
        return isinstance(key, ir.KeyOf) and node_of(key.base) == use.variable

    def _is_counted(self, use: Use) -> bool:
        """Whether a counter that goes up with the inserts is compared before them."""
        compared = {
            node_of(part)
            for condition in use.conditions
            for value, _ in facts_of(condition)
            if isinstance(value, ir.Computed) and value.op in _COMPARISONS
            for part in value.operands
        }
        return any(
            found.instruction.op in ("++", "+=")
            and found.conditions == use.conditions
            and isinstance(found.instruction.target, (ir.Ref, ir.FieldOf))
            and node_of(found.instruction.target) in compared
            for found in use.function.of(ir.Store)
        )

    def _source(self, use: Use) -> Source:
        key = _key(use)
        if key is not None:
            return self._keys.source(key)
        copied = use.instruction.value
        return Source(Domain.UNKNOWN, "") if copied is None else self._keys.source_of_keys(copied)

    def _outliving(
        self, chain: list[ir.Function], use: Use, var: ir.Var
    ) -> tuple[ir.Function, Keeper, bool] | None:
        """The innermost literal around an insert that lives on, what keeps it, and whether it loops.

        None unless some literal around grows the map again and again: it loops, is called again, or is
        started in a loop of the function that has the map.
        """
        reported: tuple[ir.Function, Keeper] | None = None
        conditions = use.conditions
        for literal in chain:
            keepers = self.keepers(literal)
            if keepers:
                best = max(keepers, key=lambda keeper: (keeper.again, keeper.life))
                reported = reported or (literal, best)
                if serves(literal, conditions):
                    return (*reported, True)
                if best.again or any(serves(k.function, k.conditions, _begin(k, var)) for k in keepers):
                    return (*reported, False)
            conditions = self._families.written(literal)
        return None

    def _signs(self, site: Site, var: ir.Var, insert: _Insert) -> Iterator[tuple[int, str]]:
        """The evidence, each piece with its weight."""
        yield self._of_keys(insert)
        lives = (
            0
            if insert.keeper.kind == "stored" and insert.keeper.life is Life.UNKNOWN
            else _LIVES[insert.keeper.life]
        )
        yield lives, f"the literal lives on: {insert.keeper.says}"
        if var.kind == "parameter":
            yield -2, "the map is handed in, and its owner may drop it"
        elif self._is_per_task(insert.literal, var):
            yield -4, "each request or task has a map of its own"
        if insert.loops:
            yield 1, "it loops for as long as something arrives"
        elif self._is_given(insert):
            yield 1, "each run is given a key of its own"
        elif insert.keeper.again and _key(insert.use) is not None and insert.source.domain is not Domain.OPEN:
            yield -2, "nothing that a run is given decides the key"
        if any(use.function is insert.use.function and use.op != "pass" for use in site.reads):
            yield 1, "the key is looked up first, as a cache or registry does"
        if owners.NOT_PRODUCT.search(f"{site.package}/") or self._is_for_tests(insert.literal):
            yield -6, "its package is test support, an example or a tool"
        elif self._is_of_command(insert.literal):
            yield -4, "a command of the command line has it, and may end with it"

    def _of_keys(self, insert: _Insert) -> tuple[int, str]:
        source, key = insert.source, _key(insert.use)
        if source.domain is Domain.OPEN:
            return 3 if source.is_told else 1, f"the key comes from {source.what}, so new ones keep arriving"
        speaks, name = self._names.of(key) if key is not None else (Speaks.NOTHING, "")
        if speaks in (Speaks.INSTALLED, Speaks.PROGRAM):
            return -2, f"the key {name!r} speaks of {speaks.value}"
        if source.domain is Domain.NAMED:
            return 1, f"the key {source.what} speaks of things that come and go"
        return 0, "where the keys come from is not known"

    def _is_per_task(self, literal: ir.Function, var: ir.Var) -> bool:
        """Whether the function that has the map runs for each request or task, and never otherwise."""
        chain = self._families.chain(literal, var.function)
        home = self._families.parent(chain[-1]) if chain else None
        when = self._contexts.when(home) if home is not None else When.NEVER
        return bool(when & _PER_TASK) and not when & (When.MAIN | When.INIT | When.API)

    def _is_for_tests(self, literal: ir.Function) -> bool:
        """Whether the function around takes a testing.T or its kin."""
        taken = _taken(self._families.top(literal))
        return any(kind.package == "testing" for kind in taken)

    def _is_of_command(self, literal: ir.Function) -> bool:
        """Whether a function around is an action of the command line."""
        around: ir.Function | None = literal
        while around is not None:
            if any(owners.COMMANDS.fullmatch(kind.symbol) for kind in _taken(around)):
                return True
            around = self._families.parent(around)
        return False

    def _is_given(self, insert: _Insert) -> bool:
        """Whether the key depends on a parameter of the literal."""
        key = _key(insert.use)
        return key is not None and any(
            isinstance(part, ir.Ref) and part.var in insert.literal.params
            for part in self._definitions.behind(key)
        )


def _taken(function: ir.Function) -> list[t.Named]:
    """The declared types of what a function is handed."""
    kinds = [t.pointed(param.type) for param in function.params]
    return [kind for kind in kinds if isinstance(kind, t.Named)]


def captured_variable(site: Site) -> ir.Var | None:
    """The variable of a captured local, and of the maps inside it; None for other sites."""
    symbol = site.symbol.split("[]")[0]
    for use in site.uses() if site.kind == "local" else ():
        base = use.target
        while isinstance(base, (ir.ElemOf, ir.Converted)):
            base = base.base if isinstance(base, ir.ElemOf) else base.operand
        if isinstance(base, ir.Ref) and base.var.symbol == symbol:
            return base.var
    return None


def _telling(insert: _Insert) -> tuple[int, int, str, int]:
    """Inserts in order: what is known of the keys, who keeps the literal, place."""
    use = insert.use
    return -insert.source.domain, -insert.keeper.life, use.function.path, use.instruction.pos


def _key(use: Use) -> ir.Value | None:
    return use.instruction.key if isinstance(use.instruction, ir.MapOp) else None


def _begin(keeper: Keeper, var: ir.Var) -> int:
    """A loop of the map's own function counts where it begins behind the map's declaration."""
    return var.pos if keeper.function.symbol == var.function else -1


def _counts_down(use: Use) -> bool:
    value = use.instruction.value
    return isinstance(value, ir.Computed) and value.op in ("--", "-=")
