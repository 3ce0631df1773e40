"""Which map an expression is: fields, embedding, results, generics and all else that takes types to know."""

from __future__ import annotations

import pytest
from written import check_file

CASES = {
    "embedding, also through pointers, aliases and interfaces": """
        package m

        type base struct{ items map[string]int }
        type alias = base
        type mid struct{ *alias }
        type Top struct {
            mid
            items2 map[string]int
        }
        type set map[string]int
        type Own struct{ set }
        type Keeper interface{ Items() map[string]int }
        type Holder struct{ Keeper }
        type Outer struct{ *Holder }

        func (b *base) add(k string) {
            b.items[k] = 1 //= assign base.items
        }

        func F(t *Top, o Own, h Outer) {
            t.items["a"] = 1 //= assign base.items
            t.mid.alias.items["b"] = 1 //= assign base.items
            t.items2["c"] = 1 //= assign Top.items2
            o.set["d"] = 1 //= assign Own.set
            h.Items()["e"] = 1 //= assign F.(expression)
            (*t).mid.items["f"]++ //= inc-dec base.items
        }
    """,
    "a sync.Map is named by the field that it is": """
        package m

        import "sync"

        type T struct {
            sync.Map
            other *sync.Map
            shards [4]struct{ m sync.Map }
        }

        var all sync.Map

        func F(t *T, p *sync.Map) {
            t.Store(1, 2) //= Store T.Map
            t.other.Delete(1) //= Delete T.other
            t.shards[1].m.LoadOrStore(1, 2) //= LoadOrStore T.shards.m
            all.CompareAndSwap(1, 2, 3) //= CompareAndSwap all
            v, ok := p.Load(all.Swap(1, 2)) //= Load F.p, Swap all
            _, _ = v, ok
        }
    """,
    "nested maps, arrays and pointers": """
        package m

        type grid [3][]map[string]map[int]bool

        var byTenant = map[string]map[string]int{}

        func F(g *grid, p *map[string]int, pp **map[string]int) {
            byTenant["a"]["b"] = 1 //= assign byTenant[], index byTenant
            g[1][2]["a"][3] = true //= assign F.g[][][], index F.g[][]
            (*p)["a"] = 1 //= assign F.p
            delete(**pp, "b") //= delete F.pp
            *p = map[string]int{} //= reset F.p
            for range g[0] {
            }
            for k, m := range g[0][0] { //= range F.g[][]
                m[len(k)] = true //= assign F.m
            }
        }
    """,
    "structs without a name": """
        package m

        var state struct {
            sessions map[string]int
            inner    []struct{ m map[int]int }
        }
        var made = &struct{ m map[int]int }{}
        var zero = new(struct{ m map[int]int })

        func F(opts struct{ m map[int]int }) {
            state.sessions["a"] = 1 //= assign state.sessions
            state.inner[0].m[1] = 1 //= assign state.inner.m
            made.m[1] = 1 //= assign made.m
            zero.m[1] = 1 //= assign zero.m
            opts.m[1] = 1 //= assign F.opts.m
            local := []struct{ m map[int]int }{{m: nil}}
            local[0].m[1] = 1 //= assign F.local.m
            for _, each := range local {
                each.m[2] = 2 //= assign F.local.m
            }
            var typed struct{ m map[int]int }
            typed.m[1] = 1 //= assign F.typed.m
            sparse := make(map[string]struct{ m map[int]int })
            sparse["a"].m[1] = 1 //= assign F.sparse[].m, index F.sparse
        }
    """,
    "what calls, conversions, assertions and channels give": """
        package m

        import (
            "net/http"
            "net/url"
        )

        type set map[string]bool
        type T struct{ f func(int) (set, error) }

        func (t *T) self() *T { return t }
        func (t *T) set() set { return nil }
        func two() (a set, b map[int]int) { return }

        func F(t *T, x any, in <-chan set, r *http.Request) {
            a, b := two()
            a["a"], b[1] = true, 2 //= assign F.a, assign F.b
            c, err := t.self().f(1)
            c["b"] = err == nil //= assign F.c
            d := set(x.(map[string]bool))
            d["c"] = true //= assign F.d
            e, ok := x.(set)
            e["d"] = ok //= assign F.e
            f, ok := <-in
            f["e"] = ok //= assign F.f
            x.(set)["f"] = true //= assign F.(expression)
            set(d)["g"] = true //= assign F.(expression)#2
            get := t.set
            get()["h"] = true //= assign F.(expression)#3
            (*T).set(t)["i"] = true //= assign F.(expression)#4
            header := r.Header
            header["A"] = nil //= assign F.header
            r.Header["B"] = nil //= assign net/http.Request.Header
            url.Values{}["q"] = nil //= assign F.(expression)#5
            query, _ := url.ParseQuery("")
            query["k"] = nil //= assign F.query
            var g, h = two()
            delete(g, "a") //= delete F.g
            clear(h) //= clear F.h
        }
    """,
    "several values handed on as arguments or results": """
        package m

        func pair() (map[string]int, int) { return nil, 0 }
        func same() (map[string]int, int) { return pair() }
        func first(m map[string]int, n int) map[string]int {
            return m //= return first.m
        }

        func F() {
            m, _ := same()
            m["a"] = 1 //= assign F.m
            n := first(pair())
            n["b"] = 1 //= assign F.n
        }
    """,
    "generic types and functions": """
        package m

        import (
            "cmp"
            "maps"
            "slices"
        )

        type Cache[K comparable, V any] struct {
            items map[K]V
            next  *Cache[K, V]
        }
        type Store[K comparable] struct{ Cache[K, map[K]int] }
        type List[T any] []T
        type Named[V any] = map[string]V
        type ordered interface{ cmp.Ordered }

        func (c *Cache[A, B]) Put(k A, v B) *Cache[A, B] {
            c.items[k] = v //= assign Cache.items
            return c
        }
        func (c *Cache[A, B]) Get(k A) (v B, ok bool) {
            v, ok = c.items[k] //= index Cache.items
            return
        }
        func (c *Cache[A, B]) As(f func(B)) List[B] { return nil }

        func fill[M ~map[K]V, K ordered, V any](m M, k K, v V) M {
            m[k] = v //= assign fill.m
            for k := range m { //= range fill.m
                _ = k
            }
            return m //= return fill.m
        }
        func either[T map[string]int | Named[int]](m T) { m["a"] = 1 } //= assign either.m
        func both[M interface{ ~map[string]int; Len() int }](m M) { m["a"] = m.Len() } //= assign both.m
        func apply[T, R any](in []T, f func(T) R) (out []R) { return }
        func make2[T any]() (T, error) { panic(0) }

        func F(c *Cache[string, map[int]bool], s Store[string], l List[map[string]int]) {
            c.Put("a", nil).items["b"][1] = true //= assign Cache.items[], index Cache.items
            v, _ := c.Get("a")
            v[1] = true //= assign F.v
            w, _ := s.Get("b")
            w["c"] = 1 //= assign F.w
            c.As(nil)[0][1] = true //= assign F.(expression)
            l[0]["d"] = 1 //= assign F.l[]
            x := fill(v, 1, true) //= pass F.v
            x[2] = true //= assign F.x
            fill(Named[int]{}, "e", 1)["f"] = 2 //= assign F.(expression)#2
            mapped := apply(l, func(m map[string]int) map[int]string { return nil })
            mapped[0][1] = "g" //= assign F.mapped[]
            y, err := make2[map[string]bool]()
            y["h"] = err == nil //= assign F.y
            z := maps.Clone(y) //= pass F.y
            z["i"] = true //= assign F.z
            sorted := slices.SortedFunc(maps.Values(map[int]map[string]int{}), nil)
            sorted[0]["j"] = 1 //= assign F.sorted[]
            put := c.Put
            put("k", nil).items["l"] = nil //= assign Cache.items
        }
    """,
    "methods with type parameters of their own": """
        package m

        type T struct{}

        func (T) Fill[V any](m map[string]V, v V) map[string]V {
            m["a"] = v //= assign T.Fill.m
            return m //= return T.Fill.m
        }

        func F(t T, m map[string]bool) {
            t.Fill(m, true)["b"] = false //= assign F.(expression), pass F.m
            n := t.Fill[bool](m, true) //= pass F.m
            n["c"] = true //= assign F.n
        }
    """,
    "ranging over functions and integers": """
        package m

        import "iter"

        type group struct{ members map[string]int }

        func (g *group) all() iter.Seq2[string, map[string]int] { return nil }
        func (g *group) each(yield func(*group) bool) {}

        func F(g *group, names iter.Seq[map[string]bool]) {
            for k, m := range g.all() {
                m[k] = 1 //= assign F.m
            }
            for other := range g.each {
                other.members["a"] = 1 //= assign group.members
            }
            for set := range names {
                set["b"] = true //= assign F.set
            }
            count := map[int]int{}
            for i := range 3 {
                count[i]++ //= inc-dec F.count
            }
            for count[1], count[2] = range []int{} { //= assign F.count, assign F.count
            }
        }
    """,
    "library functions that change their argument do it once": """
        package m

        import (
            "maps"
            "slices"
        )

        type T struct{ m map[string]int }

        func F(t *T, from map[string]int) {
            maps.Copy(t.m, from) //= copy T.m, pass F.from
            maps.DeleteFunc(t.m, func(k string, v int) bool { return v > from[k] }) //= delete-func T.m, index F.from
            maps.Insert(t.m, maps.All(from)) //= copy T.m, pass F.from
            _ = slices.Collect(maps.Keys(t.m)) //= pass T.m
        }
    """,
    "operations inside operations": """
        package m

        type T struct {
            calls map[string][]func(map[string]int) int
            byID  map[int]*T
            sizes map[string]int
        }

        func F(t *T) {
            t.calls["a"][0](t.sizes) //= index T.calls, pass T.sizes
            t.byID[1].byID[2] = t //= index T.byID, assign T.byID
            t.byID[1].sizes["a"] += len(t.byID) //= index T.byID, op-assign T.sizes, len T.byID
            t.sizes["b"], t.sizes["c"] = t.sizes["d"], 0 //= assign T.sizes, assign T.sizes, index T.sizes
            delete(t.byID, t.sizes["e"]) //= delete T.byID, index T.sizes
            if _, ok := t.calls["f"]; !ok { //= index T.calls
                t.calls["f"] = append(t.calls["f"], nil) //= assign T.calls, index T.calls
            }
            defer func() { delete(t.sizes, "g") }() //= delete T.sizes
            go F(t.byID[len(t.sizes)]) //= index T.byID, len T.sizes
        }
    """,
    "constants and their types": """
        package m

        import "time"

        type level int

        const (
            low level = iota
            high
            limit = 1 << 3
            wait  = 2 * time.Second
        )

        func F(levels map[level]int, waits map[time.Duration]int) {
            h := high
            levels[h] = limit //= assign F.levels
            waits[wait] = 1 //= assign F.waits
            kinds := [...]map[level]int{low: {}, high: levels}
            kinds[high][low]++ //= inc-dec F.kinds[]
        }
    """,
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_maps(text: str) -> None:
    check_file(text)
