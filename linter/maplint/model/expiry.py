"""Whether the entries of a map say when they are too old, and who looks at that and leaves them where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.sites import Site, Use
from maplint.model.universe import Universe
from maplint.model.walk import parts

_EXPIRY = re.compile(
    r"expir|deadline|ttl|valid_?until|not_?after|last_?(?:seen|access|used|active|update)", re.I
)
_OLD = re.compile(r"(?:is)?_?(?:expired?|stale|fresh|valid)", re.I)
_TIME = t.Named("time", "Time")
_BOOL = t.Basic("bool")


def expiry_field(universe: Universe, entry: t.Type) -> str | None:
    """The field of an entry that says when it is too old; None where there is none."""
    struct = universe.underlying(entry)
    if not isinstance(struct, t.Struct):
        return None
    return next((item.name for item in struct.fields if _EXPIRY.search(item.name)), None)


def passed_over(universe: Universe, site: Site, entry: t.Type) -> Use | None:
    """A look-up in a function that decides by the age of an entry what to do with it, and does not renew it."""
    struct = universe.underlying(entry)
    owner = struct.owner if isinstance(struct, t.Struct) else ""
    settled = {use.function for use in site.inserts}
    for use in site.reads:
        if use.op in ("index", "Load") and not use.function.is_test and use.function not in settled:
            settled.add(use.function)
            for found in use.function.of(ir.Branch, ir.Return):
                if any(_asks_age(one, entry, owner) for one in _conditions(found.instruction)):
                    return use
    return None


def _conditions(instruction: ir.Instruction) -> tuple[ir.Value, ...]:
    """What an instruction decides by, or answers yes or no with."""
    if isinstance(instruction, ir.Branch):
        return (instruction.cond,)
    if isinstance(instruction, ir.Return):
        return tuple(value for value in instruction.values if value.type == _BOOL)
    return ()


def _asks_age(condition: ir.Value, entry: t.Type, owner: str) -> bool:
    """Whether a condition asks for the time in an entry, or asks the entry whether it has expired."""
    for part in _asked(condition):
        if isinstance(part, ir.FieldOf) and part.field.owner == owner:
            if part.type == _TIME or _EXPIRY.search(part.field.name):
                return True
        elif isinstance(part, ir.Result) and isinstance(part.call.callee, ir.Static):
            type, _, method = part.call.callee.symbol.rpartition(".")
            if type == owner and _OLD.match(method):
                return True
        elif entry == _TIME == part.type and isinstance(part, (ir.Ref, ir.Converted)):
            return True
    return False


def _asked(condition: ir.Value) -> Iterator[ir.Value]:
    """The parts of a condition, and of what the calls in it are given: `time.Now().After(entry.expires)`."""
    for part in parts(condition):
        yield part
        if isinstance(part, ir.Result):
            given = (*part.call.args, *((part.call.receiver,) if part.call.receiver is not None else ()))
            for value in given:
                yield from parts(value)
