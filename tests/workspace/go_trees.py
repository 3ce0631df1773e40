"""Go trees in a temporary folder, and what was loaded of them in a form that reads well in an assertion."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions, Workspace

EVERYTHING = LoadOptions(tests=True)


def plant(root: Path, files: dict[str, str]) -> str:
    """Write files below a folder and return that folder; a Go file without text gets a package clause."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or f"package {path.parent.name.replace('-', '_')}\n")
    return str(root)


def loaded(root: str, *paths: str, options: LoadOptions = EVERYTHING, cwd: str = ".") -> Workspace:
    """Load paths as seen from a folder below the root."""
    return load(paths, os.path.normpath(os.path.join(root, cwd)), options)


def names(workspace: Workspace, selected: Sequence[bool] = (True, False)) -> dict[str, list[str]]:
    """File names by import path; of selected files alone with `selected=[True]`."""
    by_path = {
        unit.import_path: [os.path.basename(file.path) for file in unit.files if file.selected in selected]
        for unit in workspace.units
    }
    return {path: files for path, files in by_path.items() if files}


def chosen(root: str, *paths: str, options: LoadOptions = EVERYTHING, cwd: str = ".") -> dict[str, list[str]]:
    """The names of the selected files by import path."""
    return names(loaded(root, *paths, options=options, cwd=cwd), selected=[True])
