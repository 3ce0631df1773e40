"""Maps that are put in the place of another one and filled before anybody sees them: who has the old one keeps it."""

from __future__ import annotations

import pytest
from test_races import found

IMPORTED = """
type Node struct { mu sync.Mutex; declared map[string]int }
func (n *Node) Declared() map[string]int { n.mu.Lock(); defer n.mu.Unlock(); return n.declared }
func (n *Node) Update(content []string) {
    n.mu.Lock()
    defer n.mu.Unlock()
    %s
    for _, line := range content { n.parse(line) }
}
func (n *Node) parse(line string) { if line != "" { n.declare(line) } }
func (n *Node) declare(name string) { n.declared[name]++ }
"""
RETURNED = {("escape", "Node.Declared")}


@pytest.mark.parametrize(
    ("before", "escapes"),
    [
        ("n.declared = map[string]int{}", set()),
        ("", RETURNED),
        ("if len(content) > 9 { n.declared = map[string]int{} }", RETURNED),
        ("n.declared = map[string]int{}; n.mu.Unlock(); n.mu.Lock()", RETURNED),
        ("other := &Node{}; other.declared = map[string]int{}; println(other)", RETURNED),
    ],
)
def test_a_map_that_helpers_fill_when_it_is_new_may_be_handed_out(
    before: str, escapes: set[tuple[str, str]]
) -> None:
    assert found(IMPORTED % before, "Node.declared") == escapes


def test_it_may_not_where_another_caller_fills_the_one_that_is_there() -> None:
    adds = "func (n *Node) Add(name string) { n.mu.Lock(); defer n.mu.Unlock(); n.declare(name) }"
    text = IMPORTED % "n.declared = map[string]int{}" + adds
    assert found(text, "Node.declared") == RETURNED
