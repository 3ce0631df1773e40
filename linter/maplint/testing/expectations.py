"""Reads what a Go file of a corpus says about itself: marks on lines, and what running it shows.

A mark is a comment on the line it is about, or `+N` lines above it:

    var sessions = map[string]int{} // want ML101:"sessions"
    var tokens, users sync.Map // want ML201:"tokens" ML201:`users`
    // want +1 ML001:"suppresses nothing"
    //nolint:ML101
    var seen = map[string]bool{} // gap ML101: the key is built in another module
    var byType = map[string]int{} // false ML101: the names are a closed set
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from maplint.errors import MaplintError

_MARK = re.compile(
    r"//\s*(?P<kind>want|gap|false)(?:\s+\+(?P<below>\d+))?\s+(?=[A-Z]+\d)(?P<rest>.*?)"
    r"\s*(?=//\s*(?:want|gap|false)\s|$)"
)
_WANTED = re.compile(r'(?P<rule>[A-Z]+\d+):(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|`(?P<raw>[^`]*)`)\s*')
_TOLERATED = re.compile(r"(?P<rule>[A-Z]+\d+):\s*(?P<reason>\S.*)")
_RUN = re.compile(r"^// run: (?P<shows>.+)\npackage \w+$", re.MULTILINE)


class Mark(NamedTuple):
    """One expectation about one line."""

    kind: str
    """`want`: the finding must be there; `gap`: it should be and is not; `false`: it should not be and is."""
    rule: str
    path: Path
    line: int
    """The line the finding stands on, which is not the mark's own where the mark says `+N`."""
    text: str
    """The regular expression that a wanted finding's message holds; the reason of the other two."""


def read_marks(folder: Path) -> list[Mark]:
    """All marks of the Go files in a folder and below it, in order of path and line.

    Raises MaplintError, naming file and line, for a mark that cannot be read.
    """
    return [
        mark
        for path in sorted(folder.rglob("*.go"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for found in _MARK.finditer(line)
        for mark in _marks_of(path, number, found)
    ]


def read_run(folder: Path) -> str:
    """What running the program in a folder shows, by the last line of its package comment, such as `ok`.

    Raises MaplintError unless exactly one file of the folder says so.
    """
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.go")]
    shown = [found["shows"] for text in texts for found in _RUN.finditer(text)]
    if len(shown) != 1:
        raise MaplintError(
            f"{folder} has {len(shown)} package comments that end in a line `// run: …`; a case needs one"
        )
    return shown[0]


def _marks_of(path: Path, number: int, found: re.Match[str]) -> list[Mark]:
    line = number + int(found["below"] or 0)
    if found["kind"] == "want":
        return [Mark("want", rule, path, line, text) for rule, text in _wanted(path, number, found["rest"])]
    tolerated = _TOLERATED.fullmatch(found["rest"])
    if tolerated is None:
        kind = found["kind"]
        raise MaplintError(f"{path}:{number}: write a {kind} mark as `// {kind} ML101: reason`")
    return [Mark(found["kind"], tolerated["rule"], path, line, tolerated["reason"])]


def _wanted(path: Path, number: int, rest: str) -> list[tuple[str, str]]:
    """The rules and regular expressions that follow `// want`."""
    pairs = []
    position = 0
    while position < len(rest):
        found = _WANTED.match(rest, position)
        if found is None:
            form = '`// want ML101:"regexp"`'
            raise MaplintError(f"{path}:{number}: write a want mark as {form}, not {rest[position:]!r}")
        pairs.append((found["rule"], _regexp(path, number, found)))
        position = found.end()
    return pairs


def _regexp(path: Path, number: int, found: re.Match[str]) -> str:
    text: str = found["raw"] if found["quoted"] is None else re.sub(r'\\(["\\])', r"\1", found["quoted"])
    try:
        re.compile(text)
    except re.error as error:
        raise MaplintError(f"{path}:{number}: {text!r} is no regular expression: {error}") from error
    return text
