"""How sure it is that an access that lacks its lock collides with another one, and why."""

from __future__ import annotations

import re
from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.knowledge.owners import NOT_PRODUCT
from maplint.knowledge.vocabulary import TESTING
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.contexts import RUN_TIME, Contexts, When
from maplint.model.locks import LockSets
from maplint.model.naming import declared_name, last, short, words
from maplint.model.sites import INSERTS
from maplint.workspace.constraints import Constraint

_SET_UP_NAMES = re.compile(
    r"^(?:(?:[iI]nit|[sS]etup|[sS]tart|[oO]pen|[lL]oad|[cC]onfigure|[nN]ew|[mM]ake|[mM]arshal|[uU]nmarshal|[dD]ecode"
    r"|[pP]arse|[bB]uild|[rR]estore|[rR]eplay)(?:[A-Z_]|$)|(?:[iI]nitiali[sz]e|[sS]et[uU]p|[sS]tring$|[gG]oString$|[mM]ain$))"
)
_ONCE_NAMES = re.compile(r"(?:[iI]nit|[sS]tart|[nN]ew|[mM]ake)(?:[A-Z_]|$)|(?:[iI]nitiali[sz]e|[sS]et[uU]p)")
_REGISTERS = re.compile(r"(?:[rR]egister|[sS]ubscribe)(?:[A-Z_]|$)")
_MAKERS = re.compile(r"[nN]ew|[mM]ake|[bB]uild")
"""Methods of such a name make something for their callers, at any time."""
_HELD_BY_CALLER = re.compile(
    r"[lL]ocked|[uU]nsafe|[nN]o_?[lL]ock|[wW]ith(?:out)?Lock|[uU]nlocked|[lL]ockHeld|LH$|_locked|[uU]nsynchronized"
)
_SAYS_HELD = re.compile(
    r"(?:must|should|needs? to|has to|have to|expects?|assum\w+|requires?|caller|callers|with|while|under|already)\b"
    r"[^.\n]{0,60}?(?:\block|\bmutex|\bmu\b|\bheld|\bhold|concurren|goroutine)"
    r"|\bhold(?:s|ing)?\b[^.\n]{0,40}?\b(?:lock|mutex|mu)\b"
    r"|not (?:be )?(?:thread|goroutine|concurren)|lock(?:s)? (?:is|are|must be|should be) held",
    re.I,
)
_INITIALISES = re.compile(r"(?:^|_)init|Init(?:iali[sz]\w*|_?[mM]u|_?[mM]utex|_?[lL]ock|$)")
_COPIES = re.compile(r"(?:Deep)?Copy(?:To|Into)?(?:[A-Z_]|$)")
_OPTIONS = re.compile(r"^With[A-Z]|Option")
_GO = frozenset(("go", "goroutine"))
_LATER = _GO | {"timer", "later", "concurrent", "parallel"}
_FOR_TESTS = re.compile(r"For_?[tT]est(?:s|ing)?(?![a-z])")
_IS_FOR_TESTS = re.compile(r"[fF]or_?[tT]est(?:s|ing)?(?![a-z])")
"""A type of such a name has the methods that are for tests."""
_SAYS_FOR_TESTS = re.compile(
    r"\b(?:for|in|by) (?:unit[ -])?test(?:s|ing)?\b(?: purposes?)?(?: only)?(?:[).,]|\s*\Z)|test[- ]only",
    re.I,
)
_TEST_TAGS = re.compile(r"test|e2e|integration|mock|debug|bench")


class Guard(NamedTuple):
    """The lock that guards a map."""

    lock: str
    """Symbol."""
    under: int
    """How many accesses hold it."""
    of: int
    """How many accesses there are."""
    beside: bool
    """Whether it is declared beside the map: in the same struct, package or function."""
    stated: bool = False
    """Whether a comment at the map names it."""
    writes: bool = False
    """Whether every write of a map that lives long holds it, and there are several."""
    near: bool = True
    """Whether it is taken by a function that accesses the map, or by a caller of one."""

    @property
    def expected(self) -> str:
        """Why it is expected at every access, as a sentence."""
        where = ", and it is declared beside the map" if self.beside else ", writes among them"
        return f"{short(self.lock)} is expected: {self.under} of {self.of} accesses hold it{where}"


class Belief(NamedTuple):
    confidence: Confidence
    evidence: tuple[str, ...]
    """Sentences."""


def says_held(function: ir.Function) -> bool:
    """Whether the function's name or comment says that its callers hold the lock."""
    return bool(
        _HELD_BY_CALLER.search(declared_name(function)) or (function.doc and _SAYS_HELD.search(function.doc))
    )


def is_product(function: ir.Function) -> bool:
    """Whether the function is part of a product: no test support, by its own word neither, no example or tool."""
    if NOT_PRODUCT.search(f"{function.package}/") or _is_of_test_build(function):
        return False
    owner = short(function.symbol).partition(".")[0]
    file = function.path.rpartition("/")[2].removesuffix(".go")
    if any(TESTING.intersection(words(name)) for name in (owner if function.receiver else "", file)):
        return False
    says = _FOR_TESTS.search(declared_name(function)) or _IS_FOR_TESTS.match(owner)
    return not (says or _SAYS_FOR_TESTS.search(function.doc))


def _is_of_test_build(function: ir.Function) -> bool:
    """Whether its file is built under a tag such as `e2e_testing` alone."""
    tags = function.constraint.postfix if isinstance(function.constraint, Constraint) else ()
    following = (*tags[1:], "")
    return any(_TEST_TAGS.search(tag) and after != "!" for tag, after in zip(tags, following, strict=False))


def speaks_of_set_up(function: ir.Function) -> bool:
    """Whether the function's name says that it runs before anything else does.

    A literal is not asked: one that `init` registers runs whenever it is called back.
    """
    if function.parent:
        return False
    name = declared_name(function)
    return bool(_SET_UP_NAMES.match(name)) and not (function.receiver and _MAKERS.match(name))


class Case(NamedTuple):
    """What is known of an access that lacks its guard."""

    access: Access
    guard: Guard
    kind: str
    others: list[Access]
    """What it collides with."""
    overlaps: bool
    """Whether it is known to run beside others."""
    in_making: bool
    """Whether its function has made the map's owner and started nothing with it yet."""
    is_given: bool
    """Whether the map's owner is a parameter of its function, and not its receiver."""
    is_emptied: bool
    """Whether something takes entries out of the map again."""
    is_seen: bool
    """Whether goroutines are seen in which it runs beside another access; of reads that is not asked."""


def belief(contexts: Contexts, locks: LockSets, case: Case) -> Belief:
    """How sure it is that the access lacks the guard."""
    access, guard, overlaps = case.access, case.guard, case.overlaps
    evidence = [guard.expected]
    if guard.stated:
        evidence.append(f"a comment at the declaration says that {short(guard.lock)} guards it")
    function = access.function
    points = _nearness(guard) + (2 if case.kind == "read-lock" else 0) + _share(guard)
    points += 2 * guard.stated - 3 * case.in_making
    if _INITIALISES.search(last(guard.lock)):
        points -= 3
        evidence.append(
            f"by its name {short(guard.lock)} is for the initialisation, which comes before all else"
        )
    if TESTING.intersection(words(last(guard.lock))):
        points -= 3
        evidence.append(f"by its name {short(guard.lock)} is for tests")
    for weight, says in _of_others(contexts, locks, case):
        points += weight
        evidence.append(says)
    if overlaps:
        points += 1
        evidence.append(f"{short(function.symbol)} goes on beside the goroutines that access it")
    if case.is_given and _COPIES.match(declared_name(function)):
        points -= 3
        evidence.append(
            f"{short(function.symbol)} copies into an object that it is given, most often a new one"
        )
    for weight, says in () if overlaps else _of_function(contexts, locks, case):
        points += weight
        evidence.append(says)
    if any(held.path == "?" for held in access.locks):
        points -= 2
    confidence = Confidence.HIGH if points >= 4 else Confidence.MEDIUM if points >= 3 else Confidence.LOW
    if not guard.beside and not guard.stated:
        confidence = min(confidence, Confidence.MEDIUM)
    is_used = is_product(function) and not contexts.serves_tests(function)
    return Belief(confidence if is_used else Confidence.LOW, tuple(evidence))


def _of_others(contexts: Contexts, locks: LockSets, case: Case) -> list[tuple[int, str]]:
    """What the functions say that the access collides with: they may run before anybody else does."""
    others = case.others
    if not others or not all(other.is_write for other in others):
        return []
    if all(_is_set_up_by_main(contexts, other.function) for other in others):
        return [(-3, "only main reaches the other writes")]
    if all(_is_option(locks, other.function) for other in others):
        return [(-3, "all other writes are in options, which are for what is being made")]
    asks = not (case.access.is_write or case.is_emptied or _is_registration(case.access.function))
    if asks and all(map(_registers, others)):
        return [(-3, "all other writes register something for good, most often before anybody asks for it")]
    if all(_makes_ready(other.function) for other in others):
        return [(-2, "all other writes are in functions that set something up")]
    by_one = len({other.function for other in others}) == 1
    if all(other.op == "reset" for other in others) and (by_one or not case.access.is_write):
        return [(-1, "all other writes put a whole map in its place, none writes into the one that is there")]
    return []


def _is_set_up_by_main(contexts: Contexts, function: ir.Function) -> bool:
    """Whether only main reaches the function, and not again and again."""
    loops = (
        condition.kind in ("loop", "range")
        for edge in contexts.trail(function, When.MAIN)
        for condition in edge.conditions
    )
    return not contexts.when(function) & RUN_TIME and not any(loops)


def _registers(other: Access) -> bool:
    """Whether an access adds an entry for a caller that registers it; one that ends would be taken out again."""
    return other.op in INSERTS and _is_registration(other.function)


def _is_registration(function: ir.Function) -> bool:
    return bool(_REGISTERS.match(declared_name(function)))


def _makes_ready(function: ir.Function) -> bool:
    """Whether the function's name says that it runs once for each object, before the object is used."""
    return not function.parent and bool(_ONCE_NAMES.match(declared_name(function)))


def _is_option(locks: LockSets, function: ir.Function) -> bool:
    """Whether a func literal is made by a function whose name, or result, says that it is an option."""
    maker = locks.declared(function)
    kinds = (result.type.symbol for result in maker.results if isinstance(result.type, t.Named))
    return maker is not function and (
        bool(_OPTIONS.search(declared_name(maker))) or any(kind.endswith("Option") for kind in kinds)
    )


def _is_started(contexts: Contexts, function: ir.Function, modes: frozenset[str]) -> bool:
    """Whether this very function, not one that calls it, is started in one of the modes."""
    edges = (contexts.reasons[flag].get(function) for flag in (When.GOROUTINE, When.CONCURRENT))
    return any(edge is not None and edge.mode in modes for edge in edges)


def _nearness(guard: Guard) -> int:
    """What the place of the guard says; one in another struct is believed where nearly every access holds it.

    What is taken far away from all of them is held by chance, for what else is done there.
    """
    if guard.beside:
        return 2
    return 1 if guard.near and guard.under >= 4 and guard.under * 10 >= guard.of * 9 else 0


def _share(guard: Guard) -> int:
    """What the share of the accesses that hold the guard says: next to none, that it may well guard something else."""
    if guard.under * 2 >= guard.of:
        return 1
    return -1 if guard.under * 4 < guard.of and not guard.writes else 0


def _of_function(contexts: Contexts, locks: LockSets, case: Case) -> list[tuple[int, str]]:
    """What the function that lacks the lock says, each with its weight.

    One that sets something up may take the lock for the rest once it has put a new map in place.
    """
    access, guard, function = case.access, case.guard, case.access.function
    sets_up = speaks_of_set_up(function) and not _is_started(contexts, function, _GO)
    takes = any(held.lock == guard.lock for held in locks.taken_at_any(function))
    name = short(function.symbol)
    when = contexts.when(function)
    out: list[tuple[int, str]] = []
    if when & (When.CONCURRENT | When.GOROUTINE) and case.is_seen:
        out.append((1, f"{name} runs in a goroutine beside others"))
    elif when & (When.CONCURRENT | When.GOROUTINE):
        out.append((0, f"{name} runs in a goroutine, though none is seen that meets it on this map"))
    elif function.parent and contexts.reasons[When.API].get(function, function) is None:
        out.append((-1, f"{name} is handed out, to run nobody knows when"))
    elif when & When.API:
        out.append((1, f"{name} can be called from anywhere"))
    elif not when & RUN_TIME:
        out.append((-3, f"only main reaches {name}"))
    around = locks.declared(function)
    if around is not function and not _is_started(contexts, function, _LATER):
        if any(held.lock == guard.lock for held in locks.entry(around)):
            out.append((-3, f"{short(around.symbol)}, which makes the func literal, runs under the lock"))
    if takes and not (sets_up and access.op == "reset"):
        out.append((1, f"{name} takes the lock elsewhere in its body"))
    elif caller := _released_before(locks, function, guard.lock):
        out.append((0, f"{short(caller.symbol)} releases the lock before it calls it"))
    elif sets_up:
        out.append((-2, "its name speaks of setting up, when nothing else runs yet"))
    return out


def _released_before(locks: LockSets, function: ir.Function, lock: str) -> ir.Function | None:
    """A caller that takes the lock and has released it when it calls the function."""
    return next(
        (
            edge.caller
            for edge, around in locks.calls(function)
            if all(held.lock != lock for held in around)
            and any(held.lock == lock for held in locks.taken_at_any(edge.caller))
        ),
        None,
    )
