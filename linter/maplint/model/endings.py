"""Which kinds of things end while the program runs: what other maps drop entries of, and what functions take leave of.

A map that is keyed by tenants, in a package where tenants are deleted elsewhere, should hear of it. Kinds are told by
the names of keys and parameters and by their type: `userID`, `user` and `userName` of type string are one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from maplint.facts import types as t
from maplint.knowledge import vocabulary
from maplint.model import ir
from maplint.model.contexts import START_UP, Contexts
from maplint.model.key_names import KeyNames
from maplint.model.life import Lifetimes
from maplint.model.naming import declared_name, short, words
from maplint.model.sites import Site, Use

_RELEASES = re.compile(
    r"^(?:[hH]andle|[oO]n|[dD]o|[tT]ry|_)?(?:[rR]emove|[dD]elete|[cC]lose|[sS]top|[uU]nregister|[uU]nRegister|[dD]eregister"
    r"|[dD]isconnect|[lL]eave|[eE]vict|[rR]elease|[uU]nsubscribe|[dD]etach|[dD]rop|[fF]orget|[dD]estroy|[tT]erminate"
    r"|[kK]ill|[eE]xpire|[lL]ogout|[uU]nmount|[cC]leanup)"
)


class Ending(NamedTuple):
    """A place where things of a kind end."""

    says: str
    """What is done there, as a clause: `catalogue.remove deletes such keys from topics`."""
    node: str | None
    """The map that it removes from; None for a function that is known by its name."""
    use: Use | None
    """The removal."""
    where: str
    """The symbol of the function."""


class Endings:
    """The endings of a program, by package and kind of key."""

    def __init__(
        self,
        sites: Iterable[Site],
        contexts: Contexts,
        names: KeyNames,
        lifetimes: Lifetimes,
        functions: Iterable[ir.Function],
    ) -> None:
        self._names = names
        self._lifetimes = lifetimes
        self._known: dict[tuple[str, str, t.Type], list[Ending]] = {}
        for site in sites:
            for use in () if is_transient(site) else site.removes:
                if not use.function.is_test and contexts.when(use.function) & ~START_UP:
                    self._removal(site, use)
        for function in functions:
            if not function.is_test and _RELEASES.match(declared_name(function)):
                self._release(function)

    def of(self, site: Site, uses: tuple[Use, ...]) -> Ending | None:
        """Where things like the keys that `uses` insert end, without a word to this map."""
        for use in uses:
            key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
            if key is None:
                continue
            for ending in self._known.get((use.function.package, self._kind(key), key.type), ()):
                if not site.holds(ending.node or ""):
                    return ending
        return None

    def are_of_one_kind(self, one: Use, other: Use) -> bool:
        """Whether the keys of two operations may stand for the same kind of thing, by their names."""
        kinds = {
            kind
            for use in (one, other)
            if isinstance(use.instruction, ir.MapOp) and use.instruction.key is not None
            if (kind := self._kind(use.instruction.key))
        }
        return len(kinds) < 2

    def _removal(self, site: Site, use: Use) -> None:
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        if key is not None and not self._is_of_one_among_many(site):
            says = f"{short(use.function.symbol)} deletes such keys from {site.name}"
            self._add(
                use.function, self._kind(key), key.type, Ending(says, site.symbol, use, use.function.symbol)
            )

    def _is_of_one_among_many(self, site: Site) -> bool:
        """Whether there are many such maps: what leaves one of them has not come to its end."""
        many = bool(site.owner) and self._lifetimes.are_many(site.owner)
        return many or site.kind == "local" or site.symbol.endswith("[]")

    def _release(self, function: ir.Function) -> None:
        for param in function.params:
            ending = Ending(f"{short(function.symbol)} is told when one ends", None, None, function.symbol)
            self._add(function, _kind(param.name), param.type, ending)

    def _add(self, function: ir.Function, kind: str, key_type: t.Type, ending: Ending) -> None:
        if kind:
            self._known.setdefault((function.package, kind, key_type), []).append(ending)

    def _kind(self, key: ir.Value) -> str:
        return _kind(next(iter(self._names.subjects(key)), ""))


def is_transient(site: Site) -> bool:
    """Whether the map's name says that it holds what is under way; leaving it is no end."""
    return not vocabulary.TRANSIENT.isdisjoint(words(site.name))


def _kind(name: str) -> str:
    """What a name stands for, without the words that only say how it is written: `tenantID` is a tenant."""
    found = list(words(name))
    while found and (found[-1] in vocabulary.PASSING or found[-1] in ("id", "uuid")):
        found.pop()
    if not found or found[-1] in vocabulary.GENERAL:
        return ""
    return vocabulary.SHORT_FORMS.get(found[-1], found[-1])
