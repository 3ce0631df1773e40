"""Part the findings that comments suppress from the rest, and find the comments that suppress nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from maplint.finding import Comment, Edit, Finding, Fix, Place, Suppressed, Suppression
from maplint.suppress.directives import MAX_DISTANCE, Directive, Item

Use = tuple[Directive, Item]


class Parted(NamedTuple):
    """Findings, parted."""

    shown: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    used: frozenset[Use]
    """What suppressed them: each directive with each of its items that names the rule of one of them."""


class Unused(NamedTuple):
    """A remark about a directive that does nothing."""

    comment: Comment
    message: str
    """A sentence with its full stop."""
    fix: Fix


def part(
    findings: Iterable[Finding], directives: Iterable[Directive], declarations: Mapping[str, Place]
) -> Parted:
    """Part `findings` by `directives`, keeping their order.

    A directive reaches the findings on its line, or in its file, and those about the map site that is declared
    on its line (`declarations`: symbol to place).
    """
    found = tuple(findings)
    reach = _reach(directives, frozenset(finding.rule for finding in found))
    shown: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[Use] = set()
    for finding in found:
        uses = list(_uses(finding, reach, declarations))
        if uses:
            suppressed.append(Suppressed(finding, Suppression("inSource", uses[0][0].reason)))
            used.update(uses)
        else:
            shown.append(finding)
    return Parted(tuple(shown), tuple(suppressed), frozenset(used))


def unused(
    directives: Iterable[Directive],
    used: frozenset[Use],
    ran: Callable[[str], frozenset[str]],
    default: frozenset[str],
) -> Iterator[Unused]:
    """Remarks on the directives that name maplint or a rule of it and suppress nothing.

    `ran` tells for a path the ids of the rules that ran over its package; `default` holds the ids that run
    without being selected. A word that means several rules counts as unused only if those of them that run by
    default all ran, else nobody could ever be told.
    """
    for directive in directives:
        idle = [
            item
            for item in directive.items
            if item.ours
            and (directive, item) not in used
            and _tried(item, ran(directive.comment.path), default)
        ]
        if directive.wrong or idle:
            yield Unused(directive.comment, _message(directive, idle), _fix(directive, idle))


class _Reach(NamedTuple):
    """What the sound directives speak of, by path and rule."""

    lines: dict[tuple[str, str], list[Use]]
    """Those of a line or a few, from the first line on."""
    files: dict[tuple[str, str], list[Use]]
    """Those of a whole file."""


def _reach(directives: Iterable[Directive], rules: frozenset[str]) -> _Reach:
    reach = _Reach(defaultdict(list), defaultdict(list))
    for directive in sorted(directives, key=_line):
        here = reach.files if directive.lines is None else reach.lines
        for item in () if directive.wrong else directive.items:
            for rule in item.rules & rules:
                here[directive.comment.path, rule].append((directive, item))
    return reach


def _line(directive: Directive) -> int:
    return directive.comment.line


def _uses(finding: Finding, reach: _Reach, declarations: Mapping[str, Place]) -> Iterator[Use]:
    yield from _at(reach, finding.place, finding.rule)
    yield from reach.files.get((finding.place.path, finding.rule), ())
    declared = declarations.get(finding.symbol)
    if declared is not None:
        yield from _at(reach, declared, finding.rule)


def _at(reach: _Reach, place: Place, rule: str) -> Iterator[Use]:
    """What speaks of the line of a place."""
    here = reach.lines.get((place.path, rule), ())
    first = bisect_left(here, place.line - MAX_DISTANCE, key=_line_of_use)
    last = bisect_right(here, place.line, key=_line_of_use)
    for directive, item in here[first:last]:
        if directive.lines is not None and place.line in directive.lines:
            yield directive, item


def _line_of_use(use: Use) -> int:
    return use[0].comment.line


def _tried(item: Item, ran: frozenset[str], default: frozenset[str]) -> bool:
    return (item.rules & default or item.rules) <= ran


def _message(directive: Directive, idle: Sequence[Item]) -> str:
    if directive.wrong:
        return f"This comment suppresses nothing: {directive.wrong}."
    unknown = [item.word for item in idle if not item.rules]
    if unknown:
        return f"This comment suppresses nothing for {_listed(unknown)}: maplint knows no such rule."
    return f"This suppression of {_listed([item.word for item in idle])} matches no finding."


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _fix(directive: Directive, idle: Sequence[Item]) -> Fix:
    """How to put it right; with an edit where the whole comment can go."""
    if directive.wrong:
        return Fix("Write the comment as `//maplint:ignore ML101 reason`, or remove it.")
    if directive.foreign or len(idle) < len(directive.items):
        return Fix(f"Remove {_listed([item.word for item in idle])} from the comment.")
    comment = directive.comment
    place = Place(comment.path, comment.line, comment.column, comment.line, comment.end_column)
    return Fix("Remove the comment.", (Edit(place, ""),))
