"""go.mod and go.work, read without the go command."""

from __future__ import annotations

from pathlib import Path

import pytest

from maplint.workspace.gomod import GoMod, find, parse


def test_lines_and_blocks_say_the_same() -> None:
    lines = "module m\nignore ./x\nignore y\nreplace a => ../a\nreplace b v1.2.3 => ./b\n"
    blocks = "module (\n m\n)\nignore (\n ./x\n y\n)\nreplace (\n a => ../a\n b v1.2.3 => ./b\n)\n"
    told = GoMod("m", "", (("a", "/w/a"), ("b", "/w/m/b")), ("./x", "y"))
    assert parse(lines, "/w/m") == told
    assert parse(blocks, "/w/m") == told


@pytest.mark.parametrize(
    "text",
    [
        "module example.com/m",
        'module "example.com/m"',
        "module `example.com/m`",
        "// Deprecated: use v2.\nmodule example.com/m // indeed",
        "module example.com/m//indeed",
        "\ufeffmodule example.com/m\r\n",
        "\tmodule\texample.com/m\t\n",
        "module (\n\n// here\nexample.com/m\n)",
    ],
)
def test_a_module_path_is_found_however_it_is_written(text: str) -> None:
    assert parse(text, "/m").module == "example.com/m"


def test_the_language_version_is_kept() -> None:
    assert parse("module m\n\ngo 1.22.1 // newest\ntoolchain go1.27.3\n", "/m").go == "1.22.1"


@pytest.mark.parametrize(
    ("target", "folder"),
    [
        ("../b", "/w/b"),
        ("./b/", "/w/m/b"),
        ("/abs/b", "/abs/b"),
        (".", "/w/m"),
        ("..", "/w"),
        ('"../b c"', "/w/b c"),
    ],
)
def test_a_local_replacement_is_an_absolute_folder(target: str, folder: str) -> None:
    assert parse(f"replace x/y => {target}", "/w/m").replaces == (("x/y", folder),)


@pytest.mark.parametrize(
    "line", ["replace a => b v1.0.0", "replace a =>", "replace => ./b", "replace a ./b", "replace"]
)
def test_other_replacements_are_none(line: str) -> None:
    assert parse(line, "/m").replaces == ()


def test_a_workspace_names_its_modules() -> None:
    work = parse("go 1.27\n\nuse (\n\t. // root\n\t./a\n\t../b\n)\nuse ./c\nreplace x => ./x\n", "/w/m")
    assert work.uses == ("/w/m", "/w/m/a", "/w/b", "/w/m/c")
    assert work.replaces == (("x", "/w/m/x"),)


def test_other_directives_and_broken_lines_do_no_harm() -> None:
    text = """
        module m
        require ( a v1.0.0 // indirect
        )
        require (
            module v1.0.0
        )
        exclude a v1.0.0
        retract [v1.0.0, v1.9.9] // why
        retract (
            v1.1.0
        )
        tool example.com/x
        godebug default=go1.21
        <<<<<<< HEAD
        ) (
        "never closed
        ignore ./z
    """
    assert parse(text, "/m") == GoMod("m", "", (), ("./z",))


def test_an_empty_file_says_nothing() -> None:
    assert parse("", "/m") == GoMod()


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "go.mod").touch()
    (tmp_path / "a/go.mod").touch()
    (tmp_path / "a/b/go.mod").mkdir()
    assert find("go.mod", str(tmp_path / "a/b/c")) == str(tmp_path / "a/go.mod")
    assert find("go.mod", str(tmp_path)) == str(tmp_path / "go.mod")


def test_what_was_left_in_the_folder_of_temporary_files_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "a").mkdir()
    (tmp_path / "go.mod").touch()
    assert find("go.mod", str(tmp_path / "a")) is None
    assert find("go.mod", str(tmp_path)) == str(tmp_path / "go.mod")
