"""Which accesses of a map lack their lock: one small program for each mechanism, with its twin."""

from __future__ import annotations

import pytest
from programs import IMPORTS, program

from maplint.finding import Confidence

STORE = """
type Store struct {
    mu    sync.RWMutex
    items map[string]int
}

func (s *Store) Put(key string) {
    s.mu.Lock()
    defer s.mu.Unlock()
    s.items[key] = 1
}

func (s *Store) Drop(key string) {
    s.mu.Lock()
    defer s.mu.Unlock()
    delete(s.items, key)
}
"""


def found(
    text: str, site: str = "Store.items", least: Confidence = Confidence.MEDIUM
) -> set[tuple[str, str]]:
    """Kind and function of each violation at a site of the package that is shown by default."""
    model = program({"m.go": IMPORTS + text})
    prefix = "example.com/m."
    return {
        (one.kind, one.access.function.symbol.removeprefix(prefix))
        for one in model.races.violations(model.sites[prefix + site])
        if one.confidence >= least
    }


def test_a_read_without_the_lock_is_found() -> None:
    assert found(STORE + "func (s *Store) Has(key string) int { return s.items[key] }") == {
        ("unlocked-read", "Store.Has")
    }


@pytest.mark.parametrize(
    "body",
    [
        "s.mu.RLock(); defer s.mu.RUnlock(); return s.items[key]",
        "mu := &s.mu; mu.RLock(); n := s.items[key]; mu.RUnlock(); return n",
        "lock := s.mu.RLocker(); lock.Lock(); defer lock.Unlock(); return s.items[key]",
        "if key == nothing { return 0 }; s.mu.RLock(); defer s.mu.RUnlock(); return s.items[key]",
    ],
)
def test_the_lock_under_any_name_guards(body: str) -> None:
    assert found(STORE + f'const nothing = ""\nfunc (s *Store) Has(key string) int {{ {body} }}') == set()


def test_a_helper_is_held_with_what_its_callers_hold_and_the_report_stands_where_it_lacks() -> None:
    helpers = """
    func (s *Store) set(key string) { s.items[key] = 2 }
    func (s *Store) One(key string) { s.mu.Lock(); defer s.mu.Unlock(); s.set(key) }
    func (s *Store) Two(key string) { s.set(key) }
    """
    assert found(STORE + helpers) == {("inconsistent", "Store.Two")}


def test_a_flag_of_the_caller_says_who_holds_the_lock() -> None:
    helper = """
    func (s *Store) set(key string, lock bool) {
        if lock {
            s.mu.Lock()
            defer s.mu.Unlock()
        }
        s.items[key] = 2
    }
    func (s *Store) One(key string) { s.mu.Lock(); defer s.mu.Unlock(); s.set(key, false) }
    func (s *Store) Two(key string) { s.set(key, true) }
    """
    assert found(STORE + helper) == set()


def test_an_object_that_a_constructor_has_just_returned_needs_no_lock() -> None:
    makers = """
    func make1() *Store { return &Store{items: map[string]int{}} }
    func Filled() *Store {
        s := make1()
        s.items["a"] = 1
        return s
    }
    """
    assert found(STORE + makers) == set()


def test_a_map_that_was_swapped_out_under_the_lock_has_one_owner() -> None:
    swap = """
    func (s *Store) Flush() int {
        s.mu.Lock()
        old := s.items
        s.items = map[string]int{}
        s.mu.Unlock()
        return len(old)
    }
    """
    assert found(STORE + swap) == set()
    assert found(STORE + swap.replace("s.items = map[string]int{}", "")) == {("unlocked-read", "Store.Flush")}


def test_a_comment_about_holding_the_lock_is_believed() -> None:
    method = "func (s *Store) Size() int { return len(s.items) }"
    assert found(f"{STORE}\n// Size: hold the lock before calling.\n{method}") == set()
    assert found(f"{STORE}\n// Size counts.\n{method}") == {("unlocked-read", "Store.Size")}


def test_the_lock_that_the_accessing_functions_take_is_the_guard_rather_than_what_callers_hold() -> None:
    text = """
    type Store struct {
        exitMu, mu sync.Mutex
        items map[string]int
    }
    func (s *Store) Put(key string) { s.mu.Lock(); s.items[key] = 1; s.mu.Unlock() }
    func (s *Store) Drop(key string) { s.mu.Lock(); delete(s.items, key); s.mu.Unlock() }
    func (s *Store) empty() { s.items = map[string]int{} }
    func (s *Store) Exit() { s.exitMu.Lock(); defer s.exitMu.Unlock(); s.empty() }
    """
    assert found(text) == {("inconsistent", "Store.empty")}


def test_a_channel_with_one_slot_is_a_lock() -> None:
    text = """
    func Sizes(names []string) map[string]int {
        sizes := map[string]int{}
        slot := make(chan struct{}, 1)
        var wg sync.WaitGroup
        for _, name := range names {
            wg.Add(1)
            go func() {
                defer wg.Done()
                slot <- struct{}{}
                sizes[name] = len(name)
                <-slot
            }()
        }
        wg.Wait()
        return sizes
    }
    """
    assert found(text, "Sizes.sizes") == set()
    assert found(text.replace("{}, 1)", "{}, 2)"), "Sizes.sizes") == {("unguarded", "Sizes.func1")}


def test_a_quorum_is_no_join() -> None:
    text = """
    func Read(replicas []string, quorum int) int {
        values := map[string]int{}
        done := make(chan bool, len(replicas))
        for _, replica := range replicas {
            go func() { values[replica] = 1; done <- true }()
        }
        for range quorum { <-done }
        return len(values)
    }
    """
    assert ("unguarded", "Read") in found(text, "Read.values")
    assert ("unguarded", "Read") not in found(text.replace("range quorum", "range replicas"), "Read.values")


def test_a_look_up_that_inserts_what_is_missing_is_called_by_anybody() -> None:
    text = """
    var known = map[string]int{}
    func Size(name string) int {
        n, ok := known[name]
        if !ok { n = len(name); known[name] = n }
        return n
    }
    """
    assert found(text, "known") == {("unguarded", "Size")}
    assert found(text.replace("Size", "Register"), "known") == set()
    builds = text.replace("(name string) int", "(name string) map[string]int").replace(
        "return n", "return known"
    )
    assert found(builds, "known") == set()


def test_a_goroutine_of_the_constructor_meets_the_methods() -> None:
    text = """
    type Monitor struct { filters map[int]string; lines chan string }
    func NewMonitor() *Monitor {
        m := &Monitor{filters: map[int]string{}, lines: make(chan string)}
        go m.loop()
        return m
    }
    func (m *Monitor) loop() { for range m.lines { for range m.filters { } } }
    func (m *Monitor) Install(id int) { m.filters[id] = "" }
    """
    assert found(text, "Monitor.filters") == {("unguarded", "Monitor.loop"), ("unguarded", "Monitor.Install")}


def test_what_only_one_goroutine_touches_is_no_race() -> None:
    text = """
    type Loop struct { seen map[int]bool; in chan int }
    func NewLoop() *Loop {
        l := &Loop{seen: map[int]bool{}, in: make(chan int)}
        go l.run()
        return l
    }
    func (l *Loop) run() { for n := range l.in { l.note(n) } }
    func (l *Loop) note(n int) { if !l.seen[n] { l.seen[n] = true } }
    func (l *Loop) Send(n int) { l.in <- n }
    """
    assert found(text, "Loop.seen") == set()
