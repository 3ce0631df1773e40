"""From a workspace to its program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maplint.model.program import Program
from maplint.syntax import facts_of

if TYPE_CHECKING:
    from maplint.workspace.records import Workspace


def build(workspace: Workspace, jobs: int = 1) -> Program:
    """Reads every file of the workspace into facts and resolves them; `jobs` processes share the reading."""
    files = {file.path: file for unit in workspace.units for file in unit.files}
    return Program(workspace, {path: facts_of(file.data) for path, file in files.items()})
