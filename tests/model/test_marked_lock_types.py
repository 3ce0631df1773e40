"""Which types are locks, in libraries and where their own code is analysed; marks as in `marks`."""

from __future__ import annotations

from marks import check


def test_lock_types_of_libraries() -> None:
    check(
        {
            "m.go": """
                package m

                import (
                    "github.com/gofrs/flock"
                    "github.com/moby/locker"
                    "github.com/sasha-s/go-deadlock"
                    "golang.org/x/sync/semaphore"
                    "k8s.io/utils/keymutex"
                )

                type T struct {
                    mu deadlock.RWMutex
                    file *flock.Flock
                    keyed *locker.Locker
                    hashed keymutex.KeyMutex
                    one *semaphore.Weighted
                    n int
                }

                func (t *T) F(key string) {
                    t.mu.RLock()
                    t.n = 1 // holds: T.mu (read)
                    t.mu.RUnlock()
                    t.n = 2 // holds: nothing
                    if t.mu.TryLock() {
                        t.n = 3 // holds: T.mu
                        t.mu.Unlock()
                    }
                    t.keyed.Lock(key)
                    t.n = 4 // holds: nothing
                    t.keyed.Unlock(key)
                    t.hashed.LockKey(key)
                    t.n = 5 // holds: nothing
                    t.hashed.UnlockKey(key)
                    t.one.Acquire(nil, 1)
                    t.n = 6 // holds: T.one
                    t.one.Release(1)
                    t.n = 7 // holds: nothing
                }
            """
        }
    )


def test_locks_are_locks_where_their_own_code_is_analysed_too() -> None:
    check(
        {
            "go.mod": "module std\n",
            "sync/mutex.go": """
                package sync

                type Mutex struct{ state int }

                func (m *Mutex) Lock() { m.state = 1 }
                func (m *Mutex) Unlock() { m.state = 0 }
            """,
            "profile/p.go": """
                package profile

                import "sync"

                var profiles struct { mu sync.Mutex; m map[string]int }

                func lock() { profiles.mu.Lock() }

                func F() {
                    lock()
                    defer profiles.mu.Unlock()
                    delete(profiles.m, "a") // holds: profile.profiles.mu
                }
            """,
        }
    )


def test_a_lock_that_a_struct_embeds_is_known_by_the_struct_behind_libraries_and_wrappers_too() -> None:
    check(
        {
            "locks/plain.go": """
                //go:build !deadlock

                package locks

                import "sync"

                type Mutex struct { sync.Mutex }
            """,
            "locks/watched.go": """
                //go:build deadlock

                package locks

                import "example.com/elsewhere/watched"

                type Mutex struct { watched.Mutex }
            """,
            "m.go": """
                package m

                import (
                    "sync"

                    "example.com/m/locks"
                    "github.com/sasha-s/go-deadlock"
                )

                type Group struct { locks.Mutex; n int }
                type Rule struct { mu locks.Mutex; n int }
                type Shard struct { deadlock.Mutex; n int }
                type Queue struct { mu sync.Mutex; cond *sync.Cond; n int }

                func NewQueue() *Queue { q := &Queue{}; q.cond = sync.NewCond(&q.mu); return q }

                func F(g *Group, r *Rule, s *Shard, q *Queue) {
                    q.cond.L.Lock()
                    q.n = 1 // holds: Queue.mu
                    q.cond.L.Unlock()
                    g.Lock()
                    g.n = 1 // holds: Group.Mutex
                    g.Unlock()
                    r.mu.Lock()
                    r.n = 1 // holds: Rule.mu
                    r.mu.Unlock()
                    s.Lock()
                    s.n = 1 // holds: Shard.Mutex
                    s.Unlock()
                }
            """,
        }
    )
