"""What maplint says of its rules: in shape, the same on every page, and taken from programs that run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from go_samples import SERVER, plant
from rule_pages import CHECKOUT, PAGES, README, page, with_table

from maplint.documentation import parse
from maplint.report.sarif_rules import rule_page
from maplint.rule import Rule
from maplint.testing import Reported, run_check
from maplint_rules import RULES

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
each_rule_with_a_map = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.family != "meta"], ids=lambda rule: rule.id
)

_BLOCK = re.compile(r"^(?P<words>[^\n].*?)\n*^```go\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_CASE = re.compile(r"`(corpus/ml\d+/(?:bad|good)_\w+)`")


@each_rule
def test_the_text_has_its_headings_and_no_blanks(rule: Rule) -> None:
    documentation = parse(rule.doc, rule.id)
    assert len(documentation.short) < 100
    assert "TEXT" not in rule.doc
    assert all(len(section) > 60 for section in documentation.sections.values())


@each_rule
def test_the_page_that_sarif_links_to_says_the_same(rule: Rule) -> None:
    name = rule_page(rule.id).rpartition("/docs/rules/")[2]
    assert (PAGES / name).read_text(encoding="utf-8") == page(rule), "run `python tests/rule_pages.py`"


def test_there_are_pages_of_rules_alone() -> None:
    assert {path.stem for path in PAGES.iterdir()} == {rule.id for rule in RULES}


def test_the_readme_lists_the_rules() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "run `python tests/rule_pages.py`"


@each_rule_with_a_map
def test_the_example_is_a_bad_program_and_its_twin(rule: Rule) -> None:
    bad, good = examples(rule)
    assert Path(bad[0]).name.startswith("bad_")
    assert good[0] == bad[0].replace("/bad_", "/good_")
    assert Path(bad[0]).parent.name == rule.id.lower()


@each_rule_with_a_map
def test_the_example_stands_in_the_corpus_line_for_line(rule: Rule) -> None:
    for case, code in examples(rule):
        written = [
            line for path in sorted((CHECKOUT / case).rglob("*.go")) for line in lines(path.read_text())
        ]
        rest = iter(written)
        missing = [line for line in lines(code) if line not in rest]
        assert missing == [], f"{case} has no such line, or has it elsewhere"


@each_rule_with_a_map
def test_the_example_marks_the_line_of_the_finding(rule: Rule) -> None:
    (case, code), _ = examples(rule)
    marked = lines("\n".join(line for line in code.splitlines() if f"// {rule.id}" in line))
    source = "\n".join(path.read_text() for path in sorted((CHECKOUT / case).rglob("*.go")))
    wanted = lines("\n".join(line for line in source.splitlines() if f"// want {rule.id}:" in line))
    assert len(marked) == 1
    assert marked[0] in wanted


def test_the_example_of_an_unused_suppression_is_reported(tmp_path: Path) -> None:
    rule = next(rule for rule in RULES if rule.id == "ML001")
    (code,) = re.findall(r"^```go\n(.*?)^```$", rule.doc, re.MULTILINE | re.DOTALL)
    plant(tmp_path, {"main.go": code})
    assert [(found.rule, found.line) for found in run_check(tmp_path, "--isolated")] == [("ML001", 5)]


def reported(folder: Path, source: str) -> list[Reported]:
    plant(folder, {"main.go": source})
    return run_check(folder, "--isolated", "--select", "ML101,ML401")


@pytest.mark.parametrize(
    "source",
    [
        SERVER.replace("var hits", "//maplint:ignore ML101,ML401 a demo\nvar hits"),
        SERVER.replace("{}\n\nfunc", "{} //maplint:ignore ML101,ML401 a demo\n\nfunc", 1),
        SERVER.replace("var hits", "//nolint:ML101,ML401 // a demo\nvar hits"),
        SERVER.replace("package", "//maplint:file-ignore ML101,ML401 a demo\npackage", 1),
    ],
    ids=["line above", "on the declaration", "nolint", "file"],
)
def test_the_ways_to_silence_do(tmp_path: Path, source: str) -> None:
    assert {found.rule for found in reported(tmp_path, SERVER)} == {"ML101", "ML401"}
    assert source != SERVER
    assert reported(tmp_path, source) == []


def test_a_declared_bound_silences_growth_alone(tmp_path: Path) -> None:
    source = SERVER.replace("var hits", "//maplint:bounded the office has twelve machines\nvar hits")
    assert {found.rule for found in reported(tmp_path, source)} == {"ML401"}


def examples(rule: Rule) -> list[tuple[str, str]]:
    """The Go blocks of a rule's example, each with the corpus case that the words before it name."""
    found = []
    for block in _BLOCK.finditer(parse(rule.doc, rule.id).sections["Example"]):
        (case,) = _CASE.findall(block["words"])
        found.append((case, block["code"]))
    return found


def lines(code: str) -> list[str]:
    """The lines of Go code without indentation, comments and blanks."""
    bare = (re.sub(r"\s*(?<!:)//.*$", "", line).strip() for line in code.splitlines())
    return [line for line in bare if line]
