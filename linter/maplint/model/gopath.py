"""What the import paths of a tree without go.mod begin with.

Code for GOPATH imports its own packages by where it lay there, as `github.com/owner/name/folder`. What stands before
the folders is written nowhere: it is what most of its imports have before the name of one of its folders.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from maplint.model.scopes import PackageScope


class Tree(NamedTuple):
    """A tree without go.mod, as its own packages import it."""

    prefix: str
    """What their import paths begin with; empty where no import says."""
    root: str
    """The path of the package at its top; empty for none."""

    def meant(self, path: str) -> str:
        """The path of the analysed package that an import path may name."""
        if self.prefix and path == self.prefix:
            return self.root or path
        return path.removeprefix(f"{self.prefix}/") if self.prefix else path


def trees(packages_in_trees: Iterable[PackageScope]) -> dict[str, Tree]:
    """The trees without go.mod, by folder, from the packages in them."""
    packages: dict[str, set[str]] = defaultdict(set)
    imported: dict[str, set[str]] = defaultdict(set)
    roots: dict[str, str] = {}
    for scope in packages_in_trees:
        folder, unit = scope.unit.module.directory, scope.unit
        packages[folder].add(unit.import_path)
        imported[folder] |= {one.path for file in scope.files for one in file.facts.imports}
        if unit.directory == folder and unit.name != "main":
            roots.setdefault(folder, unit.import_path)
    return {
        folder: Tree(_prefix(imported[folder], packages[folder]), roots.get(folder, ""))
        for folder in packages
    }


def _prefix(imported: set[str], packages: set[str]) -> str:
    """What most imports begin with whose other part is one of the packages."""
    votes = Counter(prefix for path in imported for prefix in _beginnings(path, packages))
    return min(votes, key=lambda prefix: (-votes[prefix], prefix), default="")


def _beginnings(path: str, packages: set[str]) -> Iterator[str]:
    """What stands before the names of packages in a path; nothing for one that is a package's or the library's."""
    host, *rest = path.split("/")
    if "." in host and path not in packages:
        for i in range(len(rest)):
            if "/".join(rest[i:]) in packages:
                yield "/".join([host, *rest[:i]])
