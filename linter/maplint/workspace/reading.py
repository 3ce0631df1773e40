"""One file from its path to its record, or to the reason why there is none."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Fault
from maplint.workspace.constraints import Constraint, conjunction, file_name, satisfied
from maplint.workspace.exclude import Exclusion
from maplint.workspace.files import is_utf8, read_regular, relative, shown
from maplint.workspace.header import read_header
from maplint.workspace.records import GoFile

_CGO = Constraint(("cgo",))
MAX_BYTES = 4 << 20
"""How large a file is read: parsing takes sixty times as much memory. No file of Go's own tree is larger."""


class Choice(NamedTuple):
    """Which of the files met are loaded."""

    tests: bool
    tags: frozenset[str] | None
    """All tags of the one build asked for; None for every build."""
    excluded: Exclusion


class LeftOut(NamedTuple):
    """A Go file that was met and is rightly not loaded."""

    what: str
    """What such files are, in the plural."""


TEST = LeftOut("test files without --tests")
EXCLUDED = LeftOut("excluded files")
OTHER_BUILD = LeftOut("files outside the build that --tags, --goos and --goarch ask for")
DOCUMENTATION = LeftOut("files of package documentation, which Go ignores")


def read_file(path: str, top: str, choice: Choice, selected: bool) -> GoFile | LeftOut | Fault:
    """Read the Go file at an absolute path below the folder `top`, unless its name already leaves it out."""
    name = path[path.rfind("/") + 1 :]
    is_test = name.endswith("_test.go")
    if choice.excluded(path):
        return EXCLUDED
    if is_test and not choice.tests:
        return TEST
    named = file_name(name)
    if choice.tags is not None and not satisfied(named, choice.tags):
        return OTHER_BUILD
    if not is_utf8(relative(path, top)):
        return Fault(f"{shown(path)} has a name that is not UTF-8", shown(path))
    try:
        data = read_regular(path, MAX_BYTES)
    except OSError as error:
        return Fault(f"{shown(name)} could not be read: {error.strerror}", shown(path))
    header = read_header(data)
    if header is None:
        return Fault(f"{shown(name)} has no package clause", shown(path), 1)
    constraint = conjunction(header.constraint, named, _CGO if header.imports_c else None)
    if choice.tags is not None and not satisfied(constraint, choice.tags):
        return OTHER_BUILD
    if header.package == "documentation":
        return DOCUMENTATION
    return GoFile(path, data, header.package, constraint, is_test, header.generated, selected)
