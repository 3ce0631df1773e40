"""Which functions a function value or a callback may be, and how they are run; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check_file

FILES = {
    "function values in variables": """
        package m

        func a() {}
        func b() {}

        var hook = a
        var unset func()

        func init() { hook = b }

        func F(on bool) {
            f := a
            if on {
                f = b
            }
            f() // calls: a, b
            hook() // calls: a, b
            unset() // calls: unknown
            func() {}() // calls: F.func1
            g := f
            g() // calls: a, b
            table := []func(){a, nil}
            table[0]() // calls: a
            byName := map[string]func(){"b": b}
            byName["b"]() // calls: b
            for _, each := range byName {
                each() // calls: b
            }
            if h, ok := byName["b"]; ok {
                h() // calls: b
            }
            chosen := [...]func(){a}
            for _, each := range chosen {
                each() // calls: a
            }
        }
    """,
    "function values in fields": """
        package m

        type T struct {
            run func()
            all []func(int)
            byName map[string]func()
            inner struct{ f func() }
        }

        func a() {}
        func b() {}
        func c(int) {}

        func New() *T {
            t := &T{run: a, all: []func(int){c}}
            t.byName = map[string]func(){}
            t.byName["b"] = b
            t.inner.f = a
            return t
        }

        func (t *T) Add(f func(int)) { t.all = append(t.all, f) }

        func F(t *T) {
            t.Add(func(int) {})
            t.run() // calls: a, b
            for _, each := range t.all {
                each(1) // calls: c, F.func1
            }
            t.byName["b"]() // calls: b
            t.inner.f() // calls: a
            run := t.run
            defer run() // calls: defer a, defer b
        }

        var positional = T{b, nil, nil, struct{ f func() }{}}

        func G() { positional.run() } // calls: a, b
    """,
    "function values as parameters and results": """
        package m

        func a() {}
        func b() {}

        func apply(f func()) {
            f() // calls: a, F.func1, b
        }

        func each(fs ...func()) {
            for _, f := range fs {
                f() // calls: a, b
            }
        }

        func choose(on bool) func() {
            if on {
                return a
            }
            return func() {}
        }

        func named() (f func(), err error) {
            f = b
            return
        }

        func relay(f func()) { apply(f) } // calls: apply

        func F() {
            apply(a) // calls: apply
            apply(func() {}) // calls: apply
            relay(b)
            each(a, b) // calls: each
            choose(true)() // calls: choose, choose.func1, a
            f, _ := named()
            f() // calls: b
            g := choose(false)
            go g() // calls: go a, go choose.func1
        }
    """,
    "method values and expressions as function values": """
        package m

        type T struct{ n int }

        func (t *T) Run() {}

        func apply(f func()) {
            f() // calls: T.Run
        }

        func applyTo(t *T, f func(*T)) {
            f(t) // calls: T.Run
        }

        func F(t *T) {
            apply(t.Run)
            applyTo(t, (*T).Run)
            run := t.Run
            run() // calls: T.Run
            of := (*T).Run
            of(t) // calls: T.Run
            go t.Run() // calls: go T.Run
        }
    """,
    "functions with methods": """
        package m

        import "net/http"

        type Doer interface{ Do() }
        type doer func()
        type T struct{ on Doer }
        type handler func(http.ResponseWriter, *http.Request) error

        func (f doer) Do() {
            f() // calls: a, b, c
        }

        func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
            h(w, r) // calls: list, show
        }

        func a() {}
        func b() {}
        func c() {}
        func list(http.ResponseWriter, *http.Request) error { return nil }
        func show(http.ResponseWriter, *http.Request) error { return nil }

        var first Doer = doer(a)

        func New() *T { return &T{on: doer(b)} }

        func (t *T) Run() {
            t.on.Do() // calls: doer.Do
        }

        func each(all ...Doer) {
            for _, one := range all {
                one.Do() // calls: doer.Do
            }
        }

        func F() {
            first.Do() // calls: doer.Do
            each(doer(c))
            http.Handle("/", handler(list)) // calls: concurrent handler.ServeHTTP
            server := http.Server{Handler: handler(show)} // calls: concurrent handler.ServeHTTP
            server.Close()
        }
    """,
    "callbacks that known functions run": """
        package m

        import (
            "net/http"
            "slices"
            "sort"
            "sync"
            "time"
        )

        type handler struct{}

        func (*handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

        func serve(w http.ResponseWriter, r *http.Request) {}
        func tick() {}
        func less(i, j int) bool { return false }

        func F(once *sync.Once, wg *sync.WaitGroup, names []string, pool *sync.Map) {
            sort.Slice(names, less) // calls: now less
            slices.SortFunc(names, func(a, b string) int { return 0 }) // calls: now F.func1
            once.Do(func() {}) // calls: once F.func2
            time.AfterFunc(time.Second, tick) // calls: timer tick
            http.HandleFunc("/", serve) // calls: concurrent serve
            http.Handle("/", &handler{}) // calls: concurrent handler.ServeHTTP
            http.Handle("/", http.HandlerFunc(serve)) // calls: concurrent serve
            wg.Go(func() {}) // calls: goroutine F.func3
            pool.Range(func(key, value any) bool { return true }) // calls: now F.func4
            server := &http.Server{Handler: &handler{}, ConnState: nil} // calls: concurrent handler.ServeHTTP
            server.RegisterOnShutdown(tick) // calls: goroutine tick
            get := sync.OnceValue(func() int { return 1 }) // calls: once F.func5
            get()
        }
    """,
    "literals started in loops and nested": """
        package m

        func F(jobs []int, out chan func()) {
            for range jobs {
                go func() { // calls: go F.func1
                    func() {}() // calls: F.func1.func1
                }()
            }
            out <- func() {}
            run := <-out
            run() // calls: F.func2
            for f := range out {
                f() // calls: F.func2
            }
        }
    """,
    "closures handed back through a struct": """
        package m

        type option func(*T)
        type T struct{ n int; opts []option }

        func WithN(n int) option {
            return func(t *T) { t.n = n }
        }

        func New(opts ...option) *T {
            t := &T{}
            for _, apply := range opts {
                apply(t) // calls: WithN.func1
            }
            return t
        }

        func F() *T { return New(WithN(1)) } // calls: New, WithN
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_calls_of_values(text: str) -> None:
    check_file(text)


def test_what_constructors_of_libraries_return_is_known() -> None:
    check_file(
        """
        package m

        import (
            "github.com/gammazero/workerpool"
            "github.com/nats-io/nats.go"
            "golang.org/x/sync/errgroup"
        )

        func job() {}
        func on(msg *nats.Msg) {}

        func F() {
            pool := workerpool.New(2)
            pool.SubmitWait(job) // calls: now job
            conn, err := nats.Connect("")
            conn.Subscribe("", on) // calls: goroutine on
            group, ctx := errgroup.WithContext(nil)
            group.Go(func() error { return err }) // calls: goroutine F.func1
            use(ctx)
        }
        """
    )
