"""What a loaded workspace is made of: modules, packages and their files, as immutable records."""

from __future__ import annotations

from typing import NamedTuple

from maplint.finding import Fault
from maplint.workspace.constraints import Constraint


class LoadOptions(NamedTuple):
    """What the command line and the configuration say about which files count."""

    tests: bool = False
    """Whether `_test.go` files are loaded; without, they are not even read."""
    tags: tuple[str, ...] | None = None
    """Tags of the one build to look at. Where tags, goos and goarch are all None, every file is loaded."""
    goos: str | None = None
    goarch: str | None = None
    exclude: tuple[str, ...] = ()
    """Patterns in gitignore's syntax. What they match is not loaded at all: it is not reported, and its
    operations do not count."""
    exclude_base: str = ""
    """Absolute folder that the patterns are relative to; they match nothing outside of it."""


class Module(NamedTuple):
    """A Go module, or the tree of Go files under no go.mod."""

    path: str
    """Module path; empty for a tree without go.mod."""
    directory: str
    """Absolute folder of the go.mod; for a tree, the deepest folder that holds every named path."""
    replaces: tuple[tuple[str, str], ...] = ()
    """Module paths that go.mod or go.work replaces by a local folder, each with that absolute folder."""
    go: str = ""
    """Language version of the go.mod, such as 1.22; empty where none is written."""


class GoFile(NamedTuple):
    """One Go file, read once."""

    path: str
    """Absolute path with `/`. A folder above the module may be no UTF-8: it then holds surrogate escapes."""
    data: bytes
    package: str
    """The name in the package clause."""
    constraint: Constraint | None
    """Which builds include the file, by its header, its name and an import of "C" together; None for all."""
    is_test: bool
    """Whether it is named `_test.go`."""
    generated: bool
    """Whether a `// Code generated … DO NOT EDIT.` line stands before the package clause."""
    selected: bool
    """Whether the PATH arguments name it, so that findings in it are reported."""


class Unit(NamedTuple):
    """One package to analyse: the files of a folder that belong together."""

    import_path: str
    """Unique in the workspace. The package of the folder has the path that an import names. The external
    test package has `_test` after it, a file that stands alone ` [file.go]`, a further package of the same
    folder ` [name]`, and packages of modules that share a module path ` [folder]` from the root."""
    name: str
    """The name in the package clause."""
    directory: str
    """Absolute folder of the files."""
    module: Module
    files: tuple[GoFile, ...]
    """Sorted by path."""


class Workspace(NamedTuple):
    """All that a run analyses, in an order that depends on nothing but the files."""

    units: tuple[Unit, ...]
    """Sorted by import path and folder."""
    modules: tuple[Module, ...]
    """Those that hold a named path, sorted by directory."""
    root: str
    """Absolute folder of the repository: the nearest upwards with a `.git`, else the working directory."""
    faults: tuple[Fault, ...]
    """Files and folders that could not be read, sorted by path."""
    notices: tuple[str, ...]
    """Sentences a user may want to see: what was left out, and why."""
