"""Help, and what happens to a command line that is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maplint import __version__
from maplint.cli.parser import parse
from maplint.config.keys import KEYS

if TYPE_CHECKING:
    from obedient import Project


@pytest.mark.parametrize(
    "arguments", [(), ("check",), ("maps",), ("rules",), ("explain",)], ids=lambda words: " ".join(words)
)
def test_version_and_help_everywhere(project: Project, arguments: tuple[str, ...]) -> None:
    version = project.maplint(*arguments, "--version")
    assert (version.status, version.out, version.err) == (0, f"maplint {__version__}\n", "")
    shown = project.maplint(*arguments, "--help")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.startswith("usage: maplint")


def test_help_has_the_commands_the_statuses_and_examples(project: Project) -> None:
    shown = project.maplint("--help").out
    for word in ("check", "maps", "rules", "explain", "exit status:", "  130  interrupted", "examples:"):
        assert word in shown
    for key in KEYS:
        assert f"--{key.name}" in project.maplint("check", "--help").out


def test_the_overview_is_the_readme_of_the_terminal(project: Project) -> None:
    assert project.maplint("-h").out == project.maplint("--help").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--formt", "json"), "unknown flag '--formt' (did you mean --format?); see maplint check --help"),
        (("--min-confidenc=low",), "unknown flag '--min-confidenc' (did you mean --min-confidence?)"),
        (("--form", "json"), "unknown flag '--form' (did you mean --format?)"),
        (("maps", "--select", "ML1"), "unknown flag '--select'"),
        (("chek",), "no command and no folder 'chek' (did you mean check?)"),
        (("--quiet", "maps"), "no folder 'maps'; as a command it comes first: maplint maps"),
        (
            ("--min-confidence", "hgh"),
            "--min-confidence: 'hgh' is not one of high, medium, low (did you mean high?)",
        ),
        (("--fail-on", "warnings"), "(did you mean warning?)"),
        (
            ("--format", "jsn"),
            "--format: 'jsn' is not one of text, concise, json, sarif, github (did you mean json?)",
        ),
        (("maps", "--format", "sarif"), "--format: 'sarif' is not one of text, json"),
        (("--jobs", "0"), "--jobs: expected a number from 1, not 0"),
        (("--jobs", "many"), "invalid int value: 'many'"),
        (("--format",), "expected one argument"),
        (("--config", "a.toml", "--isolated"), "--config and --isolated exclude each other"),
        (("--config", "gone.toml"), "cannot read gone.toml: No such file or directory"),
        (("--baseline", "x"), "unknown flag '--baseline'"),
        (("rules", "ML101"), "unknown argument 'ML101'"),
        (("rules", "--format", "xml"), "invalid choice: 'xml'"),
        (("explain",), "the following arguments are required: ID"),
        (("explain", "ML1O1"), "unknown rule 'ML1O1' (did you mean ML101?)"),
        (("--select", "ML1O1"), "--select: unknown rule 'ML1O1' (did you mean ML101?)"),
    ],
)
def test_what_is_not_understood_is_named_with_the_way_out(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    project.write({"a.go": "package m\n"})
    ran = project.maplint(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.startswith("maplint: ") and ran.err.count("\n") == 1


def test_flags_may_stand_anywhere() -> None:
    line = parse(["./a", "--format", "json", "./b", "--quiet", "./c"])
    assert line.paths == ("./a", "./b", "./c")
    assert line.settings == {"format": ("json",), "quiet": True}


def test_after_two_dashes_everything_is_a_path() -> None:
    assert parse(["--quiet", "--", "-x", "--y.go"]).paths == ("-x", "--y.go")


def test_lists_may_be_repeated_or_joined() -> None:
    line = parse(
        ["--select", "ML1,ML4", "--select", "ML2", "--tags", "a,b", "--exclude", "x,y", "--exclude", "z"]
    )
    assert line.settings == {
        "select": ("ML1", "ML4", "ML2"),
        "tags": ("a", "b"),
        "exclude": ("x,y", "z"),
    }


def test_only_what_was_given_is_set() -> None:
    assert parse([]) == parse(["check", "./..."])
    assert parse([]).settings == {}
