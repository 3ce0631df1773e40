"""Which modules the PATH arguments speak of, and the folders each of them consists of."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from maplint.errors import MaplintError
from maplint.finding import Fault
from maplint.workspace import gomod
from maplint.workspace.exclude import Exclusion
from maplint.workspace.files import absolute, shown, within
from maplint.workspace.gomod import GoMod
from maplint.workspace.patterns import Target
from maplint.workspace.records import Module
from maplint.workspace.walk import Folder, Walk, walk


class Scope(NamedTuple):
    """One module and what of it is to be loaded."""

    module: Module
    folders: tuple[Folder, ...]
    """The whole module, and named folders that its walk skips; sorted by path."""
    targets: tuple[Target, ...]
    """What of it is named. Where a recursive target reaches it from outside, its folder is the module's."""
    nested: tuple[str, ...]
    """Folders of other modules that lie in this one."""
    faults: tuple[Fault, ...]
    """Folders that could not be listed, and a go.mod that could not be read."""


def survey(targets: Sequence[Target], excluded: Exclusion) -> list[Scope]:
    """The modules that hold what is named, each walked; raises MaplintError for an unreadable go.work.

    Where a recursive target stands under no go.mod and no go.work, the files there form one tree, and every
    module below is a scope of its own.
    """
    homes = {target: _modules_of(target) for target in targets}
    loose = [target for target in homes if not homes[target]]
    scopes = [_tree(loose, excluded)] if loose else []
    pending = [directory for directories in homes.values() for directory in directories]
    pending += [directory for scope in scopes for directory in scope.nested]
    met: set[str] = set()
    for directory in pending:
        if directory not in met:
            met.add(directory)
            named = [target for target in homes if directory in homes[target]]
            scopes.append(_module(directory, named + _discovering(loose, directory), excluded))
            pending += [nested for nested in scopes[-1].nested if _discovering(loose, nested)]
    return sorted(scopes, key=lambda scope: scope.module.directory)


def _discovering(loose: Sequence[Target], directory: str) -> list[Target]:
    """Those of the targets in no module that reach a module below them."""
    return [target for target in loose if target.recursive and within(directory, target.folder)]


def _modules_of(target: Target) -> tuple[str, ...]:
    """The folders of the modules that a target speaks of, by go.work and go.mod; none where there is neither.

    At the folder of a go.work these are the modules it uses; elsewhere the module around the target, or those
    used below it.
    """
    found = gomod.find("go.mod", target.folder)
    own = () if found is None else (os.path.dirname(found),)
    place, work = _work(target.folder) if target.recursive else ("", GoMod())
    if place == target.folder:
        own = own if own == (place,) else ()
        return tuple(sorted({*own, *work.uses}))
    return own or tuple(sorted(use for use in work.uses if within(use, target.folder)))


def _work(folder: str) -> tuple[str, GoMod]:
    """The folder and the words of the go.work that governs a folder; an empty folder where none does."""
    setting = os.environ.get("GOWORK", "")
    path = None if setting == "off" else setting or gomod.find("go.work", folder)
    if path is None:
        return "", GoMod()
    try:
        return os.path.dirname(path), gomod.read(path)
    except OSError as error:
        message = f"{shown(path)} could not be read: {error.strerror} (GOWORK=off ignores it)"
        raise MaplintError(message) from error


def _module(directory: str, targets: Sequence[Target], excluded: Exclusion) -> Scope:
    """The scope of the module in a folder."""
    path = os.path.join(directory, "go.mod")
    mod, faults = GoMod(), []
    try:
        mod = gomod.read(path)
    except OSError as error:
        faults.append(Fault(f"go.mod could not be read: {error.strerror}", shown(path)))
    _, work = _work(directory)
    replaces = dict(mod.replaces) | (dict(work.replaces) if directory in work.uses else {})
    module = Module(mod.module, directory, tuple(sorted(replaces.items())), mod.go)
    inside = [t if within(t.folder, directory) else t._replace(folder=directory) for t in targets]
    whole = walk(directory, directory, mod.ignores, excluded)
    met = {folder.path for folder in whole.folders}
    skipped = [target for target in inside if target.folder not in met]
    return _scope(module, inside, [whole, *_walk_targets(skipped, directory, mod.ignores, excluded)], faults)


def _tree(targets: Sequence[Target], excluded: Exclusion) -> Scope:
    """The scope of what stands under no go.mod: the named folders, as one tree."""
    top = absolute(os.path.commonpath([target.folder for target in targets]), "/")
    return _scope(Module("", top), targets, _walk_targets(targets, top, (), excluded), [])


def _walk_targets(
    targets: Sequence[Target], module: str, ignores: Sequence[str], excluded: Exclusion
) -> list[Walk]:
    """The folders that targets name, each once however many files of it are named."""
    places = dict.fromkeys((target.folder, target.recursive) for target in targets)
    return [walk(folder, module, ignores, excluded if below else lambda _: True) for folder, below in places]


def _scope(module: Module, targets: Sequence[Target], walks: list[Walk], faults: list[Fault]) -> Scope:
    """A scope from all its walks, with the named files that a listing leaves out for their names."""
    folders = {folder.path: folder for found in walks for folder in found.folders}
    for target in targets:
        name = os.path.basename(target.file or "")
        if name.startswith(("_", ".")) and target.folder in folders:
            folder = folders[target.folder]
            folders[target.folder] = folder._replace(files=tuple(sorted({*folder.files, name})))
    return Scope(
        module,
        tuple(folders[path] for path in sorted(folders)),
        tuple(targets),
        tuple(sorted({nested for found in walks for nested in found.nested})),
        (*faults, *(fault for found in walks for fault in found.faults)),
    )
