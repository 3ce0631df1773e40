"""Literals that outlive their function, and grow a captured map."""

from __future__ import annotations

import pytest
from closure_findings import grown, grown_in, shown
from programs import IMPORTS, program


def test_a_literal_inside_a_literal_is_the_one_reported() -> None:
    found = grown(
        """
        func Limit() func(http.Handler) http.Handler {
            seen := map[string]int{}
            return func(next http.Handler) http.Handler {
                return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
                    seen[r.RemoteAddr]++
                    next.ServeHTTP(w, r)
                })
            }
        }
        """
    )
    assert [one.literal.symbol for one in found] == ["example.com/m.Limit.func1.func1"]


def test_a_helper_that_is_handed_the_map_inserts_for_the_literal() -> None:
    found = grown(
        """
        func note(seen map[string]bool, r *http.Request) { seen[r.RemoteAddr] = true }

        func Routes(mux *http.ServeMux) {
            seen := map[string]bool{}
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { note(seen, r) })
        }
        """
    )
    assert shown(found) == ["Routes.seen"]
    assert [one.literal.symbol for one in found] == ["example.com/m.Routes.func1"]


def test_the_inner_map_counts_where_the_outer_one_has_fixed_keys() -> None:
    found = grown(
        """
        func Routes(mux *http.ServeMux) {
            seen := map[string]map[string]bool{"a": {}, "b": {}}
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
                seen["a"][r.RemoteAddr] = true
            })
        }
        """
    )
    assert shown(found) == ["Routes.seen[]"]


def test_a_value_that_a_package_variable_is_initialised_with_lives_on() -> None:
    found = grown(
        """
        var once = func() func(addr string) bool {
            seen := map[string]bool{}
            return func(addr string) bool {
                if seen[addr] {
                    return false
                }
                seen[addr] = true
                return true
            }
        }()

        func Serve(w http.ResponseWriter, r *http.Request) { once(r.RemoteAddr) }
        """
    )
    assert shown(found) == ["once.func1.seen"]


@pytest.mark.parametrize(
    "use",
    [
        "each(peers, note)",
        "for _, peer := range peers { note(peer) }",
        "func() { note(peers[0]) }()",
        "defer note(peers[0])",
        "(&walker{visit: note}).walk(peers)",
    ],
)
def test_a_literal_that_is_called_on_the_spot_keeps_nothing(use: str) -> None:
    found = grown(
        f"""
        type walker struct {{ visit func(string) }}

        func (w *walker) walk(all []string) {{ each(all, w.visit) }}

        func each(all []string, f func(string)) {{
            for _, one := range all {{
                f(one)
            }}
        }}

        func Unique(peers []string) int {{
            seen := map[string]bool{{}}
            note := func(peer string) {{ seen[peer] = true }}
            {use}
            return len(seen)
        }}
        """
    )
    assert found == []


def test_a_returned_literal_that_callers_use_up_keeps_nothing() -> None:
    found = grown(
        """
        func unique() func(peer string) bool {
            seen := map[string]bool{}
            return func(peer string) bool {
                known := seen[peer]
                seen[peer] = true
                return !known
            }
        }

        func Count(w http.ResponseWriter, r *http.Request) {
            isNew := unique()
            for _, peer := range r.Header.Values("Peer") {
                isNew(peer)
            }
        }
        """
    )
    assert found == []


def test_an_iterator_keeps_nothing() -> None:
    found = grown(
        """
        func Unique(peers []string) iter.Seq[string] {
            seen := map[string]bool{}
            return func(yield func(string) bool) {
                for _, peer := range peers {
                    if !seen[peer] {
                        seen[peer] = true
                        yield(peer)
                    }
                }
            }
        }
        """
    )
    assert found == []


@pytest.mark.parametrize(
    "brought_down",
    [
        "mux.HandleFunc('/x', func(w http.ResponseWriter, r *http.Request) { delete(seen, r.RemoteAddr) })",
        "go func() { for range time.Tick(time.Hour) { clear(seen) } }()",
        "go func() { for range time.Tick(time.Hour) { seen = map[string]bool{} } }()",
        "drop(seen)",
    ],
)
def test_what_another_literal_or_a_helper_removes_does_not_grow(brought_down: str) -> None:
    brought_down = brought_down.replace("'", '"')
    found = grown(
        f"""
        func drop(m map[string]bool) {{
            for k := range m {{
                delete(m, k)
            }}
        }}

        func Routes(mux *http.ServeMux) {{
            seen := map[string]bool{{}}
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {{ seen[r.RemoteAddr] = true }})
            {brought_down}
        }}
        """
    )
    assert found == []


@pytest.mark.parametrize("key", ['"all"', "r.TLS != nil", "http.MethodGet"])
def test_closed_keys_do_not_grow_it(key: str) -> None:
    found = grown(
        f"""
        func Routes(mux *http.ServeMux) {{
            seen := map[any]int{{}}
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {{ seen[{key}]++ }})
        }}
        """
    )
    assert found == []


def test_counting_down_is_not_what_grows_it() -> None:
    found = grown(
        """
        func Gate(mux *http.ServeMux) {
            running := map[string]int{}
            mux.HandleFunc("/leave", func(w http.ResponseWriter, r *http.Request) {
                if running[r.RemoteAddr] > 0 {
                    running[r.RemoteAddr]--
                }
            })
            mux.HandleFunc("/enter", func(w http.ResponseWriter, r *http.Request) { running[r.RemoteAddr]++ })
        }
        """
    )
    assert [one.literal.symbol for one in found] == ["example.com/m.Gate.func2"]


def test_a_field_that_grows_in_a_literal_is_no_captured_local() -> None:
    found = grown(
        """
        type limiter struct { mu sync.Mutex; seen map[string]int }

        func Routes(mux *http.ServeMux, l *limiter) {
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { l.seen[r.RemoteAddr]++ })
        }
        """
    )
    assert found == []


def test_a_parameter_whose_callers_hand_in_a_field_is_the_field() -> None:
    found = grown(
        """
        type limiter struct { mu sync.Mutex; seen map[string]int }

        func (l *limiter) Routes(mux *http.ServeMux) { count(mux, l.seen) }

        func count(mux *http.ServeMux, seen map[string]int) {
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { seen[r.RemoteAddr]++ })
        }
        """
    )
    assert found == []


def test_support_for_tests_is_not_shown() -> None:
    found = grown(
        """
        func NewServer(t *testing.T) *http.ServeMux {
            seen := map[string]int{}
            mux := http.NewServeMux()
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { seen[r.RemoteAddr]++ })
            return mux
        }
        """
    )
    assert shown(found) == []


def test_a_program_that_runs_once_grows_nothing() -> None:
    found = program(
        {
            "main.go": """
                package main

                import "os"

                func unique() func(name string) bool {
                    seen := map[string]bool{}
                    return func(name string) bool {
                        known := seen[name]
                        seen[name] = true
                        return !known
                    }
                }

                func main() {
                    isNew := unique()
                    for _, arg := range os.Args {
                        if isNew(arg) {
                            println(arg)
                        }
                    }
                }
                """
        }
    )
    assert grown_in(found) == []


def test_a_counter_beside_the_map_may_cap_it() -> None:
    found = grown(
        """
        func Lookup(mux *http.ServeMux) {
            known, size := map[string]bool{}, 0
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
                if size < 1000 {
                    known[r.RemoteAddr] = true
                    size++
                }
            })
        }
        """
    )
    assert found == []


def test_the_same_keys_in_each_run_are_not_shown() -> None:
    found = grown(
        """
        func Stream(mux *http.ServeMux, parts []string, find func(string) int) {
            places := map[string]int{}
            mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
                for _, part := range parts {
                    places[part] = find(part)
                }
            })
        }
        """
    )
    assert shown(found) == []


ACTION = """package m

import "github.com/urfave/cli/v2"

type found struct { addr string }

func Report(ACCEPTS, results chan found) error {
    seen := map[string]int{}
    go func() { for one := range results { seen[one.addr]++ } }()
    return nil
}
"""


@pytest.mark.parametrize(("accepts", "expected"), [("c *cli.Context", []), ("c *cli.Other", ["Report.seen"])])
def test_what_a_command_has_may_end_with_it(accepts: str, expected: list[str]) -> None:
    found = grown_in(program({"m.go": ACTION.replace("ACCEPTS", accepts)}))
    assert [one.site.name for one in found] == ["seen"]
    assert shown(found) == expected


@pytest.mark.parametrize(("answer", "is_kept"), [("<-next.done", False), ("<-other", True)])
def test_what_a_worker_has_answered_for_it_has_run(answer: str, is_kept: bool) -> None:
    text = f"""
        type task struct {{ work func(id string); done chan bool }}

        type writer struct {{ mu sync.Mutex; tasks chan task; current task }}

        func (w *writer) do(work func(id string)) {{
            next := task{{work: work, done: make(chan bool)}}
            w.tasks <- next
            {answer}
        }}

        var other chan bool

        func (w *writer) Collect() int {{
            seen := map[string]bool{{}}
            w.do(func(id string) {{ seen[id] = true }})
            return len(seen)
        }}
        """
    found = program({"m.go": IMPORTS + text})
    literal = next(function for function in found.functions if function.parent)
    assert bool(found.closures.keepers(literal)) is is_kept


QUERY = """
    type cursor struct { mu sync.Mutex; record func(id string) }

    func (c *cursor) Next(id string) { c.mu.Lock(); defer c.mu.Unlock(); c.record(id) }

    KEPT

    func Query(ids []string) {
        c := &cursor{}
        observe(c)
        KEEP
        for _, id := range ids { c.Next(id) }
    }

    func observe(c *cursor) {
        seen := map[string]int{}
        c.record = func(id string) { seen[id] = len(id) }
    }
    """


@pytest.mark.parametrize(
    ("kept", "keep", "expected"), [("", "", []), ("var open *cursor", "open = c", ["observe.seen"])]
)
def test_an_object_that_nothing_keeps_keeps_no_literal_for_long(
    kept: str, keep: str, expected: list[str]
) -> None:
    assert shown(grown(QUERY.replace("KEPT", kept).replace("KEEP", keep))) == expected


@pytest.mark.parametrize(("key", "expected"), [("userID", ["Watch.seen"]), ("chainID", []), ("jobKind", [])])
def test_what_the_key_is_called_counts_where_its_origin_is_not_known(key: str, expected: list[str]) -> None:
    found = grown(
        f"""
        type source struct {{ notify func({key} string) }}

        var current *source

        func Watch(s *source) {{
            seen := map[string]bool{{}}
            s.notify = func({key} string) {{ seen[{key}] = true }}
            current = s
        }}

        func (s *source) Serve(w http.ResponseWriter, r *http.Request) {{ s.notify(load()) }}

        func load() string
        """
    )
    assert shown(found) == expected
