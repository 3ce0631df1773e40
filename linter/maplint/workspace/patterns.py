"""PATH arguments: what each names, and which files are therefore selected."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from typing import NamedTuple

from maplint.errors import MaplintError
from maplint.workspace import gomod
from maplint.workspace.files import absolute, relative, within


class Target(NamedTuple):
    """One PATH argument."""

    name: str
    """As the user wrote it."""
    folder: str
    """Absolute folder; of a `.go` file, the one it lies in."""
    recursive: bool
    """Whether the folders below are named too (`/...`)."""
    file: str | None
    """Absolute path of the one `.go` file named."""


class Selection(NamedTuple):
    """What several targets select together."""

    files: frozenset[str]
    folders: frozenset[str]
    prefixes: tuple[str, ...]
    """Of recursive targets, the folder with a `/` after it."""


def read_target(name: str, cwd: str) -> Target:
    """What a PATH argument names; raises MaplintError where that does not exist or can hold no Go.

    What does not exist may be the import path of a package of the module around the working directory.
    """
    path, recursive = _without_dots(name.replace(os.sep, "/"))
    if "..." in path:
        raise MaplintError(f"pattern '{name}' is not supported (write ... as its last element: ./pkg/...)")
    if not name.strip():
        raise MaplintError("an empty path names nothing (write . for the working directory)")
    place = absolute(path or ".", cwd)
    if not os.path.exists(place):
        place = _imported(path, cwd)
    if not os.path.exists(place):
        raise MaplintError(f"path '{name}' does not exist")
    if os.path.isdir(place):
        return Target(name, place, recursive, None)
    if recursive:
        raise MaplintError(f"path '{name}' is not a folder (write {path} for the file alone)")
    if not place.endswith(".go"):
        raise MaplintError(f"'{name}' is not a Go file (name a folder, a .go file or ./...)")
    return Target(name, os.path.dirname(place), False, place)


def _imported(path: str, cwd: str) -> str:
    """Where the package of an import path stands in the module around the working directory; "" for none."""
    found = gomod.find("go.mod", cwd)
    with contextlib.suppress(OSError):
        module = gomod.read(found).module if found else ""
        if found and module and within(path, module):
            return absolute(relative(path, module), os.path.dirname(found))
    return ""


def _without_dots(name: str) -> tuple[str, bool]:
    """A path without the `/...` at its end, and whether it had one."""
    if name == "..." or name.endswith("/..."):
        return name[:-4] or name[:-3], True
    return name, False


def selection(targets: Iterable[Target]) -> Selection:
    """The files, folders and trees that targets name."""
    files: set[str] = set()
    folders: set[str] = set()
    prefixes: set[str] = set()
    for target in targets:
        if target.file is not None:
            files.add(target.file)
        elif target.recursive:
            prefixes.add(target.folder.rstrip("/") + "/")
        else:
            folders.add(target.folder)
    return Selection(frozenset(files), frozenset(folders), tuple(sorted(prefixes)))


def selects(selected: Selection, path: str) -> bool:
    """Whether a file is among what is selected."""
    return (
        path.startswith(selected.prefixes)
        or path in selected.files
        or os.path.dirname(path) in selected.folders
    )
