"""Locks on the ways through and between functions: what is released, taken back, and held around a callback."""

from __future__ import annotations

import pytest
from test_races import STORE, found

PASSED = [
    # A helper lets go of the lock on one way and takes it back: its caller still holds it.
    """
    func (s *Store) settle(slow bool) {
        if slow {
            s.mu.Unlock()
            time.Sleep(time.Millisecond)
            s.mu.Lock()
        }
    }
    func (s *Store) Has(key string) int {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.settle(key == "")
        return s.items[key]
    }
    """,
    # The same with the lock taken back by defer.
    """
    func (s *Store) settle() {
        s.mu.Unlock()
        defer s.mu.Lock()
        time.Sleep(time.Millisecond)
    }
    func (s *Store) Has(key string) int {
        s.mu.Lock()
        defer s.mu.Unlock()
        s.settle()
        return s.items[key]
    }
    """,
    # A helper releases the lock only where it gives up, and says so.
    """
    func (s *Store) check(key string) bool {
        if key == "" {
            s.mu.Unlock()
            return false
        }
        return true
    }
    func (s *Store) Has(key string) int {
        s.mu.Lock()
        if !s.check(key) {
            return 0
        }
        defer s.mu.Unlock()
        return s.items[key]
    }
    """,
    # A jump over the unlocked part.
    """
    func (s *Store) Has(key string) int {
        for {
            s.mu.Lock()
            if key == "" {
                goto wait
            }
            s.mu.Unlock()
            return 0
        wait:
            n := s.items[key]
            s.mu.Unlock()
            if n > 0 {
                return n
            }
        }
    }
    """,
    # A break out of the loop, from within a switch.
    """
    func (s *Store) Has(keys chan string) int {
    loop:
        for {
            s.mu.Lock()
            select {
            case key := <-keys:
                if key == "" {
                    s.mu.Unlock()
                    break loop
                }
            default:
            }
            n := s.items[""]
            s.mu.Unlock()
            if n > 0 {
                return n
            }
        }
        return 0
    }
    """,
    # One flag decides twice: which side of the lock, and whether to write.
    """
    func (s *Store) Has(key string, fill bool) {
        if fill {
            s.mu.Lock()
        } else {
            s.mu.RLock()
        }
        if fill {
            s.items[key] = 1
            s.mu.Unlock()
            return
        }
        s.mu.RUnlock()
    }
    """,
    # A walk that others use too runs its callback under the lock of this caller.
    """
    func walk(keys []string, each func(string)) {
        for _, key := range keys {
            each(key)
        }
    }
    func Show(keys []string) { walk(keys, func(key string) { println(key) }) }
    func (s *Store) Has(keys []string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        walk(keys, func(key string) { s.items[key]++ })
    }
    """,
    # The same with the callback handed on, and called by a literal.
    """
    func walk(keys []string, each func(string)) {
        again(keys, func(key string) { each(key) })
    }
    func again(keys []string, each func(string)) {
        if len(keys) > 0 {
            each(keys[0])
            again(keys[1:], each)
        }
    }
    func Show(keys []string) { walk(keys, func(key string) { println(key) }) }
    func (s *Store) Has(keys []string) {
        s.mu.Lock()
        defer s.mu.Unlock()
        walk(keys, func(key string) { s.items[key]++ })
    }
    """,
    # The walk takes the lock of what it hands to its callback.
    """
    func (s *Store) with(change func(*Store)) {
        s.mu.Lock()
        defer s.mu.Unlock()
        change(s)
    }
    func (s *Store) Has(key string) { s.with(func(one *Store) { one.items[key]++ }) }
    """,
    # A new store, though the variable held another one before.
    """
    var stores sync.Map
    func Has(name string) int {
        v, _ := stores.Load(name)
        s, ok := v.(*Store)
        if ok {
            return 0
        }
        s = &Store{items: map[string]int{}}
        s.items[name] = 1
        stores.Store(name, s)
        return 1
    }
    """,
    # What a function has made for its caller alone.
    """
    func (s *Store) copied() *Store { return &Store{items: map[string]int{}} }
    func (s *Store) Has() int { return len(s.copied().items) }
    """,
    # Set up in a constructor that has told others of the store, which nobody uses yet.
    """
    type listener struct{ s *Store }
    type hub struct{ all []*listener }
    func NewStore(h *hub) *Store {
        s := &Store{}
        one := &listener{s}
        h.all = append(h.all, one)
        s.items = map[string]int{}
        return s
    }
    """,
]

MISSED = [
    # A helper that always releases the lock, whatever it takes back afterwards.
    """
    func (s *Store) settle() { s.mu.Unlock() }
    func (s *Store) Has(key string) int {
        s.mu.Lock()
        s.settle()
        return s.items[key]
    }
    """,
    # The helper reads where it has let go of its caller's lock.
    """
    func (s *Store) settle(key string) int {
        s.mu.Unlock()
        n := s.items[key]
        s.mu.Lock()
        return n
    }
    func (s *Store) Has(key string) int {
        s.mu.Lock()
        defer s.mu.Unlock()
        return s.settle(key)
    }
    """,
    # A round of the loop goes on without the lock.
    """
    func (s *Store) Has(keys []string) (n int) {
        s.mu.Lock()
        for _, key := range keys {
            n += s.items[key]
            if key == "" {
                s.mu.Unlock()
                continue
            }
        }
        return n
    }
    """,
    # The callback is kept and runs later.
    """
    var later []func(string)
    func keep(each func(string)) { later = append(later, each) }
    func (s *Store) Has() {
        s.mu.Lock()
        defer s.mu.Unlock()
        keep(func(key string) { s.items[key]++ })
    }
    func Run() { for _, each := range later { each("") } }
    """,
    # The walk is called without the lock.
    """
    func walk(keys []string, each func(string)) {
        for _, key := range keys {
            each(key)
        }
    }
    func (s *Store) Has(keys []string) { walk(keys, func(key string) { s.items[key]++ }) }
    """,
]


@pytest.mark.parametrize("text", PASSED)
def test_the_lock_is_still_held(text: str) -> None:
    assert found(STORE + text) == set()


@pytest.mark.parametrize("text", MISSED)
def test_the_lock_is_gone(text: str) -> None:
    assert {function.partition(".func")[0] for _, function in found(STORE + text)} <= {
        "Store.Has",
        "Store.settle",
    }
    assert found(STORE + text)


def test_the_one_caller_without_the_lock_is_named_however_far_up() -> None:
    entry = "func handle(w http.ResponseWriter, r *http.Request) { store.dump2() }\n"
    text = (
        STORE
        + "var store = &Store{items: map[string]int{}}\n"
        + "func (s *Store) dump() int { return len(s.items) }\n"
        + "func (s *Store) dump2() int { return s.dump() }\n"
        + "func (s *Store) Save() { s.mu.RLock(); s.dump2(); s.mu.RUnlock() }\n"
        + entry
        + 'func init() { http.HandleFunc("/", handle) }\n'
    )
    assert found(text) == {("unlocked-read", "handle")}
