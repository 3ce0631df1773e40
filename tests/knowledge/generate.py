"""Writes the shipped table of the standard library, `maplint/knowledge/std/`, with the `go` on the path.

    python tests/knowledge/generate.py

Run it after a new Go release and after a change to the generator in `stdtable/`; a test fails until then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "linter" / "maplint" / "knowledge" / "std"


def generate(folder: Path, go: str) -> None:
    """Fill a folder that exists and is empty with the index and one file per package."""
    listed = _run([go, "list", "std"], GOOS="linux", GOARCH="amd64", CGO_ENABLED="0").split()
    importable = [path for path in listed if not {"internal", "vendor"} & set(path.split("/"))]
    _run([go, "run", ".", str(folder), *importable])


def _run(command: list[str], **variables: str) -> str:
    """What `go` prints; the caller's settings must not change the toolchain or the library's build tags."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOFLAGS", "GOEXPERIMENT")}
    environment = kept | {"GOTOOLCHAIN": "local", "GOWORK": "off"} | variables
    return subprocess.run(
        command, cwd=HERE / "stdtable", env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def main() -> None:
    shutil.rmtree(SHIPPED, ignore_errors=True)
    SHIPPED.mkdir()
    generate(SHIPPED, "go")


if __name__ == "__main__":
    main()
