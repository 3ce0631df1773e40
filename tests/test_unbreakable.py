"""Input that nobody would write: each ends, with the rest of the tree analysed and what was left out named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from maplint.cli.run import run
from maplint.syntax import file as syntax_file

GROWS = """package p

var m = map[string]int{}

func Add(k string) {
	m[k] = 1
}

"""
"""A map that only grows; it is reported whatever follows."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "go.mod").write_text("module example.com/p\n")
    return tmp_path


def summary(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status, findings and what standard error says of a run over the working directory."""
    status = run(
        ["--no-cache", "--isolated", "--exit-zero", "--format", "concise", "--min-confidence", "low"]
    )
    said = capsys.readouterr()
    return status, said.out, said.err


NESTED = {
    "blocks": "func f() { " + "{" * 100_000 + "}" * 100_000 + " }",
    "parentheses": "func f() { x := " + "(" * 100_000 + "1" + ")" * 100_000 + " }",
    "ifs": "func f() { " + "if x {" * 100_000 + "}" * 100_000 + " }",
    "else ifs": "func f() { if x {}" + " else if x { m[k] = 1 }" * 30_000 + " }",
    "literals": "func f() { " + "go func() {" * 100_000 + "}()" * 100_000 + " }",
    "indexes": "func f() { x := " + "a[" * 100_000 + "1" + "]" * 100_000 + " }",
    "selectors": "func f() { x := a" + ".b()" * 100_000 + " }",
    "operators": "func f() { x := " + "-" * 100_000 + "1 }",
    "composites": "var t = " + "[]T{" * 100_000 + "}" * 100_000,
    "types": "var t " + "[]" * 100_000 + "int",
    "structs": "var t " + "struct { a " * 50_000 + "int" + " }" * 50_000,
    "labels": "func f() { " + "a: " * 100_000 + " }",
    "open brackets": "func f() { x := " + "(" * 100_000,
    "calls of new": "func f() { x := " + "new(" * 50_000,
}


@pytest.mark.parametrize("code", NESTED.values(), ids=NESTED.keys())
def test_nesting_of_any_depth_is_cut_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    (folder / "a.go").write_text(GROWS + code + "\n")
    status, out, err = summary(capsys)
    assert status == 0
    assert "package map m grows" in out
    assert "(1 in part), 0 skipped" in err


LONG = {
    "a sum": "func f() { x := 1" + " + m[k]" * 20_000 + " }",
    "exits": "func f() { " + "if x { return }\n" * 10_000 + " }",
    "cases": "func f(k string) { switch k {" + 'case "a": m[k] = 1\n' * 10_000 + "} }",
    "goroutines": "func f() { " + "go func() { m[k] = 1 }()\n" * 5_000 + " }",
    "types by each other": "".join(f"type A{i} A{i + 1}\n" for i in range(5_000)) + "type A5000 int\n",
    "aliases of each other": "".join(f"type A{i} = A{i + 1}\n" for i in range(5_000)) + "type A5000 int\n",
    "variables by each other": "".join(f"var a{i} = a{i + 1}\n" for i in range(5_000)) + "var a5000 = 1\n",
    "calls of calls": "".join(f"func a{i}() {{ a{i + 1}() }}\n" for i in range(5_000)) + "func a5000() {}\n",
    "everybody calls everybody": "".join(
        f"func a{i}(k string) {{ m[k] = 1; {'; '.join(f'a{(i * 7 + j * 13) % 60}(k)' for j in range(20))} }}\n"
        for i in range(60)
    ),
}


@pytest.mark.parametrize("code", LONG.values(), ids=LONG.keys())
def test_code_that_goes_on_and_on_is_analysed_whole(
    folder: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    (folder / "a.go").write_text(GROWS + code + "\n")
    status, out, err = summary(capsys)
    assert status == 0
    assert out
    assert "(0 in part), 0 skipped" in err


def mesh(functions: int) -> str:
    """Functions that call one another all over, each of which inserts what its callers hand to it."""
    calls = [
        [(number * 7 + step * step * 13 + 1) % functions for step in range(30)] for number in range(functions)
    ]
    return "".join(
        f"func f{number}(k string) {{ m[k]++; {'; '.join(f'f{other}(k)' for other in others)} }}\n"
        for number, others in enumerate(calls)
    )


def test_functions_that_all_call_each_other_may_all_insert(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.go").write_text(GROWS + mesh(1_000))
    status, out, _ = summary(capsys)
    assert status == 0
    assert "package map m grows" in out


def wrappers(number: int) -> str:
    """Middleware of which each may wrap any other, and runs what it wraps through a parameter of its maker."""
    made = "".join(
        f"func w{one}(next func(string)) func(string) {{ return func(k string) {{ m[k]++; next(k) }} }}\n"
        for one in range(number)
    )
    chain = "".join(f"\tfor range 2 {{ h = w{one}(h) }}\n" for one in range(number))
    return f"{made}func Chain(h func(string)) func(string) {{\n{chain}\treturn h\n}}\n"


def test_middleware_may_wrap_middleware(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.go").write_text(GROWS + wrappers(25))
    status, out, _ = summary(capsys)
    assert status == 0
    assert "package map m grows" in out


STACKED = {
    "of one rule": "//nolint:ML101",
    "of all rules": "//nolint",
    "of a whole file": "//maplint:file-ignore ML101 reason",
    "of bounds": "//maplint:bounded reason",
}


@pytest.mark.parametrize("comment", STACKED.values(), ids=STACKED.keys())
def test_comments_may_be_stacked(folder: Path, capsys: pytest.CaptureFixture[str], comment: str) -> None:
    (folder / "a.go").write_text(GROWS.replace("var", f"{comment}\n" * 100_000 + "var"))
    status, out, _ = summary(capsys)
    assert status == 0
    assert "package map m grows" not in out


OTHER = {
    "C++": "template<typename T> class A : B<T> { int x[3] = {1, 2}; void f() const { m[1]++; } };\n" * 1_000,
    "an unterminated string": "var x = `" + "a" * 1_000_000,
    "nothing but zeros": "\0" * 100_000,
    "an unterminated comment": "/* nolint " * 100_000,
}


@pytest.mark.parametrize("code", OTHER.values(), ids=OTHER.keys())
def test_what_is_no_go_is_analysed_as_far_as_it_parses(
    folder: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    (folder / "a.go").write_text(GROWS)
    (folder / "b.go").write_text("package p\n" + code)
    status, out, err = summary(capsys)
    assert status == 0
    assert out
    assert "2 files in 1 package analysed (1 in part), 0 skipped" in err


def test_a_file_that_is_too_large_is_left_out_and_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.go").write_text(GROWS)
    (folder / "b.go").write_text("package p\n" + "// generated\n" * 400_000)
    status, out, err = summary(capsys)
    assert status == 0
    assert out
    assert "b.go could not be read: it is larger than 4 MiB" in err
    assert "1 file in 1 package analysed (0 in part), 1 skipped" in err


def test_a_literal_of_a_million_elements_leaves_the_rest_of_its_package(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.go").write_text(GROWS)
    (folder / "b.go").write_text("package p\n\nvar t = []int{" + "1," * 1_000_000 + "}\n")
    status, out, err = summary(capsys)
    assert status == 0
    assert out
    assert "more than 2,000,000 syntax nodes" in err
    assert "2 files in 1 package analysed (1 in part), 0 skipped" in err


def test_of_a_file_with_too_many_nodes_the_declarations_are_known(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax_file, "_MAX_NODES", 60)
    (folder / "a.go").write_text("package p\n\nfunc Add(k string) { m[k] = 1 }\n")
    (folder / "b.go").write_text("package p\n\nvar m = map[string]int{" + '"a": 1, ' * 20 + "}\n")
    _, out, err = summary(capsys)
    assert "package map m grows" in out
    assert "(1 in part)" in err


def test_thousands_of_packages_are_a_run_like_any_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(2_000):
        package = folder / f"p{number}"
        package.mkdir()
        (package / "a.go").write_text("package p\n")
    (folder / "a.go").write_text(GROWS)
    status, out, err = summary(capsys)
    assert status == 0
    assert out
    assert "2001 files in 2001 packages" in err.replace(",", "")


WATCHED = """
import os, sys

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            print("WRITES", os.path.abspath(os.fsdecode(path)), file=sys.__stderr__)
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"):
        print("WRITES", os.path.abspath(os.fsdecode(arguments[0])), file=sys.__stderr__)
    elif event.startswith(("subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork",
                           "socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ctypes.dlopen")):
        print("DOES", event, arguments, file=sys.__stderr__)

sys.dont_write_bytecode = True
sys.addaudithook(watch)
from maplint.cli.run import run
sys.exit(run(sys.argv[1:]))
"""


def test_nothing_is_executed_sent_or_written_but_the_cache_and_named_outputs(folder: Path) -> None:
    tree = folder / "tree"
    tree.mkdir()
    (tree / "go.mod").write_text("module example.com/p\n\ngo 1.24\n")
    (tree / "a.go").write_text("//go:generate touch generated\n" + GROWS)
    command = [
        *(
            sys.executable,
            "-c",
            WATCHED,
            "--isolated",
            "--min-confidence",
            "low",
            "--cache-dir",
            str(folder / "cache"),
        ),
        *("--format", f"sarif={folder / 'out.sarif'}", "--format", "text", "--fail-on", "note"),
    ]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=120)
    lines = done.stderr.splitlines()
    assert done.returncode == 1, done.stderr
    assert [line for line in lines if line.startswith("DOES")] == []
    written = {line.removeprefix("WRITES ") for line in lines if line.startswith("WRITES")}
    assert str(folder / "out.sarif") in written
    allowed = (str(folder / "cache"), str(folder / "out.sarif"))
    assert [path for path in written if not path.startswith(allowed)] == []
    assert sorted(path.name for path in tree.iterdir()) == ["a.go", "go.mod"]
