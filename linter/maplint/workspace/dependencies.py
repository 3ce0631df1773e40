"""Packages beside the analysed code that it imports: vendored ones, and those of modules replaced by a folder."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.workspace.packages import group
from maplint.workspace.reading import Choice, read_file
from maplint.workspace.records import GoFile, Module, Unit
from maplint.workspace.walk import list_folder

_EVERY_BUILD = Choice(tests=False, tags=None, excluded=lambda _: False)
_GO_TREE = ("std", "cmd")
"""The modules of Go's own tree, which import each other's packages without saying so."""


def read_dependency(import_path: str, module: Module) -> Unit | None:
    """The package that an import in a module means, where it lies on disk; None where it does not.

    Its files carry no path: they are read for what they declare, and nothing in them is analysed or reported.
    """
    if ".." in import_path.split("/"):
        return None
    for folder in _candidates(import_path, module):
        unit = _read(folder)
        if unit is not None:
            files = tuple(file._replace(path="") for file in unit.files)
            return unit._replace(import_path=import_path, module=module, files=files)
    return None


def _candidates(import_path: str, module: Module) -> Iterator[str]:
    yield f"{module.directory}/vendor/{import_path}"
    for replaced, folder in sorted(module.replaces, reverse=True):
        if f"{import_path}/".startswith(f"{replaced}/"):
            yield folder + import_path.removeprefix(replaced)
    if module.path in _GO_TREE:
        yield f"{module.directory.removesuffix('/cmd')}/{import_path}"


def _read(folder: str) -> Unit | None:
    """The package that a folder is imported as."""
    try:
        names = list_folder(folder).files
    except (OSError, ValueError):  # ValueError: an import path with a NUL byte
        return None
    read = (read_file(f"{folder}/{name}", folder, _EVERY_BUILD, False) for name in names)
    files = [file for file in read if isinstance(file, GoFile)]
    units = group(folder, Module("", folder), files) if files else []
    return next((unit for unit in units if " [" not in unit.import_path), None)
