"""From a workspace to its program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from maplint.model.program import Program
from maplint.model.universe import Loaded
from maplint.syntax import facts_of

if TYPE_CHECKING:
    from maplint.workspace.records import Module, Workspace


_RECURSION = 10_000
"""Enough for code nested as deeply as the syntax room lets through, in every stage."""


def build(workspace: Workspace) -> Program:
    """Reads every file of the workspace into facts and resolves them."""
    files = {file.path: file for unit in workspace.units for file in unit.files}
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    facts = {path: facts_of(file.data) for path, file in files.items()}
    bodies = {path: one.bodies for path, one in facts.items()}
    declared = {path: facts.pop(path)._replace(bodies=()) for path in files}
    return Program(workspace, declared, bodies, _dependency)


def _dependency(import_path: str, module: Module) -> Loaded | None:
    """What a package that is imported, but not analysed, declares."""
    from maplint.workspace.dependencies import read_dependency

    unit = read_dependency(import_path, module)
    if unit is None:
        return None
    return unit, [(file, facts_of(file.data, bodies=False)) for file in unit.files]
