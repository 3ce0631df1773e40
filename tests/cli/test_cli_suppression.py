"""Comments in the source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from obedient import Project

LEAK = "package m\n\nvar a = map[string]int{} // finds ML101 m.a\n"
LOW = "package m\n\nvar a = map[string]int{} // finds low ML101 m.a\n"
CLEAN = "package m\n\nvar a = map[string]int{}\n"


@pytest.mark.parametrize(
    "comment", ["//nolint", "//nolint:maplint // few", "//nolint:ML101", "//maplint:ignore ML101 few"]
)
def test_a_suppression_on_the_line_above(project: Project, comment: str) -> None:
    project.write({"a.go": LEAK.replace("var", f"{comment}\nvar")})
    ran = project.maplint("--format", "json")
    assert (ran.status, ran.found) == (0, [])
    assert json.loads(ran.out)["summary"]["suppressed"] == 1


def test_a_suppression_on_the_declaration_of_the_site(project: Project) -> None:
    declared = "package m\n\nvar a = map[string]int{} //nolint:ML401 // one goroutine\n"
    project.write({"a.go": declared, "b.go": "package m\n\nvar _ = a // finds ML401 m.a in m.F\n"})
    assert project.maplint("--format", "json").found == []
    assert project.maplint("--format", "json", "./b.go").found == []
    assert project.maplint("--format", "json", "./a.go").found == []


def test_a_suppression_for_a_file(project: Project) -> None:
    project.write({"a.go": LEAK + "//maplint:file-ignore ML101 a table\n"})
    assert project.maplint().status == 0


def test_a_suppressed_finding_is_shown_on_request(project: Project) -> None:
    project.write({"a.go": LEAK.replace("var", "//lint:ignore ML101 few keys\nvar")})
    (finding,) = project.maplint("--format", "json", "--show-suppressed").findings
    assert finding["suppressed"] == {"kind": "inSource", "reason": "few keys"}


def test_a_suppression_that_matches_nothing_is_found(project: Project) -> None:
    project.write({"a.go": CLEAN.replace("\n\n", "\n\n//nolint:ML101\n")})
    ran = project.maplint("--format", "json")
    assert (ran.status, ran.found) == (0, [("ML001", "a.go", 3)])
    assert ran.findings[0]["level"] == "note"
    assert ran.findings[0]["fixes"][0]["edits"]
    assert project.maplint("--fail-on", "note").status == 1


def test_a_suppression_that_matches_nothing_is_not_found_where_its_rule_did_not_run(project: Project) -> None:
    project.write({"a.go": CLEAN.replace("\n\n", "\n\n//nolint:ML101\n")})
    assert project.maplint("--format", "json", "--ignore", "ML101").found == []
    assert project.maplint("--format", "json", "--ignore", "ML001").found == []
    project.write({"b.go": "package m\n// breaks ML101 m;\n"})
    assert project.maplint("--format", "json").found == []


def test_a_suppression_of_a_finding_that_is_not_shown_has_its_use(project: Project) -> None:
    project.write({"a.go": LOW.replace("var", "//nolint:ML101\nvar")})
    assert project.maplint("--format", "json").found == []


def test_a_suppression_of_remarks_must_name_the_rule(project: Project) -> None:
    project.write({"a.go": CLEAN + "//maplint:file-ignore ML001 kept for later\nvar b = 1 //nolint:ML101\n"})
    assert project.maplint("--format", "json").found == []
    project.write({"a.go": CLEAN + "//maplint:ignore ML001 kept for later\n//nolint:ML101\nvar b = 1\n"})
    assert project.maplint("--format", "json").found == []
    project.write({"a.go": CLEAN + "var b = 1 //nolint:ML101 //nolint\n"})
    assert project.maplint("--format", "json").found == [("ML001", "a.go", 4)]


def test_remarks_stay_within_the_paths_named(project: Project) -> None:
    project.write({"a.go": CLEAN + "var b = 1 //nolint:ML101\n", "sub/b.go": "package sub\n"})
    assert project.maplint("--format", "json", "./sub").found == []
