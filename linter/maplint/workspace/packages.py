"""The files of one folder, grouped into the packages they make up."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from maplint.workspace.constraints import Constraint, by_default, excludes
from maplint.workspace.files import relative, shown
from maplint.workspace.records import GoFile, Module, Unit

_IGNORE = Constraint(("ignore",))
_NOT_IGNORE = Constraint(("ignore", "!"))


def group(directory: str, module: Module, files: Sequence[GoFile]) -> list[Unit]:
    """The packages of one folder, whose files come sorted by path.

    A file that only the tag `ignore` includes, or whose name the go command ignores, is run by hand and by
    itself: it makes a unit of its own. The others belong together by package clause.
    """
    name = _main_clause([file for file in files if not _stands_alone(file)] or files)
    path = _import_path(module, directory, name)
    units: dict[str, list[GoFile]] = {}
    for file in files:
        units.setdefault(path + _suffix(file, name), []).append(file)
    return [Unit(key, some[0].package, directory, module, tuple(some)) for key, some in units.items()]


def clashing(units: Sequence[Unit]) -> list[str]:
    """The package names for which the go command would refuse the folder of these units; mostly none."""
    files = [file for unit in units for file in unit.files]
    names = {file.package for file in files if by_default(file.constraint) and not _stands_alone(file)}
    apart = sorted(name for name in names if name.removesuffix("_test") not in names - {name})
    return apart if len(apart) > 1 else []


def _stands_alone(file: GoFile) -> bool:
    return _needs_ignore(file.constraint) or file.path[file.path.rfind("/") + 1] in "_."


def _needs_ignore(constraint: Constraint | None) -> bool:
    if constraint is None or "ignore" not in constraint.postfix:
        return False
    return excludes(constraint, _NOT_IGNORE) and not excludes(constraint, _IGNORE)


def _main_clause(files: Sequence[GoFile]) -> str:
    """The package that a folder is imported as: the most frequent clause among the files that count most."""
    code = [file for file in files if not file.is_test]
    if len({file.package for file in code}) == 1:
        return code[0].package
    built = [file.package for file in code if by_default(file.constraint)]
    tests = [file.package.removesuffix("_test") for file in files]
    return Counter(built or [file.package for file in code] or tests).most_common(1)[0][0]


def _suffix(file: GoFile, name: str) -> str:
    """What distinguishes the unit of a file from the main package of its folder."""
    if _stands_alone(file):
        return f" [{os.path.basename(file.path)}]"
    if file.package == name:
        return ""
    return "_test" if file.is_test and file.package == f"{name}_test" else f" [{file.package}]"


def _import_path(module: Module, directory: str, name: str) -> str:
    """The path by which Go code names the package of a folder; of a tree without go.mod, its folder."""
    below = shown(relative(directory, module.directory))
    if below.startswith("vendor/"):
        return below.removeprefix("vendor/")
    prefix = "" if module.path == "std" else module.path
    if prefix or below:
        return "/".join(part for part in (prefix, below) if part)
    return "main" if name == "main" else shown(os.path.basename(directory)) or name
