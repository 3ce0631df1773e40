"""Go that is newer than the grammar is read all the same."""

from __future__ import annotations

import pytest

from maplint.syntax.file import facts_of

EXPRESSIONS = [
    "value * 1000",
    "0.0",
    '"text"',
    "*dimmed > 0",
    "c.limit.Value",
    "-x",
    "f(x)",
    "m[k].limit",
    "[]int{1, 2}",
    "a && b",
    "x.y.z[0]",
]
TYPES = [
    "int",
    "*T",
    "**T",
    "pkg.T",
    "[]T",
    "[4]int",
    "map[string][]int",
    "chan int",
    "<-chan T",
    "struct{}",
    "G[int]",
]


@pytest.mark.parametrize("argument", [*EXPRESSIONS, *TYPES])
def test_new_takes_an_expression_or_a_type(argument: str) -> None:
    text = f"package p\n\nfunc f() any {{\n\tg(1)\n\treturn new({argument})\n}}\n\nfunc after() {{ f() }}\n"
    found = facts_of(text.encode())
    assert not found.faults
    assert [function.name for function in found.funcs] == ["f", "after"]


def test_generic_methods_keep_their_bodies() -> None:
    found = facts_of(b"package p\n\nfunc (s *Set[K]) Map[V any](f func(K) V) []V {\n\treturn nil\n}\n")
    assert not found.faults
    assert [function.name for function in found.funcs] == ["Map"]
