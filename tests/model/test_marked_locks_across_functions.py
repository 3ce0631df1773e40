"""Which locks are held at each line when helpers take them or callbacks run under them; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check_file

FILES = {
    "helpers that lock, unlock, and run under the lock": """
        package m

        import "sync"

        type T struct { mu sync.Mutex; n int }

        func (t *T) lock() { t.mu.Lock() }
        func (t *T) unlock() { t.mu.Unlock() }
        func (t *T) acquire() func() {
            t.mu.Lock()
            return t.mu.Unlock
        }
        func (t *T) with(f func()) {
            t.mu.Lock()
            defer t.mu.Unlock()
            f() // holds: T.mu
        }
        func (t *T) locked() {
            t.n = 1 // holds: T.mu
        }
        func (t *T) sometimes() {
            t.n = 2 // holds: nothing
        }

        func (t *T) F() {
            t.lock()
            t.n = 3 // holds: T.mu
            t.locked()
            t.sometimes()
            t.unlock()
            t.n = 4 // holds: nothing
            t.sometimes()
            t.with(func() {
                t.n = 5 // holds: T.mu
                t.locked()
            })
            t.n = 6 // holds: nothing
        }

        func (t *T) G() {
            defer t.acquire()()
            t.n = 1 // holds: T.mu
        }

        func (t *T) H() {
            unlock := t.acquire()
            t.n = 1 // holds: T.mu
            unlock()
            t.n = 2 // holds: nothing
            t.lock()
            defer t.unlock()
            t.n = 3 // holds: T.mu
        }
    """,
    "an interface that wraps the lock of its implementation": """
        package m

        import "sync"

        type locked struct { mu sync.Mutex; n int }

        func (l *locked) Lock() { l.mu.Lock() }
        func (l *locked) Unlock() { l.mu.Unlock() }

        func F(l *locked) {
            l.Lock()
            l.n = 1 // holds: locked.mu
            l.Unlock()
            l.n = 2 // holds: nothing
        }
    """,
    "callbacks under a lock": """
        package m

        import (
            "sort"
            "sync"
        )

        type T struct { mu sync.Mutex; n int; all map[string]int; by sync.Map }

        func (t *T) F(names []string) {
            t.mu.Lock()
            defer t.mu.Unlock()
            sort.Slice(names, func(i, j int) bool {
                t.n = 1 // holds: T.mu
                return false
            })
            t.by.Range(func(key, value any) bool {
                t.n = 2 // holds: T.mu
                return true
            })
            t.each(func(name string) {
                t.n = 3 // holds: T.mu
            })
            later(func() {
                t.n = 4 // holds: nothing
            })
        }

        func (t *T) each(f func(string)) {
            for name := range t.all { // holds: T.mu
                f(name)
            }
        }

        func later(f func()) { go f() }
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_locks_across_functions(text: str) -> None:
    check_file(text)
