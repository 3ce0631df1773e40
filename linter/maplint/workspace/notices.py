"""What a user is told of that which was named, or lies below it, and is not analysed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from maplint.errors import MaplintError
from maplint.workspace.files import relative, shown, within
from maplint.workspace.packages import clashing
from maplint.workspace.patterns import Target
from maplint.workspace.records import Unit
from maplint.workspace.survey import Scope


def empty_targets(
    targets: Sequence[Target], scopes: Sequence[Scope], fates: Mapping[str, str]
) -> Iterator[str]:
    """A sentence for each target of which nothing is analysed.

    Raises MaplintError where a folder or a file is named and there is no Go in it.
    `fates` says of every Go file met (and, with a `/` at its end, of every folder that could not be listed)
    what kind of file is left out, and nothing where it is analysed or reported as a fault.
    """
    folders: dict[str, list[str]] = {}
    for path, fate in fates.items():
        folders.setdefault(os.path.dirname(path), []).append(fate)
    for target in targets:
        if target.file is not None:
            met = [fates[path] for path in (target.file, target.folder + "/") if path in fates]
        elif target.recursive:
            tops = {named.folder for scope in scopes for named in scope.targets if named.name == target.name}
            below = [path for path in folders if any(within(path, top) for top in tops)]
            met = [fate for path in below for fate in folders[path]]
        else:
            met = folders.get(target.folder, [])
        yield from _empty(target, met)


def _empty(target: Target, met: Sequence[str]) -> Iterator[str]:
    """The sentence for one target and the fates of all that it names."""
    if not met and not target.recursive:
        below = f"{target.name.rstrip('/')}/..."
        raise MaplintError(f"no Go files in '{target.name}' (write {below} for what is below)")
    if not met:
        yield f"no Go files below {target.name}"
    elif all(met):
        counts = ", ".join(f"{fate} ({count})" for fate, count in sorted(Counter(met).items()))
        yield f"nothing to analyse in {target.name}: {counts}"


def left_out_modules(scopes: Sequence[Scope], cwd: str) -> Iterator[str]:
    """A sentence that names the modules below a recursive target that are not analysed with it."""
    analysed = {scope.module.directory for scope in scopes}
    left_out = [
        nested
        for scope in scopes
        for nested in scope.nested
        if nested not in analysed and any(t.recursive and within(nested, t.folder) for t in scope.targets)
    ]
    if left_out:
        names = ", ".join(_from(path, cwd) for path in left_out)
        yield f"modules of their own are left out (name them to analyse them): {names}"


def clashes(units: Sequence[Unit], cwd: str) -> Iterator[str]:
    """A sentence for each selected folder whose packages the go command would refuse to build together."""
    folders: dict[str, list[Unit]] = {}
    for unit in units:
        folders.setdefault(unit.directory, []).append(unit)
    for directory, together in folders.items():
        names = clashing(together)
        if names and any(file.selected for unit in together for file in unit.files):
            several = ", ".join(names)
            yield f"{_from(directory, cwd)} holds several packages, each analysed by itself: {several}"


def _from(path: str, cwd: str) -> str:
    """A path as a user would write it, from the working directory where it lies below."""
    return f"./{shown(relative(path, cwd))}" if within(path, cwd) else shown(path)
