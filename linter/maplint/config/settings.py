"""What a run is told to do, after the file and the command line were laid over each other."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from maplint.config.file import Configuration


class Selection(NamedTuple):
    """What one source says about the rules to run; a later source starts from what the earlier ones left."""

    origin: str
    """How an error names the source: the file's path, or empty for the command line."""
    select: tuple[str, ...] | None = None
    """Ids, prefixes, names or ALL that replace what was selected before; None leaves it."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Settings(NamedTuple):
    """One field for each key of the table, and what only a file can say."""

    selection: tuple[Selection, ...] = ()
    """The file's, then the command line's."""
    format: tuple[str, ...] = ()
    output: str | None = None
    min_confidence: str = "medium"
    fail_on: str = "warning"
    exit_zero: bool = False
    tests: bool = False
    generated: bool = False
    tags: tuple[str, ...] | None = None
    goos: str | None = None
    goarch: str | None = None
    exclude: tuple[str, ...] = ()
    exclude_base: str = ""
    """Folder that `exclude` is relative to: the file's, or the working directory for the command line's."""
    jobs: int | None = None
    """Accepted for the sake of scripts; one process does all the work."""
    cache: bool = True
    cache_dir: str | None = None
    """As given on the command line, or absolute; None for the default."""
    statistics: bool = False
    show_suppressed: bool = False
    strict: bool = False
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    """Pattern to ids, prefixes or names."""
    file: str | None = None
    """The configuration file; its folder is what `per_file_ignores` is relative to. None without a file."""
    rules: Mapping[str, Mapping[str, object]] = {}
    """Rule id to the options that the file sets."""


_SELECTING = ("select", "extend-select", "ignore")


def settle(file: Configuration | None, line: Mapping[str, object], cwd: str) -> Settings:
    """The settings of a run: what `line` says (the flags given), else the file, else the default.

    Both hold values as `keys.value_of` returns them, under the names of the keys. Selections are not replaced
    but kept one after the other.
    """
    said: dict[str, object] = {"exclude_base": cwd}
    if file is not None:
        folder = file.path.rpartition("/")[0] or "/"
        said |= file.values
        said |= {"per-file-ignores": file.per_file_ignores, "rules": file.rules, "file": file.path}
        if "exclude" in file.values and "exclude" not in line:
            said["exclude_base"] = folder
        if "cache-dir" in file.values:
            said["cache-dir"] = os.path.join(folder, str(file.values["cache-dir"]))
    said |= line
    fields: dict[str, Any] = {
        name.replace("-", "_"): value for name, value in said.items() if name not in _SELECTING
    }
    first = () if file is None else (_selection(file.shown, file.values),)
    return Settings(selection=(*first, _selection("", line)))._replace(**fields)


def _selection(origin: str, values: Mapping[str, Any]) -> Selection:
    given = {name.replace("-", "_"): values[name] for name in _SELECTING if name in values}
    return Selection(origin)._replace(**given)
