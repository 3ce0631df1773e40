"""Which modules a run covers: go.mod, go.work, neither of them, modules within modules."""

from __future__ import annotations

from pathlib import Path

import pytest
from go_trees import chosen, loaded, names, plant

from maplint.errors import MaplintError
from maplint.workspace.records import Workspace


@pytest.fixture
def mono(tmp_path: Path) -> str:
    """Two modules below a folder that holds no go.mod, one of them with a module inside."""
    return plant(
        tmp_path / "mono",
        {
            "a/go.mod": "module example.com/a\n",
            "a/a.go": "",
            "a/x/x.go": "",
            "a/tools/go.mod": "module example.com/a/tools\n",
            "a/tools/tools.go": "",
            "b/go.mod": "module example.com/b\n",
            "b/b.go": "",
            "script/script.go": "",
            "main.go": "package main",
        },
    )


def modules(workspace: Workspace) -> list[str]:
    return [module.path for module in workspace.modules]


def test_a_module_within_a_module_is_left_out_and_said(mono: str) -> None:
    workspace = loaded(mono, "./...", cwd="a")
    assert names(workspace) == {"example.com/a": ["a.go"], "example.com/a/x": ["x.go"]}
    assert workspace.notices == ("modules of their own are left out (name them to analyse them): ./tools",)


def test_a_named_folder_says_nothing_of_modules_within(mono: str) -> None:
    assert loaded(mono, "a").notices == ()


def test_an_inner_module_can_be_named(mono: str) -> None:
    workspace = loaded(mono, "./...", "./tools", cwd="a")
    assert modules(workspace) == ["example.com/a", "example.com/a/tools"]
    assert chosen(mono, "./...", "./tools", cwd="a")["example.com/a/tools"] == ["tools.go"]
    assert workspace.notices == ()


def test_dots_above_do_not_select_in_an_inner_module(mono: str) -> None:
    plant(Path(mono), {"a/tools/extra/extra.go": ""})
    selected = chosen(mono, "./...", "./tools/extra", cwd="a")
    assert "example.com/a/tools" not in selected
    assert selected["example.com/a/tools/extra"] == ["extra.go"]


def test_without_go_mod_every_module_below_is_its_own(mono: str) -> None:
    workspace = loaded(mono, "./...")
    assert names(workspace, selected=[True]) == {
        "example.com/a": ["a.go"],
        "example.com/a/tools": ["tools.go"],
        "example.com/a/x": ["x.go"],
        "example.com/b": ["b.go"],
        "main": ["main.go"],
        "script": ["script.go"],
    }
    assert modules(workspace) == ["", "example.com/a", "example.com/a/tools", "example.com/b"]
    assert workspace.notices == ()


def test_a_module_is_found_above_the_named_folder(mono: str) -> None:
    workspace = loaded(mono, "x/x.go", cwd="a")
    assert [(module.path, module.directory) for module in workspace.modules] == [
        ("example.com/a", f"{mono}/a")
    ]
    assert {unit.module for unit in workspace.units} == set(workspace.modules)


def test_go_work_names_the_modules(mono: str) -> None:
    plant(Path(mono), {"go.work": "go 1.27\nuse (\n\t./a\n\t./a/tools\n)\n"})
    assert chosen(mono, "./...") == {
        "example.com/a": ["a.go"],
        "example.com/a/tools": ["tools.go"],
        "example.com/a/x": ["x.go"],
    }
    assert loaded(mono, "./...").notices == ()


def test_go_work_may_use_the_root_and_a_folder_elsewhere(mono: str, tmp_path: Path) -> None:
    plant(tmp_path, {"far/go.mod": "module far\n", "far/far.go": ""})
    plant(Path(mono), {"go.mod": "module root\n", "go.work": "use (\n\t.\n\t./b\n\t../far\n)\n"})
    assert list(chosen(mono, "./...")) == ["example.com/b", "far", "root", "root/script"]


def test_the_module_at_a_go_work_counts_even_unused(mono: str) -> None:
    plant(Path(mono), {"go.mod": "module root\n", "go.work": "use ./b\n"})
    assert list(chosen(mono, "./...")) == ["example.com/b", "root", "root/script"]


def test_a_module_around_a_go_work_does_not_count(mono: str) -> None:
    plant(Path(mono), {"go.mod": "module root\n", "ws/go.work": "use ./c\n", "ws/c/go.mod": "module c\n"})
    plant(Path(mono), {"ws/c/c.go": "", "ws/stray.go": ""})
    assert list(chosen(mono, "./...", cwd="ws")) == ["c"]


def test_below_a_go_work_its_modules_there_count(mono: str) -> None:
    plant(
        Path(mono), {"s/c/go.mod": "module c\n", "s/c/c.go": "", "s/d/go.mod": "module d\n", "s/d/d.go": ""}
    )
    plant(Path(mono), {"go.work": "use (\n\t./b\n\t./s/c\n)\n"})
    assert list(chosen(mono, "./...", cwd="s")) == ["c"]
    assert list(chosen(mono, "./s/...")) == ["c"]
    assert list(chosen(mono, "./b/...")) == ["example.com/b"]


def test_a_module_that_go_work_does_not_use_is_analysed_by_name(mono: str) -> None:
    plant(Path(mono), {"go.work": "use ./b\n"})
    assert list(chosen(mono, "a/...")) == ["example.com/a", "example.com/a/x"]
    assert list(chosen(mono, "a")) == ["example.com/a"]


def test_go_work_can_be_switched_off(mono: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(Path(mono), {"go.work": "use ./b\n"})
    monkeypatch.setenv("GOWORK", "off")
    assert "example.com/a" in chosen(mono, "./...")


def test_go_work_can_be_elsewhere(mono: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"other.work": "use ./mono/b\n"})
    monkeypatch.setenv("GOWORK", str(tmp_path / "other.work"))
    assert list(chosen(mono, "./...")) == ["example.com/b"]
    monkeypatch.setenv("GOWORK", "/nowhere/go.work")
    with pytest.raises(
        MaplintError, match=r"/nowhere/go.work could not be read: .* \(GOWORK=off ignores it\)"
    ):
        loaded(mono, "./...")


def test_a_module_that_go_work_uses_and_is_not_there_is_a_fault(mono: str) -> None:
    plant(Path(mono), {"go.work": "use (\n\t./a\n\t./gone\n)\n"})
    workspace = loaded(mono, "./...")
    assert modules(workspace) == ["example.com/a"]
    assert {fault.path for fault in workspace.faults} == {f"{mono}/gone", f"{mono}/gone/go.mod"}


def test_replacements_come_from_go_mod_and_go_work(mono: str) -> None:
    replaces = "replace (\n\tx => ../x\n\ty => ../y\n\tz => z.com/z v1.0.0\n)\n"
    plant(Path(mono), {"b/go.mod": f"module example.com/b\ngo 1.22\n{replaces}"})
    plant(Path(mono), {"go.work": "use ./b\nreplace x => ./elsewhere\n"})
    (module,) = loaded(mono, "./...").modules
    assert module.replaces == (("x", f"{mono}/elsewhere"), ("y", f"{mono}/y"))
    assert module.go == "1.22"


def test_ignored_folders_are_skipped_unless_named(tmp_path: Path) -> None:
    root = plant(
        tmp_path,
        {
            "go.mod": "module m\ngo 1.25\nignore (\n\t./gen\n\tstatic/js\n\tnode_modules\n)\n",
            "m.go": "",
            "gen/gen.go": "",
            "gen/deep/deep.go": "",
            "genuine/genuine.go": "",
            "a/gen/gen.go": "",
            "a/node_modules/p/p.go": "",
            "a/static/js/js.go": "",
            "a/static/static.go": "",
        },
    )
    assert list(chosen(root, "./...")) == ["m", "m/a/gen", "m/a/static", "m/genuine"]
    assert list(chosen(root, "./gen/...")) == ["m/gen", "m/gen/deep"]
    assert list(chosen(root, "./a/node_modules/p")) == ["m/a/node_modules/p"]


def test_a_tree_without_go_mod_is_named_by_its_folders(tmp_path: Path) -> None:
    root = plant(tmp_path / "proj", {"proj.go": "", "a/b/b.go": "", "cmd/run/main.go": "package main"})
    assert list(chosen(root, "./...")) == ["a/b", "cmd/run", "proj"]
    (module,) = loaded(root, "./...").modules
    assert (module.path, module.directory) == ("", root)


def test_the_main_package_at_the_root_of_such_a_tree_is_main(tmp_path: Path) -> None:
    root = plant(tmp_path / "proj", {"x.go": "package main", "x_test.go": "package main_test"})
    assert list(chosen(root, ".")) == ["main", "main_test"]


def test_named_folders_under_no_go_mod_are_one_tree(tmp_path: Path) -> None:
    root = plant(tmp_path, {"proj/a/a.go": "", "proj/b/c/c.go": "", "proj/other/other.go": ""})
    assert names(loaded(root, "proj/a/a.go", "proj/b/...")) == {"a": ["a.go"], "b/c": ["c.go"]}
    assert names(loaded(root, "proj/b/c")) == {"c": ["c.go"]}


def test_the_standard_library_has_no_prefix(tmp_path: Path) -> None:
    root = plant(tmp_path, {"go.mod": "module std\n", "net/http/http.go": ""})
    assert list(chosen(root, "./...")) == ["net/http"]


def test_modules_of_one_path_keep_apart(tmp_path: Path) -> None:
    root = plant(tmp_path, {f"{name}/go.mod": "module demo\n" for name in ("one", "two")})
    plant(tmp_path, {"one/demo.go": "package demo", "two/demo.go": "package demo", "two/x/x.go": ""})
    assert list(chosen(root, "./...")) == ["demo [one]", "demo [two]", "demo/x"]


def test_a_go_mod_that_names_no_module_is_like_none(tmp_path: Path) -> None:
    root = plant(tmp_path, {"go.mod": "go 1.27\n", "a/a.go": ""})
    assert list(chosen(root, "./...")) == ["a"]


def test_thousands_of_named_files_are_as_one_folder(tmp_path: Path) -> None:
    files = {f"p/f{number}.go": "package p" for number in range(2000)}
    root = plant(tmp_path, files)
    assert chosen(root, *files) == chosen(root, "p")
