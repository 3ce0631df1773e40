"""What an importing package sees of a file: its declarations, however its functions are written."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from maplint.syntax import facts_of

TEXTS = {
    "as gofmt lays it out": """
        package p

        type T struct{ n int }

        // Get is asked under the lock.
        func (t *T) Get(
            key string,
        ) (int, error) {
            if key == "" {
                return 0, nil
            }
        again:
            return t.n, nil
        }

        func Last() {}
        """,
    "a string that looks like the end of a body": """
        package p

        func usage() string {
            return `
        func main() {
        }
        `
        }

        var After = usage()
        """,
    "types written out in signatures": """
        package p

        func f(
            a int,
        ) interface {
            Close() error
        } {
            return nil
        }

        func g(hook struct {
            n int
        }) {
            _ = hook.n
        }
        """,
    "several on a line": """
        package p

        func a() { b() }; func b() {
            a() }
        func c() {
        a()
        }
        """,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_declarations_are_the_same_without_bodies(text: str) -> None:
    data = dedent(text).replace("    ", "\t").encode()
    whole, seen = facts_of(data), facts_of(data, bodies=False)
    assert not whole.faults
    assert [func.doc for func in seen.funcs] == [""] * len(whole.funcs)
    assert [replace(func, doc="") for func in whole.funcs] == list(seen.funcs)
    assert (whole.types, whole.vars, whole.imports) == (seen.types, seen.vars, seen.imports)
