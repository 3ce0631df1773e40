"""What the rules about how entries leave share: places in the code, and the story from the declaration on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from maplint.finding import Note

if TYPE_CHECKING:
    from maplint.model import ir
    from maplint.model.program import Program
    from maplint.model.sites import Site, Use

_MAX_RELATED = 20


def note(program: Program, function: ir.Function, pos: int, end: int, says: str) -> Note:
    """A place in a function, with what there is to say of it."""
    return Note(program.place(function.path, pos, end), says)


def of_use(program: Program, use: Use, says: str) -> Note:
    """The place of an operation."""
    return note(program, use.function, use.instruction.pos, use.instruction.end, says)


def declared(program: Program, site: Site) -> Note:
    """The place of the map's declaration."""
    return Note(program.declarations[site.symbol], "declared here")


def related(primary: Note, notes: Iterable[Note]) -> tuple[Note, ...]:
    """The other places, each once, as many as a reader will look at."""
    others = {one.place: one for one in notes if one.place != primary.place}
    return tuple(others.values())[:_MAX_RELATED]


def deletion(site: Site) -> str:
    """The call that removes one key."""
    return f"{site.name}.Delete(key)" if site.is_sync_map else f"delete({site.name}, key)"
