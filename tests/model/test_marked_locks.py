"""Which locks are held at each line: through defer and branches, and wherever the lock lives; marks as in `marks`."""

from __future__ import annotations

import pytest
from marks import check_file

FILES = {
    "lock, unlock and defer": """
        package m

        import "sync"

        type T struct {
            mu sync.Mutex
            rw sync.RWMutex
            n  int
        }

        func (t *T) F() {
            t.n = 1 // holds: nothing
            t.mu.Lock()
            t.n = 2 // holds: T.mu
            t.rw.RLock()
            t.n = 3 // holds: T.mu, T.rw (read)
            t.mu.Unlock()
            t.n = 4 // holds: T.rw (read)
            t.rw.RUnlock()
            t.n = 5 // holds: nothing
        }

        func (t *T) G() int {
            t.rw.Lock()
            defer t.rw.Unlock()
            t.n = 1 // holds: T.rw
            if t.n > 1 {
                return t.n // holds: T.rw
            }
            func() {
                t.n = 2 // holds: T.rw
            }()
            go func() {
                t.n = 3 // holds: nothing
            }()
            defer func() {
                t.n = 4 // holds: T.rw
            }()
            return t.n // holds: T.rw
        }

        func (t *T) H() {
            t.mu.Lock()
            defer func() { t.mu.Unlock() }()
            t.n = 1 // holds: T.mu
        }
    """,
    "branches, loops and switches": """
        package m

        import "sync"

        var mu sync.Mutex
        var n int

        func F(on bool, kind int, in chan int) {
            if on {
                mu.Lock()
                n = 1 // holds: mu
            }
            n = 2 // holds: mu
            mu.Unlock()
        }

        func G(kind int, in chan int) {
            if kind > 1 {
                mu.Lock()
                n = 1 // holds: mu
            }
            n = 2 // holds: nothing
        }

        func H(kind int, in chan int) {
            mu.Lock()
            if kind > 1 {
                mu.Unlock()
                return
            }
            n = 1 // holds: mu
            for range kind {
                mu.Unlock()
                n = 2 // holds: nothing
                mu.Lock()
                n = 3 // holds: mu
            }
            n = 4 // holds: mu
            switch kind {
            case 1:
                mu.Unlock()
                n = 5 // holds: nothing
            case 2:
                panic("")
            default:
                n = 6 // holds: mu
                mu.Unlock()
            }
            n = 7 // holds: nothing
            mu.Lock()
            select {
            case <-in:
                n = 8 // holds: mu
            default:
                mu.Unlock()
                return
            }
            n = 9 // holds: mu
            mu.Unlock()
        }

        func I(in chan int) {
            for {
                mu.Lock()
                if n > 1 {
                    mu.Unlock()
                    break
                }
                n = 1 // holds: mu
                mu.Unlock()
            }
            n = 2 // holds: nothing
        outer:
            for {
                mu.Lock()
                for range in {
                    if n > 2 {
                        break outer
                    }
                }
                mu.Unlock()
            }
            n = 3 // holds: mu
            mu.Unlock()
        }
    """,
    "try": """
        package m

        import "sync"

        type T struct { mu sync.RWMutex; n int }

        func (t *T) F() {
            if t.mu.TryLock() {
                t.n = 1 // holds: T.mu
                t.mu.Unlock()
            }
            if !t.mu.TryRLock() {
                t.n = 2 // holds: nothing
                return
            }
            t.n = 3 // holds: T.mu (read)
            t.mu.RUnlock()
            ok := t.mu.TryLock()
            if ok {
                t.n = 4 // holds: T.mu
                t.mu.Unlock()
            } else {
                t.n = 5 // holds: nothing
            }
            t.n = 6 // holds: nothing
            for !t.mu.TryLock() {
                t.n = 7 // holds: nothing
            }
            t.n = 8 // holds: T.mu
        }
    """,
    "where the lock lives": """
        package m

        import "sync"

        type Embeds struct { sync.Mutex; n int }
        type Promotes struct { *Embeds }
        type Points struct { mu *sync.RWMutex; n int }
        type shard struct { mu sync.Mutex; n int }
        type Shards struct { all [16]shard; byName map[string]*shard }
        type Locker interface { Lock(); Unlock() }
        type Has struct { l sync.Locker; own Locker; n int }
        type Cond struct { mu sync.Mutex; c *sync.Cond; n int }
        type Alias = sync.Mutex
        type Own sync.Mutex
        type Wrapped struct { mu Alias; n int }

        var state struct { sync.Mutex; n int }
        var mu sync.Mutex
        var locks [4]sync.Mutex

        func (e *Embeds) F() {
            e.Lock()
            e.n = 1 // holds: Embeds.Mutex
        }

        func (p Promotes) F() {
            p.Lock()
            defer p.Unlock()
            p.n = 1 // holds: Embeds.Mutex
        }

        func (p *Points) F() {
            p.mu.RLock()
            p.n = 1 // holds: Points.mu (read)
            p.mu.RUnlock()
            l := p.mu.RLocker()
            l.Lock()
            p.n = 2 // holds: Points.mu (read)
            l.Unlock()
            p.n = 3 // holds: nothing
        }

        func (s *Shards) F(i int) {
            s.all[i].mu.Lock()
            s.all[i].n = 1 // holds: shard.mu
            s.all[i].mu.Unlock()
            one := s.byName["a"]
            one.mu.Lock()
            one.n = 2 // holds: shard.mu
            one.mu.Unlock()
            for j := range s.all {
                each := &s.all[j]
                each.mu.Lock()
                each.n = 3 // holds: shard.mu
                each.mu.Unlock()
                each.n = 4 // holds: nothing
            }
        }

        func (h *Has) F() {
            h.l.Lock()
            h.n = 1 // holds: Has.l
            h.l.Unlock()
            h.own.Lock()
            h.n = 2 // holds: Has.own
            h.own.Unlock()
            h.n = 3 // holds: nothing
        }

        func New() *Cond {
            c := &Cond{}
            c.c = sync.NewCond(&c.mu)
            return c
        }

        func (c *Cond) F() {
            c.c.L.Lock()
            for c.n == 0 {
                c.c.Wait()
            }
            c.n = 1 // holds: Cond.mu
            c.c.L.Unlock()
        }

        func (w *Wrapped) F() {
            w.mu.Lock()
            w.n = 1 // holds: Wrapped.mu
            w.mu.Unlock()
            own := &w.mu
            own.Lock()
            w.n = 2 // holds: Wrapped.mu
            own.Unlock()
            w.n = 3 // holds: nothing
        }

        func F() {
            state.Lock()
            state.n = 1 // holds: state.Mutex
            state.Unlock()
            mu.Lock()
            state.n = 2 // holds: mu
            mu.Unlock()
            locks[1].Lock()
            state.n = 3 // holds: locks[]
            locks[1].Unlock()
            var local sync.Mutex
            local.Lock()
            state.n = 4 // holds: F.local
        }
    """,
    "a channel of one slot": """
        package m

        type T struct { slot chan struct{}; n int }

        func New() *T { return &T{slot: make(chan struct{}, 1)} }

        func (t *T) F() {
            t.slot <- struct{}{}
            t.n = 1 // holds: T.slot
            <-t.slot
            t.n = 2 // holds: nothing
        }
    """,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_locks_within_functions(text: str) -> None:
    check_file(text)
