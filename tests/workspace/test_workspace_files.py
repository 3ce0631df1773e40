"""Files and folders as a disk may hold them: unreadable, special, linked, badly named, excluded."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from go_trees import chosen, loaded, names, plant

from maplint.errors import MaplintError
from maplint.workspace.loading import load
from maplint.workspace.records import LoadOptions, Workspace


@pytest.fixture
def root(tmp_path: Path) -> str:
    return plant(tmp_path / "m", {"go.mod": "module m\n", "a/a.go": "", "b/b.go": ""})


def told(workspace: Workspace) -> list[tuple[str, str]]:
    """Base name and message of every fault."""
    return [(os.path.basename(fault.path or ""), fault.message) for fault in workspace.faults]


def test_a_pipe_is_not_opened(root: str) -> None:
    os.mkfifo(f"{root}/a/pipe.go")
    workspace = loaded(root, "./...")
    assert told(workspace) == [("pipe.go", "pipe.go could not be read: it is not a regular file")]
    assert names(workspace) == {"m/a": ["a.go"], "m/b": ["b.go"]}


def test_a_named_pipe_is_a_fault_and_no_error(root: str) -> None:
    os.mkfifo(f"{root}/a/pipe.go")
    assert [name for name, _ in told(loaded(root, "a/pipe.go"))] == ["pipe.go"]


def test_a_socket_is_not_opened(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(f"{root}/a")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.go")
        assert told(loaded(root, "./...")) == [("s.go", "s.go could not be read: it is not a regular file")]


def test_links_that_lead_nowhere_or_in_circles_are_faults(root: str) -> None:
    os.symlink("gone.go", f"{root}/a/dangling.go")
    os.symlink("loop.go", f"{root}/a/loop.go")
    workspace = loaded(root, "./...")
    assert [name for name, _ in told(workspace)] == ["dangling.go", "loop.go"]
    assert names(workspace)["m/a"] == ["a.go"]


def test_linked_files_are_followed_and_linked_folders_are_not(root: str) -> None:
    os.symlink("../a/a.go", f"{root}/b/linked.go")
    os.symlink("..", f"{root}/b/up")
    os.symlink("../a", f"{root}/b/folder.go")
    workspace = loaded(root, "./...")
    assert names(workspace) == {"m/a": ["a.go"], "m/b": ["b.go"], "m/b [a]": ["linked.go"]}
    assert workspace.faults == ()


def test_a_named_link_to_a_folder_is_entered(root: str) -> None:
    os.symlink("a", f"{root}/link")
    assert chosen(root, "./link/...") == {"m/link": ["a.go"]}


def test_a_folder_may_be_called_like_a_file(root: str) -> None:
    plant(Path(root), {"a/x.go/x.go": "package x"})
    assert names(loaded(root, "./..."))["m/a/x.go"] == ["x.go"]
    assert chosen(root, "a/x.go") == {"m/a/x.go": ["x.go"]}


def test_a_file_without_package_clause_is_a_fault(root: str) -> None:
    plant(Path(root), {"a/empty.go": "\n"})
    (fault,) = loaded(root, "./...").faults
    assert (fault.path, fault.line, fault.message) == (
        f"{root}/a/empty.go",
        1,
        "empty.go has no package clause",
    )


def test_a_file_that_vanishes_is_a_fault(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = os.stat

    def vanishing(path: str) -> os.stat_result:
        if path.endswith("/a.go"):
            os.remove(path)
        return stat(path)

    monkeypatch.setattr(os, "stat", vanishing)
    workspace = loaded(root, "./...")
    monkeypatch.undo()
    assert told(workspace) == [("a.go", "a.go could not be read: No such file or directory")]
    assert names(workspace) == {"m/b": ["b.go"]}


def test_a_folder_that_cannot_be_listed_is_a_fault(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def denied(path: str) -> object:
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    workspace = loaded(root, "./...", "./a")
    monkeypatch.undo()
    assert told(workspace) == [("a", f"folder {root}/a could not be listed: Permission denied")]
    assert names(workspace) == {"m/b": ["b.go"]}


def test_an_unreadable_go_mod_is_a_fault(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("maplint.workspace.gomod.read_regular", denied)
    workspace = loaded(root, "./...")
    assert told(workspace) == [("go.mod", "go.mod could not be read: Permission denied")]
    assert names(workspace) == {"a": ["a.go"], "b": ["b.go"]}


def test_a_go_mod_that_is_no_file_is_none(root: str) -> None:
    os.mkfifo(f"{root}/a/go.mod")
    os.mkdir(f"{root}/b/go.mod")
    assert names(loaded(root, "./...")) == {"m/a": ["a.go"], "m/b": ["b.go"]}


def test_names_that_are_no_utf8_are_faults_with_a_name_to_show(root: str) -> None:
    for name in (b"a/\xff.go", b"\xfe/c.go"):
        path = os.path.join(os.fsencode(root), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(b"package c\n")
    workspace = loaded(root, "./...")
    assert [fault.path for fault in workspace.faults] == [f"{root}/a/\ufffd.go", f"{root}/\ufffd/c.go"]
    assert names(workspace) == {"m/a": ["a.go"], "m/b": ["b.go"]}


def test_a_tree_below_a_folder_that_is_no_utf8_is_loaded(tmp_path: Path) -> None:
    top = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9"))
    os.mkdir(top)
    root = plant(Path(top), {"a/a.go": "", "main.go": "package top"})
    workspace = loaded(root, "./...")
    assert names(workspace) == {"a": ["a.go"], "caf\ufffd": ["main.go"]}
    assert workspace.faults == ()


def test_a_used_module_whose_go_mod_is_a_pipe_is_a_fault(root: str) -> None:
    os.remove(f"{root}/go.mod")
    os.mkfifo(f"{root}/a/go.mod")
    plant(Path(root), {"go.work": "use ./a\n"})
    workspace = loaded(root, "./...")
    assert told(workspace) == [("go.mod", "go.mod could not be read: it is not a regular file")]


def test_odd_names_are_names(root: str) -> None:
    plant(Path(root), {"a/with space.go": "package a", "a/new\nline.go": "package a", "ü/ü.go": "package u"})
    assert names(loaded(root, "./...")) == {
        "m/a": ["a.go", "new\nline.go", "with space.go"],
        "m/b": ["b.go"],
        "m/ü": ["ü.go"],
    }


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (("a/",), {"m/b": ["b.go"], "m/b/gen": ["x.go", "y.go"]}),
        (("/b",), {"m/a": ["a.go"]}),
        (("gen",), {"m/a": ["a.go"], "m/b": ["b.go"]}),
        (("*.go", "!b.go"), {"m/b": ["b.go"]}),
        (("b/gen/*", "!x.go"), {"m/a": ["a.go"], "m/b": ["b.go"], "m/b/gen": ["x.go"]}),
        (("b/gen/**", "!x.go"), {"m/a": ["a.go"], "m/b": ["b.go"], "m/b/gen": ["x.go"]}),
        (("x.go", "# a", ""), {"m/a": ["a.go"], "m/b": ["b.go"], "m/b/gen": ["y.go"]}),
    ],
)
def test_excluded_files_are_not_loaded(
    root: str, patterns: tuple[str, ...], left: dict[str, list[str]]
) -> None:
    plant(Path(root), {"b/gen/x.go": "", "b/gen/y.go": ""})
    assert names(loaded(root, "./...", options=LoadOptions(exclude=patterns))) == left


def test_patterns_are_relative_to_their_base(root: str, tmp_path: Path) -> None:
    from_above = LoadOptions(exclude=("/m/a",), exclude_base=str(tmp_path))
    assert names(loaded(root, "./...", options=from_above)) == {"m/b": ["b.go"]}
    from_beside = LoadOptions(exclude=("*",), exclude_base=f"{root}/b")
    assert names(loaded(root, "./...", options=from_beside)) == {"m/a": ["a.go"]}


@pytest.mark.parametrize("path", ["a", "a/a.go", "a/..."])
def test_excluded_stays_excluded_when_it_is_named(root: str, path: str) -> None:
    workspace = loaded(root, path, options=LoadOptions(exclude=("a/",)))
    assert workspace.notices == (f"nothing to analyse in {path}: excluded files (1)",)
    assert names(workspace) == {"m/b": ["b.go"]}


def test_an_excluded_folder_is_not_entered(root: str) -> None:
    os.mkfifo(f"{root}/a/pipe.go")
    assert loaded(root, "./...", options=LoadOptions(exclude=("a/",))).faults == ()


def test_a_pattern_that_is_none_is_said(root: str) -> None:
    with pytest.raises(MaplintError, match=r"exclude: .*'!'"):
        loaded(root, "./...", options=LoadOptions(exclude=("!",)))


@pytest.mark.parametrize(
    ("options", "variable"), [(LoadOptions(goos="linx"), "GOOS"), (LoadOptions(goarch="x86"), "GOARCH")]
)
def test_an_unknown_platform_is_said(root: str, options: LoadOptions, variable: str) -> None:
    with pytest.raises(MaplintError, match=f"unknown {variable} '(linx|x86)' .known are .*, riscv64|linux"):
        loaded(root, "./...", options=options)


def test_the_generated_marker_and_the_constraint_reach_the_record(root: str) -> None:
    text = "// Code generated by x. DO NOT EDIT.\n\n//go:build cgo\n\npackage a\n"
    plant(Path(root), {"a/z_linux.go": text})
    (unit,) = (unit for unit in loaded(root, "./a").units if unit.import_path == "m/a")
    plain, generated = unit.files
    assert (plain.generated, plain.constraint) == (False, None)
    assert generated.generated
    assert generated.constraint is not None
    assert set(generated.constraint.postfix) == {"cgo", "linux", "&&"}


def test_two_loads_are_equal(root: str) -> None:
    assert load(("./...",), root, LoadOptions()) == load(("./...",), root, LoadOptions())


def test_pathspec_is_imported_for_patterns_alone(root: str) -> None:
    program = (
        "import sys\n"
        "from maplint.workspace.loading import load\n"
        "from maplint.workspace.records import LoadOptions\n"
        f"load(('./...',), {root!r}, LoadOptions())\n"
        "print(sorted({'pathspec', 'subprocess', 'platform', 'json'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
