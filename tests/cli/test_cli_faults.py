"""What goes wrong is named, and the rest goes on."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from obedient import Project

LEAK = "package m\n\nvar a = map[string]int{} // finds ML101 m.a\n"
BROKEN = "package m\n\nfunc ( {\n"


def test_a_rule_that_fails_is_named_with_its_package(project: Project) -> None:
    project.write(
        {
            "a.go": LEAK,
            "sub/b.go": "package sub\n\n// breaks ML101 m/sub;\nvar b = 1 // finds ML401 m/sub.b in m/sub.F\n",
        }
    )
    ran = project.maplint("--format", "json")
    assert ran.status == 2
    assert [rule for rule, _, _ in ran.found] == ["ML101", "ML401"]
    assert "ML101 in m/sub" in ran.err and "it broke" in ran.err
    assert "Traceback" not in ran.err
    (error,) = json.loads(ran.out)["errors"]
    assert (error["rule"], error["package"]) == ("ML101", "m/sub")
    assert project.maplint("--exit-zero").status == 2
    assert "Traceback" in project.maplint("--verbose").err


def test_what_a_rule_found_before_it_failed_is_reported(project: Project) -> None:
    project.write({"a.go": LEAK + "// breaks ML101 m;\n"})
    assert project.maplint("--format", "json").found == [("ML101", "a.go", 3)]


def test_a_file_that_does_not_parse_is_named_and_the_rest_goes_on(project: Project) -> None:
    project.write({"a.go": LEAK, "b.go": BROKEN})
    ran = project.maplint("--format", "json")
    assert (ran.status, ran.found) == (1, [("ML101", "a.go", 3)])
    assert "b.go:3" in ran.err
    assert json.loads(ran.out)["errors"][0]["path"] == "b.go"
    assert project.maplint("--strict").status == 2
    assert "b.go:3" in project.maplint("--quiet").err


def test_a_file_that_cannot_be_read_leaves_nothing_analysed(project: Project) -> None:
    (project.root / "a.go").symlink_to("nowhere.go")
    ran = project.maplint("--format", "json")
    assert ran.status == 2
    assert json.loads(ran.out)["summary"]["skipped"] == 1
    assert "a.go" in ran.err and "1 skipped" in ran.err


def test_a_fault_in_the_model_is_no_traceback(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write({"a.go": LEAK})

    def broken(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("maplint.model.build.build", broken)
    ran = project.maplint()
    assert (ran.status, ran.out) == (2, "")
    assert "a fault in maplint itself" in ran.err and "too deep" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in project.maplint("--verbose").err


def test_an_interrupt_is_no_traceback(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write({"a.go": LEAK})

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("maplint.model.build.build", interrupted)
    ran = project.maplint()
    assert (ran.status, ran.out, ran.err) == (130, "", "maplint: interrupted\n")


def test_a_working_directory_that_is_gone_is_named(project: Project) -> None:
    gone = project.root / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    ran = project.maplint()
    assert (ran.status, ran.err) == (2, "maplint: the working directory does not exist any more\n")
