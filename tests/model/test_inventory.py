"""What the inventory says of each map besides the operations: kinds, types, locks, guards, verdicts, places."""

from __future__ import annotations

import pytest
from programs import program

from maplint.inventory import MapSite, Operation

STORE = {
    "store/store.go": """
        package store

        import "sync"

        type Item struct{ n int }

        type Cache[K comparable] struct {
            mu    sync.RWMutex
            items map[K]*Item
            sync.Map
            nested map[string]map[int][]Item
        }

        func (c *Cache[K]) Put(k K, v *Item) {
            c.mu.Lock()
            defer c.mu.Unlock()
            if c.items == nil {
                c.items = map[K]*Item{}
            }
            c.items[k] = v
        }

        func (c *Cache[K]) Get(k K) (found *Item) {
            c.mu.RLock()
            defer c.mu.RUnlock()
            return c.items[k]
        }

        func (c *Cache[K]) Reset() {
            c.mu.Lock()
            c.items = make(map[K]*Item)
            c.mu.Unlock()
            c.Map.CompareAndSwap(1, 2, 3)
        }

        func (c *Cache[K]) Len(seen map[K]bool) (out map[string]int) {
            names := map[string]int{}
            add := func() { names["a"]++ }
            add()
            for k := range c.items {
                seen[k] = true
            }
            return map[string]int{"a": len(c.items)}
        }
    """,
    "main.go": """
        package main

        import (
            "flag"
            "net/http"

            "example.com/m/store"
        )

        var Blobs = map[string]*store.Item{}

        func init() { Blobs["a"] = nil }

        func main() {
            http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
                Blobs[r.URL.Path] = nil
                w.Header()["X"] = r.Header["Y"]
                flag.CommandLine.Usage = nil
                new(store.Cache).Reset()
            })
            http.ListenAndServe("", nil)
        }
    """,
}


def found(all_variables: bool) -> dict[str, MapSite]:
    sites = program(STORE).inventory(all_variables).sites
    assert list(sites) == sorted(sites, key=lambda site: (site.place, site.symbol))
    return {site.symbol.removeprefix("example.com/m."): site for site in sites}


def told(operation: Operation) -> tuple[str, int, str, tuple[str, ...]]:
    """Operation, line, function and locks, without the path of the module."""
    prefix = "example.com/m/store."
    locks = tuple(lock.removeprefix(prefix) for lock in operation.locks)
    return operation.op, operation.place.line, operation.function.removeprefix(prefix), locks


def test_sites_are_what_lives_long() -> None:
    sites = found(all_variables=False)
    assert {name: site.kind for name, site in sites.items()} == {
        "Blobs": "package-var",
        "example.com/m/store.Cache.Map": "field",
        "example.com/m/store.Cache.items": "field",
        "example.com/m/store.Cache.nested": "field",
        "example.com/m/store.Cache.nested[]": "field",
        "example.com/m/store.Cache.Len.names": "local",
    }


def test_a_site_with_all_that_is_done_to_it() -> None:
    items = found(all_variables=False)["example.com/m/store.Cache.items"]
    held, read = ("Cache.mu",), ("Cache.mu (read)",)
    assert [told(each) for each in items.inserts] == [("assign", 21, "Cache.Put", held)]
    assert [told(each) for each in items.resets] == [("reset", 32, "Cache.Reset", held)]
    assert items.removes == ()
    assert [told(each) for each in items.reads] == [
        ("index", 27, "Cache.Get", read),
        ("range", 41, "Cache.Len", ()),
        ("len", 44, "Cache.Len", ()),
    ]
    assert items.guards == ("example.com/m/store.Cache.mu",)
    assert items.verdict == "bounded"
    assert items.reasons
    assert (items.place.line, items.place.column, items.place.end_column) == (10, 5, 10)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Blobs", ("map[string]*store.Item", "string", "*store.Item")),
        ("example.com/m/store.Cache.items", ("map[K]*Item", "K", "*Item")),
        ("example.com/m/store.Cache.Map", ("sync.Map", "any", "any")),
        ("example.com/m/store.Cache.nested", ("map[string]map[int][]Item", "string", "map[int][]Item")),
        ("example.com/m/store.Cache.nested[]", ("map[int][]Item", "int", "[]Item")),
    ],
)
def test_types_as_go_writes_them(name: str, texts: tuple[str, str, str]) -> None:
    site = found(all_variables=False)[name]
    assert (site.type, site.key_type, site.value_type) == texts
    assert site.is_sync_map is (site.type == "sync.Map")


def test_a_write_that_never_adds_stands_with_the_inserts() -> None:
    (update,) = found(all_variables=False)["example.com/m/store.Cache.Map"].inserts
    assert told(update) == ("CompareAndSwap", 34, "Cache.Reset", ())


def test_a_verdict_counts_run_time_alone() -> None:
    blobs = found(all_variables=False)["Blobs"]
    assert [each.function for each in blobs.inserts] == ["example.com/m.init", "example.com/m.main.func1"]
    assert blobs.verdict == "unbounded"


def test_all_lists_every_variable_that_is_a_map() -> None:
    kinds = {name: (site.kind, site.verdict) for name, site in found(all_variables=True).items()}
    sites = {name: (site.kind, site.verdict) for name, site in found(all_variables=False).items()}
    inner = "example.com/m/store.Cache.nested[]"
    assert kinds == {name: kind for name, kind in sites.items() if name != inner} | {
        inner: sites[inner],
        "example.com/m/store.Cache.Len.seen": ("parameter", "unknown"),
        "example.com/m/store.Cache.Len.out": ("result", "unknown"),
        "main.func1.(expression)": ("expression", "unknown"),
        "net/http.Request.Header": ("field", "unknown"),
    }


def test_what_is_declared_elsewhere_stands_where_it_is_used_first() -> None:
    header = found(all_variables=True)["net/http.Request.Header"]
    assert (header.place.line, [each.op for each in header.reads]) == (18, ["index"])
    assert header.type == "http.Header"


GUARDS = """
    package m

    import "sync"

    type Store struct {
        mu    sync.Mutex
        locks [16]sync.Mutex
        items map[string]int%s
    }
    func (s *Store) lockOf(key string) *sync.Mutex { return &s.locks[len(key)%%16] }
    %s
"""


MU = ("example.com/m.Store.mu",)
STATED = " // guarded by mu"
UNLOCKED = "func (s *Store) Put(k string) { s.items[k] = 1 }"
LOCKED = "func (s *Store) Put(k string) { s.mu.Lock(); s.items[k] = 1; s.mu.Unlock() }"
ONE_OF_MANY = "func (s *Store) Put(k string) { mu := s.lockOf(k); mu.Lock(); s.items[k] = 1; mu.Unlock() }"
SAID = "func (s *Store) PutLocked(k string) { s.items[k] = 1 }"


@pytest.mark.parametrize(
    ("comment", "method", "guards"),
    [
        ("", LOCKED, MU),
        ("", ONE_OF_MANY, ("unknown",)),
        ("", SAID, ("unknown",)),
        (STATED, SAID, MU),
        (STATED, "", MU),
        ("", UNLOCKED, ()),
    ],
    ids=["held", "one of many", "said to be held", "said which", "stated", "none"],
)
def test_guards_are_the_locks_that_are_known_to_be_held(
    comment: str, method: str, guards: tuple[str, ...]
) -> None:
    (site,) = program({"m.go": GUARDS % (comment, method)}).inventory(all_variables=False).sites
    assert site.guards == guards
