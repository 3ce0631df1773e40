"""Accesses that never meet: other objects, code that does not run, maps that are gone, locks that go along."""

from __future__ import annotations

import pytest
from programs import program
from test_races import STORE, found

from maplint.finding import Confidence

MADE = """
type Meta struct { snap map[string]int }
func (m *Meta) Dump() { m.snap = map[string]int{}; m.snap["x"] = 1 }
func NewMeta() *Meta { return &Meta{} }
func backup(m *Meta) { for { m.Dump() } }
"""


def test_each_call_of_a_constructor_makes_an_object_of_its_own() -> None:
    apart = "func Mount() { m := NewMeta(); go backup(m) }; func Serve() { m := NewMeta(); go backup(m) }"
    assert found(MADE + apart, "Meta.snap") == set()
    shared = "func Mount() { m := NewMeta(); go backup(m); go backup(m) }"
    assert found(MADE + shared, "Meta.snap") == {("unguarded", "Meta.Dump")}


@pytest.mark.parametrize(("value", "kinds"), [("false", set()), ("true", {("unlocked-read", "Store.Has")})])
def test_what_a_constant_keeps_from_running_is_no_access(value: str, kinds: set[tuple[str, str]]) -> None:
    read = "func (s *Store) Has(key string) { if debug { println(s.items[key]) } }"
    assert found(f"{STORE} const debug = {value}\n{read}") == kinds


START_UP = """
var mu sync.Mutex
var early = map[string]int{}
func Add(name string) { mu.Lock(); defer mu.Unlock(); if early != nil { early[name] = 1 } }
func Get(name string) int { return early[name] }
"""


def test_a_map_that_init_drops_is_for_start_up_alone() -> None:
    assert found(START_UP, "early") == {("unlocked-read", "Get")}
    assert found(START_UP + "func init() { early = nil }", "early") == set()


ADDRESS = """
type Group struct { mu sync.Mutex; calls map[string]int }
func (g *Group) Do(key string) { g.mu.Lock(); defer g.mu.Unlock(); g.calls[key]++ }
func (g *Group) Forget(key string) { g.mu.Lock(); defer g.mu.Unlock(); delete(g.calls, key) }
type Resolver struct { group Group }
func (r *Resolver) Lookups() %s { return %sr.group }
"""


def test_whoever_has_the_address_of_a_struct_has_its_lock_too() -> None:
    assert found(ADDRESS % ("*Group", "&"), "Group.calls") == set()
    assert found(ADDRESS % ("Group", ""), "Group.calls") == {("escape", "Resolver.Lookups")}


VIEW = """
type View struct { mu *sync.RWMutex; items map[string]int }
type Base struct { mu *sync.RWMutex; items, last map[string]int }
func (b *Base) Put(key string) { b.mu.Lock(); defer b.mu.Unlock(); b.items[key] = 1 }
func (b *Base) Drop(key string) { b.mu.Lock(); defer b.mu.Unlock(); delete(b.items, key) }
"""


def test_a_map_that_goes_along_with_its_lock_does_not_escape() -> None:
    view = "func (b *Base) View(o *Base) *View { return &View{mu: %s.mu, items: b.items} }"
    assert found(VIEW + view % "b", "Base.items") == set()
    assert found(VIEW + view % "o", "Base.items") == {("escape", "Base.View")}


def test_a_map_that_another_field_of_its_object_gets_does_not_escape() -> None:
    keep = "func (b *Base) Keep(o *Base) { b.mu.Lock(); defer b.mu.Unlock(); %s.last = b.items }"
    assert found(VIEW + keep % "b", "Base.items") == set()
    assert found(VIEW + keep % "o", "Base.items") == {("escape", "Base.Keep")}


@pytest.mark.parametrize(
    ("gives", "kinds"),
    [
        ("b.mu = new(sync.RWMutex)", set()),
        ("b.mu = &sync.RWMutex{}", set()),
        ("b.mu = o.mu", {("inconsistent", "Base.Provision")}),
        ("o.mu = new(sync.RWMutex)", {("inconsistent", "Base.Provision")}),
        ("if b.mu == nil { b.mu = new(sync.RWMutex) }", {("inconsistent", "Base.Provision")}),
    ],
)
def test_who_makes_the_lock_is_alone(gives: str, kinds: set[tuple[str, str]]) -> None:
    provision = f"func (b *Base) Provision(o *Base) {{ b.items = map[string]int{{}}; {gives} }}"
    assert found(VIEW + provision, "Base.items") == kinds


LOADED = """
func (s *Store) each(fill func(string), done func()) {
    view(func() { rows(func(key string) { fill(key) }) }, done)
}
func view(tx, done func()) { sync.OnceFunc(tx)(); %s }
func rows(row func(string)) { row("a") }
func NewStore() *Store {
    s := &Store{}
    s.each(func(key string) { s.items[key] = 1 }, func() { s.items = nil })
    return s
}
"""


def test_a_literal_that_runs_while_its_object_is_made_needs_no_lock() -> None:
    assert found(STORE + LOADED % "done()") == set()
    assert found(STORE + LOADED % "go done()") != set()


WARM = """
func NewStore() *Store { s := &Store{items: map[string]int{}}; s.Warm(); %s; return s }
func (s *Store) Warm() { %s; s.each(func(key string) { s.items[key] = 1 }) }
func (s *Store) each(fill func(string)) { fill("a") }
"""


def test_a_literal_runs_under_the_lock_of_a_method_that_only_its_constructor_calls() -> None:
    held = "s.mu.Lock(); defer s.mu.Unlock()"
    assert found(STORE + WARM % ("", held)) == set()
    assert found(STORE + WARM % ("go s.Warm()", held)) == set()
    assert found(STORE + WARM % ("go s.Warm()", "")) == {("inconsistent", "Store.Warm.func1")}


FILLED = """
type Sets struct { mu sync.Mutex; by map[string][]Name; owner *Sets }
type Name string
func (s *Sets) Put(key string) { s.mu.Lock(); defer s.mu.Unlock(); s.by[key] = nil }
func (s *Sets) Drop(key string) { s.mu.Lock(); defer s.mu.Unlock(); delete(s.by, key) }
func (s *Sets) fill(name Name) { %s }
func NewSets(name Name) *Sets { s := &Sets{by: map[string][]Name{}}; s.fill(name); return s }
var kept []Name
var known *Sets
"""


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ('s.by["a"] = append(s.by["a"], name)', set()),
        ('kept[0] = s.by["a"][0]; s.by["a"] = nil', set()),
        ('s.by["a"] = nil; known = s', set()),
        ('known = s; s.by["a"] = nil', {("inconsistent", "Sets.fill")}),
        ('known.owner = s.owner; s.by["a"] = nil', {("inconsistent", "Sets.fill")}),
    ],
)
def test_an_object_that_is_filled_before_anybody_sees_it_needs_no_lock(
    body: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(FILLED % body, "Sets.by") == kinds


LAZY = """
var last = &Store{}
func (s *Store) Diff(key string) *Store {
    var diff *Store
    get := func() *Store { if diff == nil { diff = %s }; return diff }
    get().items = map[string]int{}
    return diff
}
"""


def test_an_object_that_a_literal_makes_when_it_is_needed_is_the_function_s_own() -> None:
    assert found(STORE + LAZY % "new(Store)") == set()
    assert found(STORE + LAZY % "last") == {("inconsistent", "Store.Diff")}


FAKE = """
type Holder struct { t %s; mu sync.Mutex; items map[string]int }
func (f *Holder) Put(key string) { f.mu.Lock(); defer f.mu.Unlock(); f.items[key] = 1 }
func (f *Holder) Drop(key string) { f.mu.Lock(); defer f.mu.Unlock(); delete(f.items, key) }
func (f *Holder) Has(key string) bool { return f.items[key] > 0 }
type TestingT interface { FailNow() }
"""
READ_IN_TESTS = """
func (s *Store) Reset() { s.items = nil }
func Check(s *Store, t %s) { s.Reset() }
"""


@pytest.mark.parametrize(
    ("kind", "is_product"), [("*testing.T", False), ("TestingT", False), ("*time.Time", True)]
)
def test_support_for_tests_is_no_product(kind: str, is_product: bool) -> None:
    assert found(FAKE % kind, "Holder.items") == ({("unlocked-read", "Holder.Has")} if is_product else set())
    reset = {("inconsistent", "Store.Reset")} if is_product else set()
    assert found(STORE + FAKE % kind + READ_IN_TESTS % kind) == reset


GIVEN = """
type Feed struct { names map[string]int }
func (f *Feed) Run() { for { %s; f.start() } }
func (f *Feed) start() { go read(f.names) }
func read(names map[string]int) { for { println(len(names)) } }
func Serve() { f := &Feed{}; go f.Run() }
"""


def test_a_goroutine_keeps_the_map_that_it_was_given() -> None:
    both = {("unguarded", "Feed.Run"), ("unguarded", "read")}
    assert found(GIVEN % "f.names = map[string]int{}", "Feed.names", Confidence.LOW) == set()
    assert found(GIVEN % 'f.names["a"] = 1', "Feed.names", Confidence.LOW) == both


ANSWER = """
type answer struct { mu sync.Mutex; header map[string]string }
func (a *answer) Header() http.Header { return nil }
func (a *answer) Write(p []byte) (int, error) { a.header = map[string]string{"a": "b"}; return len(p), nil }
func (a *answer) WriteHeader(code int) {}
type handler struct{}
func (handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { w.Write(nil) }
func Serve(h http.Handler) { for { go func() { h.ServeHTTP(&answer{}, nil) }() } }
func Main() { Serve(handler{}) }
"""


def test_a_handler_is_given_an_object_for_each_request() -> None:
    assert found(ANSWER, "answer.header") == set()


SET_ONCE = """
var std = &Store{items: map[string]int{}}
func Has(key string) bool { std.mu.RLock(); std.mu.RUnlock(); return std.items[key] > 0 }
"""
SET = "func (s *Store) Set(items map[string]int) { s.mu.Lock(); defer s.mu.Unlock(); s.items = items }"


def test_what_main_alone_writes_is_written_before_anybody_asks() -> None:
    store = (
        'package store\nimport "sync"\ntype Store struct { mu sync.RWMutex; items map[string]int }\n'
        + SET
        + SET_ONCE
    )
    main = 'package main\nimport "example.com/m/store"\nfunc main() { store.Configure(nil) }'
    configure = "\nfunc Configure(items map[string]int) { std.Set(items) }"
    model = program({"store/store.go": store + configure, "main.go": main})
    (one,) = model.races.violations(model.sites["example.com/m/store.Store.items"])
    assert (one.kind, one.confidence.label) == ("unlocked-read", "low")


LABELS = """
type Conn struct { mu sync.Mutex; labels map[string]int }
func (c *Conn) Connect(labels map[string]int) { c.mu.Lock(); defer c.mu.Unlock(); c.labels = labels }
func (c *Conn) Labels() map[string]int { c.mu.Lock(); defer c.mu.Unlock(); return c.labels }
func (c *Conn) label(key string) int { return c.labels[key] + c.labels["b"] + c.labels["c"] }
func Serve(conns chan *Conn) {
    for c := range conns { go c.Connect(map[string]int{}); go func() { println(c.label("a")) }() }
}
"""


def test_a_map_that_one_function_puts_in_its_place_may_be_there_before_anybody_asks() -> None:
    assert ("unlocked-read", "Conn.label") not in found(LABELS, "Conn.labels")
    again = "func (c *Conn) Clear(key string) { c.mu.Lock(); defer c.mu.Unlock(); delete(c.labels, key) }"
    assert ("unlocked-read", "Conn.label") in found(LABELS + again, "Conn.labels")
