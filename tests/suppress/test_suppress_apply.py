"""What comments suppress, and the remarks on those that suppress nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from written_comments import written

from maplint.finding import Comment, Confidence, Finding, Level, Place
from maplint.suppress.apply import Parted, part, unused
from maplint.suppress.directives import Directive, directives

IDS = ("ML101", "ML102", "ML107", "ML401")
DEFAULT = frozenset({"ML101", "ML102", "ML401"})


def expand(word: str) -> frozenset[str]:
    word = "ML" if word == "ALL" else word
    return frozenset(rule for rule in IDS if word.startswith("ML") and rule.startswith(word))


def recognised(*comments: Comment) -> tuple[Directive, ...]:
    return directives(comments, expand, lambda path: b"")


def found(line: int, rule: str = "ML101", path: str = "/m/a.go", symbol: str = "m.a") -> Finding:
    place = Place(path, line, 1, line, 5)
    return Finding(rule, rule, "growth", Level.WARNING, Confidence.HIGH, "It grows.", place, symbol, "m")


def parted(findings: Iterable[Finding], *comments: Comment, declared: Place | None = None) -> Parted:
    return part(findings, recognised(*comments), {} if declared is None else {"m.a": declared})


def remarks(*comments: Comment, ran: frozenset[str] = DEFAULT, findings: Iterable[Finding] = ()) -> list[str]:
    known = recognised(*comments)
    used = part(findings, known, {}).used
    return [remark.message for remark in unused(known, used, lambda path: ran, DEFAULT)]


def test_a_comment_hides_the_named_rule_on_its_line_alone() -> None:
    result = parted([found(3), found(3, "ML401"), found(4)], written("//nolint:ML101 // few", 3))
    assert [entry.finding for entry in result.suppressed] == [found(3)]
    assert result.suppressed[0].suppression == ("inSource", "few")
    assert result.shown == (found(3, "ML401"), found(4))


def test_a_comment_in_another_file_hides_nothing() -> None:
    assert parted([found(3)], written("//nolint", 3, path="/m/b.go")).shown == (found(3),)


def test_a_file_comment_hides_the_rule_in_its_file() -> None:
    findings = [found(3), found(9), found(3, path="/m/b.go")]
    result = parted(findings, written("//maplint:file-ignore ML101 table", 1))
    assert result.shown == (found(3, path="/m/b.go"),)


def test_a_comment_on_the_declaration_hides_what_is_found_elsewhere() -> None:
    elsewhere = found(7, "ML401", "/m/b.go")
    comment = written("//maplint:ignore ML401 one goroutine", 3)
    assert parted([elsewhere], comment, declared=Place("/m/a.go", 3, 1, 3, 2)).shown == ()
    assert parted([elsewhere], comment, declared=Place("/m/a.go", 4, 1, 4, 2)).shown == (elsewhere,)


def test_a_lint_ignore_without_a_reason_hides_nothing() -> None:
    assert parted([found(3)], written("//lint:ignore ML101", 3)).shown == (found(3),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("//nolint:ML101", "This suppression of ML101 matches no finding."),
        ("//nolint:maplint", "This suppression of maplint matches no finding."),
        ("//nolint:ML101,ML102,ML4", "This suppression of ML101, ML102 and ML4 matches no finding."),
        ("//nolint:ML999", "This comment suppresses nothing for ML999: maplint knows no such rule."),
        ("//maplint:ignore", "This comment suppresses nothing: it names no rule."),
        (
            "//lint:ignore ML101",
            "This comment suppresses nothing: a lint:ignore needs a reason after the rules.",
        ),
    ],
)
def test_a_comment_that_suppresses_nothing_is_remarked_on(text: str, message: str) -> None:
    assert remarks(written(text, 3)) == [message]


@pytest.mark.parametrize("text", ["//nolint", "//nolint:all", "//lint:ignore * x", "//nolint:errcheck"])
def test_a_comment_that_does_not_name_us_is_left_alone(text: str) -> None:
    assert remarks(written(text, 3)) == []


def test_only_the_idle_words_are_named() -> None:
    assert remarks(written("//nolint:ML101,ML401", 3), findings=[found(3)]) == [
        "This suppression of ML401 matches no finding."
    ]


def test_a_rule_that_did_not_run_proves_nothing() -> None:
    assert remarks(written("//nolint:ML107", 3)) == []
    assert remarks(written("//nolint:maplint", 3), ran=frozenset({"ML101", "ML102"})) == []
    assert remarks(written("//nolint:ML1", 3), ran=frozenset({"ML101", "ML102"})) != []


def test_a_whole_comment_can_be_removed_by_an_edit() -> None:
    def fixes(text: str) -> list[tuple[str, int]]:
        known = recognised(written(text, 3))
        remarks = unused(known, frozenset(), lambda path: DEFAULT, DEFAULT)
        return [(remark.fix.message, len(remark.fix.edits)) for remark in remarks]

    assert fixes("//nolint:ML101") == [("Remove the comment.", 1)]
    assert fixes("//nolint:ML101,errcheck") == [("Remove ML101 from the comment.", 0)]
