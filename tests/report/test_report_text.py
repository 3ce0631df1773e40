"""The formats for people and editors: text and concise."""

from __future__ import annotations

import re

import pytest
from report_samples import ACCEPTED, CACHE, LEAK, ODD, REPORT, context, matches_golden, place

from maplint.finding import Place, Report
from maplint.report import concise, text
from maplint.report.snippet import snippet


def test_text_matches_the_golden_file() -> None:
    assert matches_golden("report.txt", text.render(REPORT, context(show_suppressed=True)))


def test_colored_text_matches_the_golden_file() -> None:
    assert matches_golden("report.ansi", text.render(REPORT, context(color=True)))


def test_color_changes_nothing_but_the_color() -> None:
    report = Report((LEAK,))
    colored = text.render(report, context(color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == text.render(report, context())


def test_text_shows_where_why_and_what_to_do() -> None:
    assert text.render(Report((LEAK,)), context(cwd="/example/repo/store")) == (
        "cache.go:5:2: warning[ML102]: Cache.items grows with every request and nothing takes entries out.\n"
        "  |\n"
        "5 |     items map[string]*Item\n"
        "  |     ^^^^^\n"
        "  |\n"
        "    cache.go:9:2: inserted here, under the key c.items[k](v)\n"
        "    ../../other/lib.go:3:5: sibling m is emptied here\n"
        "  = why: the key comes from the request\n"
        "  = why: no delete, clear or reset in 14 packages\n"
        "  = fix: Delete the entry when the request ends.\n"
        "  = rule: unbounded-field-map, high confidence; see `maplint explain ML102`\n"
    )


def test_text_leaves_out_the_source_of_a_file_that_is_gone() -> None:
    gone = LEAK._replace(place=place("/example/repo/gone.go", 5, 2, 7), related=())
    assert " | " not in text.render(Report((gone,)), context())


def test_a_suppressed_finding_is_shown_only_when_asked_for_and_marked() -> None:
    report = Report(suppressed=(ACCEPTED,))
    assert text.render(report, context()) == ""
    shown = text.render(report, context(show_suppressed=True))
    assert "warning[ML106] (suppressed): " in shown
    assert "= suppressed: bounded by the number of tenants\n" in shown


@pytest.mark.parametrize(
    ("line", "where", "carets"),
    [
        (b"\tm[k] = 1", place(CACHE, 1, 2, 3), "    ^"),
        ("世 := m".encode(), place(CACHE, 1, 8, 9), "      ^"),
        ("x 世界".encode(), place(CACHE, 1, 3, 9), "  ^^^^"),
        (b"f()\r", place(CACHE, 1, 1, 5, end_line=3), "^^^"),
        (b"f()", place(CACHE, 1, 2, 2), " ^"),
        (b"f()", place(CACHE, 1, 90, 99), "   ^"),
    ],
    ids=["tab", "wide-before", "wide-token", "several-lines", "empty", "beyond"],
)
def test_carets_stand_under_the_token(line: bytes, where: Place, carets: str) -> None:
    assert snippet(line, where).carets == carets


def test_a_very_long_line_is_cut_around_the_token() -> None:
    shape = snippet(b"a" * 5000 + b"M" + b"z" * 5000, place(CACHE, 1, 5001, 5002))
    assert len(shape.source) < 250
    assert shape.source[shape.carets.index("^")] == "M"


def test_concise_matches_the_golden_file() -> None:
    assert matches_golden("report.concise", concise.render(REPORT, context(show_suppressed=True)))


def test_every_concise_line_is_one_that_vim_reads() -> None:
    lines = concise.render(REPORT, context()).splitlines()
    parsed = [
        re.fullmatch(r"(?P<f>.+?):(?P<l>\d+):(?P<c>\d+): (?P<m>.+) \((ML\d{3})\)", line) for line in lines
    ]
    assert [match and match["l"] for match in parsed] == [str(f.place.line) for f in REPORT.findings]
    assert parsed[1] and parsed[1]["f"] == ODD.removeprefix("/example/repo/")
