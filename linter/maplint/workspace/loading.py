"""PATH arguments in, packages out: the entrance to this room."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from maplint.finding import Fault
from maplint.workspace.build import build_tags
from maplint.workspace.exclude import exclusion
from maplint.workspace.files import absolute, relative, shown, upwards, within
from maplint.workspace.notices import clashes, empty_targets, left_out_modules
from maplint.workspace.packages import group
from maplint.workspace.patterns import read_target, selection, selects
from maplint.workspace.reading import Choice, LeftOut, read_file
from maplint.workspace.records import GoFile, LoadOptions, Unit, Workspace
from maplint.workspace.survey import Scope, survey


def load(paths: Sequence[str], cwd: str, options: LoadOptions) -> Workspace:
    """Load every module that holds a named path, with the named files selected.

    No path means `./...`. `cwd` is the absolute working directory. GOWORK, GOFLAGS, GOOS, GOARCH and
    CGO_ENABLED are read from the environment, as the go command does. Raises MaplintError for a path that
    does not exist, a named folder or file without Go, an unreadable go.work, an unknown platform, a bad
    pattern.
    """
    cwd = absolute(cwd, cwd)
    excluded = exclusion(options.exclude, options.exclude_base or cwd)
    choice = Choice(options.tests, build_tags(options), excluded)
    targets = tuple(dict.fromkeys(read_target(path, cwd) for path in paths or ("./...",)))
    scopes = survey(targets, excluded)
    faults = [fault for scope in scopes for fault in scope.faults]
    fates = {f"{fault.path}/": "" for fault in faults}
    units = [unit for scope in scopes for unit in _load_scope(scope, choice, faults, fates)]
    root = next((folder for folder in upwards(cwd) if os.path.exists(os.path.join(folder, ".git"))), cwd)
    notices = [*empty_targets(targets, scopes, fates), *left_out_modules(scopes, cwd), *clashes(units, cwd)]
    loaded = {unit.module for unit in units}
    return Workspace(
        units=tuple(sorted(_distinct(units, root), key=lambda unit: (unit.import_path, unit.directory))),
        modules=tuple(scope.module for scope in scopes if scope.module.path or scope.module in loaded),
        root=root,
        faults=tuple(sorted(set(faults), key=lambda fault: (fault.path or "", fault.message))),
        notices=tuple(notices),
    )


def _load_scope(scope: Scope, choice: Choice, faults: list[Fault], fates: dict[str, str]) -> list[Unit]:
    """The packages of one module; what is met on the way is added to the faults and the fates."""
    selected = selection(scope.targets)
    units: list[Unit] = []
    for folder in scope.folders:
        files: list[GoFile] = []
        for name in folder.files:
            path = f"{folder.path.rstrip('/')}/{name}"
            loaded = read_file(path, scope.module.directory, choice, selects(selected, path))
            fates[path] = loaded.what if isinstance(loaded, LeftOut) else ""
            if isinstance(loaded, GoFile):
                files.append(loaded)
            elif isinstance(loaded, Fault):
                faults.append(loaded)
        if files:
            units += group(folder.path, scope.module, files)
    return units


def _distinct(units: Sequence[Unit], root: str) -> list[Unit]:
    """The units, with the folder in the import paths that several of them share."""
    shared = Counter(unit.import_path for unit in units)
    return [unit if shared[unit.import_path] == 1 else _with_folder(unit, root) for unit in units]


def _with_folder(unit: Unit, root: str) -> Unit:
    folder = relative(unit.directory, root) if within(unit.directory, root) else unit.directory
    return unit._replace(import_path=f"{unit.import_path} [{shown(folder) or '.'}]")
