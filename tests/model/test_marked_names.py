"""What each name of a file means: scopes and types, after the spec; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check_file
from programs import program

FILES = {
    "blocks and shadowing": """
        package m

        const limit = 1

        var m, n = limit, 2 // names: limit limit

        func F(m int) (n int) {
            n = m // names: n F.n, m F.m
            if m := m + limit; m > n { // names: m F.m#2, m F.m, n F.n, limit limit
                n := m // names: n F.n#2, m F.m#2
                use(n) // names: n F.n#2
            } else {
                n = m // names: n F.n, m F.m#2
            }
            for n := range m { // names: n F.n#3, m F.m
                use(n) // names: n F.n#3
            }
            const limit = 2
            {
                var m, limit = m, limit // names: m F.m#3, m F.m, limit F.limit
                use(m, limit) // names: m F.m#3, limit F.limit
            }
            return m // names: m F.m
        }

        func G() (int, int) {
            return m, n // names: m m, n n
        }
    """,
    "short declarations redeclare in their own scope alone": """
        package m

        func pair() (int, error) { return 0, nil }

        func F() error {
            a, err := pair() // names: a F.a, err F.err, pair pair
            b, err := pair() // names: b F.b, err F.err
            if c, err := pair(); err != nil { // names: c F.c, err F.err#2
                _ = c
                return err // names: err F.err#2
            }
            _, _ = a, b
            return err // names: err F.err
        }
    """,
    "a variable is in scope after its declaration, not in it": """
        package m

        var x = 1

        func F() {
            x := x + 1 // names: x F.x, x x
            f := func() int { return x } // names: x F.x
            var y = func() int { y := x; return y } // names: y F.y, y F.func2.y, x F.x
            _, _ = f, y
        }
    """,
    "switch, type switch and select open a scope for each clause": """
        package m

        func F(any any, in chan int) {
            switch v := any.(type) {
            case int:
                use(v) // names: v F.v
            case string, error:
                use(v) // names: v F.v#2
            }
            switch v := any; {
            case use(v): // names: v F.v#3
                v := 1 // names: v F.v#4
                use(v) // names: v F.v#4
            }
            select {
            case v, ok := <-in: // names: v F.v#5, ok F.ok, in F.in
                use(v, ok) // names: v F.v#5
            case v := <-in: // names: v F.v#6
                use(v) // names: v F.v#6
            }
        }
    """,
    "labels are names of their own": """
        package m

        var loop int

        func F(loop map[string]int) {
        loop:
            for key := range loop { // names: loop F.loop
                if loop[key] > 1 { // names: loop F.loop, key F.key
                    continue loop
                }
                goto done
            }
        done:
            for done := 0; done < 1; done++ { // names: done F.done
                break
            }
        }

        func G() int { return loop } // names: loop loop
    """,
    "predeclared names can be declared": """
        package m

        func len(s string) int { return 0 }

        type T struct{}

        func F(nil, true int) int {
            var make func(int) *T
            make = func(n int) *T { // names: make F.make
                return make(n - 1) // names: make F.make, n F.func1.n
            }
            delete := make // names: delete F.delete, make F.make
            delete(2) // names: delete F.delete
            new, clear := 1, 2 // names: new F.new, clear F.clear
            use(new, clear) // names: new F.new, clear F.clear
            return nil + true + len("") // names: nil F.nil, true F.true, len len
        }
    """,
    "init functions, and literals in them": """
        package m

        func init() {
            f := func() { g := 1; use(g) } // names: f init.f, func1 init.func1, g init.func1.g
            f()
        }

        func init() {
            f := func() { g := 1; use(g) } // names: f init#2.f, func1 init#2.func1, g init#2.func1.g
            f()
        }
    """,
    "method values and expressions": """
        package m

        type T struct{ n int }

        func (t T) Get() int { return t.n } // names: t T.Get.t, n T.n
        func (t *T) Set(n int) { t.n = n } // names: t T.Set.t, n T.n, n T.Set.n

        func F(t *T) {
            get, set := t.Get, t.Set // names: Get T.Get, Set T.Set, t F.t
            getOf, setOf := T.Get, (*T).Set // names: Get T.Get, Set T.Set
            _, _, _, _ = get, set, getOf, setOf
        }
    """,
    "embedding: the shallowest wins, and the type that declares is named": """
        package m

        type Base struct{ name string; n int }

        func (Base) Who() {}

        type Mid struct{ Base; n int }
        type Top struct{ *Mid; Other }
        type Other struct{ other int }

        func (Other) Which() {}

        func F(t Top) {
            use(t.name) // names: name Base.name
            use(t.n) // names: n Mid.n
            use(t.other) // names: other Other.other
            t.Who() // names: Who Base.Who
            t.Which() // names: Which Other.Which
            use(t.Mid.Base.n) // names: n Base.n, Base Mid.Base, Mid Top.Mid
        }
    """,
    "keys of composite literals are fields in structs and values in maps": """
        package m

        var name, key = "a", "b"

        type T struct{ name string; in *T; list []T; byKey map[string]T }

        func F() {
            use(T{name: key}) // names: name T.name, key key
            use(map[string]string{name: key}) // names: name name, key key
            use(T{in: &T{name: name}}) // names: name T.name, name name, in T.in
            use([]T{{name: key}}) // names: name T.name, key key
            use(map[string]*T{key: {name: name}}) // names: key key, name T.name, name name
            use([]*T{{list: []T{{name: key}}}}) // names: list T.list, name T.name, key key
            each := []struct{ name int }{{name: 1}} // names: each F.each, name F.each.name
            use(each[0].name) // names: name F.each.name
            use(map[T]int{{name: key}: 1}) // names: name T.name, key key
            type T = map[string]string
            use(T{name: name}) // names: name name
        }
    """,
    "aliases and generic types name the fields of what they stand for": """
        package m

        type Box[K comparable, V any] struct{ items map[K]V; next *Box[K, V] }
        type Names = Box[string, int]
        type Of[V any] = Box[string, V]

        func (b *Box[K, V]) Put(k K, v V) { b.items[k] = v } // names: b Box.Put.b, items Box.items, k Box.Put.k

        func F(a *Names, b Of[error]) {
            a.Put("", 1) // names: Put Box.Put
            use(b.next.items) // names: next Box.next, items Box.items
            use(Names{items: nil}) // names: items Box.items
        }

        func Keys[M ~map[K]V, K comparable, V any](m M) (keys []K) {
            for k := range m { // names: m Keys.m, k Keys.k
                keys = append(keys, k) // names: keys Keys.keys, k Keys.k
            }
            return
        }
    """,
    "types inside functions hide, and have fields": """
        package m

        type T struct{ a int }

        func F() {
            type T struct{ b int }
            t := T{b: 1} // names: b F.T.b
            use(t.b) // names: b F.T.b, t F.t
        }

        func G(t T) int { return t.a } // names: a T.a
    """,
    "struct types without a name belong to their variable": """
        package m

        func F(on bool) {
            if on {
                args := struct{ m map[string]int }{}
                use(args.m) // names: args F.args, m F.args.m
            } else {
                args := struct{ m map[string]int }{}
                use(args.m) // names: args F.args#2, m F.args#2.m
                var args2 struct{ in struct{ m int } }
                use(args2.in.m) // names: m F.args2.in.m
            }
        }
    """,
    "results of calls and assertions have fields": """
        package m

        type T struct{ n int; f func() *T; ch chan T; m map[string]*T }

        func New() (*T, error) { return nil, nil }

        func F(any any, ts []T) {
            t, _ := New() // names: t F.t, New New
            use(t.f().n) // names: f T.f, n T.n
            use((<-t.ch).n) // names: ch T.ch, n T.n
            if u, ok := any.(*T); ok {
                use(u.m["a"].n) // names: u F.u, m T.m, n T.n
            }
            for i, each := range ts {
                use(each.n + ts[i].n) // names: n T.n, each F.each, i F.i
            }
            use((*T)(nil).n) // names: n T.n
            v := new(T)
            w := &v.f().ch // names: ch T.ch
            use((<-*w).n) // names: n T.n
        }
    """,
    "range over functions and integers": """
        package m

        import "iter"

        type T struct{ n int }

        func All() iter.Seq2[string, *T] { return nil }

        func F() {
            for key, t := range All() { // names: key F.key, t F.t, All All
                use(key, t.n) // names: n T.n
            }
            for i := range 3 { // names: i F.i
                _ = i
            }
        }
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_names_in_one_file(text: str) -> None:
    check_file(text)


def test_arguments_of_make_and_new_that_are_no_types() -> None:
    text = """
        package m

        type T struct{ next *T }

        func F(n int) (any, any) {
            var make func(int) *T
            make = func(n int) *T { return &T{make(n - 1)} }
            return make(100), new("a")
        }

        var kept = []any{
            make(map[[2]string]struct{}, 3-1),
            make(chan struct{}, 2-1),
            new([]struct{}),
            new([]struct{ a, b int }{{1, 2}}),
            make([]func(a, b int), 4),
        }
    """
    assert program({"m.go": text}).faults == ()
