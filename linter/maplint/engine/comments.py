"""Apply the comments that suppress findings, and make ML001 of those that suppress nothing.

ML001 is a rule of the catalogue like any other, but only the engine knows what the comments did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from maplint.engine.checks import Checked
from maplint.engine.selection import expand
from maplint.engine.stamp import fingerprint, stamp
from maplint.finding import Confidence, Finding, Place, Suppressed
from maplint.rule import Draft, Rule
from maplint.suppress.apply import Unused, part, unused
from maplint.suppress.directives import Expand, directives

if TYPE_CHECKING:
    from maplint.model.program import Program

UNUSED = "ML001"


class Commented(NamedTuple):
    """Findings after the comments had their say."""

    shown: tuple[Finding, ...]
    """What no comment hides, and the findings of ML001 that nothing hides either."""
    suppressed: tuple[Suppressed, ...]


class Tried(NamedTuple):
    """Which rules ran where."""

    catalogue: Sequence[Rule]
    """Every rule there is."""
    chosen: Sequence[Rule]
    """Those that were run."""
    checked: Checked
    """What came of it."""
    packages: Mapping[str, str]
    """Absolute path of a file to the import path of its package."""


def apply_comments(findings: Iterable[Finding], program: Program, tried: Tried) -> Commented:
    """Part `findings` by the program's comments and add what ML001 has to say, where it was chosen.

    A comment also has its use where it speaks of a finding that is not shown for another reason: for lack of
    confidence, because it stands elsewhere, or because another one says more about the same fault.
    """
    found = directives(program.comments, _meaning(tried.catalogue), lambda path: program.files[path].data)
    parted = part(findings, found, program.declarations)
    own = next((rule for rule in tried.chosen if rule.id == UNUSED), None)
    if own is None:
        return Commented(parted.shown, parted.suppressed)
    used = part(tried.checked.findings, found, program.declarations).used
    default = frozenset(rule.id for rule in tried.catalogue if rule.default)
    remarks = unused(found, used, _ran(tried), default)
    about = part(_findings(remarks, own, tried.packages), found, program.declarations)
    return Commented((*parted.shown, *about.shown), (*parted.suppressed, *about.suppressed))


def _meaning(catalogue: Sequence[Rule]) -> Expand:
    """What the words of a comment mean; ML001 must be named, lest each unused comment hide its own finding."""

    @cache
    def meaning(word: str) -> frozenset[str]:
        ids = expand(word, catalogue)
        return ids if ids == {UNUSED} else ids - {UNUSED}

    return meaning


def _ran(tried: Tried) -> Callable[[str], frozenset[str]]:
    """From a file's path to the ids of the rules that ran over its package to the end."""
    chosen = frozenset(rule.id for rule in tried.chosen) - {UNUSED}
    failed = {(fault.package, fault.rule) for fault in tried.checked.faults}

    def ran(path: str) -> frozenset[str]:
        package = tried.packages.get(path)
        return frozenset(rule for rule in chosen if (package, rule) not in failed)

    return ran


def _findings(remarks: Iterable[Unused], rule: Rule, packages: Mapping[str, str]) -> Iterator[Finding]:
    """Remarks as findings of ML001.

    They are about no map site, so their symbol is the package, and the comment's text tells their fingerprints
    apart, with a number from the second comment of the same text on.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for remark in remarks:
        comment = remark.comment
        package = packages[comment.path]
        place = Place(comment.path, comment.line, comment.column, comment.line, comment.end_column)
        draft = Draft(place, package, remark.message, Confidence.HIGH, fixes=(remark.fix,))
        number = seen[package, comment.text]
        seen[package, comment.text] += 1
        identity = fingerprint(rule.id, package, comment.text, *([str(number)] if number else []))
        yield stamp(draft, rule, package)._replace(fingerprint=identity)
