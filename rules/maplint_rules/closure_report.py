"""What the closure rules share: from a literal and the map it captures to a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maplint.finding import Fix, Note
from maplint.model.domains import Domain
from maplint.model.naming import short
from maplint.rule import Draft

if TYPE_CHECKING:
    from maplint.model import ir
    from maplint.model.closures import Grown
    from maplint.model.program import Program
    from maplint.model.retained import Retained

_MAX_RELATED = 20


def grown(program: Program, found: Grown) -> Draft:
    """A literal that grows a captured map."""
    name = found.site.name
    under = f" under keys from {found.source.what}" if found.source.domain is Domain.OPEN else ""
    grows = f"inserts into the captured map {name}{under}"
    message = f"{_subject(program, found.literal)} {grows} and nothing deletes from it."
    notes = [_note(program, use.function, use.instruction, "inserted here") for use in found.inserts]
    searched = "no delete, clear, replacement or length limit of it was found in the analysed code"
    call = f"delete({name}, key)"
    advice = f"Remove entries that are no longer needed ({call}), or bound the map by a size or an expiry."
    return _draft(program, found, message, notes, (*found.reasons, searched), advice)


def retained(program: Program, found: Retained) -> Draft:
    """A literal that keeps a captured map for little."""
    name = found.site.name
    keeps = f"keeps the whole map {name} alive, though it needs only {found.needs}"
    message = f"{_subject(program, found.literal)} {keeps}."
    notes = [_note(program, found.literal, read, "what it needs") for read in found.reads]
    advice = f"Take {found.needs} of {name} into a variable before the function literal, and capture that."
    return _draft(program, found, message, notes, found.reasons, advice)


def _subject(program: Program, literal: ir.Function) -> str:
    """The literal by the function that it is written in and outlives."""
    return f"A function literal that outlives {short(program.families.top(literal).symbol)}"


def _draft(
    program: Program,
    found: Grown | Retained,
    message: str,
    uses: list[Note],
    evidence: tuple[str, ...],
    advice: str,
) -> Draft:
    literal, keeper = found.literal, found.keeper
    place = program.place(literal.path, literal.pos, literal.end)
    declared = Note(program.declarations[found.site.symbol], "the captured map is declared here")
    kept = Note(
        program.place(keeper.function.path, keeper.pos, keeper.end),
        f"it outlives its function: {keeper.says}",
    )
    related = {note.place: note for note in (declared, kept, *uses)}
    return Draft(
        place=place,
        symbol=found.site.symbol,
        message=message,
        confidence=found.confidence,
        function=program.function_name(program.families.parent(literal) or literal),
        related=tuple(note for note in related.values() if note.place != place)[:_MAX_RELATED],
        flows=((declared, kept, *uses[:1]),),
        evidence=evidence,
        fixes=(Fix(advice),),
    )


def _note(program: Program, function: ir.Function, instruction: ir.MapOp | ir.Store, says: str) -> Note:
    return Note(program.place(function.path, instruction.pos, instruction.end), says)
