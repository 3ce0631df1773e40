"""Evidence for and against a leak, once nothing is found that brings the map down.

Each sign has a weight, and the confidence is made of their sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from maplint.facts import types as t
from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.contexts import START_UP, Contexts, When, is_endless
from maplint.model.definitions import Definitions
from maplint.model.domains import Source
from maplint.model.endings import Endings, is_transient
from maplint.model.evidence import BETRAYALS, Sign
from maplint.model.flows import node_of
from maplint.model.guards import presence
from maplint.model.key_signs import KeySigns
from maplint.model.life import Life, Lifetime, Shows
from maplint.model.locks import LockSets
from maplint.model.naming import declared_name, last, short
from maplint.model.products import Products
from maplint.model.sites import Site, Use
from maplint.model.walk import Condition, leaves

_RELEASES = re.compile(
    r"^(?:[rR]emove|[dD]elete|[cC]lose|[sS]top|[uU]nregister|[dD]eregister|[dD]isconnect|[lL]eave|[eE]vict|[rR]elease"
    r"|[cC]ancel|[uU]nsubscribe|[dD]etach|[dD]rop|[fF]orget|[dD]estroy|[tT]erminate|[kK]ill|[eE]xpire|[cC]leanup|[lL]ogout)"
)

_OF_LIFE = {
    Life.LONG: "owner-lives-long",
    Life.UNKNOWN: "owner-life-unknown",
    Life.REMOVED: "owner-is-removed",
}
_LIKELY = {
    Shows.GOROUTINES: "owner-has-goroutines",
    Shows.PARTS: "owner-has-lock",
    Shows.HOLDER: "owner-is-held",
    Shows.NAME: "owner-named-like-a-server",
}

_TOLD = frozenset(BETRAYALS) | {
    "lock-per-key",
    "entry-has-expiry",
    "key-open",
    "key-of-many",
    "key-open-from-afar",
    "key-is-object",
    "reached-concurrently",
    "reached-in-a-loop",
}
"""What tells of a program's only map of its kind that entries keep coming: it is a registry as often as a cache."""

_NEAR = 3
"""How many calls may lie between a handler or `go` statement and an insert that is told to belong to it."""


class Signs:
    """Collects the evidence on a site."""

    def __init__(
        self,
        sites: dict[str, Site],
        contexts: Contexts,
        definitions: Definitions,
        locks: LockSets,
        keys: KeySigns,
        endings: Endings,
        products: Products,
    ) -> None:
        self._sites = sites
        self._contexts = contexts
        self._definitions = definitions
        self._locks = locks
        self._keys = keys
        self._endings = endings
        self._products = products
        self._families: dict[str, list[Site]] = {}
        for site in sites.values():
            self._families.setdefault(_family(site), []).append(site)

    def of(self, site: Site, uses: tuple[Use, ...], source: Source, lifetime: Lifetime | None) -> list[Sign]:
        """The evidence on a site that `uses` make grow, with keys from `source`; no lifetime for a variable."""
        forgotten = [*self._of_siblings(site, uses), *self._of_betrayal(site)]
        keyed = list(self._keys.of(site, uses, source, bool(forgotten)))
        signs = [
            *_of_life(site, uses, lifetime),
            *keyed,
            self._of_running(uses),
            *self._of_inserts(site, uses, {sign.name for sign in keyed}),
            *forgotten,
            *self._products.of(site, uses),
        ]
        names = {sign.name for sign in signs}
        if names & {"package-variable", "owner-lives-long"} and not names & _TOLD:
            signs.append(
                Sign("untold-singleton", "it is the only one, and nothing tells that more keep coming")
            )
        if names & {"sibling-removed", "sibling-of-that-key-type"}:
            signs = [_tended(sign) if sign.name == "owner-life-unknown" else sign for sign in signs]
        return signs

    def _of_running(self, uses: tuple[Use, ...]) -> Sign:
        when = When.NEVER
        for use in uses:
            when |= self._contexts.when(use.function) | (
                When.LOOP if is_endless(use.function, use.conditions) else When.NEVER
            )
        if when & When.CONCURRENT:
            says = "requests or goroutines started again and again reach the insert"
            steps = min(
                len(self._contexts.trail(use.function, When.CONCURRENT))
                for use in uses
                if self._contexts.when(use.function) & When.CONCURRENT
            )
            return Sign("reached-concurrently" if steps <= _NEAR else "reached-concurrently-from-afar", says)
        if when & When.LOOP:
            return Sign("reached-in-a-loop", "a loop that never ends reaches the insert")
        if when & When.GOROUTINE:
            return Sign("reached-in-a-goroutine", "a goroutine reaches the insert")
        if when & When.API and not all(self._products.is_idle(use.function) for use in uses):
            return Sign("reached-from-outside", "the insert is reached from outside the analysed code")
        if when & When.MAIN:
            return Sign("reached-from-main-alone", "only main reaches the insert, so it may run once")
        return Sign("reached-by-nobody", "nothing in the analysed code is seen to call the insert")

    def _of_inserts(self, site: Site, uses: tuple[Use, ...], keyed: Set[str]) -> Iterator[Sign]:
        """The evidence in how a map is filled; `keyed` are the names of that in its keys."""
        if site.is_sync_map:
            yield Sign("sync-map", "a sync.Map is made for many goroutines")
        if any(self._locks.at(use.function, use.instruction) for use in uses):
            yield Sign("insert-under-lock", "the insert holds a lock, so it runs while others use the map")
        if self._looks_up(site, uses):
            yield Sign("looked-up-first", "the key is looked up first, as a cache or registry does")
        if "key-open" not in keyed and all(self._registers(use.function, keyed) for use in uses):
            yield Sign("registration", "the insert reads like a registration")
        elif all(self._fails_on_duplicate(use) for use in uses):
            yield Sign("fails-on-duplicate", "a key that is there already is an error, as in a registry")
        if all(self._contexts.is_reached_by(use.function, self._sets_up) for use in uses):
            yield Sign("reached-by-set-up", "only functions that make or set something up reach the insert")
        if all(use.op == "copy" for use in uses):
            yield Sign("copied-in-bulk", "entries are copied in bulk")

    def _registers(self, function: ir.Function, keyed: Set[str]) -> bool:
        """Whether the function reads like a registration, or serves nothing but such functions.

        What registers things that come and go, as their keys say, is not told by its callers alone.
        """
        if _is_registration(function) or "key-names-comers" in keyed:
            return _is_registration(function)
        return self._contexts.is_reached_by(function, _is_registration)

    def _sets_up(self, function: ir.Function) -> bool:
        """Whether a function makes or sets something up; what parses for goroutines and loops reads what arrives."""
        name = declared_name(function)
        arrives = self._contexts.when(function) & (When.CONCURRENT | When.LOOP) and owners.PARSES.match(name)
        return bool(owners.SET_UP.search(name)) and not arrives

    def _looks_up(self, site: Site, uses: tuple[Use, ...]) -> bool:
        readers = {use.function for use in site.reads if use.op in ("index", "Load")}
        return any(
            use.op == "LoadOrStore"
            or use.function in readers
            or presence(self._definitions, use.conditions, use.variable) is False
            for use in uses
        )

    def _fails_on_duplicate(self, use: Use) -> bool:
        """Whether finding the key there already ends in a panic, or in an error that is returned."""
        for found in use.function.of(ir.Branch):
            branch = found.instruction
            if branch.pos < use.instruction.pos and leaves(branch.then):
                inside = (*found.conditions, *_holding(branch))
                if presence(self._definitions, inside, use.variable) is True and _fails(branch.then):
                    return True
        return False

    def _of_siblings(self, site: Site, uses: tuple[Use, ...]) -> Iterator[Sign]:
        removal, together = self.sibling(site, uses)
        if removal is None:
            ending = self._endings.of(site, uses)
            if ending is not None:
                sign = "kind-removed-elsewhere" if ending.use is not None else "kind-released"
                yield Sign(sign, ending.says, ending.use, ending.where)
            return
        name = last(node_of(removal.target) or "")
        says = f"{short(removal.function.symbol)} deletes such keys from {name} beside it"
        sign = "sibling-removed" if together else "sibling-of-that-key-type"
        yield Sign(sign, says, removal, removal.function.symbol)

    def sibling(self, site: Site, uses: tuple[Use, ...]) -> tuple[Use | None, bool]:
        """A removal at run time from a map of the same owner with the same type of key.

        And whether the two are told to be keyed by the same things: filled together, or by a key type of their own.
        """
        best: Use | None = None
        for other in self._families.get(_family(site), ()):
            if site.holds(other.symbol) or is_transient(other) or not _keyed_alike(site, other):
                continue
            removals = [use for use in other.removes if self._runs_later(use)]
            if removals and (_has_own_key_type(site) or self._are_filled_together(uses, other)):
                return removals[0], True
            best = best or next((use for use in removals if self._is_of_that_kind(use, uses)), None)
        return best, False

    def _are_filled_together(self, uses: tuple[Use, ...], other: Site) -> bool:
        """Whether some function puts the same key in both maps."""
        return any(
            use.function is one.function and self._path_of_key(use) == self._path_of_key(one)
            for use in uses
            for one in other.inserts
        )

    def _path_of_key(self, use: Use) -> str | ir.Value | None:
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        path = self._definitions.path(key) if key is not None else None
        return key if path is None else path

    def _is_of_that_kind(self, removal: Use, uses: tuple[Use, ...]) -> bool:
        return any(self._endings.are_of_one_kind(use, removal) for use in uses)

    def _runs_later(self, use: Use) -> bool:
        return not use.function.is_test and bool(self._contexts.when(use.function) & ~START_UP)

    def _of_betrayal(self, site: Site) -> Iterator[Sign]:
        for use in site.inserts:
            value = use.instruction.value if isinstance(use.instruction, ir.MapOp) else None
            if isinstance(value, ir.Computed) and value.op in ("--", "-="):
                yield Sign(
                    "counted-down",
                    f"{short(use.function.symbol)} counts an entry down and keeps its key",
                    use,
                    use.function.symbol,
                )
                break
        leaving = self._leaving(site)
        if leaving is not None:
            says = f"{short(leaving.function.symbol)} looks the entry up and leaves it in the map"
            yield Sign("released-not-removed", says, leaving, leaving.function.symbol)
        inner = self._sites.get(f"{site.symbol}[]")
        removals = [use for use in inner.removes if not use.function.is_test] if inner is not None else []
        # Who looks the inner map up to take something out of it has left the entry once, not twice.
        if removals and (leaving is None or all(use.function is not leaving.function for use in removals)):
            name = short(removals[0].function.symbol)
            says = f"{name} empties the inner map and keeps the key of the outer one"
            yield Sign("inner-emptied", says, removals[0], removals[0].function.symbol)

    def _leaving(self, site: Site) -> Use | None:
        """A look-up in a function of the package that releases the thing and does not take it out."""
        removing = {use.function for use in site.removes}
        return next(
            (
                use
                for use in site.reads
                if use.function not in removing
                and use.function.package == site.package
                and self._takes_leave(use)
            ),
            None,
        )

    def _takes_leave(self, use: Use) -> bool:
        """Whether a function that releases one thing looks it up; one that goes through all of them ends the owner."""
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        if use.op not in ("index", "Load") or not _RELEASES.match(declared_name(use.function)):
            return False
        values = self._definitions.values(key.var) if isinstance(key, ir.Ref) else ()
        return not any(isinstance(value, ir.KeyOf) for value in values)


def _tended(sign: Sign) -> Sign:
    """An owner of which other maps are cleaned lives long enough for that to matter."""
    return Sign("owner-is-tended", f"{sign.says}, but other maps of it are cleaned")


def _is_registration(function: ir.Function) -> bool:
    return bool(owners.REGISTRATION.match(declared_name(function)))


def _family(site: Site) -> str:
    """What makes maps siblings: one owner and its unnamed parts, or for package variables one file."""
    owner = site.owner.removeprefix(f"{site.package}.").partition(".")[0]
    return f"{site.package}.{owner}" if owner else f"{site.package}:{site.path}"


def _keyed_alike(site: Site, other: Site) -> bool:
    if site.map is None or other.map is None:
        return site.map is other.map
    return site.map.key == other.map.key and site.map.key is not None


def _has_own_key_type(site: Site) -> bool:
    """Whether the key's type is a declared one, which two maps do not share by chance."""
    key = site.map.key if site.map is not None else None
    return isinstance(t.pointed(key), t.Named)


def _of_life(site: Site, uses: tuple[Use, ...], lifetime: Lifetime | None) -> Iterator[Sign]:
    if lifetime is None:
        yield Sign("package-variable", "it is a package variable, so it lives as long as the program")
        return
    if site.name[:1].isupper() and not all(use.function.symbol.startswith(f"{site.owner}.") for use in uses):
        yield Sign("field-is-exported", "it is an exported field that others fill, as they do with records")
    says = lifetime.reasons[0] if lifetime.reasons else f"nothing shows how long a {last(site.owner)} lives"
    if lifetime.life is Life.LONG and lifetime.shows is Shows.HOLDER:
        yield Sign("owner-is-part-of-what-lives-long", says)
    else:
        likely = _LIKELY[lifetime.shows or Shows.HOLDER]
        yield Sign(_OF_LIFE.get(lifetime.life, likely), says)
    is_held = lifetime.shows is Shows.HOLDER and not lifetime.made_again
    if lifetime.life is Life.LIKELY and not is_held and owners.SHORT_LIVED_NAMES.search(last(site.owner)):
        yield Sign("owner-named-like-a-task", f"the name {last(site.owner)} speaks of one task")
    if lifetime.life is not Life.LONG and lifetime.passing:
        yield Sign(
            "owner-made-to-pass", f"each {last(site.owner)} is made anew, and nothing is seen to keep it"
        )
    elif lifetime.life is not Life.LONG and lifetime.made_again:
        yield Sign("owner-made-again", f"code that runs again and again makes each {last(site.owner)}")


def _holding(branch: ir.Branch) -> tuple[Condition, ...]:
    return (Condition(branch.cond, True, "branch", branch.pos),)


def _fails(body: ir.Body) -> bool:
    """Whether a body ends in a panic, or returns an error that it makes."""
    end = body[-1]
    if isinstance(end, ir.Jump):
        return end.kind in ("panic", "exit")
    if not isinstance(end, ir.Return) or not end.values:
        return False
    value = end.values[-1]
    return value.type == t.ERROR or _is_error(value)


def _is_error(value: ir.Value) -> bool:
    value = ir.unconverted(value)
    if isinstance(value, ir.Result) and isinstance(value.call.callee, (ir.External, ir.Static)):
        return "rr" in value.call.callee.symbol.rpartition("/")[2]
    return isinstance(value, ir.Ref) and value.var.name.lower().startswith("err")
