"""What Go's type checker and maplint say of the maps of the same packages, and how far they agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from go_tool import go_binary

MAPOPS = Path(__file__).parent / "mapops"

KINDS = {
    **dict.fromkeys(("assign", "op-assign", "inc-dec", "copy", "Store", "LoadOrStore", "Swap"), "insert"),
    **dict.fromkeys(("delete", "clear", "delete-func"), "remove"),
    **dict.fromkeys(("Delete", "LoadAndDelete", "CompareAndDelete", "Clear"), "remove"),
    **dict.fromkeys(("range", "Range"), "range"),
    **dict.fromkeys(("index", "Load", "len", "CompareAndSwap"), "other"),
}
"""The operations that both sides list; what passes a map on is a matter of definition."""

Place = tuple[str, int, int]
"""Absolute path, line, column."""


class Operation(NamedTuple):
    """One operation on a map, where it is written."""

    op: str
    place: Place


class Variable(NamedTuple):
    """What an operation names as it is written."""

    name: str
    """With `[]` for each index; `expression` where it is no variable."""
    place: Place | None
    """Of the declaration; None where it is not in the files looked at."""


class Listed(NamedTuple):
    """What one side says."""

    files: frozenset[str]
    """Those that were looked at."""
    variables: dict[Place, str]
    """Name of each variable that is a map, by the place of its declaration in these files."""
    operations: dict[Operation, list[Variable]]
    """What each operation names. Two may begin at one place, as in `a[i][j]`."""
    undetermined: frozenset[Operation]
    """What may be an operation on a map, or, as `variable`, a map: the type is not known for want of a package."""


_VARIABLE = "variable"


class Figures(NamedTuple):
    """How far two sides agree on operations of one kind."""

    known: int
    """How many the type checker lists."""
    undecided: int
    """How many maplint lists where the checker does not know the type; they count neither way."""
    recall: float
    precision: float
    same: float
    """The part of those that both list in which both name the same variable."""


def checked(folders: Sequence[str], modules: Iterable[tuple[str, str]] = (), tags: str = "") -> Listed:
    """What the type checker says of the packages in these folders; modules are pairs of path and folder."""
    named = [word for path, folder in modules for word in ("-module", f"{path}={folder}")]
    printed = _go([str(go_binary()), "run", ".", "-tags", tags, *named, *folders])
    records = [json.loads(line) for line in printed.splitlines()]
    files = frozenset(record["path"] for record in records if record["kind"] == "file")
    variables = {_place(record): record["name"] for record in records if record["kind"] == _VARIABLE}
    operations: dict[Operation, list[Variable]] = {}
    for record in records:
        if record["kind"] == "operation":
            operations.setdefault(Operation(record["op"], _place(record)), []).append(_named(record, files))
    undetermined = frozenset(
        Operation(record.get("op", _VARIABLE), _place(record))
        for record in records
        if record["kind"].startswith("undetermined")
    )
    return Listed(files, variables, operations, undetermined)


def _go(command: Sequence[str]) -> str:
    settings = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "", "GOROOT": goroot()}
    return subprocess.run(
        command, cwd=MAPOPS, env=settings, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


@cache
def goroot() -> str:
    """The folder of the Go tree."""
    command = [str(go_binary()), "env", "GOROOT"]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()


def tool_tags() -> str:
    """The build tags that the toolchain itself sets, separated by commas."""
    return _go([str(go_binary()), "list", "-f", '{{join context.ToolTags ","}}', "."]).strip()


def _place(record: dict[str, Any]) -> Place:
    return record["path"], record["line"], record["column"]


def _named(record: dict[str, Any], files: frozenset[str]) -> Variable:
    if record["variable"] == "expression":
        return Variable("expression", None)
    path, line, column = record["variable"].removesuffix("[]").removesuffix("[]").split(":")
    depth = record["variable"].count("[]")
    place = (path, int(line), int(column.rstrip("[]"))) if path in files else None
    return Variable(record["name"] + "[]" * depth, place)


def listed(root: str, paths: Sequence[str], tags: str = "") -> Listed:
    """What `maplint maps --all` says of the same build, run in the folder `root`."""
    build = ["--goos", "linux", "--goarch", "amd64", "--tags", tags]
    command = [
        sys.executable,
        "-m",
        "maplint",
        "maps",
        "--all",
        "--format",
        "json",
        "--isolated",
        *build,
        *paths,
    ]
    settings = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": ""}
    ran = subprocess.run(command, cwd=root, env=settings, stdout=subprocess.PIPE, check=True, text=True)
    variables: dict[Place, str] = {}
    operations: dict[Operation, list[Variable]] = {}
    for site in json.loads(ran.stdout)["sites"]:
        variable = _variable(root, site)
        if variable.place is not None and not variable.name.endswith("[]"):
            variables[variable.place] = variable.name
        for each in _operations(site):
            assert each["variable"] == site["symbol"]
            if each["op"] in KINDS:
                operations.setdefault(Operation(each["op"], _below(root, each)), []).append(variable)
    return Listed(frozenset(place[0] for _, place in operations), variables, operations, frozenset())


def _operations(site: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind in ("inserts", "removes", "resets", "reads"):
        yield from site[kind]


def _variable(root: str, site: dict[str, Any]) -> Variable:
    if site["kind"] == "expression":
        return Variable("expression", None)
    last = site["symbol"].rpartition(".")[2]
    name, _, number = last.partition("#")
    depth = len(last) - len(last.rstrip("[]"))
    place = _below(root, site)
    at_first_use = any(_below(root, each) == place for each in _operations(site))
    return Variable(
        name.rstrip("[]") + "[]" * (depth // 2) if number else last,
        None if at_first_use else place,  # maplint puts what is declared elsewhere at its first use
    )


def _below(root: str, record: dict[str, Any]) -> Place:
    return os.path.join(root, record["path"]), record["line"], record["column"]


def agree(theirs: Listed, ours: Listed) -> dict[str, Figures]:
    """The figures by kind of operation, in the files that the type checker looked at."""
    return {kind: _figures(kind, theirs, ours) for kind in dict.fromkeys(KINDS.values())}


def _figures(kind: str, theirs: Listed, ours: Listed) -> Figures:
    known = _counts(kind, theirs, theirs.files)
    found = _counts(kind, ours, theirs.files)
    both = known & found
    more = found - known
    undecided = sum(more[operation] for operation in theirs.undetermined)
    same = sum(_same(theirs.operations[operation], ours.operations[operation]) for operation in both)
    total = both.total()
    return Figures(
        known=known.total(),
        undecided=undecided,
        recall=_part(total, known.total()),
        precision=_part(total, found.total() - undecided),
        same=_part(same, total),
    )


def _part(some: int, all_of_them: int) -> float:
    return some / all_of_them if all_of_them else 1.0


def _counts(kind: str, listed: Listed, files: frozenset[str]) -> Counter[Operation]:
    return Counter(
        {
            operation: len(variables)
            for operation, variables in listed.operations.items()
            if KINDS[operation.op] == kind and operation.place[0] in files
        }
    )


def _same(theirs: Sequence[Variable], ours: Sequence[Variable]) -> int:
    """How many of the type checker's variables are among ours; what it declares elsewhere has no place here."""
    unmatched = list(ours)
    count = 0
    for variable in theirs:
        match = next((each for each in unmatched if _is_same(variable, each)), None)
        if match is not None:
            unmatched.remove(match)
            count += 1
    return count


def _is_same(theirs: Variable, ours: Variable) -> bool:
    return theirs.name == ours.name and (theirs.place is None or theirs.place == ours.place)


def disagreements(theirs: Listed, ours: Listed) -> Iterator[str]:
    """One line for each operation and variable that the two sides do not agree on, in order."""
    for operation in sorted({*theirs.operations, *(ours.operations.keys() - theirs.undetermined)}):
        known, found = theirs.operations.get(operation, []), ours.operations.get(operation, [])
        if operation.place[0] in theirs.files and (
            len(known) != len(found) or _same(known, found) < len(known)
        ):
            yield _line(operation.place, operation.op, _names(known), _names(found))
    undecided = undecided_variables(theirs, ours)
    for place in sorted(theirs.variables.keys() ^ (ours.variables.keys() - undecided)):
        if place[0] in theirs.files:
            yield _line(place, _VARIABLE, theirs.variables.get(place, ""), ours.variables.get(place, ""))


def undecided_variables(theirs: Listed, ours: Listed) -> set[Place]:
    """The variables that are maps to maplint, and of which the type checker does not know the type."""
    return {place for place in ours.variables if Operation(_VARIABLE, place) in theirs.undetermined}


def _names(variables: Sequence[Variable]) -> str:
    return ", ".join(
        variable.name if variable.place is None else f"{variable.name} of line {variable.place[1]}"
        for variable in variables
    )


def _line(place: Place, what: str, theirs: str, ours: str) -> str:
    path, line, column = place
    return f"{path}:{line}:{column}: {what}: go/types has {theirs or 'nothing'}, maplint {ours or 'nothing'}"
