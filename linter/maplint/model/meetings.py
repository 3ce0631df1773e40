"""What the ways to two accesses say of whether their goroutines may meet: which comes first, and who waits."""

from __future__ import annotations

from maplint.facts import types as t
from maplint.knowledge.callbacks import callbacks
from maplint.model import ir
from maplint.model.callgraph import Edge
from maplint.model.joins import calls_wait, waits_before
from maplint.model.origins import Origin, is_same_variable


def run_one(mine: Origin, theirs: Origin) -> bool:
    """Whether what starts two goroutines runs once for the map, or each time for another one."""
    once = ("frame", "main", "init")
    return not (mine.many or theirs.many) and mine.root in once and theirs.root in once


def is_awaited(origin: Origin, start: Edge) -> bool:
    """Whether a literal of the starting function, such as a deferred one, waits before it comes to the access."""
    return any(
        function.parent == start.caller.symbol and waits_before(function, pos) for function, pos in origin.via
    )


def ends_before(runner: Origin, origin: Origin) -> bool:
    """Whether a goroutine, if it is one, is waited for before code of the same frame comes to its access."""
    if runner.start is None:
        return True
    if runner.waiter is None:
        return False
    waiter, since = runner.waiter
    place = next((pos for function, pos in origin.via if function is waiter), None)
    return place is None or calls_wait(waiter, since, place)


def goes_on(runner: Origin, origin: Origin) -> bool:
    """Whether code comes behind the call in whose course the goroutine was started, without a wait in between.

    So does code that has the object from the function with that call. Of several objects each may well have another.
    """
    call, are_apart = runner.outside, runner.apart and origin.apart
    if call is None or are_apart or runner.root != "frame" or not is_same_variable(runner, origin):
        return False
    place = next((pos for function, pos in origin.via if function is call.caller), None)
    if place is None:
        return origin.holder is not None and origin.holder.function == call.caller.symbol
    return place > call.call.pos and not waits_before(call.caller, place, call.call.pos)


def is_before(origin: Origin, start: Edge) -> bool:
    """Whether an access comes before the function that it runs in starts the other goroutine."""
    place = next((pos for function, pos in origin.via if function is start.caller), None)
    return place is not None and place < start.call.pos and not origin.many


def is_far(*origins: Origin) -> bool:
    """Whether a way leads through so many interfaces that one object cannot be told from another."""
    return any(origin.hops > 1 for origin in origins)


def is_made_with(runner: Origin, origin: Origin) -> bool:
    """Whether the goroutine is started by the constructor of the object that the other code goes on with.

    It may have the object from callers, in a slice or map, or from the constructor itself.
    """
    if runner.root != "frame" or runner.var.kind not in ("local", "result") or runner.holder is not None:
        return False
    is_in_whole = origin.root == "frame" and origin.apart and origin.var is not runner.var
    is_from_outside = origin.root in ("api", "handler", "goroutine")
    return is_from_outside or is_in_whole or holds_what(runner, origin)


def holds_what(runner: Origin, origin: Origin) -> bool:
    """Whether other code has the object from the constructor that started the goroutine for it."""
    start = runner.start
    made = start is not None and start.caller.symbol == origin.var.function
    return made and origin.holder is not None and is_same_variable(runner, origin)


def is_known(start: Edge) -> bool:
    """Whether it is known, not guessed by a name, that what is handed over here runs concurrently."""
    callee = start.call.callee
    if isinstance(callee, ir.Abstract) and start.mode == "concurrent":
        return _is_handler(start.callee)
    if not isinstance(callee, ir.External) or start.mode != "concurrent" or _is_handler(start.callee):
        return True
    package, _, name = callee.symbol.rpartition(".")
    owner, _, kind = package.rpartition(".")
    return callee.symbol in callbacks() or f"({owner}.{kind}).{name}" in callbacks()


def are_known_to_meet(one: Edge, other: Edge) -> bool:
    """Whether both are known to run concurrently, and not only called back some day, by the goroutine that asks."""
    return is_known(one) and is_known(other) and not one.mode == other.mode == "later"


def are_ways_to_start(one: Origin, other: Origin) -> bool:
    """Whether two functions start the same loop, as `Start` and `StartUnsafe` do, of which an object sees either."""
    if one.start is None or other.start is None or one.many or other.many or one.start.callee.params:
        return False
    return one.start.callee is other.start.callee and one.start.caller is not other.start.caller


def _is_handler(function: ir.Function) -> bool:
    """Whether a function answers requests: whoever takes it calls it for each of them."""
    kinds = tuple(param.type for param in function.params)
    return kinds == (t.Named("net/http", "ResponseWriter"), t.Pointer(t.Named("net/http", "Request")))
