"""Compares what maplint says about the programs of a corpus with what their marks say it should."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from maplint.errors import MaplintError
from maplint.testing.expectations import Mark, read_marks


class Reported(NamedTuple):
    """A finding, as far as a mark speaks of it."""

    rule: str
    path: Path
    """Absolute path of the file."""
    line: int
    message: str


def find_cases(root: Path) -> list[Path]:
    """The folders of a corpus that hold one case each: those named `bad_…` and `good_…`, sorted."""
    folders = (path for path in root.rglob("*") if path.is_dir())
    return sorted(folder for folder in folders if folder.name.startswith(("bad_", "good_")))


def run_check(root: Path, *flags: str) -> list[Reported]:
    """Runs `maplint check` with the given flags over the module at `root` and returns its findings.

    Raises MaplintError with maplint's own words where the run itself failed (exit status 2 or above).
    """
    import json
    import subprocess

    command = [sys.executable, "-m", "maplint", "check", "--format", "json", *flags, "./..."]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        said = done.stderr.strip()
        raise MaplintError(f"maplint could not check {root} (exit status {done.returncode}): {said}")
    return [
        Reported(finding["rule"], root / finding["path"], finding["line"], finding["message"])
        for finding in json.loads(done.stdout)["findings"]
    ]


def check_case(folder: Path, findings: Iterable[Reported]) -> list[str]:
    """What is wrong with the findings in one case's folder, a sentence for each mismatch.

    Mismatches are a wanted finding that is missing, a finding that nobody marked, a gap that has closed and a
    tolerated false finding that has gone. Findings outside the folder are left alone.
    """
    left = sorted(finding for finding in findings if finding.path.is_relative_to(folder))
    wrong = []
    for mark in sorted(read_marks(folder), key=_strictness):
        met = next((finding for finding in left if _meets(finding, mark)), None)
        if met is not None:
            left.remove(met)
        if (met is None) != (mark.kind == "gap"):
            wrong.append(_broken(folder, mark))
    wrong += [_unexpected(folder, finding) for finding in left]
    return sorted(wrong)


def _strictness(mark: Mark) -> int:
    """Marks that ask for words come first, so that one which takes any message leaves them theirs."""
    return 0 if mark.kind == "want" else 1


def _meets(finding: Reported, mark: Mark) -> bool:
    if (finding.rule, finding.path, finding.line) != (mark.rule, mark.path, mark.line):
        return False
    return mark.kind != "want" or re.search(mark.text, finding.message) is not None


def _unexpected(folder: Path, finding: Reported) -> str:
    return f"{_at(folder, finding.path, finding.line)}: unexpected {finding.rule}: {finding.message}"


def _broken(folder: Path, mark: Mark) -> str:
    says = {
        "want": f"no {mark.rule} whose message matches {mark.text!r}",
        "gap": f"{mark.rule} is found now: turn the gap mark ({mark.text}) into a want mark",
        "false": f"{mark.rule} is no longer found: remove the false mark ({mark.text})",
    }
    return f"{_at(folder, mark.path, mark.line)}: {says[mark.kind]}"


def _at(folder: Path, path: Path, line: int) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}:{line}"
