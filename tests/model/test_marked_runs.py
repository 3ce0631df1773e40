"""When functions run: at start-up, once from main, per request, on a timer, in goroutines; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check, check_file

FILES = {
    "package initialisation": """
        package m

        var table = build()

        func build() map[string]int { return fill(nil) } // runs: init
        func fill(m map[string]int) map[string]int { return m } // runs: init
        func init() { register("a") } // runs: init
        func register(name string) {} // runs: init
        func init() { func() { register("b") }() } // runs: init
        func both() {} // runs: init, unknown
        func init() { both() }
        func Exported() { both() } // runs: unknown
    """,
    "once from main": """
        package main

        import "os"

        type app struct{ names []string }

        func main() { // runs: main
            a := newApp()
            a.load()
            for _, name := range a.names {
                open(name)
            }
            defer a.close()
            func() { os.Exit(run()) }()
        }

        func newApp() *app { return &app{} } // runs: main
        func (a *app) load() {} // runs: main
        func (a *app) close() {} // runs: main
        func open(name string) {} // runs: main
        func run() int { return 0 } // runs: main
        func unused() {} // runs: nothing
        func Unused() {} // runs: nothing
    """,
    "per request": """
        package main

        import "net/http"

        type server struct{ next http.Handler }

        func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.count() } // runs: concurrent
        func (s *server) count() {} // runs: concurrent
        func index(w http.ResponseWriter, r *http.Request) { render() } // runs: concurrent
        func render() {} // runs: concurrent
        func logged(next http.HandlerFunc) http.HandlerFunc { // runs: main
            return func(w http.ResponseWriter, r *http.Request) { // runs: concurrent
                next(w, r)
            }
        }
        func wrapped(w http.ResponseWriter, r *http.Request) {} // runs: concurrent
        func routes(mux *http.ServeMux) { // runs: main
            mux.HandleFunc("/", index)
            mux.HandleFunc("/a", logged(wrapped))
        }

        func main() {
            mux := http.NewServeMux()
            routes(mux)
            http.ListenAndServe("", &server{next: mux})
        }
    """,
    "per request through a function type of one's own": """
        package main

        import "net/http"

        type handler func(http.ResponseWriter, *http.Request) error

        func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h(w, r) } // runs: concurrent
        func list(http.ResponseWriter, *http.Request) error { return nil } // runs: concurrent

        func main() {
            http.Handle("/", handler(list))
        }
    """,
    "in loops that lead to an answer": """
        package main

        func main() {
            go poll()
            println(solve(3))
        }

        func poll() { // runs: goroutine
            for {
                ask()
            }
        }
        func ask() {} // runs: goroutine, loop
        func solve(n int) int { // runs: main
            for {
                if n = step(n); n == 0 {
                    return n
                }
            }
        }
        func step(n int) int { return n - 1 } // runs: main
    """,
    "per request through a table of routes": """
        package main

        import (
            "context"
            "net/http"
        )

        type serve func(ctx context.Context, w http.ResponseWriter, r *http.Request, name string) error

        type route struct { path string; serve serve }

        func load(_ context.Context, w http.ResponseWriter, r *http.Request, name string) error { // runs: concurrent
            return keep(name)
        }
        func keep(name string) error { return nil } // runs: concurrent

        var routes = []route{{"/load", load}}

        func main() {}
    """,
    "goroutines": """
        package main

        import (
            "net"
            "sync"
        )

        func main() {
            go once()
            for range 3 {
                go worker(nil)
            }
            listener, _ := net.Listen("tcp", "")
            for {
                conn, _ := listener.Accept()
                accepted(conn)
                go serve(conn)
            }
        }

        func once() { helper() } // runs: goroutine
        func helper() {} // runs: goroutine
        func worker(jobs chan int) { // runs: concurrent, goroutine
            for job := range jobs {
                do(job)
            }
        }
        func do(job int) {} // runs: concurrent, goroutine, loop
        func accepted(net.Conn) {} // runs: loop, main
        func serve(net.Conn) { // runs: concurrent, goroutine
            var wg sync.WaitGroup
            wg.Add(1)
            go func() { // runs: concurrent, goroutine
                defer wg.Done()
            }()
            wg.Go(func() {}) // runs: concurrent, goroutine
        }
    """,
    "timers": """
        package main

        import "time"

        func main() {
            time.AfterFunc(time.Second, expire)
            go tick()
            time.AfterFunc(time.Second, func() { // runs: goroutine, timer
                prune()
            })
        }

        func expire() { sweep() } // runs: goroutine, timer
        func sweep() {} // runs: goroutine, timer
        func prune() {} // runs: goroutine, timer
        func tick() { // runs: goroutine
            for range time.Tick(time.Minute) {
                minute()
            }
        }
        func minute() {} // runs: goroutine, loop
    """,
    "once": """
        package main

        import "sync"

        var load sync.Once
        var config = sync.OnceValue(read)

        func read() int { return parse() } // runs: once
        func parse() int { return 0 } // runs: once
        func get() { // runs: main
            load.Do(setUp)
            config()
        }
        func setUp() {} // runs: once
        func main() { get() }
    """,
    "callers that nobody knows": """
        package m

        type T struct{}

        func New() *T { return start() } // runs: unknown
        func start() *T { return nil } // runs: unknown
        func (t *T) Do() { t.do() } // runs: unknown
        func (t *T) do() {} // runs: unknown
        func (t *T) never() {} // runs: nothing
        func handed() {} // runs: unknown
        var Hook func()
        func Keep() { Hook = handed } // runs: unknown
        func Run(f func()) { // runs: unknown
            f()
        }
        func Local() { Run(func() {}) } // runs: unknown
    """,
    "a function that is handed in runs as who hands it in": """
        package main

        import "net/http"

        func each(f func(int)) { // runs: concurrent, main
            for i := range 3 {
                f(i)
            }
        }

        func relay(f func(int)) { each(f) } // runs: concurrent, main

        func apart(f func()) { // runs: concurrent, main
            go f()
        }

        func index(w http.ResponseWriter, r *http.Request) { // runs: concurrent
            each(perRequest)
            relay(func(int) {}) // runs: concurrent
            apart(func() {}) // runs: concurrent, goroutine
        }

        func perRequest(int) {} // runs: concurrent
        func atStart(int) {} // runs: main

        func main() {
            each(atStart)
            relay(func(int) {}) // runs: main
            apart(func() {}) // runs: goroutine
            http.HandleFunc("/", index)
        }
    """,
    "handlers that a library serves": """
        package main

        import (
            "net/http"

            "github.com/gorilla/mux"
            "github.com/spf13/cobra"
            "google.golang.org/grpc"
        )

        func show(w http.ResponseWriter, r *http.Request) {} // runs: concurrent
        func action(cmd *cobra.Command, args []string) error { return nil } // runs: main
        func intercept() {} // runs: concurrent

        func main() {
            router := mux.NewRouter()
            router.HandleFunc("/", show)
            router.PathPrefix("/a").Subrouter().HandleFunc("/", nil)
            root := &cobra.Command{RunE: action}
            root.Execute()
            grpc.NewServer(grpc.UnaryInterceptor(intercept))
        }
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_runs_in_one_file(text: str) -> None:
    check_file(text)


def test_only_from_tests() -> None:
    check(
        {
            "m.go": """
                package m

                func reset() {} // runs: tests
                func shared() {} // runs: tests, unknown
                func Use() { shared() } // runs: unknown
            """,
            "m_test.go": """
                package m

                import "testing"

                func TestReset(t *testing.T) { // runs: tests
                    reset()
                    go shared()
                    t.Run("a", func(t *testing.T) {}) // runs: tests
                }
            """,
        },
        tests=True,
    )


def test_across_packages_of_a_program() -> None:
    check(
        {
            "cmd/app/main.go": """
                package main

                import "example.com/m/store"

                func main() { // runs: main
                    s := store.Open()
                    s.Load()
                    go s.Loop()
                }
            """,
            "store/s.go": """
                package store

                type Store struct{}

                func Open() *Store { return &Store{} } // runs: main
                func (s *Store) Load() { s.read() } // runs: main
                func (s *Store) Loop() { // runs: goroutine
                    for {
                        s.write()
                    }
                }
                func (s *Store) read() {} // runs: main
                func (s *Store) write() {} // runs: goroutine, loop
                func (s *Store) Unused() {} // runs: unknown
            """,
        }
    )
