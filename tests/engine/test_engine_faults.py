"""One fault, one finding; levels and fingerprints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.engine.precedence import ORDERS, one_per_fault
from maplint.engine.stamp import stamp
from maplint.finding import Confidence, Finding, Level, Note, Place
from maplint.rule import Draft, Rule

FAMILIES = {"ML1": "growth", "ML2": "sync-map", "ML3": "closure", "ML4": "race"}


def at(line: int) -> Place:
    return Place("/m/a.go", line, 1, line, 5)


def found(
    rule: str, line: int = 1, symbol: str = "m.a", function: str | None = None, said: str = ""
) -> Finding:
    family = FAMILIES[rule[:3]]
    known = Rule(rule, f"name-of-{rule}", family, Level.ERROR, "", lambda scope: iter(()))
    evidence = (said,) if said else ()
    return stamp(
        Draft(at(line), symbol, f"{rule} speaks.", Confidence.HIGH, function, evidence=evidence), known, "m"
    )


@pytest.mark.parametrize(
    ("level", "confidence", "shown"),
    [
        (Level.ERROR, Confidence.HIGH, Level.ERROR),
        (Level.ERROR, Confidence.MEDIUM, Level.WARNING),
        (Level.ERROR, Confidence.LOW, Level.NOTE),
        (Level.WARNING, Confidence.HIGH, Level.WARNING),
        (Level.WARNING, Confidence.MEDIUM, Level.NOTE),
        (Level.WARNING, Confidence.LOW, Level.NOTE),
        (Level.NOTE, Confidence.HIGH, Level.NOTE),
        (Level.NOTE, Confidence.MEDIUM, Level.NOTE),
    ],
)
def test_the_level_follows_the_confidence(level: Level, confidence: Confidence, shown: Level) -> None:
    rule = Rule("ML101", "x", "growth", level, "", lambda scope: iter(()))
    assert stamp(Draft(at(1), "m.a", "It grows.", confidence), rule, "m").level is shown


def test_a_fingerprint_has_no_line_and_tells_sites_and_rules_apart() -> None:
    same = found("ML101").fingerprint
    assert found("ML101", line=99).fingerprint == same
    assert found("ML102").fingerprint != same
    assert found("ML101", symbol="m.b").fingerprint != same
    assert len(same) == 16 and int(same, 16) >= 0


def test_the_function_counts_for_races_and_closures_alone() -> None:
    for rule in ("ML401", "ML301"):
        one, other = found(rule, function="m.F"), found(rule, function="m.G")
        assert one.fingerprint != other.fingerprint and one.function == "m.F"
    one, other = found("ML101", function="m.F"), found("ML101", function="m.G")
    assert one.fingerprint == other.fingerprint and one.function is None


@pytest.mark.parametrize(
    ("first", "second"),
    [(order[n], order[n + 1]) for order in ORDERS for n in range(len(order) - 1)],
)
def test_of_two_rules_on_one_fault_the_first_in_order_speaks(first: str, second: str) -> None:
    function = "m.F" if first[:3] in ("ML3", "ML4") else None
    kept = one_per_fault(
        [found(second, 9, function=function, said="second"), found(first, 5, function=function, said="first")]
    )
    assert [(finding.rule, finding.evidence) for finding in kept] == [(first, ("first", "second"))]
    assert [note.place for note in kept[0].related] == [at(9)]
    assert second in kept[0].related[0].message


def test_races_in_two_functions_are_two_faults() -> None:
    assert len(one_per_fault([found("ML401", function="m.F"), found("ML402", function="m.G")])) == 2


def test_two_sites_are_two_faults() -> None:
    assert len(one_per_fault([found("ML101"), found("ML103", symbol="m.b")])) == 2


def test_rules_of_other_faults_do_not_meet() -> None:
    rules = ["ML101", "ML106", "ML107", "ML108", "ML109", "ML110", "ML301", "ML401"]
    assert [finding.rule for finding in one_per_fault([found(rule) for rule in rules])] == rules


def test_one_rule_speaks_once_of_a_site() -> None:
    later, first = found("ML103", 9), found("ML103", 4)
    (kept,) = one_per_fault([later, first])
    assert kept.place == at(4)
    assert kept.related == (Note(at(9), "the same here"),)


def test_the_surer_of_two_findings_of_a_rule_is_kept() -> None:
    sure, unsure = found("ML103", 9), found("ML103", 4)._replace(confidence=Confidence.MEDIUM)
    assert [finding.place for finding in one_per_fault([unsure, sure])] == [at(9)]


def test_places_are_taken_over_without_doubles() -> None:
    insert = Note(at(7), "inserted here")
    kept = found("ML105", 7)._replace(related=(Note(at(3), "removed here"),))
    other = found("ML101", 1)._replace(related=(insert, Note(at(3), "a removal"), Note(at(8), "and here")))
    (merged,) = one_per_fault([kept, other])
    assert [note.place.line for note in merged.related] == [3, 1, 8]


@given(st.permutations([found("ML101", n, said=str(n)) for n in range(3)] + [found("ML104"), found("ML106")]))
def test_the_order_of_findings_does_not_matter(findings: list[Finding]) -> None:
    merged = {finding.rule: finding for finding in one_per_fault(findings)}
    assert set(merged) == {"ML104", "ML106"}
    assert merged["ML104"].evidence == ("0", "1", "2")
