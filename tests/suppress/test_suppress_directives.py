"""What a comment says, in each of the three dialects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_comments import written

from maplint.finding import Comment
from maplint.suppress.directives import Directive, directives

IDS = ("ML101", "ML102", "ML401", "ML402")
NAMES = {"unbounded-package-map": "ML101", "inconsistent-lock": "ML402"}


def expand(word: str) -> frozenset[str]:
    if word == "ALL":
        return frozenset(IDS)
    word = NAMES.get(word.lower(), word.upper())
    return frozenset(rule for rule in IDS if word.startswith("ML") and rule.startswith(word))


def recognised(comment: Comment, source: bytes = b"") -> Directive | None:
    found = directives([comment], expand, lambda path: source)
    assert len(found) < 2
    return found[0] if found else None


def said(text: str) -> tuple[dict[str, list[str]], str, str]:
    """Words with their rules, the reason, and what is wrong."""
    found = recognised(written(text))
    assert found is not None
    return {item.word: sorted(item.rules) for item in found.items}, found.reason, found.wrong


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("//nolint", {"": list(IDS)}, ""),
        ("// nolint", {"": list(IDS)}, ""),
        ("//nolint // generated", {"": list(IDS)}, "generated"),
        ("//nolint because of x", {"": list(IDS)}, ""),
        ("//nolint:all", {"all": list(IDS)}, ""),
        ("//nolint:maplint", {"maplint": list(IDS)}, ""),
        ("//nolint:errcheck, MapLint // bounded", {"MapLint": list(IDS)}, "bounded"),
        ("//nolint:ML101,errcheck//why", {"ML101": ["ML101"]}, "why"),
        ("//nolint:ml4", {"ml4": ["ML401", "ML402"]}, ""),
        ("//nolint:unbounded-package-map some words", {"unbounded-package-map": ["ML101"]}, ""),
        ("//lint:ignore ML101,ML402 both fine", {"ML101": ["ML101"], "ML402": ["ML402"]}, "both fine"),
        ("//lint:ignore SA1019,ML101 old", {"ML101": ["ML101"]}, "old"),
        ("//lint:ignore ML4* all locks", {"ML4*": ["ML401", "ML402"]}, "all locks"),
        ("//lint:ignore * all", {"*": list(IDS)}, "all"),
        ("//lint:file-ignore ML101 a table", {"ML101": ["ML101"]}, "a table"),
        ("//maplint:ignore ML101 few keys", {"ML101": ["ML101"]}, "few keys"),
        ("//maplint:ignore ML101, ML102 few keys", {"ML101": ["ML101"], "ML102": ["ML102"]}, "few keys"),
        ("//maplint:ignore ML101", {"ML101": ["ML101"]}, ""),
        ("// maplint:ignore ML101 spaced", {"ML101": ["ML101"]}, "spaced"),
        ("//maplint:file-ignore inconsistent-lock one loop\r", {"inconsistent-lock": ["ML402"]}, "one loop"),
    ],
)
def test_words_and_reason(text: str, words: dict[str, list[str]], reason: str) -> None:
    assert said(text) == (words, reason, "")


@pytest.mark.parametrize(
    "text",
    [
        "// a note on nolint",
        "//nolintlint",
        "//nolint:errcheck",
        "//lint:ignore SA1019 old",
        "//lint:ignore",
        "//lint:file-ignored ML101 x",
        "// see //lint:ignore ML101 x",
        "/*nolint*/",
        "//maplint:bounded by the licence",
        "//maplint:guarded-by mu",
        "// the maplint:ignore comment",
        "// maplint: a linter",
    ],
)
def test_what_is_no_suppression_of_ours(text: str) -> None:
    assert recognised(written(text)) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("//lint:ignore ML101", "a lint:ignore needs a reason after the rules"),
        ("//lint:file-ignore ML101", "a lint:file-ignore needs a reason after the rules"),
        ("//maplint:ignore", "it names no rule"),
        ("//maplint:ignroe ML101 x", "maplint knows no directive maplint:ignroe"),
    ],
)
def test_what_can_suppress_nothing(text: str, wrong: str) -> None:
    assert said(text)[2] == wrong


@pytest.mark.parametrize("text", ["//nolint:ML999", "//lint:ignore ML999 x", "//maplint:ignore unbounded x"])
def test_an_unknown_rule_is_kept_to_be_remarked_on(text: str) -> None:
    words, _, wrong = said(text)
    assert (list(words.values()), wrong) == ([[]], "")


SOURCE = b"""package p
//nolint:ML101
// doc

var a = 1
\t//nolint:ML101 // why
\t// more
\tvar b = 2
"""


@pytest.mark.parametrize(
    ("comment", "last"),
    [
        (written("//nolint:ML101", line=5), 5),
        (written("//nolint:ML101", line=6, own_line=True), 8),
        (written("//nolint:ML101", line=2, own_line=True), 4),
        (written("//maplint:file-ignore ML101 x", line=6, own_line=True), None),
        (written("//nolint", line=1), None),
        (written("//maplint:ignore ML101 x", line=1), 1),
    ],
)
def test_the_lines_it_speaks_of(comment: Comment, last: int | None) -> None:
    found = recognised(comment, SOURCE)
    assert found is not None
    assert found.lines == (None if last is None else range(comment.line, last + 1))


def test_a_nolint_above_the_package_clause_speaks_of_the_file() -> None:
    comment = written("//nolint:maplint // generated by hand", line=1, own_line=True)
    found = recognised(comment, b"//nolint:maplint // generated by hand\n// Package p\npackage p\n")
    assert found is not None and found.lines is None


def test_a_comment_on_the_last_line_reaches_nothing() -> None:
    found = recognised(written("//nolint:ML101", line=2, own_line=True), b"package p\n//nolint:ML101")
    assert found is not None and found.lines == range(2, 4)


@given(st.text(alphabet="/ *nolint:maplintML101,ignore-file\t\r-x", max_size=40), st.booleans())
def test_no_comment_is_too_odd(text: str, own_line: bool) -> None:
    recognised(written("//" + text, own_line=own_line), SOURCE)
