"""One fault, one finding: where several findings speak of the same fault, one of them is kept.

The same fault means the same map site, and for races and closures also the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maplint.engine.stamp import BY_FUNCTION
from maplint.finding import Finding, Note

ORDERS = (
    ("ML406", "ML403", "ML402", "ML404", "ML405", "ML401"),
    ("ML111", "ML103", "ML105", "ML104", "ML201", "ML101", "ML102"),
    ("ML302", "ML301"),
)
"""Rules that see the same faults; the one that says most about a fault comes first. A rule in none of these
orders is in one of its own."""

_RANKS = {rule: (number, rank) for number, order in enumerate(ORDERS) for rank, rule in enumerate(order)}


def one_per_fault(findings: Iterable[Finding]) -> list[Finding]:
    """The findings to keep, each with the evidence and the places of those it stands for."""
    faults: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        faults.setdefault(_fault(finding), []).append(finding)
    return [_merged(sorted(same, key=_rank)) for same in faults.values()]


def _fault(finding: Finding) -> tuple[object, ...]:
    """What findings of the same fault have in common."""
    order = _RANKS[finding.rule][0] if finding.rule in _RANKS else finding.rule
    function = finding.function if finding.family in BY_FUNCTION else None
    return order, finding.symbol, function


def _rank(finding: Finding) -> tuple[object, ...]:
    return _RANKS.get(finding.rule, (0, 0))[1], -finding.confidence, finding.place, finding.message


def _merged(same: Sequence[Finding]) -> Finding:
    """The first of `same`, which takes over what the others know."""
    kept, *others = same
    if not others:
        return kept
    related = {note.place: note for note in kept.related}
    for other in others:
        for note in (Note(other.place, _says(other, kept)), *other.related):
            if note.place != kept.place:
                related.setdefault(note.place, note)
    evidence = dict.fromkeys(sentence for finding in same for sentence in finding.evidence)
    return kept._replace(related=tuple(related.values()), evidence=tuple(evidence))


def _says(other: Finding, kept: Finding) -> str:
    return (
        "the same here" if other.rule == kept.rule else f"the same fault as {other.rule} {other.name} sees it"
    )
