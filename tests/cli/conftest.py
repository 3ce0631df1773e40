"""A Go project in a temporary folder, and the command line run on it in this process with obedient rules."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from obedient import RULES, Project, Ran

import maplint.cli.wiring
from maplint.cli.run import run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty module `m` at the root of a repository; the working directory is in it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.22\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(maplint.cli.wiring, "catalogue", lambda: RULES)

    def execute(*arguments: str) -> Ran:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", _stream())
            patch.setattr(sys, "stderr", _stream())
            status = run(arguments)
            return Ran(status, _text(sys.stdout), _text(sys.stderr))

    return Project(tmp_path, execute)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def _text(stream: Any) -> str:
    return str(stream.buffer.getvalue().decode())
