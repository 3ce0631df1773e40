"""What the growth and sync-map rules share: from a verdict to a finding a Go programmer believes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Confidence, Fix, Note
from maplint.model.domains import Domain
from maplint.model.evidence import BETRAYALS, Sign
from maplint.model.naming import short
from maplint.rule import Draft, Pass

if TYPE_CHECKING:
    from maplint.model.growth import Growth
    from maplint.model.program import Program
    from maplint.model.sites import Site, Use

_MAX_RELATED = 20


def unbounded(scope: Pass, kind: str, sync_map: bool) -> Iterator[Draft]:
    """A finding for every unbounded site of a package with that kind; `kind` is empty for all kinds."""
    for site in scope.program.sites_of(scope.package.import_path):
        if site.is_sync_map is sync_map and site.kind != "local" and (not kind or _kind(site) == kind):
            growth = scope.program.judge.growth(site)
            if growth.verdict == "unbounded" and growth.confidence is not None:
                yield _draft(scope.program, site, growth, growth.confidence)


def _kind(site: Site) -> str:
    """`package-var` for what a package variable reaches by itself, also through an anonymous struct type."""
    return "package-var" if site.is_in_package_var else site.kind


def _draft(program: Program, site: Site, growth: Growth, confidence: Confidence) -> Draft:
    declared = program.declarations[site.symbol]
    inserts = [_note(program, use, "inserted here") for use in _product(growth.inserts)]
    related = inserts + [_note(program, sign.use, sign.says) for sign in growth.signs if sign.use is not None]
    flow = (Note(declared, "declared here"), *inserts[:1])
    return Draft(
        place=declared,
        symbol=site.symbol,
        message=_message(site, growth),
        confidence=confidence,
        related=tuple({note.place: note for note in related}.values())[:_MAX_RELATED],
        flows=(flow,),
        evidence=(*growth.reasons, _searched(site, growth)),
        fixes=(Fix(_advice(program, site, growth)),),
    )


def _product(uses: tuple[Use, ...]) -> list[Use]:
    return [use for use in uses if not use.function.is_test]


def _message(site: Site, growth: Growth) -> str:
    first = growth.inserts[0]
    source = growth.source
    under = ""
    if source is not None and source.domain is Domain.OPEN:
        under = f" under keys from {source.what}"
    who = short(first.function.symbol)
    betrayal = _betrayal(growth)
    though = f", though {betrayal.says}" if betrayal is not None else ""
    return f"{describe(site)} grows without bound: {who} inserts{under} and nothing deletes from it{though}."


def _betrayal(growth: Growth) -> Sign | None:
    """The sign that shows best where a removal was forgotten."""
    told = {sign.name: sign for sign in growth.signs}
    return next((told[name] for name in BETRAYALS if name in told), None)


def describe(site: Site) -> str:
    """The site in words: `map Cache.items`, `package map sessions`, `sync.Map Hub.peers`."""
    noun = "sync.Map" if site.is_sync_map else "map"
    name = short(site.symbol)
    return f"package {noun} {name}" if site.kind == "package-var" else f"{noun} {name}"


def _searched(site: Site, growth: Growth) -> str:
    removals = "Delete, LoadAndDelete, CompareAndDelete, Clear" if site.is_sync_map else "delete, clear"
    limit = "" if site.is_sync_map else " or length limit"
    told = {sign.name for sign in growth.signs}
    if "removal-unused" in told:
        return "nothing else was found in the analysed code that removes from it, or replaces it"
    if told & {"replaced-by-option", "made-at-start"}:
        return f"no {removals}{limit} of it was found in the analysed code"
    replacement = " or replacement" if site.is_sync_map else ", replacement"
    return f"no {removals}{replacement}{limit} of it was found in the analysed code"


def _advice(program: Program, site: Site, growth: Growth) -> str:
    call = f"{site.name}.Delete(key)" if site.is_sync_map else f"delete({site.name}, key)"
    betrayal = _betrayal(growth)
    if betrayal is not None:
        where = short(betrayal.where)
        if betrayal.name == "expired-on-read":
            return (
                f"Remove what is too old on a timer as well: a key that nobody asks {where} for again stays."
            )
        if betrayal.name.startswith("sibling"):
            return f"Remove the key in {where} as well, where its sibling is cleaned: {call}."
        return f"Remove the key where its time is over, in {where}: {call}."
    ranged = next((use for use in site.reads if use.op == "Range" and not use.function.is_test), None)
    if ranged is not None:
        where = short(ranged.function.symbol)
        return f"Delete the entries that are over inside the Range of {where}: {call}."
    held = program.bounded_container
    cache = f"such as {held}, which is imported already" if held is not None else "with a size or an expiry"
    return f"Remove entries when what they stand for is gone ({call}), or keep them in a cache {cache}."


def _note(program: Program, use: Use, says: str) -> Note:
    instruction = use.instruction
    return Note(program.place(use.function.path, instruction.pos, instruction.end), says)
