"""A small hand-made run with odd characters in it, and the golden files of what each format makes of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maplint.documentation import HEADINGS
from maplint.finding import (
    Confidence,
    Edit,
    Fault,
    Finding,
    Fix,
    Level,
    Note,
    Place,
    Report,
    Summary,
    Suppressed,
    Suppression,
)
from maplint.inventory import Inventory, MapSite, Operation
from maplint.report.context import Context
from maplint.rule import Draft, Pass, Rule

ROOT = "/example/repo"
CACHE = f"{ROOT}/store/cache.go"
ODD = f"{ROOT}/größe [x]/a b%.go"
OUTSIDE = "/example/other/lib.go"
GONE = f"{ROOT}/store/gone.go"

SOURCES = {
    CACHE: b"""package store

type Cache struct {
\tmu    sync.Mutex
\titems map[string]*Item
}

func (c *Cache) Put(k string, v *Item) {
\tc.items[k] = v
}

func (c *Cache) Len() int { return len(c.items) }
""",
    ODD: (
        "\N{ZERO WIDTH NO-BREAK SPACE}package größe\r\n"
        "\r\n"
        'var 世界, m = "é\N{GRINNING FACE}", map[int]int{}\r\n'
        "func f() { handlers[name](ctx); \x1b[31mm[1] = 2 }\r\n"
    ).encode(),
    OUTSIDE: b"package lib\n\nvar m = map[int]int{}\n",
}

_CATALOGUE = """
ML001 unused-suppression meta note
ML101 unbounded-package-map growth warning
ML102 unbounded-field-map growth warning
ML103 nil-instead-of-delete growth warning
ML104 never-equal-key growth warning
ML105 missed-removal growth warning
ML106 pooled-map-not-cleared growth warning
ML107 resource-left-in-entry growth note
ML108 map-never-shrinks growth note
ML109 unchecked-size-hint growth warning
ML110 age-only-eviction growth note
ML111 delete-from-other-map growth warning
ML201 unbounded-sync-map sync-map warning
ML301 closure-keeps-map closure warning
ML302 closure-grows-map closure warning
ML401 concurrent-map-access race error
ML402 inconsistent-lock race error
ML403 write-under-read-lock race error
ML404 unlocked-map-read race error
ML405 guarded-map-escapes race warning
ML406 lock-does-not-guard race error
"""


def _nothing(_: Pass) -> Iterator[Draft]:
    return iter(())


def doc(short: str) -> str:
    """A rule's documentation under the headings that every rule has."""
    sections = (f"## {heading}\n\nWords about `map[string]int`, {heading.lower()}.\n" for heading in HEADINGS)
    return "\n".join([f"{short}\n", *sections])


def _rule(line: str) -> Rule:
    identifier, name, family, level = line.split()
    return Rule(identifier, name, family, Level[level.upper()], doc(f"Finds {name}."), _nothing)


RULES = tuple(_rule(line) for line in _CATALOGUE.split("\n") if line)


def read(path: str) -> bytes:
    """What a context reads: the sources above, and nothing else."""
    if path not in SOURCES:
        raise FileNotFoundError(path)
    return SOURCES[path]


def context(**changes: Any) -> Context:
    """A context over the sources above."""
    return Context(cwd=ROOT, root=ROOT, read=read, version="0.1.0", rules=RULES)._replace(**changes)


def place(path: str, line: int, column: int, end_column: int, end_line: int | None = None) -> Place:
    return Place(path, line, column, end_line or line, end_column)


LEAK = Finding(
    rule="ML102",
    name="unbounded-field-map",
    family="growth",
    level=Level.WARNING,
    confidence=Confidence.HIGH,
    message="Cache.items grows with every request and nothing takes entries out.",
    place=place(CACHE, 5, 2, 7),
    symbol="example.com/m/store.Cache.items",
    package="example.com/m/store",
    related=(
        Note(place(CACHE, 9, 2, 12), "inserted here, under the key c.items[k](v)"),
        Note(place(OUTSIDE, 3, 5, 6), "sibling m is emptied here"),
    ),
    flows=(
        (
            Note(place(CACHE, 5, 2, 7), "declared"),
            Note(place(CACHE, 9, 2, 12), "inserted under a request's key"),
        ),
    ),
    evidence=("the key comes from the request", "no delete, clear or reset in 14 packages"),
    fixes=(Fix("Delete the entry when the request ends."),),
    fingerprint="ML102 example.com/m/store.Cache.items",
)

RACE = Finding(
    rule="ML404",
    name="unlocked-map-read",
    family="race",
    level=Level.ERROR,
    confidence=Confidence.HIGH,
    message="Len reads Cache.items without mu, which Put holds: 100%, map[string]*Item",
    place=place(CACHE, 12, 40, 47),
    symbol="example.com/m/store.Cache.items",
    package="example.com/m/store",
    function="example.com/m/store.Cache.Len",
    flows=(
        (Note(place(CACHE, 8, 1, 5), "one side"), Note(place(CACHE, 9, 2, 12), "writes")),
        (Note(place(CACHE, 12, 1, 5), "the other side"), Note(place(CACHE, 12, 40, 47), "reads")),
    ),
    fixes=(
        Fix(
            "Lock c.mu around the read.",
            (
                Edit(place(CACHE, 12, 29, 29), "c.mu.Lock(); defer c.mu.Unlock(); "),
                Edit(place(CACHE, 2, 1, 1), "\n"),
            ),
        ),
    ),
    fingerprint="ML404 example.com/m/store.Cache.items example.com/m/store.Cache.Len",
)

OUT_OF_REPOSITORY = Finding(
    rule="ML101",
    name="unbounded-package-map",
    family="growth",
    level=Level.NOTE,
    confidence=Confidence.LOW,
    message="lib.m grows.",
    place=place(OUTSIDE, 3, 5, 6),
    symbol="example.com/lib.m",
    package="example.com/lib",
    fingerprint="ML101 example.com/lib.m",
)

ODD_WRITE = Finding(
    rule="ML103",
    name="nil-instead-of-delete",
    family="growth",
    level=Level.WARNING,
    confidence=Confidence.MEDIUM,
    message="handlers[name](ctx) keeps\nits key: {0}, 50%\x1b[0m.",
    place=place(ODD, 4, 38, 46),
    symbol="example.com/m/größe.m",
    package="example.com/m/größe",
    related=(Note(place(ODD, 3, 13, 14), "declared here"),),
    fingerprint="ML103 example.com/m/größe.m",
)

GONE_WRITE = LEAK._replace(
    rule="ML101",
    name="unbounded-package-map",
    message="gone.M grows.",
    place=place(GONE, 7, 3, 9, end_line=8),
    symbol="example.com/m/store.M",
    related=(),
    flows=(),
    fixes=(),
    fingerprint="ML101 example.com/m/store.M",
)

ACCEPTED = Suppressed(
    LEAK._replace(
        rule="ML106",
        name="pooled-map-not-cleared",
        message="A pooled map is not cleared.",
        place=place(CACHE, 9, 2, 3),
        related=(),
        flows=(),
        fingerprint="ML106 example.com/m/store.Cache.items",
    ),
    Suppression("inSource", "bounded by the number of tenants"),
)

REPORT = Report(
    findings=(OUT_OF_REPOSITORY, ODD_WRITE, LEAK, RACE, GONE_WRITE),
    suppressed=(ACCEPTED,),
    faults=(
        Fault(f"{ROOT}/store/secret.go could not be read: permission denied", f"{ROOT}/store/secret.go"),
        Fault("expected '}', found the end of the file", ODD, 4),
        Fault("the rule inconsistent-lock failed: KeyError", rule="ML402", package="example.com/m/store"),
    ),
    summary=Summary(files=1204, partial=1, skipped=1, lines=99000, packages=1, map_sites=12),
)


def _operation(op: str, where: Place, function: str, *locks: str) -> Operation:
    variable = "example.com/m/store.Cache.items"
    return Operation(op, where, f"example.com/m/store.{function}", variable, locks)


MU = "example.com/m/store.Cache.mu"

INVENTORY = Inventory(
    (
        MapSite(
            symbol="example.com/m/größe.m",
            kind="package-var",
            is_sync_map=False,
            type="map[int]struct {\n\ta int\n}",
            place=place(ODD, 3, 13, 14),
            key_type="int",
            value_type="struct {\n\ta int\n}",
            inserts=(),
            removes=(),
            resets=(),
            reads=(),
            guards=(),
            verdict="fixed",
            reasons=(),
        ),
        MapSite(
            symbol="example.com/m/store.Cache.items",
            kind="field",
            is_sync_map=False,
            type="map[string]*Item",
            place=place(CACHE, 5, 2, 7),
            key_type="string",
            value_type="*Item",
            inserts=(_operation("assign", place(CACHE, 9, 2, 12), "Cache.Put", MU),),
            removes=(_operation("delete", place(CACHE, 20, 2, 12), "Cache.Drop"),),
            resets=(_operation("reset", place(CACHE, 30, 2, 12), "Cache.Reset", MU, f"{MU} (read)"),),
            reads=(
                _operation("len", place(CACHE, 12, 40, 47), "Cache.Len"),
                _operation("index", place(CACHE, 13, 40, 47), "Cache.Get"),
                _operation("range", place(CACHE, 14, 40, 47), "Cache.Len"),
            ),
            guards=(MU, "unknown"),
            verdict="unbounded",
            reasons=("the key comes from the request", "Cache.Drop runs in tests alone"),
        ),
        MapSite(
            symbol="example.com/m/store.byName",
            kind="package-var",
            is_sync_map=True,
            type="sync.Map",
            place=place(CACHE, 40, 5, 11),
            key_type="any",
            value_type="any",
            inserts=(_operation("Store", place(CACHE, 41, 2, 3), "init"),),
            removes=(),
            resets=(),
            reads=(_operation("Range", place(CACHE, 42, 2, 3), "dump"),),
            guards=(),
            verdict="unknown",
            reasons=("its address is passed to code that was not analysed",),
        ),
    )
)

GOLDEN = Path(__file__).parent / "golden"


def matches_golden(name: str, text: str) -> bool:
    """Whether the text is what the golden file holds, to the byte.

    `MAPLINT_UPDATE_GOLDEN=1 pytest tests/report` writes the files anew; read the difference then.
    """
    file = GOLDEN / name
    if os.environ.get("MAPLINT_UPDATE_GOLDEN") == "1":
        file.write_bytes(text.encode())
    return file.read_bytes().decode() == text
