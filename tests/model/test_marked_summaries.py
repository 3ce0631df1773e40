"""What functions do to maps, locks, goroutines and callbacks, through what they call too; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check, check_file
from programs import program

FILES = {
    "maps of parameters, receivers and packages": """
        package m

        import "sync"

        type T struct { items map[string]int; by sync.Map; inner *T }

        var all = map[string]int{}

        func fill(m map[string]int) { m["a"]++ } // does: inserts fill.m
        func (t *T) put(k string) { t.items[k] = 1 } // does: inserts T.put.t.items
        func (t *T) drop(k string) { delete(t.items, k) } // does: removes T.drop.t.items
        func (t *T) reset() { t.items = map[string]int{} } // does: resets T.reset.t.items
        func (t *T) size() int { return len(t.items) } // does: reads T.size.t.items
        func (t *T) get() map[string]int { return t.items } // does: escapes T.get.t.items
        func (t *T) sync() { t.by.Store(1, 1); t.by.Delete(1) } // does: inserts T.sync.t.by, removes T.sync.t.by
        func global() { all["a"] = 1; clear(all) } // does: inserts all, removes all
        func own() { m := map[string]int{}; m["a"] = 1; fill(m) } // does: nothing

        func (t *T) both() { // does: inserts T.both.t.items, inserts T.both.t.inner.items, inserts all, removes all
            fill(t.items)
            t.inner.put("")
            global()
        }
        func alias(t *T, on bool) { // does: inserts alias.t.items, inserts all
            m := t.items
            if on {
                m = all
            }
            m["a"] = 1
        }
        func share(t, u *T) { // does: reads share.u.items, escapes share.t.items
            u.inner = &T{items: t.items}
            _ = u.items["a"]
        }
        func publish(m map[string]int, out chan map[string]int) { // does: escapes publish.m
            out <- m
        }
    """,
    "what is stored somewhere else": """
        package m

        import (
            "maps"
            "sync"
        )

        type T struct { items map[string]int; by sync.Map }

        var list []map[string]int
        var kept sync.Map

        func (t *T) listed() { list = append(list, t.items) } // does: escapes T.listed.t.items
        func (t *T) stored() { kept.Store("a", t.items) } // does: inserts kept, escapes T.stored.t.items
        func (t *T) address() *sync.Map { return &t.by } // does: escapes T.address.t.by
        func (t *T) named() (r map[string]int) { // does: escapes T.named.t.items
            r = t.items
            return
        }
        func (t *T) cloned() map[string]int { return maps.Clone(t.items) } // does: reads T.cloned.t.items
        func (t *T) copied(m map[string]int) { // does: inserts T.copied.t.items, reads T.copied.m
            maps.Copy(t.items, m)
        }
        func (t *T) deferred() { defer t.stored() } // does: inserts kept, escapes T.deferred.t.items
        func replaced(m map[string]int, t *T) { // does: resets replaced.t.items
            m = nil
            func() { // does: resets replaced.m, resets replaced.t.items
                m, t.items = nil, nil
            }()
        }
        func through(m *map[string]int) { *m = nil } // does: resets through.m
    """,
    "elements, variadic parameters and range values": """
        package m

        type T struct { items map[string]int; inner map[string]map[string]int; next *T }
        type E struct { *T }

        func (t *T) put() { t.items["a"] = 1 } // does: inserts T.put.t.items
        func (t *T) nested() { t.inner["a"]["b"] = 1 } // does: inserts T.nested.t.inner[], reads T.nested.t.inner
        func each(ts []*T) { // does: inserts each.ts[].items, removes each.ts[].items
            for _, t := range ts {
                t.put()
                delete(t.items, "a")
            }
        }
        func all(ts ...*T) { each(ts) } // does: inserts all.ts[].items, removes all.ts[].items
        func two(t, u *T) { // does: inserts two.t.items, inserts two.u.items, removes two.t.items, removes two.u.items
            all(t, u)
        }
        func either(t, u *T, on bool) { // does: inserts either.t.items, inserts either.u.items
            v := t
            if on {
                v = u
            }
            v.put()
        }
        func promoted(e E) { e.put() } // does: inserts promoted.e.T.items
        func generic[K comparable, V any](m map[K]V, k K, v V) { m[k] = v } // does: inserts generic.m
        func instantiated(t *T) { generic(t.items, "a", 1) } // does: inserts instantiated.t.items
    """,
    "recursion": """
        package m

        type node struct { seen map[string]bool; next *node }

        func walk(m map[string]bool, depth int) { // does: inserts walk.m, reads walk.m
            if m["a"] {
                back(m, depth-1)
            }
        }
        func back(m map[string]bool, depth int) { // does: inserts back.m, reads back.m
            m["a"] = true
            walk(m, depth)
        }
        func swap(a, b map[string]bool) { // does: inserts swap.a, inserts swap.b
            a["a"] = true
            swap(b, a)
        }
    """,
    "interfaces and function values": """
        package m

        type store interface { put(k string) }
        type a struct { items map[string]int }
        type b struct { names map[string]int }

        func (x *a) put(k string) { x.items[k] = 1 } // does: inserts a.put.x.items
        func (x b) put(k string) { x.names[k] = 1 } // does: inserts b.put.x.names
        func into(s store) { s.put("") } // does: inserts into.s.items, inserts into.s.names

        var hook = func(m map[string]int) { m["a"] = 1 }
        func hooked(m map[string]int) { hook(m) } // does: inserts hooked.m, runs hook
    """,
    "locks": """
        package m

        import "sync"

        type T struct { mu sync.RWMutex; items map[string]int }

        func (t *T) lock() { t.mu.Lock() } // does: takes T.lock.t.mu, locks T.mu
        func (t *T) unlock() { t.mu.Unlock() } // does: releases T.unlock.t.mu
        func (t *T) put() { // does: inserts T.put.t.items, locks T.mu
            t.lock()
            defer t.unlock()
            t.items["a"] = 1
        }
        func (t *T) outer() { t.put() } // does: inserts T.outer.t.items, locks T.mu
    """,
    "goroutines and callbacks": """
        package m

        import (
            "net/http"
            "sort"
        )

        type T struct { hooks []func(); on func() }

        func work() {}
        func start() { go work() } // does: starts work
        func indirect() { start() } // does: starts work
        func run(f func()) { f() } // does: runs run.f
        func relay(f func()) { run(f) } // does: runs relay.f
        func apart(f func()) { go f() } // does: runs apart.f
        func (t *T) add(f func()) { t.hooks = append(t.hooks, f) } // does: keeps T.add.f
        func (t *T) set(f func()) { t.on = f } // does: keeps T.set.f
        func (t *T) fire() { t.on() } // does: runs T.fire.t.on
        func back(f func()) func() { return f } // does: keeps back.f
        func sorted(names []string, less func(i, j int) bool) { sort.Slice(names, less) } // does: runs sorted.less
        func handle(f func(http.ResponseWriter, *http.Request)) { // does: keeps handle.f
            http.HandleFunc("/", f)
        }
        func begin() { apart(func() {}) } // does: starts begin.func1
    """,
    "literals": """
        package m

        import "net/http"

        func each(m map[string]int, f func(string)) { // does: reads each.m, runs each.f
            for name := range m {
                f(name)
            }
        }
        func count(m, out map[string]int) { // does: reads count.m, inserts count.out
            each(m, func(name string) {
                out[name]++
            })
        }
        func later(m map[string]int, f func()) { // does: keeps later.f
            http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { // does: inserts later.m, runs later.f
                m["a"] = 1
                f()
            })
        }
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_summaries_in_one_file(text: str) -> None:
    check_file(text)


def test_across_packages() -> None:
    check(
        {
            "m.go": """
                package m

                import "example.com/m/store"

                type T struct{ s *store.Store }

                func (t *T) Put() { t.s.Put() } // does: inserts T.Put.t.s.Items, inserts store.All
            """,
            "store/s.go": """
                package store

                type Store struct{ Items map[string]int }

                var All = map[string]int{}

                func (s *Store) Put() { // does: inserts store.Store.Put.s.Items, inserts store.All
                    s.Items["a"], All["a"] = 1, 1
                }
            """,
        }
    )


def test_a_recursion_over_a_list_is_told_for_its_first_elements() -> None:
    found = program(
        {
            "m.go": """
                package m

                type list struct { m map[string]bool; next *list }

                func (l *list) fill() {
                    l.m["a"] = true
                    if l.next != nil {
                        l.next.fill()
                    }
                }
            """
        }
    )
    (fill,) = found.functions
    assert found.summaries.of(fill).inserts == {
        f"example.com/m.list.fill.l{'.next' * steps}.m" for steps in range(6)
    }
