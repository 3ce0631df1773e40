"""GitHub's workflow commands."""

from __future__ import annotations

from report_samples import LEAK, ODD_WRITE, OUTSIDE, RACE, REPORT, context, matches_golden, place

from maplint.finding import Report
from maplint.report import github


def test_github_matches_the_golden_file() -> None:
    assert matches_golden("report.github", github.render(REPORT, context(show_suppressed=True)))


def test_paths_are_relative_to_the_repository_wherever_the_run_started() -> None:
    text = github.render(Report((RACE,)), context(cwd="/example/repo/store"))
    assert text.startswith("::error file=store/cache.go,line=12,endLine=12,col=40,endColumn=47,title=ML404 ")


def test_the_most_severe_come_first_and_suppressed_ones_last() -> None:
    commands = github.render(REPORT, context(show_suppressed=True)).splitlines()
    kinds = [command.split(" ")[0] for command in commands]
    assert kinds == ["::error"] * 2 + ["::warning"] * 5 + ["::notice"] * 2


def test_what_would_end_a_command_early_is_escaped() -> None:
    (command,) = github.render(Report((ODD_WRITE,)), context()).splitlines()
    assert "file=größe [x]/a b%25.go," in command
    assert "keeps%0Aits key: {0}, 50%25" in command
    odd = LEAK._replace(place=place("/example/repo/a,b:c\r.go", 1, 1, 2), related=())
    assert "file=a%2Cb%3Ac%0D.go," in github.render(Report((odd,)), context())


def test_a_place_of_several_lines_has_no_columns() -> None:
    long = LEAK._replace(place=place(OUTSIDE, 1, 2, 3, end_line=3))
    assert "line=1,endLine=3,title=" in github.render(Report((long,)), context())


def test_what_was_not_analysed_is_annotated_too() -> None:
    commands = github.render(Report(faults=REPORT.faults), context()).splitlines()
    assert commands[0].endswith(
        "::the rule inconsistent-lock failed: KeyError (ML402 in example.com/m/store)"
    )
    assert commands[1].startswith("::warning file=store/secret.go,line=1,title=maplint%3A not analysed::")
