"""How the files of a folder are split into packages."""

from __future__ import annotations

from pathlib import Path

import pytest
from go_trees import chosen, loaded, names, plant

from maplint.workspace.records import LoadOptions

IGNORED = "//go:build ignore\n\npackage main\n"


def packages(tmp_path: Path, files: dict[str, str]) -> dict[str, list[str]]:
    return names(loaded(plant(tmp_path, {"go.mod": "module m\n", **files}), "./..."))


def test_a_package_its_tests_and_its_external_tests(tmp_path: Path) -> None:
    files = {"a.go": "package a", "a_test.go": "package a", "b_test.go": "package a_test"}
    assert packages(tmp_path, files) == {"m": ["a.go", "a_test.go"], "m_test": ["b_test.go"]}


def test_units_carry_the_name_of_their_package(tmp_path: Path) -> None:
    root = plant(
        tmp_path, {"go.mod": "module m\n", "x/a.go": "package main", "x/a_test.go": "package main_test"}
    )
    found = [(unit.import_path, unit.name, unit.directory) for unit in loaded(root, "./...").units]
    assert found == [("m/x", "main", f"{root}/x"), ("m/x_test", "main_test", f"{root}/x")]


def test_external_tests_alone_are_no_package(tmp_path: Path) -> None:
    assert packages(tmp_path, {"b_test.go": "package a_test"}) == {"m_test": ["b_test.go"]}


def test_a_package_may_be_called_like_a_test(tmp_path: Path) -> None:
    assert packages(tmp_path, {"a.go": "package a_test", "a_test.go": "package a_test"}) == {
        "m": ["a.go", "a_test.go"]
    }


def test_programs_that_are_run_by_hand_stand_alone(tmp_path: Path) -> None:
    files = {"a.go": "package a", "gen.go": IGNORED, "gen2.go": IGNORED}
    root = plant(tmp_path, {"go.mod": "module m\n", **files})
    workspace = loaded(root, "./...")
    assert names(workspace) == {"m": ["a.go"], "m [gen.go]": ["gen.go"], "m [gen2.go]": ["gen2.go"]}
    assert workspace.notices == ()


def test_an_ignored_file_stands_alone_also_in_its_own_package(tmp_path: Path) -> None:
    files = {"main.go": "package main", "old.go": IGNORED, "mk.go": "// +build ignore,linux\n\npackage main"}
    assert packages(tmp_path, files) == {"m": ["main.go"], "m [mk.go]": ["mk.go"], "m [old.go]": ["old.go"]}


def test_a_file_with_another_tag_belongs_to_its_package(tmp_path: Path) -> None:
    files = {"a.go": "package a", "b.go": "//go:build integration || ignore\n\npackage a"}
    assert packages(tmp_path, files) == {"m": ["a.go", "b.go"]}


def test_a_file_that_no_build_includes_any_more_belongs_to_its_package(tmp_path: Path) -> None:
    files = {"a.go": "package a", "old.go": "//go:build !go1.9\n\npackage a"}
    files["x_linux.go"] = "//go:build windows\n\npackage a"
    assert packages(tmp_path, files) == {"m": ["a.go", "old.go", "x_linux.go"]}


def test_two_packages_in_a_folder_are_taken_apart_and_said(tmp_path: Path) -> None:
    root = plant(
        tmp_path, {"x/a.go": "package a", "x/b.go": "package b", "x/c.go": "package b", "go.mod": "module m"}
    )
    workspace = loaded(root, "./...")
    assert names(workspace) == {"m/x": ["b.go", "c.go"], "m/x [a]": ["a.go"]}
    assert workspace.notices == ("./x holds several packages, each analysed by itself: a, b",)
    plant(tmp_path, {"y/y.go": ""})
    assert loaded(root, "./y").notices == ()


def test_equally_many_files_leave_the_first_as_the_package(tmp_path: Path) -> None:
    assert packages(tmp_path, {"a.go": "package z", "b.go": "package y"}) == {
        "m": ["a.go"],
        "m [y]": ["b.go"],
    }


def test_a_package_that_needs_a_tag_is_never_the_main_one(tmp_path: Path) -> None:
    tools = "//go:build tools\n\npackage tools\n"
    root = plant(tmp_path, {"go.mod": "module m\n", "a.go": "package a", "t.go": tools, "u.go": tools})
    workspace = loaded(root, "./...")
    assert names(workspace) == {"m": ["a.go"], "m [tools]": ["t.go", "u.go"]}
    assert workspace.notices == ()


def test_a_test_of_a_package_that_is_not_there(tmp_path: Path) -> None:
    files = {"a.go": "package a", "b_test.go": "package b_test"}
    assert packages(tmp_path, files) == {"m": ["a.go"], "m [b_test]": ["b_test.go"]}


def test_documentation_is_no_package(tmp_path: Path) -> None:
    assert packages(tmp_path, {"a.go": "package a", "doc.go": "package documentation"}) == {"m": ["a.go"]}


def test_a_folder_of_documentation_is_said(tmp_path: Path) -> None:
    root = plant(tmp_path, {"doc.go": "package documentation"})
    assert loaded(root, ".").notices == (
        "nothing to analyse in .: files of package documentation, which Go ignores (1)",
    )


def test_files_that_exclude_each_other_are_all_there(tmp_path: Path) -> None:
    files = {"a_linux.go": "package a", "a_windows.go": "package a", "b.go": "//go:build !linux\n\npackage a"}
    assert packages(tmp_path, files) == {"m": ["a_linux.go", "a_windows.go", "b.go"]}


PLATFORMS = {
    "go.mod": "module m\n",
    "a.go": "package a",
    "a_linux.go": "package a",
    "a_windows_arm64.go": "package a",
    "race.go": "//go:build race\n\npackage a",
    "cgo.go": 'package a\nimport "C"\n',
    "nocgo.go": "//go:build !cgo\n\npackage a",
    "unix.go": "//go:build unix\n\npackage a",
}


ALL_FILES = sorted(name for name in PLATFORMS if name.endswith(".go"))


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (LoadOptions(), ALL_FILES),
        (LoadOptions(goos="linux", goarch="s390x"), ["a.go", "a_linux.go", "nocgo.go", "unix.go"]),
        (LoadOptions(goos="android", goarch="arm"), ["a.go", "a_linux.go", "nocgo.go", "unix.go"]),
        (LoadOptions(goos="windows", goarch="arm64"), ["a.go", "a_windows_arm64.go", "nocgo.go"]),
        (
            LoadOptions(goos="windows", goarch="386", tags=("race", "cgo")),
            ["a.go", "cgo.go", "race.go"],
        ),
    ],
)
def test_one_build_can_be_asked_for(tmp_path: Path, options: LoadOptions, files: list[str]) -> None:
    root = plant(tmp_path, PLATFORMS)
    assert chosen(root, "./...", options=options) == {"m": files}


def test_what_is_not_given_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant(tmp_path, PLATFORMS)
    monkeypatch.setenv("GOOS", "windows")
    monkeypatch.setenv("GOARCH", "arm64")
    monkeypatch.setenv("CGO_ENABLED", "1")
    assert chosen(root, "./...", options=LoadOptions(tags=("race",))) == {
        "m": ["a.go", "a_windows_arm64.go", "cgo.go", "race.go"]
    }


def test_the_environment_alone_asks_for_no_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant(tmp_path, PLATFORMS)
    monkeypatch.setenv("GOOS", "windows")
    monkeypatch.setenv("GOFLAGS", "-mod=mod -v")
    assert chosen(root, "./...") == {"m": ALL_FILES}


def test_tags_of_goflags_ask_for_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant(tmp_path, PLATFORMS)
    monkeypatch.setenv("GOFLAGS", "-tags=ignored -mod=mod --tags=race,cgo")
    options = LoadOptions(goos="plan9", goarch="amd64")
    assert chosen(root, "./...", options=options) == {"m": ["a.go", "cgo.go", "race.go"]}
    assert chosen(root, "./...") != {"m": ALL_FILES}


def test_a_folder_outside_the_build_is_said(tmp_path: Path) -> None:
    root = plant(
        tmp_path,
        {"go.mod": "module m\n", "a/a_windows.go": "package a", "a/b.go": "//go:build x\n\npackage a"},
    )
    workspace = loaded(root, "./a", options=LoadOptions(goos="linux", goarch="amd64"))
    what = "files outside the build that --tags, --goos and --goarch ask for"
    assert workspace.notices == (f"nothing to analyse in ./a: {what} (2)",)
