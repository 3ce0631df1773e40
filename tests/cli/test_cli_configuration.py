"""The file, seen through a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from obedient import Project

LEAK = "package m\n\nvar a = map[string]int{} // finds ML101 m.a\n"
CLEAN = "package m\n\nvar a = map[string]int{}\n"


def test_the_nearest_file_is_heeded_and_the_line_wins(project: Project) -> None:
    project.write({"a.go": LEAK, "maplint.toml": "fail-on = 'error'\n"})
    assert project.maplint().status == 0
    assert project.maplint("--fail-on", "warning").status == 1
    assert project.maplint("--isolated").status == 1


def test_a_file_may_be_named(project: Project) -> None:
    project.write({"a.go": LEAK, "maplint.toml": "nonsense = 1\n", "ci.toml": "exit-zero = true\n"})
    assert project.maplint("--config", "ci.toml").status == 0
    assert project.maplint("--config", "ci.toml", "--no-exit-zero").status == 1
    assert project.maplint().status == 2


def test_rules_are_ignored_by_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(
        {
            "maplint.toml": "[per-file-ignores]\n'old/*.go' = 'ML1'\n",
            "old/a.go": "package old\n\nvar a = 1 // finds ML101 m/old.a\n",
            "new/a.go": "package new\n\nvar a = 1 // finds ML101 m/new.a\n",
        }
    )
    assert project.maplint("--format", "json").found == [("ML101", "new/a.go", 3)]
    monkeypatch.chdir(project.root / "old")
    assert project.maplint("--format", "json").found == []


def test_unknown_rules_are_named_with_the_file(project: Project) -> None:
    project.write({"a.go": LEAK, "maplint.toml": "select = ['ML1O1']\n"})
    assert project.maplint().err == (
        "maplint: maplint.toml: select: unknown rule 'ML1O1' (did you mean ML101?)\n"
    )
    project.write({"maplint.toml": "[per-file-ignores]\n'*.go' = 'ML1O1'\n"})
    assert "per-file-ignores: unknown rule 'ML1O1'" in project.maplint().err


def test_excluded_files_do_not_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(
        {"a.go": CLEAN, "gen/b.go": LEAK.replace("package m", "package gen"), "gen/c/d.go": "package c\n"}
    )
    project.write({"maplint.toml": "exclude = ['/gen/*.go']\n"})
    monkeypatch.chdir(project.root / "gen")
    assert "0 findings" in project.maplint("./...").err or "no findings" in project.maplint("./...").err
    monkeypatch.chdir(project.root)
    assert project.maplint("--exclude", "gen", "./...").status == 0


def test_quiet_and_verbose_exclude_each_other(project: Project) -> None:
    project.write({"maplint.toml": "quiet = true\n"})
    assert project.maplint("--verbose").err == "maplint: --quiet and --verbose exclude each other\n"
