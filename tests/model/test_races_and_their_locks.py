"""Which lock it is: shared through pointers, handed over to goroutines, or for something else."""

from __future__ import annotations

import pytest
from test_races import STORE, found

from maplint.finding import Confidence

SHARED_LOCK = """
type Server struct { mu *sync.RWMutex; lan *Index }
type Index struct { mu *sync.RWMutex; leases map[string]int }
func (i *Index) Renew(mac string) { i.mu.Lock(); defer i.mu.Unlock(); i.leases[mac]++ }
func (i *Index) Has(mac string) int { i.mu.RLock(); defer i.mu.RUnlock(); return i.leases[mac] }
func (s *Server) Release(mac string) { s.mu.Lock(); defer s.mu.Unlock(); delete(s.lan.leases, mac) }
func NewServer() *Server { return &Server{mu: &sync.RWMutex{}} }
"""


@pytest.mark.parametrize(
    ("made", "kinds"),
    [
        ("&Index{mu: s.mu}", set()),
        ("&Index{}; mu := s.mu; s.lan.mu = mu", set()),
        ("&Index{mu: &sync.RWMutex{}}", {("inconsistent", "Server.Release")}),
        ("&Index{mu: s.mu}; s.lan.mu = new(sync.RWMutex)", {("inconsistent", "Server.Release")}),
    ],
)
def test_a_pointer_that_is_only_given_another_objects_lock_is_that_lock(
    made: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(SHARED_LOCK + f"func (s *Server) Start() {{ s.lan = {made} }}", "Index.leases") == kinds


GUARDED_START = """
type Broker struct { mu sync.Mutex; rates map[string]int }
func (b *Broker) Open() {
    b.mu.Lock()
    %s
    go guarded(func() { %s; b.rates = map[string]int{}; b.count("open") })
}
func guarded(f func()) { defer func() { recover() }(); f() }
func (b *Broker) count(name string) { b.rates[name]++ }
func (b *Broker) Send(name string) { b.mu.Lock(); defer b.mu.Unlock(); b.count(name) }
func (b *Broker) Forget(name string) { b.mu.Lock(); defer b.mu.Unlock(); delete(b.rates, name) }
"""


def test_a_goroutine_takes_over_the_lock_that_what_it_is_given_to_run_releases() -> None:
    assert found(GUARDED_START % ("println()", "defer b.mu.Unlock()"), "Broker.rates") == set()
    early = found(GUARDED_START % ("b.mu.Unlock()", "println()"), "Broker.rates")
    assert early == {("inconsistent", "Broker.Open.func1")}


POINTS_TO_LOCK = """
type index struct { mu %ssync.RWMutex; scopes map[string]int }
type Push struct { index index }
func (p *Push) Scope(name string) int {
    p.index.mu.Lock()
    defer p.index.mu.Unlock()
    p.index.scopes[name]++
    return p.index.scopes[name]
}
func (p *Push) Forget(name string) { p.index.mu.Lock(); defer p.index.mu.Unlock(); delete(p.index.scopes, name) }
func (p *Push) Next(before *Push) { p.index = before.index }
"""


def test_a_copy_of_a_struct_that_points_to_its_lock_shares_the_lock_with_the_map() -> None:
    assert found(POINTS_TO_LOCK % "*", "index.scopes") == set()
    assert found(POINTS_TO_LOCK % "", "index.scopes") == {("escape", "Push.Next")}


READY = """
type Context struct { %s sync.Mutex; filters map[string]int }
func (c *Context) Prepare(name string) { c.%s.Lock(); defer c.%s.Unlock(); c.filters[name]++ }
func (c *Context) Update(name string) { c.%s.Lock(); defer c.%s.Unlock(); delete(c.filters, name) }
func (c *Context) Filters(name string) int { return c.filters[name] }
"""


@pytest.mark.parametrize(
    ("lock", "racy"), [("initMutex", False), ("initializeMutex", False), ("limitMutex", True)]
)
def test_a_lock_for_the_initialisation_guards_nothing_later(lock: str, racy: bool) -> None:
    kinds = {("unlocked-read", "Context.Filters")} if racy else set()
    assert found(READY.replace("%s", lock), "Context.filters") == kinds


def test_a_guard_whose_type_only_the_build_generates_is_not_asked_for() -> None:
    text = """
    type %s
    type table struct { %s; entries map[string]int // +checklocks:%s
    }
    func (t *table) Put(key string) { t.Lock(); defer t.Unlock(); t.entries[key] = 1 }
    func (t *table) Drop(key string) { t.Lock(); defer t.Unlock(); delete(t.entries, key) }
    func (t *table) Get(key string) int { t.RLock(); defer t.RUnlock(); return t.entries[key] }
    """
    missing = text % ("tableKey string", "tableRWMutex", "tableRWMutex")
    assert found(missing, "table.entries") == set()


HANDLER = """
type Manager struct { mu sync.RWMutex; listeners map[string]int }
func (m *Manager) Add(name string) { m.mu.Lock(); defer m.mu.Unlock(); m.listeners[name] = 1 }
func (m *Manager) Remove(name string) { m.mu.Lock(); defer m.mu.Unlock(); delete(m.listeners, name) }
func (m *Manager) Deploy(name string) { m.mu.RLock() }
func (m *Manager) Done(name string) { %s; m.tell(name) }
func (m *Manager) tell(name string) { println(m.listeners[name]) }
type Ledger struct { manager *Manager }
func (l *Ledger) Commit(name string) { l.manager.Deploy(name); l.manager.Done(name) }
"""


def test_what_releases_a_lock_that_an_earlier_call_took_has_it_whoever_calls() -> None:
    assert found(HANDLER % "defer m.mu.RUnlock()", "Manager.listeners") == set()
    early = found(HANDLER % "m.mu.RUnlock()", "Manager.listeners")
    assert {kind for kind, _ in early} == {"unlocked-read"}


def test_a_lock_that_a_call_took_is_owed_though_the_caller_is_not_seen_to_hold_it() -> None:
    through = "type listener interface { Deploy(string); Done(string) }\n"
    ledger = "type Ledger struct { all []listener }\n"
    commit = "func (l *Ledger) Commit(name string) { for _, one := range l.all { one.Deploy(name) }; l.done(name) }\n"
    done = "func (l *Ledger) done(name string) { for _, one := range l.all { one.Done(name) } }\n"
    given = "func Join(l *Ledger, m *Manager) { l.all = append(l.all, m) }"
    manager = HANDLER[: HANDLER.index("type Ledger")]
    text = manager + through + ledger + commit + done + given
    assert found(text % "defer m.mu.RUnlock()", "Manager.listeners") == set()
    assert found(text % "println()", "Manager.listeners")


FAR = """
type List struct { mu sync.RWMutex; elems []*Elem }
type Elem struct { states map[string]int; list *List }
func (l *List) Add(name string) { l.mu.Lock(); defer l.mu.Unlock(); l.elems = append(l.elems, &Elem{}); %s }
func (l *List) Flush() { l.mu.RLock(); defer l.mu.RUnlock(); for _, e := range l.elems { e.expire() } }
func (l *List) Serve() { for { go l.Flush() } }
func (e *Elem) expire() { for name := range e.states { delete(e.states, name) } }
func (e *Elem) fill(name string) { e.states[name]++; e.states[name]-- }
"""


@pytest.mark.parametrize(
    ("body", "racy"), [("for _, e := range l.elems { e.fill(name) }", True), ("println(name)", False)]
)
def test_a_lock_elsewhere_guards_what_is_written_under_it_and_not_what_is_only_read(
    body: str, racy: bool
) -> None:
    kinds = {("read-lock", "Elem.expire")} if racy else set()
    assert found(FAR % body, "Elem.states") == kinds


HANDED_IN = """
type Registry struct { lock sync.RWMutex; plugins, marks map[string]int }
func (r *Registry) Add(k string) { r.lock.Lock(); defer r.lock.Unlock(); r.plugins[k] = 1 }
func (r *Registry) Drop(k string) { r.lock.Lock(); defer r.lock.Unlock(); delete(r.plugins, k); delete(r.marks, k) }
func (r *Registry) each(lock sync.Locker, f func(string)) {
    lock.Lock()
    defer lock.Unlock()
    for k := range r.plugins { f(k) }
}
func (r *Registry) Count() (n int) { r.each(r.lock.RLocker(), func(k string) { n += r.marks[k] }); return n }
func (r *Registry) Mark() { %s }
"""


@pytest.mark.parametrize(
    ("mark", "plugins", "marks"),
    [
        ("r.each(&r.lock, func(k string) { r.marks[k] = 1 })", set(), set()),
        (
            "r.each(r.lock.RLocker(), func(k string) { r.marks[k] = 1 })",
            set(),
            {("read-lock", "Registry.Mark.func1")},
        ),
        (
            "var mu sync.Mutex; r.each(&mu, func(k string) { r.marks[k] = 1 })",
            {("unlocked-read", "Registry.each")},
            {("inconsistent", "Registry.Mark.func1")},
        ),
    ],
)
def test_a_lock_that_is_handed_in_is_the_one_that_the_callers_have(
    mark: str, plugins: set[tuple[str, str]], marks: set[tuple[str, str]]
) -> None:
    assert found(HANDED_IN % mark, "Registry.plugins") == plugins
    assert found(HANDED_IN % mark, "Registry.marks") == marks


VIEW = """
type Registry struct { lock sync.RWMutex; plugins map[string]int }
type View struct { lock sync.Locker; of *Registry }
func (r *Registry) View() *View { return &View{lock: %s, of: r} }
func (r *Registry) Add(k string) { r.lock.Lock(); defer r.lock.Unlock(); r.plugins[k] = 1 }
func (r *Registry) Drop(k string) { r.lock.Lock(); defer r.lock.Unlock(); delete(r.plugins, k) }
func (v *View) Count() int { v.lock.Lock(); defer v.lock.Unlock(); return len(v.of.plugins) }
func (v *View) Forget(k string) { v.lock.Lock(); defer v.lock.Unlock(); delete(v.of.plugins, k) }
"""


@pytest.mark.parametrize(
    ("lock", "kinds"),
    [
        ("&r.lock", set()),
        ("r.lock.RLocker()", {("read-lock", "View.Forget")}),
        ("&sync.Mutex{}", {("unlocked-read", "View.Count"), ("inconsistent", "View.Forget")}),
    ],
)
def test_a_field_that_is_given_a_lock_or_its_read_half_is_that_lock(
    lock: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(VIEW % lock, "Registry.plugins") == kinds


CHOSEN = """
type Plan struct { aMu, bMu sync.Mutex; a, b map[string]int }
func (p *Plan) Add(k string) { p.aMu.Lock(); p.a[k] = 1; p.aMu.Unlock(); p.bMu.Lock(); p.b[k] = 1; p.bMu.Unlock() }
func (p *Plan) Drop(k string) {
    p.aMu.Lock(); delete(p.a, k); p.aMu.Unlock(); p.bMu.Lock(); delete(p.b, k); p.bMu.Unlock()
}
func (p *Plan) Has(k string) int { %s }
"""
TAKEN_IN_ARM = """
var chosen map[string]int
switch k {
case "a": chosen = p.a; p.aMu.Lock(); defer p.aMu.Unlock()
case "b": chosen = p.b; p.bMu.Lock(); defer p.bMu.Unlock()
}
return len(chosen)
"""
GIVEN_ALONG = """
chosen, mu := p.b, &p.bMu
if k == "a" { chosen, mu = p.a, &p.aMu }
mu.Lock()
defer mu.Unlock()
return chosen[k]
"""


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (TAKEN_IN_ARM, TAKEN_IN_ARM.replace("p.a; p.aMu.Lock()", "p.a; p.aMu.Lock(); p.aMu.Unlock()")),
        (TAKEN_IN_ARM, TAKEN_IN_ARM.replace("p.aMu", "p.bMu")),
        (GIVEN_ALONG, GIVEN_ALONG.replace("&p.aMu", "&p.bMu")),
        (GIVEN_ALONG, GIVEN_ALONG.replace("chosen, mu = p.a, &p.aMu", "chosen = p.a")),
    ],
)
def test_a_lock_that_is_chosen_together_with_the_map_guards_it(text: str, other: str) -> None:
    assert found(CHOSEN % text, "Plan.a") == found(CHOSEN % text, "Plan.b") == set()
    assert found(CHOSEN % other, "Plan.a") == {("unlocked-read", "Plan.Has")}


ASKED = """
func (s *Store) entry(key string, create bool) int {
    n, ok := s.items[key]
    if create && !ok { s.items[key] = 1 }
    return n
}
func (s *Store) Make(key string) int { s.mu.Lock(); defer s.mu.Unlock(); return s.entry(key, true) }
func (s *Store) Get(key string) int { s.mu.RLock(); defer s.mu.RUnlock(); return s.entry(key, %s) }
"""


def test_a_flag_that_keeps_a_helper_from_writing_lets_it_run_under_the_read_lock() -> None:
    assert found(STORE + ASKED % "false") == set()
    assert found(STORE + ASKED % "true") == {("read-lock", "Store.Get")}


EMPTY = """
var blobs = %s
func Handle(w http.ResponseWriter, r *http.Request) {
    if n, ok := blobs[r.URL.Path]; ok { println(n); delete(blobs, r.URL.Path) }
}
func main() { http.HandleFunc("/", Handle) }
"""


@pytest.mark.parametrize("given", ["make(map[string]int)", "map[string]int{}"])
def test_a_map_that_nothing_is_put_into_has_no_race(given: str) -> None:
    assert found(EMPTY % given, "blobs") == set()
    assert found(EMPTY % 'map[string]int{"/": 1}', "blobs") == {("unguarded", "Handle")}
    assert found(EMPTY % given + "func Put() { blobs[``] = 1 }", "blobs") >= {("unguarded", "Handle")}


SLURP = """
type Corpus struct { strs map[string]string }
func (c *Corpus) scan(mu *sync.Mutex, rows []string) {
    n := 0
    for _, row := range rows {
        n++
        if n == 1 { %s }
        c.strs[row] = row
    }
}
func (c *Corpus) Load(tables [][]string) {
    mu := new(sync.Mutex)
    for _, rows := range tables { go c.scan(mu, rows) }
}
"""


@pytest.mark.parametrize(
    ("first", "kinds"),
    [
        ("mu.Lock(); defer mu.Unlock()", set()),
        ("mu.Lock(); println(row); mu.Unlock()", {("unguarded", "Corpus.scan")}),
        ("var mu sync.Mutex; mu.Lock(); defer mu.Unlock()", {("copied-lock", "Corpus.scan")}),
    ],
)
def test_a_lock_that_one_round_takes_for_good_is_taken_in_the_first(
    first: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(SLURP % first, "Corpus.strs") == kinds


FLAGGED = """
type Cache struct { mu sync.Mutex; nolock bool; items map[string]int }
func (c *Cache) Add(k string) { if !c.nolock { c.mu.Lock(); defer c.mu.Unlock() }; c.items[k] = 1 }
func (c *Cache) Len() int { if !c.nolock { c.mu.Lock()%s }; return len(c.items) }
var cache = &Cache{items: map[string]int{}}
func Handle(w http.ResponseWriter, r *http.Request) { cache.Add(r.URL.Path); println(cache.Len()) }
func main() { http.HandleFunc("/", Handle) }
"""


@pytest.mark.parametrize(
    ("release", "kinds"),
    [("; defer c.mu.Unlock()", set()), ("; c.mu.Unlock()", {("unlocked-read", "Cache.Len")})],
)
def test_a_lock_that_a_flag_of_the_object_says_is_needed_is_held(
    release: str, kinds: set[tuple[str, str]]
) -> None:
    assert found(FLAGGED % release, "Cache.items") == kinds


LOCKED = """
type Inner struct { errors map[int]int }
type State struct { mu sync.Mutex; inner Inner }
func (s *State) Lock() *Inner { s.mu.Lock(); return &s.inner }
func (s *State) View() *Inner { s.mu.Lock(); defer s.mu.Unlock(); return &s.inner }
func (s *State) Unlock() { s.mu.Unlock() }
func (s *State) Fail(n int) { inner := s.%s(); %s; inner.errors[n]++ }
func (s *State) Drop(n int) { inner := s.Lock(); defer s.Unlock(); delete(inner.errors, n) }
var state = &State{inner: Inner{errors: map[int]int{}}}
func Handle(w http.ResponseWriter, r *http.Request) { state.Fail(1); state.Drop(1) }
func main() { http.HandleFunc("/", Handle) }
"""


def test_what_returns_with_the_lock_held_hands_the_map_out_along_with_it() -> None:
    least = Confidence.LOW
    assert ("escape", "State.Lock") not in found(LOCKED % ("Lock", "defer s.Unlock()"), "Inner.errors", least)
    assert ("escape", "State.View") in found(LOCKED % ("Lock", "defer s.Unlock()"), "Inner.errors", least)
