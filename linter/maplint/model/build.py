"""From a workspace to its program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from maplint.facts.file import FileFacts
from maplint.model.program import Program
from maplint.syntax import facts_of

if TYPE_CHECKING:
    from maplint.workspace.records import GoFile, Module, Unit, Workspace


_RECURSION = 10_000
"""Enough for code nested as deeply as the syntax room lets through, in every stage."""


def build(workspace: Workspace) -> Program:
    """Reads every file of the workspace into facts and resolves them."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    return Program(workspace, _facts, _dependency)


def _facts(file: GoFile) -> FileFacts:
    """What a file says; one without a path is no part of what is analysed."""
    return facts_of(file.data, bodies=bool(file.path))


def _dependency(import_path: str, module: Module) -> Unit | None:
    """The package that an import means and that is not analysed."""
    from maplint.workspace.dependencies import read_dependency

    return read_dependency(import_path, module)
