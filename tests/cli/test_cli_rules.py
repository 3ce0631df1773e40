"""`maplint rules` and `maplint explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from obedient import Project


def test_rules_are_listed_one_on_a_line(project: Project) -> None:
    ran = project.maplint("rules")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == ["ML001", "ML101", "ML105", "ML107", "ML109", "ML401"]
    assert lines[1].split(maxsplit=4) == [
        "ML101",
        "unbounded-package-map",
        "warning",
        "on",
        "Finds what ML101 finds.",
    ]
    assert lines[3].split()[3] == "off"


def test_rules_as_json(project: Project) -> None:
    listed = json.loads(project.maplint("rules", "--format", "json").out)
    assert listed["schema"] == 1
    rule = next(rule for rule in listed["rules"] if rule["id"] == "ML109")
    assert (rule["name"], rule["family"], rule["level"]) == ("unchecked-size-hint", "growth", "warning")
    assert rule["default"] is True
    assert rule["short"] == "Finds what ML109 finds."
    assert rule["sections"]["How to fix"] == "Text."
    assert rule["options"] == [{"name": "max-hint", "default": 1000, "help": "the largest hint"}]


@pytest.mark.parametrize("word", ["ML109", "ml109", "unchecked-size-hint"])
def test_a_rule_is_explained_by_id_or_name(project: Project, word: str) -> None:
    ran = project.maplint("explain", word)
    assert ran.status == 0
    assert ran.out.startswith("ML109 unchecked-size-hint (growth, warning, runs by default)\n")
    for title in ("What it finds", "How to fix", "What it cannot see", "Options"):
        assert f"## {title}\n" in ran.out
    assert "`max-hint` (default 1000): the largest hint" in ran.out
