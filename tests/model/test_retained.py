"""Literals that outlive their function, and keep a captured map for little."""

from __future__ import annotations

import pytest
from closure_findings import retained, retained_in, shown
from programs import program

FILLED = """
            type server struct { mu sync.Mutex; hooks []func() int }

            func read(n int) map[string]int {
                all := map[string]int{}
                for i := range n {
                    all[string(rune(i))] = i
                }
                return all
            }

            func (s *server) Load(n int, other string) {
                rows := read(n)
"""


@pytest.mark.parametrize(
    ("result", "needs"),
    [
        ("len(rows)", "its length"),
        ('rows["a"]', "one entry"),
        ('rows["a"] + rows["b"]', "a few entries"),
        ('len(rows) + rows["a"]', "its length and one entry"),
        ("rows[other]", "one entry"),
        ('rows["a" + other]', "one entry"),
    ],
)
def test_what_a_literal_needs_is_told(result: str, needs: str) -> None:
    found = retained(f"{FILLED} s.hooks = append(s.hooks, func() int {{ return {result} }}) }}")
    assert [one.needs for one in found] == [needs]
    assert shown(found) == ["server.Load.rows"]


@pytest.mark.parametrize(
    "body",
    [
        "sum := 0; for _, n := range rows { sum += n }; return sum",
        "other = other + other; return rows[other]",
        "return rows[time.Now().String()]",
        'rows["a"]++; return 0',
        'delete(rows, "a"); return len(rows)',
        "show(rows); return 0",
        "copied := rows; return len(copied)",
        "return func() int { n := 0; for range rows { n++ }; return n }()",
    ],
)
def test_a_literal_that_needs_all_of_it_may_keep_it(body: str) -> None:
    found = retained(
        f"""
        func show(m map[string]int) {{ for k := range m {{ println(k) }} }}
        {FILLED} s.hooks = append(s.hooks, func() int {{ {body} }}) }}
        """
    )
    assert found == []


@pytest.mark.parametrize(
    ("beside", "why"),
    [
        ("s.rows = rows", "a field keeps it anyway"),
        (
            "s.hooks = append(s.hooks, func() int { return rows[s.key] })",
            "another literal needs all of it",
        ),
        ('rows["later"] = 1', "it changes later"),
        (
            "go func() { for range time.Tick(time.Hour) { rows[other] = 1 } }()",
            "another goroutine changes it",
        ),
    ],
)
def test_a_map_that_is_wanted_alive_may_be_kept(beside: str, why: str) -> None:
    text = FILLED.replace("hooks []func() int", "hooks []func() int; rows map[string]int; key string")
    found = retained(f"{text} s.hooks = append(s.hooks, func() int {{ return len(rows) }}); {beside} }}")
    assert found == [], why


def test_a_map_of_a_few_constants_is_not_shown() -> None:
    found = retained(
        """
        type server struct { mu sync.Mutex; hooks []func() int }

        func (s *server) Load() {
            rows := map[string]int{"a": 1, "b": 2}
            s.hooks = append(s.hooks, func() int { return rows["a"] })
        }
        """
    )
    assert shown(found) == []


def test_one_map_for_the_whole_program_is_not_shown() -> None:
    found = program(
        {
            "main.go": """
                package main

                import "net/http"

                func read(n int) map[string]int {
                    all := map[string]int{}
                    for i := range n {
                        all[string(rune(i))] = i
                    }
                    return all
                }

                func main() {
                    rows := read(100)
                    http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { println(len(rows)) })
                    http.ListenAndServe(":80", nil)
                }
                """
        }
    )
    assert shown(retained_in(found)) == []


@pytest.mark.parametrize(("rest", "kept"), [("", []), ("time.Sleep(time.Hour)", ["server.Load.rows"])])
def test_a_goroutine_that_is_soon_done_keeps_nothing(rest: str, kept: list[str]) -> None:
    found = retained(f"{FILLED} go func() {{ {rest}; println(len(rows)) }}() }}")
    assert shown(found) == kept


def test_a_functional_option_keeps_nothing() -> None:
    found = retained(
        f"""
        type Option func(*server)

        func With(n int) Option {{
            rows := read(n)
            return func(s *server) {{ println(len(rows)) }}
        }}
        {FILLED} println(len(rows)) }}
        """
    )
    assert found == []


@pytest.mark.parametrize(("method", "expected"), [("Do", []), ("Later", ["Serve.func1.rows"])])
def test_what_has_run_when_the_call_returns_keeps_nothing(method: str, expected: list[str]) -> None:
    text = f"""package main

import (
    "net/http"

    "golang.org/x/sync/singleflight"
)

func read(n int) map[string]int {{
    all := map[string]int{{}}
    for i := range n {{
        all[string(rune(i))] = i
    }}
    return all
}}

func Serve(server *http.ServeMux) {{
    var group singleflight.Group
    server.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {{
        rows := read(len(r.Host))
        found, _, _ := group.{method}("a", func() (any, error) {{ return rows["a"], nil }})
        println(found)
    }})
}}

func main() {{ Serve(http.DefaultServeMux) }}
"""
    assert shown(retained_in(program({"main.go": text}))) == expected
