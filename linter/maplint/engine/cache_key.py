"""The name of all that decides a report: maplint's code, settings and rules, every file and its module.

Two runs with the same key have the same report; what cannot change a report is no part of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING

from maplint import __version__
from maplint.config.settings import Settings
from maplint.rule import Rule
from maplint.workspace.files import read_regular

if TYPE_CHECKING:
    from maplint.workspace.records import Unit, Workspace

FORMAT = 1
"""Version of the entries; it rises when they change in a way that reading would not notice."""

_PARSERS = ("tree_sitter", "tree_sitter_go")
"""Packages outside maplint that have a say in what a file means."""

_WITHOUT_EFFECT = frozenset(
    (
        *("format", "output", "show_suppressed", "color"),
        *("fail_on", "exit_zero", "strict"),
        *("statistics", "quiet", "verbose"),
        *("jobs", "cache", "cache_dir"),
        "selection",
    )
)
"""Settings that only matter once there is a report, and the selection, whose effect is the rules that run."""


def cache_key(workspace: Workspace, settings: Settings, rules: Sequence[Rule], chosen: Sequence[Rule]) -> str:
    """64 hex digits; `rules` is the catalogue, `chosen` those of it that run."""
    decisive = {name: value for name, value in settings._asdict().items() if name not in _WITHOUT_EFFECT}
    parts = (
        (FORMAT, __version__, _code(rules)),
        ([rule.id for rule in rules], [rule.id for rule in chosen]),
        decisive,
        workspace.modules,
        [_unit(unit) for unit in workspace.units],
        workspace.faults,
    )
    return _digest(json.dumps(parts, sort_keys=True).encode("ascii"))


def _unit(unit: Unit) -> dict[str, object]:
    """A package with its module by the folder and its files by their contents."""
    files = [(_digest(file.data), *[each for each in file if each is not file.data]) for file in unit.files]
    return {**unit._asdict(), "module": unit.module.directory, "files": files}


def _code(rules: Iterable[Rule]) -> str:
    """A digest of the code that makes a report: a changed rule must not meet the reports of the old one."""
    of_rules = {rule.check.__module__.partition(".")[0] for rule in rules}
    digest = sha256()
    for name in sorted({__name__.partition(".")[0], *_PARSERS, *of_rules}):
        for path in _files(name):
            with suppress(OSError):
                contents = _digest(read_regular(path))
                digest.update(f"{os.path.basename(path)} {contents} ".encode(errors="replace"))
    return digest.hexdigest()


def _files(name: str) -> Iterator[str]:
    """The files of a module or package that is installed; none where it does not lie in a folder."""
    spec = find_spec(name)
    if spec is None:
        return
    if spec.submodule_search_locations is None:
        yield spec.origin or ""
    for top in spec.submodule_search_locations or ():
        for folder, below, names in os.walk(top):
            below[:] = sorted(set(below) - {"__pycache__"})
            yield from (os.path.join(folder, each) for each in sorted(names))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()  # which processors have instructions for
