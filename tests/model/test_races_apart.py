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


NAMED = """
func NewStore() *Store { return &Store{items: map[string]int{}} }
func open(empty bool) (s *Store, err error) {
    if empty { s = NewStore() } else { s, err = %s }
    return s, err
}
func load() (*Store, error) { return &Store{}, nil }
var shared *Store
func find() (*Store, error) { return shared, nil }
func Run() { s, _ := open(true); s.fill(); shared = s }
func (s *Store) fill() { s.items["a"] = 1 }
"""


def test_a_named_result_that_is_made_is_the_caller_s_own() -> None:
    assert found(STORE + NAMED % "load()") == set()
    assert found(STORE + NAMED % "find()") == {("inconsistent", "Store.fill")}


REGISTERED = """
type Server struct { pages map[string]int }
func (s *Server) Debug(w http.ResponseWriter, r *http.Request) { for range s.pages {} }
func (s *Server) add(name string) { s.pages[name] = 1 }
func (s *Server) Routes(mux *http.ServeMux) {
    mux.HandleFunc("/debug", s.Debug)
    s.add("a")
}
"""


def test_what_registers_a_handler_runs_before_the_handler_does() -> None:
    assert found(REGISTERED, "Server.pages") == set()


def test_locks_of_the_standard_library_are_locks_in_its_own_tree() -> None:
    files = {
        "go.mod": "module std\n\ngo 1.24\n",
        "sync/sync.go": """
            package sync
            type Mutex struct { state int }
            func (m *Mutex) Lock() { m.state++ }
            func (m *Mutex) Unlock() { m.state-- }
            type Once struct { m Mutex; done bool }
            func (o *Once) Do(f func()) { o.m.Lock(); defer o.m.Unlock(); if !o.done { o.done = true; f() } }
        """,
        "env/env.go": """
            package env
            import "sync"
            var mu sync.Mutex
            var once sync.Once
            var known map[string]int
            func fill() { known = map[string]int{}; known["a"] = 1 }
            func Set(key string) { once.Do(fill); mu.Lock(); defer mu.Unlock(); known[key] = 1 }
            func Get(key string) int { once.Do(fill); mu.Lock(); defer mu.Unlock(); return known[key] }
        """,
    }
    model = program(files)
    assert model.races.guards(model.sites["env.known"])[0][0] == "env.mu"
    assert model.races.violations(model.sites["env.known"]) == []


INDEX = """
type Index struct {
    mu    sync.Mutex
    keys  map[string]int
    other int
}
func (i *Index) Add(key string) { i.mu.Lock(); defer i.mu.Unlock(); i.keys[key] = 1 }
func (i *Index) Drop(key string) { i.mu.Lock(); defer i.mu.Unlock(); delete(i.keys, key) }
func (i *Index) One() int { return i.keys["1"] }
func (i *Index) Two() int { return i.keys["2"] }
func (i *Index) Three() int { return i.keys["3"] }
func (i *Index) Four() int { return i.keys["4"] }
func (i *Index) Five() int { return i.keys["5"] }
func (i *Index) Six() int { return i.keys["6"] }
func (i *Index) Seven() int { return i.keys["7"] }
"""


def test_a_lock_that_all_writes_hold_guards_a_shared_map_though_no_read_does() -> None:
    assert len(found(INDEX + "var Shared = &Index{}", "Index.keys")) == 7
    assert found(INDEX, "Index.keys") == set()


REGISTRY = """
var mux = http.NewServeMux()
var makers = map[string]int{"": 1}
func Get(name string) int { return makers[name] }
func page(w http.ResponseWriter, r *http.Request) { Get(r.URL.Path) }
func drop(w http.ResponseWriter, r *http.Request) { delete(makers, r.URL.Path) }
func Serve() { mux.HandleFunc("/", page) }
func Add(name string) { %s }
"""


def test_what_fills_a_package_variable_from_outside_may_be_done_before_the_rest() -> None:
    assert found(REGISTRY % "makers[name] = 1", "makers") == set()
    racy = {("unguarded", "Add"), ("unguarded", "Get")}
    assert found(REGISTRY % "delete(makers, name)", "makers") == racy
    changes = REGISTRY % "if makers[name] < 9 { makers[name] = 9 }"
    assert found(changes, "makers") == racy
    assert found(changes.replace("func Add", "func Register"), "makers") == set()


PAGES = """
type Front struct { mux *http.ServeMux; pages map[string]int }
func (f *Front) Serve() { f.pages["/"] = 1; f.mux.HandleFunc("/", f.page) }
func (f *Front) page(w http.ResponseWriter, r *http.Request) { println(f.pages[r.URL.Path]) }
"""


def test_what_registers_a_handler_is_done_with_it_once() -> None:
    assert found(PAGES, "Front.pages") == set()
    late = "func (f *Front) Publish(path string) { f.pages[path] = 1 }"
    assert ("unguarded", "Front.Publish") in found(PAGES + late, "Front.pages")


TURNS = """
type Site struct { mu sync.Mutex; demand map[string]int; loads []string }
func (s *Site) add(name string) { s.mu.Lock(); defer s.mu.Unlock(); s.demand[name]++ }
func (s *Site) refresh() {
    var wg sync.WaitGroup
    for _, name := range s.loads { wg.Add(1); go func() { defer wg.Done(); s.add(name) }() }
    %s
}
func (s *Site) total() int { n := 0; for _, d := range s.demand { n += d }; return n }
func (s *Site) run() { for { s.refresh(); println(s.total()) } }
func init() { s := &Site{demand: map[string]int{}}; go s.run()%s }
"""


def test_one_goroutine_takes_turns_with_those_that_it_has_waited_for() -> None:
    assert found(TURNS % ("wg.Wait()", ""), "Site.demand") == set()
    assert found(TURNS % ("", ""), "Site.demand") == {("unlocked-read", "Site.total")}
    assert found(TURNS % ("wg.Wait()", "; go s.run()"), "Site.demand") == {("unlocked-read", "Site.total")}
    inside = TURNS.replace("s.add(name) }", "s.add(name); s.total() }") % ("wg.Wait()", "")
    assert found(inside, "Site.demand") == {("unlocked-read", "Site.total")}


@pytest.mark.parametrize(
    "name",
    [
        "// Reset empties it (for testing)\nfunc (s *Store) Reset",
        "// Reset empties it for unit testing\nfunc (s *Store) Reset",
        "func (s *Store) ResetForTest",
    ],
)
def test_functions_for_tests_are_no_product(name: str) -> None:
    reset = "%s() { s.items = map[string]int{} }"
    assert found(f"{STORE}\n{reset % name}") == set()
    assert found(STORE + reset % "func (s *Store) Reset") == {("inconsistent", "Store.Reset")}


def test_a_look_up_that_fills_the_map_is_told_though_less_is_known_of_other_accesses() -> None:
    cache = """
        var sizes = map[string]int{}
        func Size(name string) int {
            if n, ok := sizes[name]; ok { return n }
            sizes[name] = len(name)
            return sizes[name]
        }
    """
    assert found(cache, "sizes") == {("unguarded", "Size")}
    beside = (
        "func Warm() { go setup(); go serve() }; func setup() { sizes[`a`] = 1 }; func serve() { Size(`b`) }"
    )
    assert ("unguarded", "Size") in found(cache + beside, "sizes")


WORK = """
type Work struct { mu sync.Mutex; todo []string; do func(string) }
func (w *Work) Do(n int, do func(string)) {
    w.do = do
    for i := 0; i < n; i++ { go w.runner() }
    %s
}
func (w *Work) runner() { for len(w.todo) > 0 { w.do(w.todo[0]) } }
func Build(w *Work) int {
    var mu sync.Mutex
    errs := map[string]int{}
    w.Do(3, func(name string) { mu.Lock(); errs[name]++; mu.Unlock() })
    return len(errs) + errs["first"]
}
"""


def test_who_does_the_work_of_its_goroutines_too_ends_with_them() -> None:
    assert found(WORK % "w.runner()", "Build.errs", Confidence.LOW) == set()
    assert found(WORK % "", "Build.errs", Confidence.LOW) == {("unlocked-read", "Build")}


CALL = """
type Manager struct { mu sync.RWMutex; links []string }
type backend interface { Walk(id string, visit func(string)) }
func (m *Manager) Query(b backend, ids []string) int {
    type dep struct { results map[string]bool }
    m.mu.RLock()
    defer m.mu.RUnlock()
    var deps []dep
    for range ids { deps = append(deps, dep{results: map[string]bool{}}) }
    for _, d := range deps { b.Walk("a", func(id string) { d.results[id] = true }) }
    return len(deps[0].results)
}
func Serve(m *Manager, b backend) { for { go m.Query(b, nil) } }
"""


def test_what_a_function_makes_of_a_type_of_its_own_belongs_to_the_call() -> None:
    assert found(CALL, "Manager.Query.dep.results") == set()


STARTED = """
type Manager struct { wg sync.WaitGroup; workers map[string]int }
func New() *Manager { m := &Manager{workers: map[string]int{}}; return m }
func (m *Manager) Start() { m.wg.Add(1); go m.run() }
func (m *Manager) run() { defer m.wg.Done(); for { m.workers["a"] = 1 } }
func (m *Manager) Stop() { %s; for name := range m.workers { delete(m.workers, name) } }
func begin() *Manager { m := New(); m.Start(); return m }
func Serve() { m := begin(); defer m.Stop(); time.Sleep(time.Hour) }
"""


def test_who_is_given_an_object_that_has_been_started_goes_on_beside_its_goroutine() -> None:
    racy = {("unguarded", "Manager.run"), ("unguarded", "Manager.Stop")}
    assert found(STARTED % "println()", "Manager.workers") == racy
    assert found(STARTED % "m.wg.Wait()", "Manager.workers") == set()


QUEUED = """
type Graph struct { selected map[string]int }
func (g *Graph) require(name string) { g.selected[name] = 1 }
func (g *Graph) has(name string) int { return g.selected[name] }
func later(task func()) { go func() { task() }() }
func Load(names []string) {
    var mu sync.Mutex
    g := &Graph{selected: map[string]int{}}
    for _, name := range names { later(func() { %s; g.require(name) }) }
    cached.Store(g)
}
func Check(names []string, find func() *Graph) {
    g := find()
    for _, name := range names { later(func() { g.has(name) }) }
}
var cached atomic.Value
"""


def test_tasks_that_one_helper_starts_are_not_all_about_one_object() -> None:
    assert found(QUEUED % "mu.Lock(); defer mu.Unlock()", "Graph.selected") == set()
    assert found(QUEUED % "println(&mu)", "Graph.selected") == {("unguarded", "Graph.require")}


COPIED = """
type Sink interface { Put(name string) }
type Nothing struct{}
func (Nothing) Put(string) {}
type Store struct { items map[string]int }
func (s *Store) Put(name string) { s.items[name] = 1 }
func (s *Store) Len() int { return len(s.items) }
func copyAll(to Sink, names []string) { for _, name := range names { to.Put(name) } }
var Discard Sink = Nothing{}
var Shared = &Store{items: map[string]int{}}
func Fill(names []string) { copyAll(Shared, names) }
func Drain(names []string) { go copyAll(%s, names) }
"""


def test_a_helper_runs_the_methods_of_what_it_is_given_at_that_call() -> None:
    assert found(COPIED % "Discard", "Store.items", Confidence.LOW) == set()
    assert found(COPIED % "Shared", "Store.items") == {("unguarded", "Store.Put"), ("unguarded", "Store.Len")}
