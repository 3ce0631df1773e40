"""The go command as the oracle: the same packages, the same files, the same names."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from go_tool import go_binary
from go_trees import EVERYTHING, chosen, loaded, plant

from maplint.workspace.records import LoadOptions

Packages = dict[str, list[str]]
BUILT = ("GoFiles", "CgoFiles", "TestGoFiles")


def go(cwd: str, *arguments: str, **environment: str) -> str:
    """Standard output of a go command that may complain."""
    command = [str(go_binary()), *arguments]
    settings = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "", **environment}
    return subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, check=False).stdout


def listed(cwd: str, *arguments: str, **environment: str) -> Iterator[dict[str, Any]]:
    """The packages that `go list -e -json` prints."""
    text = go(cwd, "list", "-e", "-json", *arguments, **environment).strip()
    while text:
        package, end = json.JSONDecoder().raw_decode(text)
        yield package
        text = text[end:].lstrip()


def split(packages: Iterator[dict[str, Any]]) -> Packages:
    """The files of one build by import path, external tests apart."""
    found: Packages = {}
    for package in packages:
        path = package["ImportPath"]
        found[path] = sorted(name for kind in BUILT for name in package.get(kind, []))
        found[f"{path}_test"] = sorted(package.get("XTestGoFiles", []))
    return {path: files for path, files in found.items() if files}


@pytest.fixture(autouse=True)
def without_cgo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CGO_ENABLED", "0")


@functools.cache
def standard_library() -> str:
    return os.path.join(go(".", "env", "GOROOT").strip(), "src")


@pytest.mark.parametrize("path", ["./net/...", "./os/...", "./encoding/...", "./hash/...", "./path"])
@pytest.mark.parametrize(
    ("goos", "goarch"), [("linux", "amd64"), ("windows", "arm64"), ("js", "wasm"), ("ios", "arm64")]
)
def test_one_build_of_the_standard_library(path: str, goos: str, goarch: str) -> None:
    # Experiments are decided by the toolchain, which maplint does not ask.
    known = split(listed(standard_library(), path, GOOS=goos, GOARCH=goarch, GOEXPERIMENT="nojsonv2"))
    options = LoadOptions(tests=True, goos=goos, goarch=goarch, tags=())
    assert chosen(standard_library(), path, options=options) == known


def test_every_file_of_the_standard_library_stands_in_one_unit() -> None:
    ours: dict[str, list[str]] = {}
    for path, files in chosen(standard_library(), "./runtime/...", "./crypto/...").items():
        ours.setdefault(path.partition(" [")[0].removesuffix("_test"), []).extend(files)
    for package in listed(standard_library(), "./runtime/...", "./crypto/..."):
        known = [
            name for kind in (*BUILT, "XTestGoFiles", "IgnoredGoFiles") for name in package.get(kind, [])
        ]
        assert sorted(ours[package["ImportPath"]]) == sorted(known)


def test_the_compiler_is_a_module_of_its_own() -> None:
    cwd = os.path.join(standard_library(), "cmd", "compile", "internal")
    options = LoadOptions(tests=True, goos="linux", goarch="amd64", tags=())
    known = split(listed(cwd, "./...", GOOS="linux", GOARCH="amd64"))
    assert chosen(cwd, "./...", options=options) == known
    assert len(known) > 40


NAMES = [
    *["a.go", "a_linux.go", "linux.go", "a_linux_amd64.go", "a_amd64.go", "a_windows.go", "a_linux_test.go"],
    *[
        "a_unix.go",
        "a_amd64_linux.go",
        "a_linux.x.go",
        "a.linux.go",
        "_a.go",
        ".a.go",
        "a_darwin_arm64_test.go",
    ],
    *[
        "a_solaris.go",
        "a_ios.go",
        "a__linux.go",
        "a_LINUX.go",
        "linux_amd64.go",
        "a_test_linux.go",
        "test.go",
    ],
]
HEADERS = [
    "//go:build linux\n\n",
    "//go:build !linux\n\n",
    "//go:build (linux && amd64) || darwin\n",
    "//go:build unix && !android\n\n",
    "//go:build go1.4 && gc\n\n",
    "//go:build alpha || beta\n\n",
    "// +build linux,!cgo darwin\n\n",
    "// +build linux\n// +build alpha\n\n",
    "// +build windows\n",
    "// Text.\n\n// +build windows\n\n// More.\n",
    "/* Text */\n\n// +build windows\n\n",
    "/* Text */\n\n//go:build windows\n\n",
    "/*\n//go:build windows\n*/\n\n",
    "\ufeff//go:build windows\r\n\r\n",
    "// +build windows\n\n//go:build linux\n\n",
    "  // +build windows\n\n",
]


@pytest.mark.parametrize("tags", [(), ("alpha",)])
@pytest.mark.parametrize("goos", ["linux", "windows", "android", "illumos", "darwin"])
def test_names_and_headers_of_every_shape(tmp_path: Path, goos: str, tags: tuple[str, ...]) -> None:
    files = dict.fromkeys(NAMES, "package m\n") | {
        "go.mod": "module m\ngo 1.20\n",
        "cgo.go": 'package m\nimport "C"\n',
    }
    files |= {f"header{number}.go": f"{header}package m\n" for number, header in enumerate(HEADERS)}
    root = plant(tmp_path, files)
    arguments = ["./...", f"-tags={','.join(tags)}"]
    known = split(listed(root, *arguments[::-1], GOOS=goos, GOARCH="amd64"))
    options = LoadOptions(tests=True, goos=goos, goarch="amd64", tags=tags)
    assert chosen(root, "./...", options=options) == known


TREE = {
    "go.mod": "module example.com/m\ngo 1.25\nignore (\n\t./only\n\tany/where\n)\n",
    "m.go": "",
    "a/a.go": "",
    "a/a_test.go": "package a_test",
    "a/testdata/t/t.go": "",
    "a/vendor/v/v.go": "",
    "_u/u.go": "package u",
    ".h/h.go": "package h",
    "nested/go.mod": "module example.com/m/nested\n",
    "nested/nested.go": "",
    "only/only.go": "",
    "a/only/only.go": "",
    "b/any/where/deep/deep.go": "",
    "b/any/any.go": "",
    "b/testdata2/x.go": "",
    "docs/doc.go": "package documentation",
    "docs/x.go": "package docs",
    "main/main.go": "package main",
    "main/gen.go": "//go:build ignore\n\npackage gen",
}


@pytest.mark.parametrize(
    ("path", "cwd"),
    [
        ("./...", "."),
        ("./a/...", "."),
        ("./...", "a"),
        ("./...", "a/testdata"),
        ("./...", "nested"),
        ("./a/testdata/t", "."),
        ("./_u", "."),
        ("./only", "."),
        ("example.com/m/b/...", "."),
        ("example.com/m/...", "a"),
        ("./docs", "."),
        ("..", "a"),
    ],
)
def test_a_module_with_all_that_is_skipped(tmp_path: Path, path: str, cwd: str) -> None:
    root = plant(tmp_path, TREE)
    ours = chosen(root, path, cwd=cwd, options=EVERYTHING)
    assert {name: files for name, files in ours.items() if " [" not in name} == split(
        listed(os.path.join(root, cwd), path)
    )


def test_a_workspace_file_by_module(tmp_path: Path) -> None:
    root = plant(tmp_path, {"go.work": "go 1.20\n\nuse (\n\t./a\n\t./b/c\n)\n"})
    for module in ("a", "b/c"):
        plant(
            tmp_path, {f"{module}/go.mod": f"module example.com/{module}\ngo 1.20\n", f"{module}/x/x.go": ""}
        )
    assert chosen(root, "./a/...", "./b/c/...") == split(listed(root, "./a/...", "./b/c/..."))
    assert chosen(root, "./...") == split(listed(root, "work"))


def test_generated_is_what_go_ast_says(tmp_path: Path) -> None:
    markers = {
        "m0.go": "// Code generated by x. DO NOT EDIT.\npackage m",
        "m1.go": "/*\n// Code generated by x. DO NOT EDIT.\n*/\npackage m",
        "m2.go": "// Code generated DO NOT EDIT.\npackage m",
        "m3.go": "// Code generated  DO NOT EDIT.\r\npackage m",
        "m4.go": "/* a */ // Code generated by x. DO NOT EDIT.\npackage m",
        "m5.go": "package m // Code generated by x. DO NOT EDIT.",
        "m6.go": "/*\n\t// Code generated by x. DO NOT EDIT.\n*/\npackage m",
        "m7.go": "package /*\n// Code generated by x. DO NOT EDIT.\n*/ m",
    }
    plant(tmp_path, markers)
    program = """
        package main
        import ("fmt"; "go/ast"; "go/parser"; "go/token"; "os")
        func main() {
            for _, name := range os.Args[2:] {
                file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
                if err != nil { panic(err) }
                if ast.IsGenerated(file) { fmt.Println(name) }
            }
        }
    """
    (tmp_path / "ask").mkdir()
    (tmp_path / "ask/ask.go").write_text(program)
    known = go(str(tmp_path), "run", "ask/ask.go", "--", *markers).split()
    units = loaded(str(tmp_path), ".").units
    assert [os.path.basename(file.path) for unit in units for file in unit.files if file.generated] == known
    assert len(known) == 4
