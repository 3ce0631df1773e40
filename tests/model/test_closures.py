"""Literals that outlive their function: which grow a captured map, and which keep one for little."""

from __future__ import annotations

import pytest

from maplint.finding import Confidence
from maplint.model.closures import Grown
from maplint.model.program import Program
from maplint.model.retained import Retained
from programs import program

HEAD = """
package m

import (
    "context"
    "errors"
    "iter"
    "net/http"
    "sync"
    "sync/atomic"
    "testing"
    "time"
)

var (
    _ context.Context
    _ = errors.New
    _ iter.Seq[int]
    _ http.Handler
    _ sync.Mutex
    _ atomic.Value
    _ testing.T
    _ time.Time
)
"""


def go(text: str) -> Program:
    """A package of one file that has what the cases import."""
    return program({"m.go": HEAD + text})


def grown(text: str) -> list[Grown]:
    found = go(text)
    return [one for site in found.sites.values() if (one := found.closures.grown(site)) is not None]


def retained(text: str) -> list[Retained]:
    found = go(text)
    return [one for site in found.sites.values() for one in found.retentions.retained(site)]


def shown(found: list[Grown] | list[Retained]) -> list[str]:
    """The maps of what is shown at default settings."""
    return [one.site.symbol.removeprefix("example.com/m.") for one in found if one.confidence > Confidence.LOW]


class TestGrown:
    """A captured map that a literal grows."""

    def test_a_literal_inside_a_literal_is_the_one_reported(self) -> None:
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

    def test_a_helper_that_is_handed_the_map_inserts_for_the_literal(self) -> None:
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

    def test_the_inner_map_counts_where_the_outer_one_has_fixed_keys(self) -> None:
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

    def test_a_value_that_a_package_variable_is_initialised_with_lives_on(self) -> None:
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
        "started",
        ["go work()", "var group sync.WaitGroup; group.Go(work)", "start(work)"],
    )
    def test_a_goroutine_that_loops_grows_its_map(self, started: str) -> None:
        found = grown(
            f"""
            func start(f func()) {{ go f() }}

            func Watch(peers <-chan string) {{
                seen := map[string]bool{{}}
                work := func() {{
                    for peer := range peers {{
                        seen[peer] = true
                    }}
                }}
                {started}
            }}
            """
        )
        assert shown(found) == ["Watch.seen"]

    @pytest.mark.parametrize(
        ("end", "why"),
        [
            ("<-done", "it receives what the goroutine sends"),
            ("select { case <-done: case <-ctx.Done(): }", "it waits for it, with a time limit"),
            ("for range done { }", "it ranges over what the goroutine sends"),
            ("wg.Wait()", "it waits for the group"),
            ("defer wg.Wait()", "it waits for the group at its end"),
        ],
    )
    def test_a_function_that_waits_for_its_goroutine_keeps_nothing(self, end: str, why: str) -> None:
        found = grown(
            f"""
            func Collect(ctx context.Context, peers <-chan string) int {{
                seen := map[string]bool{{}}
                done := make(chan bool)
                var wg sync.WaitGroup
                wg.Add(1)
                go func() {{
                    defer wg.Done()
                    for peer := range peers {{
                        seen[peer] = true
                    }}
                    done <- true
                    close(done)
                }}()
                {end}
                return len(seen)
            }}
            """
        )
        assert found == [], why

    @pytest.mark.parametrize("end", ["<-ctx.Done()", "<-stop", "for { time.Sleep(time.Second) }"])
    def test_waiting_for_the_end_of_the_program_is_no_join(self, end: str) -> None:
        found = grown(
            f"""
            func Run(ctx context.Context, stop <-chan bool, peers <-chan string) {{
                seen := map[string]bool{{}}
                go func() {{
                    for peer := range peers {{
                        seen[peer] = true
                    }}
                }}()
                {end}
            }}
            """
        )
        assert shown(found) == ["Run.seen"]

    def test_goroutines_that_do_their_work_and_end_grow_nothing(self) -> None:
        found = grown(
            """
            func Fetch(urls []string, fetch func(string) int) map[string]int {
                var mu sync.Mutex
                sizes := map[string]int{}
                for _, url := range urls {
                    go func() {
                        mu.Lock()
                        defer mu.Unlock()
                        sizes[url] = fetch(url)
                    }()
                }
                return sizes
            }
            """
        )
        assert found == []

    def test_pages_that_are_fetched_until_the_last_are_no_endless_loop(self) -> None:
        found = grown(
            """
            type page struct { ids []string; next string }

            func Load(list func(token string) page) {
                known := map[string]bool{}
                go func() {
                    token := ""
                    for {
                        p := list(token)
                        for _, id := range p.ids {
                            known[id] = true
                        }
                        if token = p.next; token == "" {
                            return
                        }
                    }
                }()
            }
            """
        )
        assert found == []

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
    def test_a_literal_that_is_called_on_the_spot_keeps_nothing(self, use: str) -> None:
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

    def test_a_returned_literal_that_callers_use_up_keeps_nothing(self) -> None:
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

    def test_an_iterator_keeps_nothing(self) -> None:
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
            "forget := func(peer string) { delete(seen, peer) }; mux.HandleFunc('/x', func(w http.ResponseWriter, r *http.Request) { forget(r.RemoteAddr) })",
            "go func() { for range time.Tick(time.Hour) { clear(seen) } }()",
            "go func() { for range time.Tick(time.Hour) { seen = map[string]bool{} } }()",
            "drop(seen)",
        ],
    )
    def test_what_another_literal_or_a_helper_removes_does_not_grow(self, brought_down: str) -> None:
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
    def test_closed_keys_do_not_grow_it(self, key: str) -> None:
        found = grown(
            f"""
            func Routes(mux *http.ServeMux) {{
                seen := map[any]int{{}}
                mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {{ seen[{key}]++ }})
            }}
            """
        )
        assert found == []

    def test_counting_down_is_not_what_grows_it(self) -> None:
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

    def test_a_field_that_grows_in_a_literal_is_no_captured_local(self) -> None:
        found = grown(
            """
            type limiter struct { mu sync.Mutex; seen map[string]int }

            func Routes(mux *http.ServeMux, l *limiter) {
                mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { l.seen[r.RemoteAddr]++ })
            }
            """
        )
        assert found == []

    def test_a_parameter_whose_callers_hand_in_a_field_is_the_field(self) -> None:
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

    def test_support_for_tests_is_not_shown(self) -> None:
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

    def test_a_program_that_runs_once_grows_nothing(self) -> None:
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
        assert [found.closures.grown(site) for site in found.sites.values()] == [None]


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


class TestRetained:
    """A captured map that a literal keeps for little."""

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
    def test_what_a_literal_needs_is_told(self, result: str, needs: str) -> None:
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
    def test_a_literal_that_needs_all_of_it_may_keep_it(self, body: str) -> None:
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
            ("s.hooks = append(s.hooks, func() int { return rows[s.key] })", "another literal needs all of it"),
            ('rows["later"] = 1', "it changes later"),
            ("go func() { for range time.Tick(time.Hour) { rows[other] = 1 } }()", "another goroutine changes it"),
        ],
    )
    def test_a_map_that_is_wanted_alive_may_be_kept(self, beside: str, why: str) -> None:
        text = FILLED.replace("hooks []func() int", "hooks []func() int; rows map[string]int; key string")
        found = retained(f"{text} s.hooks = append(s.hooks, func() int {{ return len(rows) }}); {beside} }}")
        assert found == [], why

    def test_a_map_of_a_few_constants_is_not_shown(self) -> None:
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

    def test_one_map_for_the_whole_program_is_not_shown(self) -> None:
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
        assert shown([one for site in found.sites.values() for one in found.retentions.retained(site)]) == []

    @pytest.mark.parametrize(("rest", "kept"), [("", []), ("time.Sleep(time.Hour)", ["server.Load.rows"])])
    def test_a_goroutine_that_is_soon_done_keeps_nothing(self, rest: str, kept: list[str]) -> None:
        found = retained(f"{FILLED} go func() {{ {rest}; println(len(rows)) }}() }}")
        assert shown(found) == kept

    def test_a_functional_option_keeps_nothing(self) -> None:
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
