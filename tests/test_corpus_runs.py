"""Runs every program of the corpus with the real Go: does it show what its package comment says?"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from go_tool import go_binary

from maplint.testing import find_cases, read_run

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
CASES = find_cases(CORPUS)
SECONDS = 60
"""How long one program may take on a busy machine; alone it takes less than two seconds."""
CHANCES = 4
"""How often a race may run until it shows: two goroutines have to meet. Heaps and good programs run once."""


class Program(NamedTuple):
    """A case that was built."""

    case: Path
    binary: Path
    with_race_detector: bool


@pytest.fixture(scope="session")
def shown() -> dict[Path, str]:
    """What each case shows when it runs, in the words of the `// run:` line."""
    raced = {case: read_run(case) in ("race", "ok") for case in CASES}
    programs = [*build((case for case in CASES if not raced[case]), with_race_detector=False)]
    programs += build((case for case in CASES if raced[case]), with_race_detector=True)
    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(run, programs))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_program_shows_what_it_says(case: Path, shown: dict[Path, str]) -> None:
    assert shown[case] == read_run(case)


def test_go_vet_complains_of_planted_faults_alone() -> None:
    """A copied lock is what ML406 is about, and go vet sees some of them too."""
    said = go("vet", "./...", CGO_ENABLED="0").stderr.splitlines()
    assert [line for line in said if not line.startswith(("# ", "ml406/bad_"))] == []


def test_gofmt_would_change_nothing() -> None:
    files = [path for path in CORPUS.rglob("*.go") if "testdata" not in path.parts]
    gofmt = Path(go("env", "GOROOT").stdout.strip(), "bin", "gofmt")
    formatted = subprocess.run([gofmt, "-l", *files], check=False, capture_output=True, text=True)
    assert (formatted.stdout, formatted.stderr) == ("", "")


def go(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Calls go in the corpus with nothing but what is on this machine."""
    alone = {"GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": "", "GOPROXY": "off"}
    return subprocess.run(
        [go_binary(), *arguments],
        check=False,
        cwd=CORPUS,
        env={**os.environ, **alone, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def build(cases: Iterable[Path], *, with_race_detector: bool) -> list[Program]:
    """Builds the cases, a folder of rules at a time since two rules may have a case of the same name."""
    flags = ["-ldflags=-s -w", *(["-race"] if with_race_detector else [])]
    programs = []
    for rule, group in groupby(cases, key=lambda case: case.parent):
        folder = cache() / ("race" if with_race_detector else "plain") / rule.name
        built = [Program(case, folder / case.name, with_race_detector) for case in group]
        packages = [f"./{rule.name}/{program.case.name}" for program in built]
        done = go("build", *flags, "-o", f"{folder}/", *packages, **compiler(with_race_detector))
        assert done.returncode == 0, done.stderr
        programs += built
    return programs


def compiler(with_race_detector: bool) -> dict[str, str]:
    """The race detector is linked by a C compiler, which comes as a Python package too."""
    if with_race_detector:
        return {"CGO_ENABLED": "1", "CC": f"{sys.executable} -m ziglang cc"}
    return {"CGO_ENABLED": "0"}


def cache() -> Path:
    """A folder of this checkout's own, outside the tree, from which go takes what has not changed."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "maplint-corpus" / hashlib.sha256(bytes(CORPUS)).hexdigest()[:12]


def run(program: Program) -> tuple[Path, str]:
    """The case, and what its program shows; what Go notices by chance alone is given a few chances."""
    says = read_run(program.case)
    for _ in range(CHANCES if says == "race" or says.startswith("fatal error") else 1):
        shows = run_once(program)
        if shows == says:
            break
    return program.case, shows


def run_once(program: Program) -> str:
    environment = {**os.environ, "GORACE": "halt_on_error=1"}
    try:
        done = subprocess.run(
            [program.binary], check=False, env=environment, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"still runs after {SECONDS} seconds"
    return told(program, done)


def told(program: Program, done: subprocess.CompletedProcess[str]) -> str:
    if "WARNING: DATA RACE" in done.stderr:
        return "race"
    if fatal := re.search(r"^fatal error: .*$", done.stderr, re.MULTILINE):
        return fatal[0]
    if done.returncode != 0:
        return f"exit status {done.returncode}: {done.stderr}"
    return "ok" if program.with_race_detector else done.stdout.strip()
