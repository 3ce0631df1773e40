"""When code outside the analysed tree runs what it is given: by the tables, else by the name of the function."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

from maplint.facts import types as t
from maplint.knowledge.callbacks import Callback, callbacks
from maplint.knowledge.implemented import Implemented, implemented
from maplint.knowledge.std_table import std_package
from maplint.model import ir

_LATER_NAMES = re.compile(
    r"^(?:On|Handle|Register|Subscribe|QueueSubscribe|Listen|Watch|Add|Use$|Set|With|Get$|Post$|Put$|Delete$|Patch$"
    r"|Any$|Head$|Options$|Group$|Route|Middleware|Intercept|Hook|Notify|Schedule|Every|Cron)"
)
_GOROUTINE_NAMES = re.compile(r"^(?:Go|Submit|Spawn|Async|Background)(?:[A-Z]|$)")

_COMMANDS = re.compile(r"(?:Command|Cmd)$")
_ACTIONS = frozenset(("Run", "RunE", "Action", "Exec", "Execute"))
"""Fields of a command in which its work stands: of all commands the program does one."""
_HOOKS = re.compile(r"^On(?:First)?(?:Start|Startup|Init|Boot|Launch|Ready|Stop|Shutdown|Exit)$")
"""Functions that take what is to run once, when something begins or ends."""


@cache
def _by_symbol() -> Mapping[str, tuple[Callback, ...]]:
    return {key.replace("(", "").replace(")", ""): found for key, found in callbacks().items()}


def is_known(symbol: str, index: int) -> bool:
    """Whether the tables say that a function runs its argument."""
    return _known(symbol, index) is not None


def _known(symbol: str, index: int) -> Callback | None:
    for known in _by_symbol().get(symbol, ()):
        if known.argument == index or (
            known.and_following and isinstance(known.argument, int) and index > known.argument
        ):
            return known
    return None


def callback_mode(symbol: str, index: int) -> str:
    """How a function runs its argument: now, parallel, once, later, timer, goroutine or concurrent."""
    known = _known(symbol, index)
    if known is not None:
        return _mode(symbol, known.when)
    name = symbol.rpartition(".")[2]
    if is_hook(symbol):
        return "later"
    if _GOROUTINE_NAMES.match(name):
        return "goroutine"
    return "concurrent" if _LATER_NAMES.match(name) else "now"


def is_hook(symbol: str) -> bool:
    """Whether a function, by its name, runs what it is given once, when something begins or ends."""
    return bool(_HOOKS.match(symbol.rpartition(".")[2]))


def field_mode(owner: str, field: str) -> str:
    """How the function in a field of a type from outside runs; it may do so at any time where nothing is known."""
    for known in _by_symbol().get(owner, ()):
        if known.argument == field:
            return "action" if known.when == "once" else str(known.when)
    return "action" if field in _ACTIONS and _COMMANDS.search(owner) else "later"


def _mode(symbol: str, when: str) -> str:
    """`once` is a sync.Once; what else runs once may well do so for as long as the program does."""
    return "now" if when == "once" and not symbol.startswith("sync.") else str(when)


def implemented_mode(function: ir.Function, methods: Collection[str]) -> str:
    """How a library calls a method for the sake of an interface that its type, with these methods, implements.

    Empty where no library that is known does.
    """
    for entry in implemented().get(function.name, ()):
        if entry.when in ("now", "once") or not _interface_methods()[entry.interface] <= set(methods):
            continue
        expected = _signature(entry)
        if expected is not None and expected.params == tuple(param.type for param in function.params):
            return str(entry.when)
    return ""


@cache
def _interface_methods() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entries in implemented().values():
        for entry in entries:
            found[entry.interface].add(entry.method)
    return found


def _signature(entry: Implemented) -> t.Func | None:
    if isinstance(entry.type, t.Func):
        return entry.type
    package, _, name = entry.interface.rpartition(".")
    std = std_package(package)
    signature = std.method(name, entry.method) if std is not None else None
    return signature.type if signature is not None else None
