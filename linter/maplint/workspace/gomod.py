"""go.mod and go.work, read lexically: a file that the go command would refuse still says what it can."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from maplint.workspace.files import absolute, read_regular, upwards

_WORD = re.compile(r'//.*|"(?:[^"\\]|\\.)*"|`[^`]*`|[()]|=>|(?:(?!//)[^\s()"`])+')
_LOCAL = re.compile(r"\.{0,2}/|\.{1,2}$|\.{0,2}\\|[A-Za-z]:[/\\]")


class GoMod(NamedTuple):
    """What a go.mod or a go.work says of the tree."""

    module: str = ""
    """Module path; empty in a go.work."""
    go: str = ""
    """Language version, such as 1.22."""
    replaces: tuple[tuple[str, str], ...] = ()
    """Module paths replaced by a local folder, each with that absolute folder."""
    ignores: tuple[str, ...] = ()
    """Folders that `./...` leaves out: `./x` at the module's root alone, `x` anywhere."""
    uses: tuple[str, ...] = ()
    """Absolute folders of the modules of a go.work."""


def parse(text: str, directory: str) -> GoMod:
    """Read the text of the go.mod or go.work that lies in a folder."""
    single: dict[str, str] = {}
    replaces: dict[str, str] = {}
    ignores: list[str] = []
    uses: list[str] = []
    for verb, *words in _directives(text):
        if verb in ("module", "go") and words:
            single[verb] = words[0]
        elif verb == "replace" and "=>" in words[1:-1] and _LOCAL.match(words[-1]):
            replaces[words[0]] = absolute(words[-1], directory)
        elif verb == "ignore":
            ignores += words[:1]
        elif verb == "use":
            uses += [absolute(word, directory) for word in words[:1]]
    return GoMod(
        single.get("module", ""),
        single.get("go", ""),
        tuple(sorted(replaces.items())),
        tuple(ignores),
        tuple(uses),
    )


def _directives(text: str) -> Iterator[list[str]]:
    """The words of each directive, its verb first, whether it stands on a line or in a block."""
    block = ""
    for line in text.removeprefix("\ufeff").split("\n"):
        words = [_unquoted(word) for word in _WORD.findall(line) if not word.startswith("//")]
        if words[:1] == [")"]:
            block = ""
        elif words[1:] == ["("]:
            block = words[0]
        elif words:
            yield [block, *words] if block else words


def _unquoted(word: str) -> str:
    if word[0] == "`":
        return word[1:-1]
    return re.sub(r"\\(.)", r"\1", word[1:-1]) if word[0] == '"' else word


def read(path: str) -> GoMod:
    """The go.mod or go.work at an absolute path; raises OSError where it cannot be read."""
    return parse(read_regular(path).decode(errors="replace"), os.path.dirname(path))


def find(name: str, folder: str) -> str | None:
    """The nearest file of that name in a folder or above it.

    One that was left in the system's folder of temporary files does not count for the folders below, as for
    the go command: it would take hold of all that is tried out there.
    """
    temporary = absolute(os.environ.get("TMPDIR") or "/tmp", "/")
    places = (place for place in upwards(folder) if place != temporary or place == folder)
    paths = (os.path.join(place, name) for place in places)
    return next((path for path in paths if os.path.isfile(path)), None)
