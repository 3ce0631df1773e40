"""Which lock it is: shared through pointers, handed over to goroutines, or for something else."""

from __future__ import annotations

import pytest
from test_races import found

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
