"""Which variable a name means: blocks, functions, files and packages, after the spec's "Declarations and scope"."""

from __future__ import annotations

import pytest
from written import check, check_file

CASES = {
    "an inner block hides": """
        package m

        var m = map[string]int{}

        func F() {
            m["a"] = 1 //= assign m
            m := map[string]int{}
            m["b"] = 1 //= assign F.m
            if m := m; true {
                m["c"] = 1 //= assign F.m#2
            }
            {
                var m, n = map[string]int{}, m
                m["d"] = 1 //= assign F.m#3
                n["d"] = 1 //= assign F.n
            }
            delete(m, "b") //= delete F.m
        }
    """,
    "a short declaration that declares something else too assigns to what its own block declares": """
        package m

        func pair() (map[string]int, error) { return nil, nil }

        func F(in map[string]int) (out map[string]int, err error) {
            in, ok := pair() //= reset F.in
            _ = ok
            out, n := pair() //= reset F.out
            in["a"], out["b"] = 1, 2 //= assign F.in, assign F.out
            if true {
                out, err := pair()
                out["c"], _ = 1, err //= assign F.out#2
            }
            _ = n
            return
        }
    """,
    "no parameter is in scope in the types of the parameters": """
        package m

        import "net/url"

        type header map[string]string

        func F(url string, values url.Values, header header) {
            values["a"] = nil //= assign F.values
            header["b"] = url //= assign F.header
        }
    """,
    "the clauses of if, for, switch and select": """
        package m

        func F(ms []map[string]int, in chan map[string]int, any any) {
            for i, m := 0, ms[0]; i < len(m); i++ { //= len F.m
                m["a"] = i //= assign F.m
            }
            if m, ok := <-in; ok {
                m["b"] = 1 //= assign F.m#2
            } else if n := m; n == nil {
                n["c"]++ //= inc-dec F.n
            }
            switch m := ms[1]; {
            case len(m) > 1: //= len F.m#3
                m := ms[2]
                m["d"] = 1 //= assign F.m#4
            default:
                m["e"] = 1 //= assign F.m#3
            }
            switch m := any.(type) {
            case map[string]int:
                m["f"] = 1 //= assign F.m#5
            case []map[string]int:
                m[0]["g"] = 1 //= assign F.m#6[]
            }
            select {
            case m := <-in:
                m["h"] = 1 //= assign F.m#7
            case ms[0]["i"] = <-make(chan int): //= assign F.ms[]
            case ms[1] = <-in: //= reset F.ms[]
            }
        }
    """,
    "closures": """
        package m

        var cache = func() map[string]int {
            made := map[string]int{}
            made["a"] = 1 //= assign cache.func1.made
            return made //= return cache.func1.made
        }()

        func F() func() {
            seen := map[string]int{}
            return func() {
                seen["a"]++ //= inc-dec F.seen
                tmp := map[string]int{}
                func() { tmp["b"] = 1 }() //= assign F.func1.tmp
            }
        }

        type T struct{ f func(m map[string]int) }

        var t = T{f: func(m map[string]int) {
            m["c"] = 1 //= assign t.func1.m
        }}
    """,
    "functions that may be declared again": """
        package m

        func init() {
            m := map[string]int{}
            m["a"] = 1 //= assign init.m
        }

        func init() {
            m := map[string]int{}
            m["b"] = 1 //= assign init#2.m
        }

        var _ = func() int {
            m := map[string]int{}
            m["c"] = 1 //= assign _.func1.m
            return 0
        }()

        var _ = func() int {
            m := map[string]int{}
            m["d"] = 1 //= assign _#2.func1.m
            return 0
        }()
    """,
    "predeclared names may be declared": """
        package m

        type maps struct{ all map[string]int }

        func (maps) Copy(to, from map[string]int) {}

        func F(maps maps) {
            make := func(int) map[string]int { return nil }
            m := make(1)
            m["a"] = 1 //= assign F.m
            delete := func(map[string]int, string) {}
            delete(m, "a") //= pass F.m
            maps.Copy(m, m) //= pass F.m, pass F.m
            len := func(map[string]int) map[string]int { return nil }
            len(m)["b"] = 2 //= assign F.(expression), pass F.m
            new := func(p map[string]int) map[string]int { return p } //= return F.func4.p
            n := new(m) //= pass F.m
            n["c"] = 3 //= assign F.n
            type string = int
            k := map[string]bool{}
            k[1] = true //= assign F.k
        }
    """,
    "a labelled statement declares into the block around it": """
        package m

        func F(in []int) {
        made:
            m := map[int]int{}
        again:
            for _, i := range in {
                if i == 0 {
                    continue again
                }
                m[i] = 1 //= assign F.m
            }
            if m[0] > 9 { //= index F.m
                goto made
            }
        }
    """,
    "a type declared in a function": """
        package m

        func F() {
            type key struct{ a int }
            type set map[key]bool
            type box struct {
                in  set
                out *box
            }
            b := box{}
            b.in[key{}] = true //= assign F.box.in
            b.out.out.in[key{}] = true //= assign F.box.in
            if b.out != nil {
                type box struct{ in map[int]set }
                b := &box{}
                b.in[1][key{}] = true //= assign F.box#2.in[], index F.box#2.in
            }
        }
    """,
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_names(text: str) -> None:
    check_file(text)


def test_imports_are_a_matter_of_the_file() -> None:
    check(
        {
            "store/s.go": """
                package cache

                type Set map[string]bool

                var All = Set{}

                func New() Set { return nil }
            """,
            "a.go": """
                package m

                import "example.com/m/store"

                func A() {
                    cache.All["a"] = true //= assign store.All
                    cache.New()["b"] = true //= assign A.(expression)
                }
            """,
            "b.go": """
                package m

                import other "example.com/m/store"

                var own = other.Set{}

                func B() {
                    own["a"] = true //= assign own
                    other.All["b"] = true //= assign store.All
                }
            """,
            "c/c.go": """
                package c

                import . "example.com/m/store"
                import . "net/http"

                func C(set Set, h Header) {
                    All["a"] = true //= assign store.All
                    s := New()
                    s["b"] = true //= assign c.C.s
                    set["c"] = true //= assign c.C.set
                    h["d"] = nil //= assign c.C.h
                    DefaultClient = nil
                }
            """,
        }
    )
