"""Which lock it is, and who is seen to run, where accesses lie in other functions than locks and goroutines."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program
from test_races import STORE, found

from maplint.finding import Confidence

STATED = """
type Hub struct {
    mu    sync.Mutex
    peers map[string]int%s
}
func (h *Hub) Add(name string) { h.peers[name] = 1 }
func (h *Hub) Has(name string) bool { return h.peers[name] > 0 }
"""


@pytest.mark.parametrize("comment", [" // guarded by mu.", " // +checklocks:mu", " //maplint:guarded-by mu"])
def test_a_guard_that_a_comment_names_is_expected_everywhere(comment: str) -> None:
    assert found(STATED % comment, "Hub.peers") == {("inconsistent", "Hub.Add"), ("unlocked-read", "Hub.Has")}
    assert found(STATED % "", "Hub.peers") == set()


def test_an_interface_is_met_by_methods_of_its_signature_alone() -> None:
    text = """
    type Queue struct { rows []string; seen map[string]int }
    func (q *Queue) Push(row any) { q.seen[row.(string)]++ }
    type Pusher interface { Push(ctx context.Context, row string) error }
    func Serve(p Pusher) {
        for {
            go func() { p.Push(context.Background(), "x") }()
        }
    }
    """
    model = program({"m.go": IMPORTS + text})
    push = next(one for one in model.functions if one.symbol.endswith("Queue.Push"))
    assert model.graph.callers[push] == []


LAZY = """
type Object struct {
    mu     sync.Mutex
    size   int
    hashes map[string]string
}
func (o *Object) Size() int {
    o.mu.Lock()
    defer o.mu.Unlock()
    return o.size
}
func (o *Object) Hash(kind string) string {
    if known, ok := o.hashes[kind]; ok {
        return known
    }
    o.hashes[kind] = kind + "!"
    return o.hashes[kind]
}
"""


def test_a_look_up_that_fills_the_map_of_a_shared_object_is_found_but_not_believed() -> None:
    filling = {("unguarded", "Object.Hash")}
    assert found(LAZY, "Object.hashes") == set()
    assert found(LAZY, "Object.hashes", Confidence.LOW) == filling
    unlocked = LAZY.replace("mu     sync.Mutex", "mu     noLock") + NO_LOCK
    assert found(unlocked, "Object.hashes", Confidence.LOW) == set()


NO_LOCK = """
type noLock struct{}
func (noLock) Lock()   {}
func (noLock) Unlock() {}
"""


HANDED_OVER = """
func (s *Store) Refresh(key string) {
    s.mu.Lock()
    s.items[key] = 2
    go %s
    %s
}
func (s *Store) rest(key string) { %s; s.items[key] = 3 }
"""


@pytest.mark.parametrize("go", ["s.rest(key)", "func() { defer s.mu.Unlock(); s.items[key] = 3 }()"])
def test_a_lock_is_handed_over_to_the_goroutine_that_releases_it(go: str) -> None:
    assert found(STORE + HANDED_OVER % (go, "", "defer s.mu.Unlock()")) == set()


def test_who_hands_a_lock_over_has_it_no_more() -> None:
    after = HANDED_OVER % ("s.rest(key)", "delete(s.items, key)", "defer s.mu.Unlock()")
    assert found(STORE + after) == {("inconsistent", "Store.Refresh")}
    kept = HANDED_OVER % ("s.rest(key)", "s.mu.Unlock()", "")
    assert found(STORE + kept) == {("inconsistent", "Store.rest")}


def test_a_callee_may_release_its_caller_s_lock_when_it_returns() -> None:
    ends = "func (s *Store) end() { %s s.mu.Unlock() }"
    use = "func (s *Store) Use(key string) { s.mu.Lock(); s.end(); s.items[key] = 4 }"
    for release in ("", "defer"):
        assert found(STORE + ends % release + use) == {("inconsistent", "Store.Use")}


KEEPER = """
type Keeper struct { mu *sync.RWMutex; last map[string]int }
func (k *Keeper) Run(key string) { for { k.mu.Lock(); k.last[key] = 1; delete(k.last, key); k.mu.Unlock() } }
func (k *Keeper) add(key string) { k.last[key] = 2 }
func (s *Store) Enable() *Keeper {
    k := &Keeper{mu: &s.mu, last: map[string]int{}}
    go k.Run("a")
    return k
}
func (s *Store) Use(k *Keeper, key string) { s.mu.Lock(); defer s.mu.Unlock(); k.add(key) }
"""


def test_a_pointer_to_another_object_s_lock_is_that_lock() -> None:
    assert found(STORE + KEEPER, "Keeper.last") == set()
    other = 'func Apart() *Keeper { k := &Keeper{mu: new(sync.RWMutex)}; go k.Run("a"); return k }'
    assert found(STORE + KEEPER + other, "Keeper.last") == {("inconsistent", "Keeper.add")}


BATCH = """
type Batch struct { store *Store; added int }
func (s *Store) Begin() *Batch { s.mu.Lock(); return &Batch{store: s} }
func (b *Batch) Has(key string) bool { return b.store.items[key] > 0 }
func (b *Batch) Commit(key string) int { b.store.items[key] = 1; b.store.mu.Unlock(); return %s }
"""


def test_an_object_that_is_made_under_a_lock_and_releases_it_has_the_lock() -> None:
    assert found(STORE + BATCH % "b.added") == set()
    assert found(STORE + BATCH % "b.store.items[key]") == {("unlocked-read", "Batch.Commit")}


@pytest.mark.parametrize(
    "other",
    [
        "func (s *Store) Peek() *Batch { return &Batch{store: s} }",
        "func (s *Store) Lend(o *Store) *Batch { o.mu.Lock(); return &Batch{store: s} }",
        "func Empty(s *Store) *Batch { b := new(Batch); b.store = s; return b }",
    ],
)
def test_an_object_that_is_made_elsewhere_too_has_no_lock(other: str) -> None:
    assert ("unlocked-read", "Batch.Has") in found(STORE + BATCH % "b.added" + other)


HOOKS = """
type Expiry struct { lock, unlock func(); expire func(string) }
func NewExpiry(lock, unlock func(), expire func(string)) *Expiry {
    e := &Expiry{lock: func() {}, unlock: func() {}}
    if lock != nil { e.lock = lock; e.unlock = unlock }
    e.expire = expire
    return e
}
func (e *Expiry) Run(key string) { e.lock(); e.expire(key); e.unlock() }
func (s *Store) Watch() *Expiry {
    return NewExpiry(func() { %s }, func() { s.mu.Unlock() }, func(key string) { delete(s.items, key) })
}
"""


def test_functions_in_fields_take_the_locks_that_they_were_given_to_take() -> None:
    assert found(STORE + HOOKS % "s.mu.Lock()") == set()
    assert found(STORE + HOOKS % "s.mu.Unlock()") == {("inconsistent", "Store.Watch.func3")}


ABSTRACT = """
type Rows interface { %s(func(string) error) error }
func (s *Store) Load(rows Rows) error {
    s.mu.Lock()
    defer s.mu.Unlock()
    return rows.%s(func(key string) error { s.items[key] = 1; return nil })
}
"""


@pytest.mark.parametrize(
    ("method", "kinds"), [("Each", set()), ("Subscribe", {("inconsistent", "Store.Load.func1")})]
)
def test_what_only_others_implement_calls_back_at_once_or_as_its_name_says(
    method: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(STORE + ABSTRACT % (method, method)) == kinds


FAR = """
type Answer struct { attrs map[string]int }
type Probe interface { Ask(a *Answer) }
type cpu struct{}
func (cpu) Ask(a *Answer) { last = a; %s }
var last *Answer
type Manager struct { mu sync.Mutex }
func (m *Manager) Probe(p Probe) { m.mu.Lock(); a := last; %s; m.mu.Unlock(); m.Use(a) }
func (m *Manager) Use(a *Answer) { for key := range a.attrs { println(key) } }
func Main(m *Manager) { for { go m.Probe(cpu{}) } }
"""


def test_a_lock_that_is_taken_far_away_is_held_by_chance() -> None:
    setters = "".join(f"func (a *Answer) Set{i}() {{ a.attrs[last.key()] = {i} }}\n" for i in range(10))
    answer = setters + 'func (a *Answer) key() string { return "" }'
    calls = ";".join(f"a.Set{i}()" for i in range(10))
    assert found(FAR % (calls, "p.Ask(a)") + answer, "Answer.attrs") == set()
    assert found(FAR % ("", calls) + answer, "Answer.attrs") == {("unlocked-read", "Manager.Use")}


@pytest.mark.parametrize(("name", "kinds"), [("Start", set()), ("Clear", {("inconsistent", "Store.Clear")})])
def test_what_sets_up_may_take_the_lock_for_the_rest(name: str, kinds: set[tuple[str, str]]) -> None:
    text = "func (s *Store) %s() { s.items = map[string]int{}; s.mu.Lock(); s.items[nothing] = 1; s.mu.Unlock() }"
    assert found(f'{STORE} const nothing = "a"\n{text % name}') == kinds


DONE = """
func (s *Store) Begin() { s.mu.Lock() }
func (s *Store) Done(key string) int { defer s.mu.Unlock(); return s.items[key] }
func (s *Store) End(key string) int { n := s.items[key]; s.mu.Unlock(); return n%s }
"""


def test_what_releases_a_lock_that_it_never_takes_was_called_with_it() -> None:
    assert found(STORE + DONE % "") == set()
    assert found(STORE + DONE % " + s.items[key]") == {("unlocked-read", "Store.End")}


ALL = """
func InSync(stores ...*Store) bool {
    for _, s := range stores { s.mu.Lock(); %s }
    defer func() { for _, s := range stores { s.mu.Unlock() } }()
    for i := range stores { if stores[i].items["a"] == 0 { return false } }
    return true
}
"""


def test_a_loop_may_take_the_lock_of_each_of_them() -> None:
    assert found(STORE + ALL % "") == set()
    assert found(STORE + ALL % "s.mu.Unlock()") == {("unlocked-read", "InSync")}


MODULES = """
type Module interface { Start() }
type group struct { parts []Module }
func (g *group) Start() { for _, part := range g.parts { part.Start() } }
type cloud struct { sessions map[int]string; in chan int }
func Register() { remote.Register(&cloud{sessions: map[int]string{}, in: make(chan int)}) }
func (c *cloud) Start() { for i := 0; i < 8; i++ { go c.%s() } }
func (c *cloud) serve() { for id := range c.in { c.sessions[id] = "" } }
func (c *cloud) drain() { for range c.in { } }
"""


def test_a_method_that_only_an_interface_of_code_that_never_runs_calls_is_for_a_library() -> None:
    assert found(MODULES % "serve", "cloud.sessions") == {("unguarded", "cloud.serve")}
    assert found(MODULES % "drain", "cloud.sessions") == set()


ASSERTED = """
type Graph struct { names map[string]int }
func (g *Graph) fill() { for { g.names["a"]++ } }
func (g *Graph) count() int { return len(g.names) }
func Watch() int { g := cached.Load().(*Graph); go g.fill(); return g.count() }
var cached atomic.Value
"""


def test_an_object_that_a_library_has_kept_is_followed_from_the_local_that_holds_it() -> None:
    assert found(ASSERTED, "Graph.names") == {("unguarded", "Graph.fill"), ("unguarded", "Graph.count")}
