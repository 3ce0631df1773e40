"""What the README and the pages beside it show is what happens."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from go_samples import SERVER, copy, plant

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(path for path in CHECKOUT.glob("*.md")) + sorted((CHECKOUT / "docs").rglob("*.md"))


def blocks(language: str) -> list[str]:
    """The README's fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def maplint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "maplint", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_finding_shown_is_one_that_is_reported(tmp_path: Path) -> None:
    (shown,) = (block for block in blocks("") if block.startswith("ml402/"))
    for part in ("go.mod", "probe", "ml402/bad_missing_lock"):
        copy(CHECKOUT / "corpus" / part, tmp_path / part)
    assert maplint(tmp_path, "--isolated").stdout == shown


def test_the_commands_shown_are_understood(tmp_path: Path) -> None:
    (usage,) = (block for block in blocks("sh") if block.startswith("maplint "))
    plant(tmp_path, {"main.go": SERVER, "store/a.go": "package store\n", "cmd/server/a.go": "package main\n"})
    for line in usage.splitlines():
        done = maplint(tmp_path, *shlex.split(line, comments=True)[1:])
        assert done.returncode in (0, 1), f"{line}: {done.stderr}"


def test_the_configuration_shown_is_accepted(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    (tmp_path / "maplint.toml").write_text(text)
    plant(tmp_path, {"main.go": SERVER, "internal/legacy/a.go": "package legacy\n"})
    done = maplint(tmp_path)
    assert done.returncode in (0, 1), done.stderr


def workflow() -> Any:
    (text,) = (block for block in blocks("yaml") if "upload-sarif" in block)
    return yaml.safe_load(text)


def test_the_workflow_shown_has_the_least_permissions() -> None:
    assert workflow()["permissions"] == {"contents": "read", "actions": "read", "security-events": "write"}


def test_the_workflow_shown_writes_the_report_that_it_uploads_when_findings_fail_it(tmp_path: Path) -> None:
    steps = workflow()["jobs"]["maplint"]["steps"]
    (command,) = (step["run"] for step in steps if step.get("run", "").startswith("maplint "))
    plant(tmp_path, {"main.go": SERVER})
    done = maplint(tmp_path, *shlex.split(command)[1:])
    upload = steps[-1]
    assert (done.returncode, "file=main.go,line=8," in done.stdout) == (1, True)
    assert json.loads((tmp_path / upload["with"]["sarif_file"]).read_text())["version"] == "2.1.0"
    assert "!cancelled()" in upload["if"], "a failed step before it must not keep it from running"
    assert "head.repo.full_name == github.repository" in upload["if"], "a fork may not upload"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_the_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not link.startswith("https:") and not (page.parent / link).exists()]
    assert missing == []
