"""The tree walk: which folders a module consists of, by the rules of the go command."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from maplint.finding import Fault
from maplint.workspace.exclude import Exclusion
from maplint.workspace.files import relative, shown


class Folder(NamedTuple):
    """One folder that was listed."""

    path: str
    files: tuple[str, ...]
    """Names that end in `.go`, sorted, whatever they turn out to be, but for those the go command ignores."""
    folders: tuple[str, ...]
    """Names of the folders in it, sorted. Symbolic links to folders are not followed, so none are here."""
    is_module: bool
    """Whether it holds a go.mod."""


class Walk(NamedTuple):
    """What was met below a root."""

    folders: tuple[Folder, ...]
    """The root and all that it may enter, with Go or without."""
    nested: tuple[str, ...]
    """Folders with a go.mod of their own, which were not entered."""
    faults: tuple[Fault, ...]
    """Folders that could not be listed."""


def list_folder(path: str) -> Folder:
    """List one folder; raises OSError where that is not possible."""
    files: list[str] = []
    folders: list[str] = []
    is_module = False
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.name.endswith(".go") and entry.name[0] not in "_.":
                if not (entry.is_symlink() and os.path.isdir(entry.path)):
                    files.append(entry.name)
            elif entry.name == "go.mod":
                is_module = os.path.isfile(entry.path)
    return Folder(path, tuple(sorted(files)), tuple(sorted(folders)), is_module)


def walk(root: str, module: str, ignores: Iterable[str], excluded: Exclusion) -> Walk:
    """All folders at and below a root, which is entered whatever its name; the rules apply below it.

    `ignores` are those of the go.mod that lies in the folder `module`.
    """
    ignores = [ignore for ignore in ignores if not _ignored(relative(root, module), ignore)]
    folders: list[Folder] = []
    nested: list[str] = []
    faults: list[Fault] = []
    pending = [root]
    while pending:
        path = pending.pop()
        try:
            folder = list_folder(path)
        except OSError as error:
            faults.append(Fault(f"folder {shown(path)} could not be listed: {error.strerror}", shown(path)))
            continue
        if folder.is_module and path != root:
            nested.append(path)
            continue
        folders.append(folder)
        for name in folder.folders:
            child = f"{path.rstrip('/')}/{name}"
            ignored = any(_ignored(relative(child, module), ignore) for ignore in ignores)
            if not (_skipped(name) or ignored or excluded(child + "/")):
                pending.append(child)
    return Walk(tuple(folders), tuple(nested), tuple(faults))


def _skipped(name: str) -> bool:
    return name[0] in "._" or name in ("testdata", "vendor")


def _ignored(folder: str, ignore: str) -> bool:
    """Whether a folder, relative to its module, is what an `ignore` entry names or lies below it."""
    entry = ignore.removeprefix("./").strip("/")
    whole = f"/{folder}/"
    return whole.startswith(f"/{entry}/") if ignore.startswith("./") else f"/{entry}/" in whole
