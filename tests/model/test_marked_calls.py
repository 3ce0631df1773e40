"""Which functions of the analysed code a call may reach, and how; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check, check_file

FILES = {
    "functions and methods": """
        package m

        type T struct{ Embedded }
        type Embedded struct{}

        func (T) Value() {}
        func (*T) Pointer() {}
        func (Embedded) Promoted() {}
        func (Embedded) Value() {}

        func F(t T, p *T) {
            G() // calls: G
            t.Value() // calls: T.Value
            t.Pointer() // calls: T.Pointer
            p.Promoted() // calls: Embedded.Promoted
            p.Embedded.Value() // calls: Embedded.Value
            T.Value(t) // calls: T.Value
            (*T).Pointer(p) // calls: T.Pointer
            (&T{}).Pointer() // calls: T.Pointer
            T{}.Promoted() // calls: Embedded.Promoted
        }

        func G() { G() } // calls: G
    """,
    "methods of what any expression holds": """
        package m

        type Set[K comparable] map[K]struct{}
        type Wrap struct{ Set[string] }
        type Pair[A, B any] struct{ a A; b B }

        func (s Set[K]) Add(k K) {}

        func swap[A, B any](p Pair[A, B]) Pair[B, A] { return Pair[B, A]{p.b, p.a} }

        func F(w *Wrap, any any, chans chan chan *Wrap) {
            w.Add("") // calls: Set.Add
            swap(Pair[int, *Wrap]{1, w}).a.Add("") // calls: Set.Add, swap
            table := map[string]func() *Wrap{"a": func() *Wrap { return w }}
            table["a"]().Add("") // calls: F.func1, Set.Add
            array := [...]struct{ in Wrap }{{}, {}}
            for i := range array {
                array[i].in.Add("") // calls: Set.Add
            }
            (<-<-chans).Add("") // calls: Set.Add
            address := &w
            (**address).Add("") // calls: Set.Add
            first, _ := func() (a, b *Wrap) { return w, w }() // calls: F.func2
            first.Add("") // calls: Set.Add
            switch one := any.(type) {
            case *Wrap:
                one.Add("") // calls: Set.Add
            case interface{ Add(string) }:
                one.Add("") // calls: Set.Add
            }
            copied := *new(Wrap)
            copied.Add("") // calls: Set.Add
            Set[int](nil).Add(1) // calls: Set.Add
            type local = map[string]Wrap
            made := make(local)["a"]
            made.Add("") // calls: Set.Add
        }
    """,
    "go and defer": """
        package m

        type T struct{}

        func (T) Close() {}

        func work(n int) {}

        func F(t T) {
            go work(1) // calls: go work
            defer work(2) // calls: defer work
            defer t.Close() // calls: defer T.Close
            go func() { // calls: go F.func1
                work(3) // calls: work
            }()
            defer func() { work(4) }() // calls: defer F.func2, work
            run := func() {}
            go run() // calls: go F.func3
            defer t.Close // calls: nothing
        }
    """,
    "interfaces reach what implements them": """
        package m

        type Runner interface{ Run() }
        type Closer interface{ Runner; Close() error }

        type A struct{}
        type B struct{ A }
        type C struct{}
        type D int

        func (A) Run() {}
        func (B) Close() error { return nil }
        func (*C) Run() {}
        func (*C) Close() error { return nil }
        func (D) Close() error { return nil }

        type Holder struct{ Runner }

        func F(r Runner, c Closer, any interface{}, h Holder) {
            r.Run() // calls: A.Run, C.Run
            c.Close() // calls: B.Close, C.Close
            c.Run() // calls: A.Run, C.Run
            any.(interface{ Close() error }).Close() // calls: B.Close, C.Close, D.Close
            h.Run() // calls: A.Run, C.Run
            run := r.Run
            run() // calls: A.Run, C.Run
            go c.Close() // calls: go B.Close, go C.Close
            defer r.Run() // calls: defer A.Run, defer C.Run
        }
    """,
    "a method of another signature implements nothing": """
        package m

        type Store interface{ Get(key string) int; Len() int }

        type A struct{}
        type B struct{}

        func (A) Get(key string) int { return 0 }
        func (A) Len() int { return 0 }
        func (B) Get(key int) int { return 0 }
        func (B) Len() int { return 0 }

        func F(s Store) int {
            return s.Get("") // calls: A.Get
        }
    """,
    "generic functions and types": """
        package m

        type Doer interface{ Do() }
        type A struct{}

        func (A) Do() {}

        type Box[T any] struct{ item T; on func(T) }

        func (b *Box[T]) Each(f func(T)) {
            f(b.item) // calls: F.func1
            b.on(b.item) // calls: handle
        }

        func handle(a A) {}

        func Map[T, U any](in []T, f func(T) U) {
            for _, each := range in {
                f(each) // calls: F.func2
            }
        }

        func Run[T Doer](t T) {
            t.Do() // calls: A.Do
        }

        func F(b *Box[A]) {
            b.Each(func(A) {}) // calls: Box.Each
            c := &Box[A]{on: handle}
            c.Each(nil)
            Map([]int{1}, func(int) string { return "" }) // calls: Map
            Map[int, string](nil, nil) // calls: Map
            Run(A{}) // calls: Run
            Run[A](A{}) // calls: Run
        }
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_calls_in_one_file(text: str) -> None:
    check_file(text)


def test_calls_across_packages_and_alternatives() -> None:
    check(
        {
            "m.go": """
                package m

                import "example.com/m/store"

                type local struct{}

                func (local) Load(string) error { return nil }

                func F(s store.Loader) {
                    s.Load("") // calls: local.Load, store.File.Load
                    store.New().Load("") // calls: store.New, local.Load, store.File.Load
                    open() // calls: open
                    store.Hook() // calls: hook
                }

                func hook() {}

                func init() { store.Hook = hook }
            """,
            "open_linux.go": "package m\n\nfunc open() {}\n",
            "open_windows.go": "package m\n\nfunc open() {}\n",
            "store/s.go": """
                package store

                type Loader interface{ Load(name string) error }
                type File struct{}

                var Hook func()

                func (*File) Load(name string) error { return nil }

                func New() Loader { return &File{} }
            """,
        }
    )
