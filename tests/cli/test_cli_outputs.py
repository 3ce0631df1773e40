"""Several reports at once, each where it was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from obedient import Project

LEAK = "package m\n\nvar a = map[string]int{} // finds ML101 m.a\n"


def test_any_format_replaces_text(project: Project) -> None:
    project.write({"a.go": LEAK})
    ran = project.maplint("--format", "sarif=out.sarif")
    assert (ran.status, ran.out) == (1, "")
    assert json.loads((project.root / "out.sarif").read_text())["version"] == "2.1.0"


def test_several_reports_come_out_of_one_run(project: Project) -> None:
    project.write({"a.go": LEAK})
    flags = ("--format", "concise", "--format", "json=a=b.json", "--format=github=notes.txt")
    assert project.maplint(*flags).out == "a.go:3:1: m.a is told to be found. (ML101)\n"
    assert len(json.loads((project.root / "a=b.json").read_text())["findings"]) == 1
    assert (project.root / "notes.txt").read_text().startswith("::warning file=a.go")


def test_output_gives_the_format_its_file(project: Project) -> None:
    project.write({"a.go": LEAK})
    wanted = project.maplint("--format", "json").out
    assert project.maplint("--format", "json", "--output", "a.json").out == ""
    assert (project.root / "a.json").read_text() == wanted
    assert project.maplint("--output", "a.txt").out == ""
    assert "ML101" in (project.root / "a.txt").read_text()


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (
            ("--format", "text", "--format", "json"),
            "text and json cannot both go to standard output; give one of them a file: --format json=FILE",
        ),
        (("--format", "json=a", "--output", "b"), "--output needs a format without a file of its own"),
        (("--format", "json=a", "--format", "sarif=./a"), "two reports cannot both go to ./a"),
    ],
)
def test_two_reports_cannot_share_a_place(project: Project, flags: tuple[str, ...], message: str) -> None:
    ran = project.maplint(*flags)
    assert (ran.status, ran.err) == (2, f"maplint: {message}\n")


def test_a_report_that_cannot_be_written_does_not_keep_the_others_back(project: Project) -> None:
    project.write({"a.go": LEAK})
    flags = ("--format", "sarif=no/such/folder.sarif", "--format", "json=fine.json", "--format", "concise")
    ran = project.maplint(*flags, "--quiet")
    assert ran.status == 2
    assert ran.err == (
        "maplint: cannot write the sarif report to no/such/folder.sarif: No such file or directory\n"
    )
    assert "(ML101)" in ran.out
    assert json.loads((project.root / "fine.json").read_text())["findings"]


def test_a_report_that_fails_does_not_keep_the_others_back(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write({"a.go": LEAK})

    def broken(*_: object) -> str:
        raise KeyError("oops")

    monkeypatch.setattr("maplint.report.json_report.render", broken)
    ran = project.maplint("--format", "json=a.json", "--format", "concise")
    assert ran.status == 2
    assert "(ML101)" in ran.out
    assert "in the json report: KeyError: 'oops'" in ran.err and "Traceback" not in ran.err


def test_a_report_without_findings_is_written_too(project: Project) -> None:
    project.write({"a.go": "package m\n"})
    project.maplint("--format", "sarif=out.sarif", "--format", "concise=out.txt")
    assert json.loads((project.root / "out.sarif").read_text())["runs"][0]["results"] == []
    assert (project.root / "out.txt").read_text() == ""


@pytest.mark.parametrize(
    ("flags", "colored"), [((), False), (("--color", "always"), True), (("--color", "never"), False)]
)
def test_colour_is_for_terminals_or_on_request(
    project: Project, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...], colored: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    project.write({"a.go": LEAK})
    assert ("\x1b[" in project.maplint(*flags).out) is colored
    project.maplint(*flags, "--format", "text=a.txt")
    assert ("\x1b[" in (project.root / "a.txt").read_text()) is colored


def test_the_environment_does_not_colour_files(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    project.write({"a.go": LEAK})
    assert "\x1b[" in project.maplint().out
    project.maplint("--output", "a.txt")
    assert "\x1b[" not in (project.root / "a.txt").read_text()
