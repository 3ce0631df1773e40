"""Rules that obey the code, and what a run of the command line on such code leaves behind.

A line `// finds ML101 m.a` makes rule ML101 find the site m.a there; `// finds low ML101 m.a` with low confidence;
`// finds ML101 m.a see b.go:3` with a related place; `// breaks ML101` makes it fail on that file's package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from maplint.documentation import HEADINGS
from maplint.finding import Confidence, Level, Note, Place
from maplint.rule import Draft, Option, Pass, Rule

_FINDS = re.compile(
    rb"// finds (?:(?P<sure>high|medium|low) )?(?P<rule>ML\d+) (?P<symbol>[\w./]+)"
    rb"(?: in (?P<function>[\w./]+))?(?: see (?P<file>[\w/]+\.go):(?P<line>\d+))?"
)


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str

    @property
    def found(self) -> list[tuple[str, str, int]]:
        """Rule, path and line of each finding of a JSON report."""
        return [(each["rule"], each["path"], each["line"]) for each in self.findings]

    @property
    def findings(self) -> list[dict[str, Any]]:
        return list(json.loads(self.out)["findings"])


class Project(NamedTuple):
    """A folder of Go code and a way to run maplint in it."""

    root: Path
    maplint: Callable[..., Ran]

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _check(rule: str) -> Callable[[Pass], Iterator[Draft]]:
    """The check of a rule that finds what the code tells it to find."""

    def check(scope: Pass) -> Iterator[Draft]:
        for path, file in sorted(scope.program.files.items()):
            for number, line in enumerate(file.data.split(b"\n"), start=1):
                told = _FINDS.search(line)
                if told and told["rule"].decode() == rule:
                    draft = _draft(told, path, number)
                    if draft.symbol.rpartition(".")[0] == scope.package.import_path:
                        yield draft
                if f"// breaks {rule} {scope.package.import_path};".encode() in line:
                    raise ValueError("it broke")

    return check


def _draft(told: re.Match[bytes], path: str, line: int) -> Draft:
    related: tuple[Note, ...] = ()
    if told["file"]:
        other, at = f"{path.rpartition('/')[0]}/{told['file'].decode()}", int(told["line"])
        related = (Note(Place(other, at, 1, at, 2), "inserted here"),)
    return Draft(
        Place(path, line, 1, line, 4),
        told["symbol"].decode(),
        f"{told['symbol'].decode()} is told to be found.",
        Confidence[(told["sure"] or b"high").decode().upper()],
        function=told["function"].decode() if told["function"] else None,
        related=related,
    )


def _rule(rule: str, name: str, family: str, level: Level, default: bool = True, options: Any = ()) -> Rule:
    doc = f"Finds what {rule} finds.\n\n" + "\n\n".join(f"## {title}\n\nText." for title in HEADINGS)
    check = (lambda scope: iter(())) if rule == "ML001" else _check(rule)
    return Rule(rule, name, family, level, doc, check, default, options)


RULES = (
    _rule("ML001", "unused-suppression", "meta", Level.NOTE),
    _rule("ML101", "unbounded-package-map", "growth", Level.WARNING),
    _rule("ML105", "missed-removal", "growth", Level.WARNING),
    _rule("ML107", "resource-left-in-entry", "growth", Level.NOTE, default=False),
    _rule(
        "ML109",
        "unchecked-size-hint",
        "growth",
        Level.WARNING,
        options=(Option("max-hint", 1000, "the largest hint"),),
    ),
    _rule("ML401", "concurrent-map-access", "race", Level.ERROR),
)
