"""Checks the whole corpus with the real maplint: each case has its marked findings, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from maplint.testing import Reported, check_case, find_cases, read_marks, read_run, run_check
from maplint_rules import RULES

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
CASES = find_cases(CORPUS)

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")


@pytest.fixture(scope="session")
def findings() -> list[Reported]:
    """The findings at default settings; `--strict` makes a file that does not parse an error.

    Rules that are off unless selected are asked about their own cases alone.
    """
    off = [rule.id for rule in RULES if not rule.default]
    found = run_check(CORPUS, "--isolated", "--strict", "--no-cache", "--extend-select", ",".join(off))
    return [one for one in found if one.rule not in off or one.path.is_relative_to(CORPUS / one.rule.lower())]


@each_case
def test_the_findings_are_the_marked_ones(case: Path, findings: list[Reported]) -> None:
    assert check_case(case, findings) == []


def test_nothing_is_found_outside_the_cases(findings: list[Reported]) -> None:
    inside = set(CASES)
    assert [finding for finding in findings if inside.isdisjoint(finding.path.parents)] == []


@each_case
def test_the_case_is_marked_as_it_is_named(case: Path) -> None:
    faults = {mark.rule for mark in read_marks(case) if mark.kind != "false"}
    wanted = {case.parent.name.upper()} if case.name.startswith("bad_") else set()
    assert faults == wanted


@each_case
def test_the_case_has_a_twin(case: Path) -> None:
    kind, _, name = case.name.partition("_")
    twin = {"bad": "good", "good": "bad"}[kind]
    assert case.with_name(f"{twin}_{name}") in CASES


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.parent.name.startswith("ml4")],
    ids=lambda case: f"{case.parent.name}/{case.name}",
)
def test_a_race_is_one_that_go_sees_and_its_twin_is_none(case: Path) -> None:
    """`test_corpus_runs.py` shows that the `// run:` lines are true."""
    shows = read_run(case)
    is_race = shows == "race" or shows.startswith("fatal error: concurrent map ")
    assert is_race if case.name.startswith("bad_") else shows == "ok"
