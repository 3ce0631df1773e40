"""Ids, prefixes, names and ALL; and who wins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplint.config.settings import Selection
from maplint.engine.selection import expand, select
from maplint.errors import MaplintError
from maplint.finding import Level
from maplint.rule import Rule


def rule(rule_id: str, name: str, default: bool = True) -> Rule:
    return Rule(rule_id, name, "growth", Level.WARNING, "", lambda scope: iter(()), default)


RULES = (
    rule("ML101", "unbounded-package-map"),
    rule("ML107", "resource-left-in-entry", default=False),
    rule("ML401", "concurrent-map-access"),
    rule("XY9", "of-a-pack"),
)


def ids(*selections: Selection) -> list[str]:
    return [chosen.id for chosen in select(RULES, selections)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ML101", {"ML101"}),
        ("ml101", {"ML101"}),
        ("ML1", {"ML101", "ML107"}),
        ("ML", {"ML101", "ML107", "ML401"}),
        ("XY", {"XY9"}),
        ("Concurrent-Map-Access", {"ML401"}),
        ("all", {"ML101", "ML107", "ML401", "XY9"}),
        ("M", set()),
        ("", set()),
        ("ML1011", set()),
        ("concurrent", set()),
    ],
)
def test_what_a_word_means(word: str, meant: set[str]) -> None:
    assert expand(word, RULES) == meant


def test_the_default_set_leaves_out_what_is_off() -> None:
    assert ids() == ["ML101", "ML401", "XY9"]
    assert ids(Selection("")) == ["ML101", "ML401", "XY9"]


def test_select_replaces_and_extend_adds_and_ignore_takes_away() -> None:
    assert ids(Selection("", ("ML4",))) == ["ML401"]
    assert ids(Selection("", None, ("ML107",))) == ["ML101", "ML107", "ML401", "XY9"]
    assert ids(Selection("", ("ALL",), (), ("ML1",))) == ["ML401", "XY9"]


def test_the_later_source_wins() -> None:
    file = Selection("maplint.toml", ("ML1",), (), ("ML101",))
    assert ids(file) == ["ML107"]
    assert ids(file, Selection("", ("ML101",))) == ["ML101"]
    assert ids(file, Selection("", None, ("ML4",))) == ["ML107", "ML401"]


def test_an_unknown_rule_is_named_with_where_it_stands() -> None:
    with pytest.raises(MaplintError, match=r"^--ignore: unknown rule 'ML1O1' \(did you mean ML101\?\)$"):
        ids(Selection("", None, (), ("ML1O1",)))
    with pytest.raises(MaplintError, match=r"^maplint.toml: select: unknown rule 'concurrent-map-acces' \("):
        ids(Selection("maplint.toml", ("concurrent-map-acces",)))


@given(st.lists(st.sampled_from(["ML1", "ML101", "XY9", "ALL", "concurrent-map-access"])))
def test_what_is_selected_runs_in_the_order_of_the_catalogue(words: list[str]) -> None:
    chosen = ids(Selection("", tuple(words)))
    assert chosen == [known.id for known in RULES if any(known.id in expand(word, RULES) for word in words)]
