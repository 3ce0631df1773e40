"""The verdict on a map site: does it grow for as long as the program runs, and how sure is that?

The four questions of the design in their order: does it live long, does it grow at run time, does anything bring it
down, and what betrays it. Every answer is kept as evidence, with a weight; only proof makes silence.
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model import ir
from maplint.model.bounds import Bounds
from maplint.model.contexts import START_UP, Contexts, is_endless
from maplint.model.contracts import Contracts
from maplint.model.definitions import Definitions
from maplint.model.domains import Domain, Source
from maplint.model.evidence import Sign, grade
from maplint.model.guards import are_off, is_capped, look_ups, presence
from maplint.model.keys import Keys
from maplint.model.life import Life, Lifetime, Lifetimes
from maplint.model.naming import short
from maplint.model.own_keys import is_taken_from
from maplint.model.ownership import Ownership
from maplint.model.signs import Signs
from maplint.model.sites import Site, Use


class Growth(NamedTuple):
    """The verdict on a site."""

    verdict: str
    """unbounded, bounded, fixed, short-lived or unknown, as `maplint maps` shows it."""
    reasons: tuple[str, ...]
    """Why, strongest first."""
    confidence: Confidence | None = None
    """How sure an unbounded verdict is."""
    inserts: tuple[Use, ...] = ()
    """The inserts that make it grow, most telling first."""
    source: Source | None = None
    """Where the keys of the most telling insert come from."""
    signs: tuple[Sign, ...] = ()


_MEDIUM = 6
_HIGH = 8
_HIGH_UNDER_UNKNOWN_KEYS = 9
_HIGH_BESIDE_A_SIBLING = 7
"""A map that is filled together with this one, and emptied, tells of keys that come and go."""


class Judge:
    """Judges map sites, one at a time, over everything known of the program."""

    def __init__(
        self,
        sites: dict[str, Site],
        contexts: Contexts,
        definitions: Definitions,
        keys: Keys,
        lifetimes: Lifetimes,
        ownership: Ownership,
        contracts: Contracts,
        bounds: Bounds,
        signs: Signs,
    ) -> None:
        self._sites = sites
        self._contexts = contexts
        self._definitions = definitions
        self._keys = keys
        self._lifetimes = lifetimes
        self._ownership = ownership
        self._contracts = contracts
        self._bounds = bounds
        self._known: dict[str, Growth] = {}
        self._judging: set[str] = set()
        """Sites whose verdict is under way; one of them is no bound for another."""
        self._signs = signs

    def growth(self, site: Site) -> Growth:
        """The verdict on one site."""
        known = self._known.get(site.symbol)
        if known is None:
            self._judging.add(site.symbol)
            known = self._known[site.symbol] = self._judge(site)
            self._judging.discard(site.symbol)
        return known

    def _judge(self, site: Site) -> Growth:
        settled = self._settled(site)
        if settled is not None:
            return settled
        inserts = self._growing(site)
        if isinstance(inserts, Growth):
            return inserts
        life = self._life(site)
        if isinstance(life, Growth):
            return life
        ranked = sorted(
            ((self._source(use), use) for use in inserts),
            key=lambda pair: (-pair[0].domain, _position(pair[1])),
        )
        best = ranked[0][0]
        if best.domain is Domain.CLOSED:
            return Growth("fixed", (f"its keys are {best.what or 'a closed set'}",))
        uses = tuple(use for source, use in ranked if source.domain is not Domain.CLOSED)
        signs = [*self._signs.of(site, uses, best, life), *self._bounds.signs(site)]
        points = sum(sign.weight for sign in signs)
        confidence = grade(points, _asked_of_high({sign.name for sign in signs}), _MEDIUM)
        reasons = tuple(sign.says for sign in sorted(signs, key=lambda sign: -abs(sign.weight)))
        return Growth("unbounded", reasons, confidence, uses, best, tuple(signs))

    def _settled(self, site: Site) -> Growth | None:
        """The verdicts that a comment, or what is done to the site, decides alone."""
        if self._contracts.is_bounded(site):
            return Growth("bounded", ("a comment states that it is bounded",))
        if not any(not use.function.is_test for use in site.inserts):
            return Growth("fixed", ("nothing inserts into it after it is made",))
        bound = self._bounds.of(site)
        if bound is not None:
            return Growth("bounded", (bound,))
        outer = self._sites.get(site.symbol.removesuffix("[]")) if site.symbol.endswith("[]") else None
        if outer is not None:
            around = self.growth(outer)
            if around.verdict != "fixed":
                verdict = "unknown" if around.verdict == "unbounded" else around.verdict
                return Growth(verdict, (f"as for the map around it: {around.reasons[0]}",))
        return None

    def _growing(self, site: Site) -> list[Use] | Growth:
        """The inserts that can add keys while the program runs."""
        product = [use for use in site.inserts if not use.function.is_test]
        running = [use for use in product if self._runs_later(use) and not are_off(use.conditions)]
        if not running:
            return Growth("fixed", ("nothing inserts into it after start-up",))
        fresh = [use for use in running if not self.is_building(use)]
        if not fresh:
            return Growth("fixed", ("it is filled while its owner is made",))
        new = [use for use in fresh if not self._is_update(site, use)]
        if not new:
            return Growth("fixed", ("only keys that it already has are written",))
        around = {self._known_members(use) for use in new}
        if None not in around:
            return Growth("fixed", (f"its keys are among those of {short(min(filter(None, around)))}",))
        capped = [
            use for use in new if is_capped(use.function, use.conditions, use.variable, use.instruction.pos)
        ]
        if len(capped) == len(new):
            return Growth("bounded", ("its length is checked before an insert",))
        return [use for use in new if use not in capped]

    def _runs_later(self, use: Use) -> bool:
        """Whether the operation runs after start-up; code that nothing is seen to call may."""
        when = self._contexts.when(use.function)
        return not when or bool(when & ~START_UP)

    def _life(self, site: Site) -> Lifetime | Growth | None:
        """How long the owner lives; None for a package variable, a verdict where that settles it."""
        if site.kind == "package-var" or site.is_in_package_var:
            return None
        if site.kind == "local":
            return Growth("short-lived", ("it is local to a function",))
        found = self._lifetimes.of(site.owner)
        return Growth("short-lived", found.reasons) if found.life is Life.SHORT else found

    def is_building(self, use: Use) -> bool:
        """Whether the map's owner was made in the same function: it is being filled for the first time."""
        owned = self._ownership.is_owned(use.target, use.function, use.instruction.pos)
        return owned or self._is_made_just_before(use)

    def _is_made_just_before(self, use: Use) -> bool:
        """Whether the function itself has put a new map there, so that each run fills one of its own."""
        return not is_endless(use.function, use.conditions) and any(
            found.instruction.pos < use.instruction.pos
            and isinstance(found.instruction.value, (ir.Made, ir.Composed))
            and use.conditions[: len(found.conditions)] == found.conditions
            for found in self._definitions.stores_into(use.function, use.target)
        )

    def _is_update(self, site: Site, use: Use) -> bool:
        """Whether the key is in the map already."""
        if presence(self._definitions, use.conditions, use.variable) is True:
            return True
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        if key is None:
            return False
        ranged = {read.variable for read in site.reads if read.op == "range"}
        if ranged and is_taken_from(self._definitions, self._keys.stored, key, ranged):
            return True
        while isinstance(key, ir.Ref):
            values = self._definitions.values(key.var)
            if len(values) != 1:
                break
            key = values[0]
        return isinstance(key, ir.FieldOf) and self._is_of_owner(use, key)

    def _is_of_owner(self, use: Use, key: ir.FieldOf) -> bool:
        """Whether the key is a field of the map's owner that is set when the owner is made: one key for each."""
        target = use.target
        return (
            isinstance(target, ir.FieldOf)
            and target.field.owner == key.field.owner
            and self._definitions.path(target.base) == self._definitions.path(key.base)
            and self._keys.is_set_once(key.field)
        )

    def _known_members(self, use: Use) -> str | None:
        """The symbol of a fixed map in which the key was found before it is inserted here."""
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        for tested in look_ups(self._definitions, use.conditions):
            other = self._sites.get(tested.node or "")
            if tested.found and other is not None and key is not None and other.symbol not in self._judging:
                same = tested.key is not None and self._definitions.path(
                    tested.key
                ) == self._definitions.path(key)
                if same and self.growth(other).verdict == "fixed":
                    return other.symbol
        return None

    def _source(self, use: Use) -> Source:
        instruction = use.instruction
        if not isinstance(instruction, ir.MapOp):
            return Source(Domain.UNKNOWN, "")
        if instruction.key is not None:
            return self._keys.source(instruction.key)
        if instruction.op == "copy" and instruction.value is not None:
            return self._keys.source_of_keys(instruction.value)
        return Source(Domain.UNKNOWN, "")


def _asked_of_high(names: set[str]) -> int:
    """How many points make a confidence high, by the signs that there are."""
    if "sibling-removed" in names:
        return _HIGH_BESIDE_A_SIBLING
    return _HIGH_UNDER_UNKNOWN_KEYS if "key-unknown" in names else _HIGH


def _position(use: Use) -> tuple[str, int]:
    return use.function.path, use.instruction.pos
