"""Accesses that never meet since each is of another object, or comes before the other: results, handlers, tasks."""

from __future__ import annotations

import pytest
from programs import program
from test_races import STORE, found

from maplint.finding import Confidence

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
