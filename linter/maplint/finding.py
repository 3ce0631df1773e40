"""What a rule says and what a user reads: places, comments, findings and their parts, as immutable records."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Level(enum.IntEnum):
    """How grave a finding is, in SARIF's words; ordered, so that levels compare."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Confidence(enum.IntEnum):
    """How sure maplint is that a Go expert would agree; ordered, so that confidences compare."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Place(NamedTuple):
    """A stretch of one file.

    Lines and columns start at 1, columns count UTF-8 bytes, the end column is exclusive: what `go vet` prints.
    """

    path: str
    """Absolute path with `/`; reporters make it relative to what their format asks for."""
    line: int
    column: int
    end_line: int
    end_column: int


class Comment(NamedTuple):
    """A comment that says something to maplint, placed."""

    path: str
    line: int
    column: int
    end_column: int
    text: str
    own_line: bool
    """Whether nothing but white space stands before it on its line."""


class Note(NamedTuple):
    """A place and what stands there: a related place of a finding, or a step of a flow."""

    place: Place
    message: str
    """A short phrase without a final full stop, such as "inserted here, under the request's key"."""


class Edit(NamedTuple):
    """Text that replaces a stretch of a file; an insertion has an empty stretch."""

    place: Place
    text: str


class Fix(NamedTuple):
    """One way to put a finding right."""

    message: str
    """An imperative sentence: what to do, naming the place or the call where that helps."""
    edits: tuple[Edit, ...] = ()
    """What an editor would change to do it; empty where the fix needs a person."""


class Finding(NamedTuple):
    """One fault, as every report shows it."""

    rule: str
    """Rule id, such as ML101."""
    name: str
    """Rule name, such as unbounded-package-map."""
    family: str
    """growth, sync-map, closure, race or meta."""
    level: Level
    """The level shown: the rule's at high confidence, a step lower at medium, a note at low."""
    confidence: Confidence
    message: str
    """One sentence a Go programmer believes, with its full stop."""
    place: Place
    """The primary place; one token or line."""
    symbol: str
    """The map site the finding is about, as docs and fingerprints name it: example.com/m/store.Cache.items."""
    package: str
    """Import path of the package the finding stands in."""
    function: str | None = None
    """Symbol of the function that holds the primary place; set for race and closure findings alone."""
    related: tuple[Note, ...] = ()
    """Other places that a reader needs, most telling first, without duplicates."""
    flows: tuple[tuple[Note, ...], ...] = ()
    """Stories in order: a leak has one, from declaration to insert; a race has one for each side."""
    evidence: tuple[str, ...] = ()
    """Short sentences: why it was reported, what was searched and not found."""
    fixes: tuple[Fix, ...] = ()
    fingerprint: str = ""
    """Stable identity without line or path: rule and symbol, for race and closure findings also the function."""


class Suppression(NamedTuple):
    """Why a finding is not shown."""

    kind: str
    """`inSource` or `external`, SARIF's words."""
    reason: str
    """The reason written in the comment; empty where none is."""


class Suppressed(NamedTuple):
    """A finding and what suppressed it."""

    finding: Finding
    suppression: Suppression


class Fault(NamedTuple):
    """Something that was not analysed: a file that could not be read or parsed, or a rule that failed."""

    message: str
    """One sentence that names the thing."""
    path: str | None = None
    """Absolute path of the file, for a file fault."""
    line: int | None = None
    rule: str | None = None
    """Id of the rule that failed, for a rule fault."""
    package: str | None = None
    """Import path of the package in which the rule failed, for a rule fault."""


class Summary(NamedTuple):
    """What was looked at, in numbers."""

    files: int = 0
    """Go files analysed in whole or in part."""
    partial: int = 0
    """Those of `files` in which some region did not parse."""
    skipped: int = 0
    """Go files that were named or found and could not be analysed; each stands in `Report.faults`."""
    lines: int = 0
    packages: int = 0
    map_sites: int = 0


class Report(NamedTuple):
    """All that a run has to say; reporters turn it into bytes."""

    findings: tuple[Finding, ...] = ()
    """What is shown, sorted by path, line, column, rule, symbol, message."""
    suppressed: tuple[Suppressed, ...] = ()
    """What comments in the source hide, in the same order."""
    faults: tuple[Fault, ...] = ()
    summary: Summary = Summary()
