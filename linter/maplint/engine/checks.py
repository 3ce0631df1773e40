"""Run the rules over the packages; a rule that fails on one package does no harm to anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from maplint.config.settings import Settings
from maplint.engine.stamp import stamp
from maplint.finding import Fault, Finding
from maplint.rule import Pass, Rule

if TYPE_CHECKING:
    from maplint.model.program import Package, Program


class Checked(NamedTuple):
    """What the rules said, before anything is hidden."""

    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    """One for each rule and package in which the rule failed; what it had found there until then is kept."""
    traces: tuple[str, ...]
    """The traceback of each of `faults`."""


def run_rules(program: Program, rules: Sequence[Rule], settings: Settings) -> Checked:
    """Every rule over every package, also those not named: a finding there may relate to a file that was."""
    findings: list[Finding] = []
    faults: list[Fault] = []
    traces: list[str] = []
    for rule in rules:
        options = {option.name: option.default for option in rule.options} | dict(
            settings.rules.get(rule.id, {})
        )
        for package in program.packages:
            try:
                findings.extend(_findings(rule, Pass(program, package, options)))
            except Exception as error:  # noqa: BLE001 - whatever a rule does wrong stays its own
                faults.append(_fault(rule, package, error))
                traces.append(_trace())
    return Checked(tuple(findings), tuple(faults), tuple(traces))


def _findings(rule: Rule, scope: Pass) -> Iterator[Finding]:
    for draft in rule.check(scope):
        yield stamp(draft, rule, scope.package.import_path)


def _fault(rule: Rule, package: Package, error: Exception) -> Fault:
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return Fault(f"the rule {rule.name} failed: {said}", rule=rule.id, package=package.import_path)


def _trace() -> str:
    import traceback

    return traceback.format_exc()
