"""What is left of held locks where ways meet."""

from __future__ import annotations

from maplint.model.held import READ, WRITE, Held, join_sets


def test_instances_without_a_path_are_told_apart_by_their_lock() -> None:
    one, other = Held("?", "m.A.mu", WRITE), Held("?", "m.B.mu", WRITE)
    both = frozenset((one, other))
    assert join_sets(both, both) == both
    assert join_sets(both, frozenset((other,))) == {other}


def test_another_instance_of_a_lock_is_held_under_no_path() -> None:
    here, there = Held("f.a.mu", "m.A.mu", WRITE), Held("f.b.mu", "m.A.mu", READ)
    assert join_sets(frozenset((here,)), frozenset((there,))) == {Held("?", "m.A.mu", READ)}
