"""What the names around a key say of it: does it stand for something that comes and goes, or for program text?

Where a value cannot be followed to its origin, a Go programmer still reads `m[remoteAddr]` and `m[jobType]`
differently. Names are read by their head, the last word that says something: a `jobType` is a type.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from functools import cache

from maplint.facts import types as t
from maplint.knowledge import vocabulary
from maplint.knowledge.key_sources import PASSING_METHODS, PASSING_PACKAGES
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.naming import last, words
from maplint.model.stored import Stored

_MAX_DEPTH = 4
_MAX_CALLERS = 3


class Speaks(enum.Enum):
    """What a name speaks of."""

    COMERS = "things that come and go"
    INSTALLED = "parts of an installation"
    PROGRAM = "what program text or configuration names"
    NOTHING = "neither"


@cache
def of_name(name: str) -> Speaks:
    """What a variable, field, method or type of that name speaks of."""
    found = [part for word in words(name) for part in _taken_apart(word)]
    identifies = "id" in found or "uuid" in found
    while found and (found[-1] in vocabulary.PASSING or found[-1] in ("id", "uuid")):
        found.pop()
    if found and found[-1] in vocabulary.PROGRAM_TEXT:
        return Speaks.PROGRAM
    if found and found[-1] in vocabulary.INSTALLED:
        return Speaks.INSTALLED
    if identifies or (found and found[-1] in vocabulary.COMING_AND_GOING):
        return Speaks.COMERS
    return Speaks.NOTHING


_KNOWN = vocabulary.COMING_AND_GOING | vocabulary.INSTALLED | vocabulary.PROGRAM_TEXT | vocabulary.PASSING
_LONG = 4
"""How many letters a word has at least by which one that is written together with it is told apart."""


def _taken_apart(word: str) -> tuple[str, ...]:
    """The parts of a word that is written together: `full` and `path`, `client` and `id`."""
    if word in _KNOWN:
        return (word,)
    for cut in range(2, len(word) - _LONG + 1):
        if word[cut:] in _KNOWN:
            return word[:cut], word[cut:]
    return (word[:-2], "id") if word.endswith("id") and word[:-2] in vocabulary.COMING_AND_GOING else (word,)


def of_type(kind: t.Type) -> Speaks:
    """What the name of a key's declared type, or of its package, speaks of: `peer.ID`, `TenantID`."""
    if not isinstance(kind, t.Named):
        return Speaks.NOTHING
    found = of_name(kind.name)
    return found if found is not Speaks.NOTHING else of_name(last(kind.package.replace("/", ".")))


class KeyNames:
    """Reads the names around keys, through locals, the arguments of callers and the results of callees."""

    def __init__(self, definitions: Definitions, stored: Stored) -> None:
        self._definitions = definitions
        self._stored = stored

    def of(self, key: ir.Value) -> tuple[Speaks, str]:
        """What a key speaks of, and the name that says so: names before types, what comes before what stays."""
        spoken = {name: of_name(name) for name in self.subjects(key)}
        for kind in (Speaks.COMERS, Speaks.INSTALLED, Speaks.PROGRAM):
            name = next((name for name, speaks in spoken.items() if speaks is kind), None)
            if name is not None:
                return kind, name
        if isinstance(key.type, t.Named):
            return of_type(key.type), key.type.name
        return Speaks.NOTHING, next(iter(spoken), "")

    def subjects(self, key: ir.Value, depth: int = 0) -> tuple[str, ...]:
        """The names of the variables, fields and methods that a key is made of, in their order."""
        if depth > _MAX_DEPTH:
            return ()
        if isinstance(key, ir.Ref):
            return self._variable(key.var, depth)
        if isinstance(key, ir.FieldOf):
            return self._field(key.field.name, key.base, depth)
        if isinstance(key, ir.Unknown) and key.text:
            return self._field(last(key.text), key.base, depth)
        if isinstance(key, ir.Converted):
            return self.subjects(key.operand, depth + 1)
        if isinstance(key, (ir.ElemOf, ir.KeyOf, ir.Sliced)):
            return self.subjects(key.base, depth + 1)
        if isinstance(key, ir.Result):
            return self._result(key, depth)
        if isinstance(key, ir.Computed):
            return self._all(ir.summands(key), depth)
        if isinstance(key, ir.Composed):
            return self._all((item for _, item in key.elements), depth)
        return ()

    def _all(self, values: Iterable[ir.Value], depth: int) -> tuple[str, ...]:
        return tuple(name for value in values for name in self.subjects(value, depth + 1))

    def _variable(self, var: ir.Var, depth: int) -> tuple[str, ...]:
        """The variable's own name; where that says nothing, the names of what it is given."""
        if of_name(var.name) is not Speaks.NOTHING:
            return (var.name,)
        value = self._definitions.single(var)
        given = (value,) if value is not None else tuple(self._stored.arguments(var)[:_MAX_CALLERS])
        return (var.name, *self._all(given, depth))

    def _field(self, name: str, base: ir.Value | None, depth: int) -> tuple[str, ...]:
        """A field's name; behind that of what holds it where it is a mere name or id: `tenant.Name`."""
        if base is None or not set(words(name)) <= vocabulary.PASSING | {"id"}:
            return (name,)
        tail = name[:1].upper() + name[1:]
        kind = t.pointed(base.type)
        if isinstance(kind, t.Named) and of_name(kind.name) is not Speaks.NOTHING:
            return (f"{kind.name}{tail}",)
        return tuple(f"{one}{tail}" for one in self.subjects(base, depth + 1)) or (name,)

    def _result(self, result: ir.Result, depth: int) -> tuple[str, ...]:
        """What a call passes on; else its name and, where that says nothing, those of what it gives back."""
        call = result.call
        symbol = call.callee.method if isinstance(call.callee, ir.Abstract) else _symbol(call.callee)
        name = last(symbol).removeprefix("Get")
        parts: tuple[ir.Value, ...] = ()
        if symbol.rpartition(".")[0] in PASSING_PACKAGES:
            parts = call.args
        elif name in PASSING_METHODS and call.receiver is not None:
            parts = (call.receiver,)
        passed = self._all(parts, depth)
        if passed or of_name(name) is not Speaks.NOTHING:
            return passed or (name,)
        behind = self._all(self._stored.returned(result)[:_MAX_CALLERS], depth)
        return (name, *behind) if name else behind


def _symbol(callee: ir.Callee) -> str:
    return callee.symbol if isinstance(callee, (ir.Static, ir.External)) else ""
