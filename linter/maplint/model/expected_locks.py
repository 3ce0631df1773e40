"""Which lock is expected at the accesses of a map, and which of the locks held there exclude others."""

from __future__ import annotations

from collections import Counter

from maplint.model import ir
from maplint.model.accesses import Access, Accesses
from maplint.model.belief import Guard, says_held
from maplint.model.contracts import Contracts
from maplint.model.copied_locks import Useless
from maplint.model.life import Life, Lifetimes
from maplint.model.locks import WRITE, Held, Locks, LockSets
from maplint.model.sites import Site


class ExpectedLocks:
    """Answers for the accesses of one site at a time."""

    def __init__(
        self,
        accesses: Accesses,
        locks: LockSets,
        copied: dict[str, dict[str, Useless]],
        contracts: Contracts,
        lifetimes: Lifetimes,
    ) -> None:
        self._accesses = accesses
        self._locks = locks
        self._copied = copied
        self._contracts = contracts
        self._lifetimes = lifetimes

    def counted(self, site: Site) -> list[tuple[str, int]]:
        """The locks held at accesses of a site and how often, most used first; `?` for those that are not known.

        So is a lock that a function has in a variable of its own, and one that its name or comment speaks of. The
        guard that a comment at the map names counts without any access too.
        """
        counts: Counter[str] = Counter()
        stated = self._contracts.guard(site)
        if stated and _is_beside(site, stated):
            counts[stated] = 0
        for access in self._accesses.of(site):
            held = {_identity(site, access, one.lock) for one in self.held(site, access)}
            is_said = not held and says_held(self._locks.declared(access.function))
            counts.update({stated or "?"} if is_said else held)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def held(self, site: Site, access: Access) -> Locks:
        """The locks that exclude others at an access: none that are useless for the site."""
        useless = self.useless(site, access)
        return (
            frozenset(held for held in access.locks if held.path not in useless) if useless else access.locks
        )

    def useless(self, site: Site, access: Access) -> dict[str, str]:
        """The paths of the locks in the accessing function that guard nothing of the site, and why."""
        found = self._copied.get(access.use.function.symbol, {})
        frame = site.symbol.rpartition(".")[0] if site.kind == "local" else ""
        return {path: useless.why for path, useless in found.items() if useless.is_for(frame, site.pos)}

    def guard(self, site: Site, accesses: list[Access]) -> Guard | None:
        """The lock under which the map is written.

        Of several it is the one beside the map that is taken by the very functions that access it, rather
        than the one that their callers happen to hold.
        """
        under: Counter[str] = Counter()
        taken: Counter[str] = Counter()
        written: set[str] = set()
        for access in accesses:
            held = self.held(site, access)
            under.update({one.lock for one in held})
            taken.update(
                {one.lock for one in held & self._locks.taken_at(access.use.function, access.use.instruction)}
            )
            written |= {one.lock for one in held} if access.is_write else set()
        writes = [access for access in accesses if access.is_write]
        is_shared = site.kind != "field" or self._lifetimes.of(site.owner).life is Life.LONG
        several = is_shared and len(writes) > 1
        always = {lock for lock in written if several and all(_is_under(one, lock) for one in writes)}
        found = [
            Guard(lock, under[lock], len(accesses), _is_beside(site, lock), writes=lock in always)
            for lock in sorted(written)
            if not lock.startswith("?")
        ]
        stated = self._contracts.guard(site)
        if stated and (under[stated] or _is_beside(site, stated)):
            return Guard(stated, under[stated], len(accesses), _is_beside(site, stated), stated=True)
        believed = [
            one
            for one in found
            if one.beside
            or (
                one.under >= 2 and one.under * 3 >= one.of * 2 and self._keeps_apart(site, accesses, one.lock)
            )
        ]
        best = max(believed, key=lambda one: (one.beside, 2 * taken[one.lock] + one.under), default=None)
        if best is None or best.beside or taken[best.lock]:
            return best
        return best._replace(near=any(self._is_taken_for(access, best.lock) for access in accesses))

    def _keeps_apart(self, site: Site, accesses: list[Access], lock: str) -> bool:
        """Whether a lock elsewhere keeps the writes of a map apart: most hold it for writing.

        What is written while others may hold the lock as well is no part of what it guards, unless the map is reached
        through the very object that has the lock.
        """
        writes = [
            (access, held)
            for access in accesses
            for held in self.held(site, access)
            if access.is_write and held.lock == lock
        ]
        alone = sum(self._accesses.is_alone(access, held) for access, held in writes)
        return alone * 2 > len(writes) or any(self._accesses.is_below(*one) for one in writes)

    def _is_taken_for(self, access: Access, lock: str) -> bool:
        """Whether who calls the function that accesses a map, and by its name, takes the lock itself."""
        return any(
            held.lock == lock
            for edge, _ in self._locks.calls(access.use.function)
            if not isinstance(edge.call.callee, ir.Abstract)
            for held in self._locks.taken_at(edge.caller, edge.call)
        )

    def guarding(self, site: Site, access: Access, guard: Guard) -> list[Held]:
        """The guard as it is held at an access: none where it is another object's."""
        return [held for held in self.effective(site, access) if held.lock == guard.lock]

    def effective(self, site: Site, access: Access) -> list[Held]:
        """The locks held at an access, those of other objects left out."""
        return [held for held in self.held(site, access) if self._accesses.excludes(held, access)]


def _is_under(access: Access, lock: str) -> bool:
    return any(held.lock == lock and held.mode == WRITE for held in access.locks)


def _identity(site: Site, access: Access, lock: str) -> str:
    """The lock; `?` for one that only a variable of the function names, which may be another one at every call."""
    is_own = site.kind != "local" and lock.startswith(f"{access.function.symbol}.")
    return "?" if is_own else lock


def _is_beside(site: Site, lock: str) -> bool:
    """Whether a lock is declared in the struct, package or function that the map is declared in."""
    home = lock.rpartition(".")[0]
    if site.kind == "package-var":
        return home == site.package or home == site.symbol.removesuffix("[]").rpartition(".")[0]
    if site.kind == "local":
        return home == site.symbol.removesuffix("[]").rpartition(".")[0]
    return bool(site.owner) and f"{site.owner}.".startswith(f"{home}.")
