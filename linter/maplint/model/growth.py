"""The verdict on a map site: does it grow for as long as the program runs, and how sure is that?

The four questions of the design in their order: does it live long, does it grow at run time, does anything bring it
down, and what betrays it. Every answer is kept as evidence, with a weight; only proof makes silence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.contexts import Contexts, When, is_endless
from maplint.model.definitions import Definitions
from maplint.model.flows import node_of
from maplint.model.guards import is_capped, is_nil_guarded, presence
from maplint.model.keys import Domain, Keys, Source
from maplint.model.life import Life, Lifetimes
from maplint.model.locks import LockSets
from maplint.model.ownership import Ownership
from maplint.model.sites import Site, Use


class Sign(NamedTuple):
    """One piece of evidence."""

    weight: int
    """Positive for a leak, negative against one, in points that the confidence is made of."""
    says: str
    """A short sentence."""
    use: Use | None = None
    """The operation it is about."""


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
    sibling: Use | None = None
    """A removal from a map beside it, keyed alike."""
    signs: tuple[Sign, ...] = ()


_RELEASES = re.compile(
    r"^(?:[rR]emove|[dD]elete|[cC]lose|[sS]top|[uU]nregister|[dD]eregister|[dD]isconnect|[lL]eave|[eE]vict|[rR]elease"
    r"|[cC]ancel|[uU]nsubscribe|[dD]etach|[dD]rop|[fF]orget|[dD]estroy|[tT]erminate|[kK]ill|[eE]xpire|[cC]leanup|[lL]ogout)"
)
_HIGH, _MEDIUM = 7, 4


class Judge:
    """Judges map sites, one at a time, over everything known of the program."""

    def __init__(
        self,
        sites: dict[str, Site],
        contexts: Contexts,
        definitions: Definitions,
        keys: Keys,
        lifetimes: Lifetimes,
        locks: LockSets,
        ownership: Ownership,
    ) -> None:
        self._sites = sites
        self._contexts = contexts
        self._definitions = definitions
        self._keys = keys
        self._lifetimes = lifetimes
        self._locks = locks
        self._ownership = ownership
        self._siblings: dict[str, list[Site]] = {}
        for site in sites.values():
            self._siblings.setdefault(_family(site), []).append(site)

    def growth(self, site: Site) -> Growth:
        """The verdict on one site."""
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
            ((self._source(use), use) for use in inserts), key=lambda pair: (-pair[0].domain, _position(pair[1]))
        )
        best = ranked[0][0]
        if best.domain is Domain.CLOSED:
            return Growth("fixed", (f"its keys are {best.what or 'a closed set'}",))
        uses = tuple(use for source, use in ranked if source.domain is not Domain.CLOSED)
        sibling = self._sibling(site)
        signs = [*life, *self._signs(site, uses, best, sibling)]
        points = sum(sign.weight for sign in signs)
        confidence = Confidence.HIGH if points >= _HIGH else Confidence.MEDIUM if points >= _MEDIUM else Confidence.LOW
        reasons = tuple(sign.says for sign in sorted(signs, key=lambda sign: -abs(sign.weight)))
        return Growth("unbounded", reasons, confidence, uses, best, sibling, tuple(signs))

    def _settled(self, site: Site) -> Growth | None:
        """The verdicts that what is done to the site decides alone."""
        if not any(not use.function.is_test for use in site.inserts):
            return Growth("fixed", ("nothing inserts into it after it is made",))
        removal = next((use for use in site.removes if not use.function.is_test), None)
        if removal is not None:
            return Growth("bounded", (f"{_short(removal.function.symbol)} removes from it",))
        reset = next((use for use in site.resets if self.is_reset(use)), None)
        if reset is not None:
            return Growth("bounded", (f"{_short(reset.function.symbol)} replaces it",))
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
        running = [use for use in product if self._runs_later(use)]
        if not running:
            return Growth("fixed", ("it is filled at start-up only",))
        fresh = [use for use in running if not self.is_building(use)]
        if not fresh:
            return Growth("fixed", ("it is filled while its owner is made",))
        new = [use for use in fresh if not self._is_update(site, use)]
        if not new:
            return Growth("fixed", ("only keys that it already has are written",))
        capped = [use for use in new if is_capped(use.function, use.conditions, use.variable, use.instruction.pos)]
        if len(capped) == len(new):
            return Growth("bounded", ("its length is checked before an insert",))
        return [use for use in new if use not in capped]

    def _runs_later(self, use: Use) -> bool:
        """Whether the operation runs after start-up; code that nothing is seen to call may."""
        when = self._contexts.when(use.function)
        return not when or bool(when & ~_START_UP)

    def _life(self, site: Site) -> list[Sign] | Growth:
        if site.kind == "package-var" or site.is_in_package_var:
            return [Sign(2, "it is a package variable, so it lives as long as the program")]
        if site.kind == "local":
            return Growth("short-lived", ("it is local to a function",))
        found = self._lifetimes.of(site.owner)
        if found.life is Life.SHORT:
            return Growth("short-lived", found.reasons)
        weight = {Life.LONG: 2, Life.LIKELY: 1, Life.UNKNOWN: -1, Life.REMOVED: -3}[found.life]
        says = found.reasons[0] if found.reasons else f"nothing shows how long a {site.owner.rpartition('.')[2]} lives"
        return [Sign(weight, says)]

    def is_reset(self, use: Use) -> bool:
        """Whether an assignment of a whole map empties one that was in use."""
        store = use.instruction
        if use.function.is_test or not isinstance(store, ir.Store) or store.define:
            return False
        when = self._contexts.when(use.function)
        if not when & ~(_START_UP | When.MAIN) or self._ownership.is_made_here(use.target, use.function):
            return False
        if is_nil_guarded(use.conditions, use.variable) or presence(
            self._definitions, use.conditions, use.variable.removesuffix("[]")
        ) is False:
            return False
        return not self._keeps_content(store, use.variable)

    def _keeps_content(self, store: ir.Store, node: str) -> bool:
        """Whether the new map is the old one, a grown copy of it, or made where there was none."""
        value = store.value
        if isinstance(value, ir.Ref):
            single = self._definitions.single(value.var)
            value = single if single is not None else value
        if isinstance(value, ir.Result):
            return any(node_of(arg) == node for arg in value.call.args)
        return node_of(value) == node

    def is_building(self, use: Use) -> bool:
        """Whether the map's owner was made in the same function: it is being filled for the first time."""
        return self._ownership.is_owned(use.target, use.function, use.instruction.pos)

    def _is_update(self, site: Site, use: Use) -> bool:
        """Whether the key is in the map already."""
        if presence(self._definitions, use.conditions, use.variable) is True:
            return True
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        while isinstance(key, ir.Ref):
            values = self._definitions.values(key.var)
            if len(values) != 1:
                break
            key = values[0]
        return isinstance(key, ir.KeyOf) and node_of(key.base) == use.variable

    def _source(self, use: Use) -> Source:
        instruction = use.instruction
        if not isinstance(instruction, ir.MapOp):
            return Source(Domain.UNKNOWN, "")
        if instruction.key is not None:
            return self._keys.source(instruction.key)
        if instruction.op == "copy" and instruction.value is not None:
            return self._keys.source_of_keys(instruction.value)
        return Source(Domain.UNKNOWN, "")

    def _sibling(self, site: Site) -> Use | None:
        """A removal at run time from a map of the same owner with the same type of key."""
        for other in self._siblings.get(_family(site), ()):
            if other is site or other.symbol.startswith(f"{site.symbol}[]") or not _keyed_alike(site, other):
                continue
            for use in other.removes:
                if not use.function.is_test and self._contexts.when(use.function) & ~_START_UP:
                    return use
        return None

    def _signs(self, site: Site, uses: tuple[Use, ...], source: Source, sibling: Use | None) -> list[Sign]:
        signs = [*_of_keys(source), *self._of_kind(site), *self._of_running(uses), *self._of_use(site, uses)]
        if sibling is not None:
            name = node_of(sibling.target) or ""
            says = f"{_short(sibling.function.symbol)} removes the key from {_last(name)} beside it, but not from this one"
            signs.append(Sign(4, says, sibling))
        signs += self._of_betrayal(site)
        signs += _of_place(site, uses)
        return signs

    def _of_running(self, uses: tuple[Use, ...]) -> list[Sign]:
        when = When.NEVER
        for use in uses:
            when |= self._contexts.when(use.function) | (When.LOOP if is_endless(use.conditions) else When.NEVER)
        if when & When.CONCURRENT:
            return [Sign(1, "requests or goroutines started again and again reach the insert")]
        if when & When.LOOP:
            return [Sign(1, "a loop that never ends reaches the insert")]
        if when & When.GOROUTINE:
            return [Sign(0, "a goroutine reaches the insert")]
        if when & When.API:
            return [Sign(0, "the insert is reached from outside the analysed code")]
        if when & When.MAIN:
            return [Sign(-3, "only main reaches the insert, so it may run once")]
        return [Sign(-1, "nothing in the analysed code is seen to call the insert")]

    def _of_kind(self, site: Site) -> list[Sign]:
        return [Sign(1, "a sync.Map is made for many goroutines")] if site.is_sync_map else []

    def _of_use(self, site: Site, uses: tuple[Use, ...]) -> list[Sign]:
        signs = []
        if any(self._locks.at(use.function, use.instruction) for use in uses):
            signs.append(Sign(1, "the insert holds a lock, so it runs while others use the map"))
        readers = {use.function for use in site.reads}
        looks = any(presence(self._definitions, use.conditions, use.variable) is False for use in uses)
        if looks or any(use.function in readers for use in uses) or any(use.op == "LoadOrStore" for use in uses):
            signs.append(Sign(1, "the key is looked up first, as a cache or registry does"))
        if all(owners.REGISTRATION.match(_function_name(use.function)) for use in uses):
            signs.append(Sign(-2, "the insert reads like a registration"))
        if any(isinstance(use.instruction, ir.MapOp) and use.instruction.op == "copy" for use in uses):
            signs.append(Sign(-1, "entries are copied in bulk"))
        return signs

    def _of_betrayal(self, site: Site) -> list[Sign]:
        signs = []
        for use in site.inserts:
            value = use.instruction.value if isinstance(use.instruction, ir.MapOp) else None
            if isinstance(value, ir.Computed) and value.op in ("--", "-="):
                signs.append(Sign(2, f"{_short(use.function.symbol)} counts an entry down and keeps its key", use))
                break
        for use in site.reads:
            if use.op in ("index", "Load") and _RELEASES.match(_function_name(use.function)):
                says = f"{_short(use.function.symbol)} looks the entry up and leaves it in the map"
                signs.append(Sign(2, says, use))
                break
        inner = self._sites.get(f"{site.symbol}[]")
        if inner is not None:
            removal = next((use for use in inner.removes if not use.function.is_test), None)
            if removal is not None:
                says = f"{_short(removal.function.symbol)} empties the inner map and keeps the key of the outer one"
                signs.append(Sign(2, says, removal))
        return signs


_START_UP = When.INIT | When.ONCE | When.TEST


def _family(site: Site) -> str:
    """What makes maps siblings: one owner, or for package variables one file."""
    return site.owner or f"{site.package}:{site.path}"


def _keyed_alike(site: Site, other: Site) -> bool:
    if site.map is None or other.map is None:
        return site.map is other.map
    return site.map.key == other.map.key and site.map.key is not None


def _of_keys(source: Source) -> list[Sign]:
    if source.domain is Domain.OPEN:
        return [Sign(3, f"the key comes from {source.what}, so new ones keep arriving")]
    if source.domain is Domain.NAMED:
        return [Sign(1, f"the key {source.what} speaks of things that come and go")]
    return [Sign(0, "where the keys come from is not known")]


def _of_place(site: Site, uses: tuple[Use, ...]) -> list[Sign]:
    if all(owners.NOT_PRODUCT.search(f"{use.function.package}/") for use in uses) or owners.NOT_PRODUCT.search(
        f"{site.package}/"
    ):
        return [Sign(-4, "its package is test support, an example or a tool")]
    return []


def _position(use: Use) -> tuple[str, int]:
    return use.function.path, use.instruction.pos


def _function_name(function: ir.Function) -> str:
    """The name of the function or, for a literal, of the one around it."""
    symbol = function.symbol
    while re.search(r"\.func\d+$", symbol):
        symbol = symbol.rpartition(".")[0]
    return symbol.rpartition(".")[2]


def _short(symbol: str) -> str:
    """A symbol as a reader of the package knows it: `Cache.Put`."""
    return symbol.rpartition("/")[2].partition(".")[2]


def _last(symbol: str) -> str:
    return symbol.rpartition(".")[2]
