"""Whole processes: what a start imports, closed pipes, interrupts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from maplint import __version__


def started(*arguments: str, cwd: Path, out: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "maplint", *arguments], cwd=cwd, stdout=out, stderr=subprocess.PIPE
    )


def module(folder: Path) -> Path:
    (folder / "go.mod").write_text("module m\n")
    (folder / "a.go").write_text("package m\n\nvar a = map[string]int{}\n")
    return folder


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["--formt"]])
def test_a_start_imports_nothing_heavy(arguments: list[str]) -> None:
    program = f"""
import sys
from maplint.__main__ import main
sys.argv = ["maplint", *{arguments!r}]
main()
heavy = "tree_sitter sarif_om pathspec json sqlite3 subprocess concurrent tomllib maplint_rules maplint.model".split()
print([name for name in heavy if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_report_in_text_needs_no_other_format(tmp_path: Path) -> None:
    program = """
import sys
from maplint.__main__ import main
sys.argv = ["maplint", "--isolated"]
status = main()
print([name for name in ("sarif_om", "pathspec", "tomllib", "sqlite3") if name in sys.modules])
sys.exit(status)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=module(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_the_rules_alone_load_no_model() -> None:
    program = """
import sys
from maplint.__main__ import main
sys.argv = ["maplint", "rules"]
main()
print([name for name in ("maplint.model.ir", "tree_sitter", "dataclasses") if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_module_runs_like_the_command(tmp_path: Path) -> None:
    out, _ = started("--version", cwd=tmp_path).communicate()
    assert out.decode() == f"maplint {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["--help"], 0), (["explain", "ML101"], 0), (["--format", "json"], 0), (["--format", "sarif"], 0)],
)
def test_a_closed_pipe_ends_quietly(tmp_path: Path, arguments: list[str], status: int) -> None:
    process = started(*arguments, "--quiet" if "--format" in arguments else "--help", cwd=module(tmp_path))
    with process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == status


def test_a_closed_standard_error_does_not_matter(tmp_path: Path) -> None:
    process = started("--format", "json", cwd=module(tmp_path))
    with process:
        assert process.stdout is not None and process.stderr is not None
        process.stderr.close()
        assert process.stdout.read().startswith(b"{")
    assert process.returncode == 0


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    process = started("--format", "json", "--quiet", cwd=module(tmp_path), out=full)
    _, said = process.communicate()
    os.close(full)
    assert said == b"maplint: cannot write the json report to standard output: No space left on device\n"
    assert process.returncode == 2


def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    program = """
import os, signal, maplint.model.build
from maplint.__main__ import main
import sys
def interrupted(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()
maplint.model.build.build = interrupted
sys.argv = ["maplint"]
sys.exit(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=module(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert (done.stdout, done.stderr) == ("", "maplint: interrupted\n")
