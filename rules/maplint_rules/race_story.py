"""How the two sides of a race come to run at the same time, as steps that a reader can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maplint.finding import Note
from maplint.model.naming import short

if TYPE_CHECKING:
    from maplint.model import ir
    from maplint.model.beginnings import Beginning
    from maplint.model.callgraph import Edge
    from maplint.model.program import Program

_MOST_NAMED = 2
"""How many functions on the way are named; of a longer one it is said how many more there are."""
_HANDED_OVER = {
    "goroutine": "in a goroutine",
    "concurrent": "in several goroutines at once",
    "parallel": "in several goroutines at once",
    "timer": "when a timer says so",
    "later": "at any time",
}
"""When a function runs that is handed over, by the mode of the call."""


def way_to(program: Program, function: ir.Function, start: Edge | None) -> tuple[Note, ...]:
    """The steps from a `go` statement, registration or exported function to a function, outermost first.

    `start` is where its goroutine begins, if that is known already. Empty for what start-up or main alone runs.
    """
    way = program.beginnings.of(function, start)
    if way is None:
        return (_started(program, start, ""),) if start is not None else ()
    through = _through(way)
    first = (
        _started(program, way.start, through)
        if way.start is not None
        else _from_outside(program, way, through)
    )
    return (first, *(_call(program, edge) for edge in way.calls))


def _started(program: Program, edge: Edge, through: str) -> Note:
    place = program.place(edge.caller.path, edge.call.pos, edge.call.end)
    begins = "starts in a goroutine" if edge.mode == "go" else "is handed over"
    when = "" if edge.mode == "go" else f", to run {_HANDED_OVER[edge.mode]}"
    again = " in every round of a loop" if edge.mode == "go" and _repeats(edge) else ""
    return Note(place, f"{short(edge.callee.symbol)} {begins} here{again}{when}{through}")


def _from_outside(program: Program, way: Beginning, through: str) -> Note:
    first = way.first
    name = short(first.symbol)
    length = len("func") if first.parent else len(first.name)
    place = program.place(first.path, first.pos, first.pos + length)
    if way.is_concurrent:
        return Note(place, f"{name} is called back in several goroutines at once{through}")
    if first.name[:1].isupper() and not first.parent:
        return Note(place, f"{name} is exported, so any goroutine may call it{through}")
    return Note(place, f"{name} is handed out, so it may run at any time{through}")


def _through(way: Beginning) -> str:
    """The functions between the first and the last one, and the last one."""
    names = [short(edge.callee.symbol) for edge in way.calls]
    if not names:
        return ""
    between = names[:-1]
    if not between:
        return f", and calls {names[-1]}"
    more = len(between) - _MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f", and comes to {names[-1]} through {', '.join(between[:_MOST_NAMED])}{rest}"


def _call(program: Program, edge: Edge) -> Note:
    place = program.place(edge.caller.path, edge.call.pos, edge.call.end)
    return Note(place, f"{short(edge.caller.symbol)} calls {short(edge.callee.symbol)} here")


def _repeats(edge: Edge) -> bool:
    return any(condition.kind in ("loop", "range") for condition in edge.conditions)
