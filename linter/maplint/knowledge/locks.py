"""Lock types and what their methods do. Tables only."""

from __future__ import annotations

import enum
from typing import Final


class LockEffect(enum.StrEnum):
    """What a method of a lock does to it."""

    LOCK = "lock"
    UNLOCK = "unlock"
    READ_LOCK = "read-lock"
    READ_UNLOCK = "read-unlock"
    TRY_LOCK = "try-lock"
    """Locks it where the method returns true."""
    TRY_READ_LOCK = "try-read-lock"
    """Read-locks it where the method returns true."""
    DOWNGRADE = "downgrade"
    """Turns the write lock into a read lock."""
    READ_LOCKER = "read-locker"
    """Returns a `sync.Locker` that read-locks it."""


_LOCKER: Final = {"Lock": LockEffect.LOCK, "Unlock": LockEffect.UNLOCK}
_MUTEX: Final = _LOCKER | {"TryLock": LockEffect.TRY_LOCK}
_RW_LOCKER: Final = _LOCKER | {"RLock": LockEffect.READ_LOCK, "RUnlock": LockEffect.READ_UNLOCK}
_READERS: Final = _RW_LOCKER | {"TryLock": LockEffect.TRY_LOCK, "TryRLock": LockEffect.TRY_READ_LOCK}
_RW_MUTEX: Final = _READERS | {"RLocker": LockEffect.READ_LOCKER}
_GVISOR_RW_MUTEX: Final = _READERS | {"DowngradeLock": LockEffect.DOWNGRADE}
_COCKROACH_MUTEX: Final = _MUTEX | {"LockEpoch": LockEffect.LOCK, "UnlockEpoch": LockEffect.UNLOCK}

LOCKS: Final = {
    "sync.Locker": _LOCKER,
    "sync.Mutex": _MUTEX,
    "sync.RWMutex": _RW_MUTEX,
    "github.com/cockroachdb/cockroach/pkg/util/syncutil.Mutex": _COCKROACH_MUTEX,
    "github.com/cockroachdb/cockroach/pkg/util/syncutil.RWMutex": _RW_MUTEX,
    "github.com/linkdata/deadlock.DeadlockMutex": _MUTEX,
    "github.com/linkdata/deadlock.DeadlockRWMutex": _RW_MUTEX,
    "github.com/linkdata/deadlock.Mutex": _MUTEX,
    "github.com/linkdata/deadlock.RWMutex": _RW_MUTEX,
    "github.com/puzpuzpuz/xsync.RBMutex": _RW_LOCKER,
    "github.com/puzpuzpuz/xsync/v2.RBMutex": _RW_LOCKER,
    "github.com/puzpuzpuz/xsync/v3.RBMutex": _READERS,
    "github.com/puzpuzpuz/xsync/v4.RBMutex": _READERS,
    "github.com/sasha-s/go-deadlock.Mutex": _MUTEX,
    "github.com/sasha-s/go-deadlock.RWMutex": _RW_MUTEX,
    "gvisor.dev/gvisor/pkg/sync.CrossGoroutineMutex": _MUTEX,
    "gvisor.dev/gvisor/pkg/sync.CrossGoroutineRWMutex": _GVISOR_RW_MUTEX,
    "gvisor.dev/gvisor/pkg/sync.Mutex": _MUTEX,
    "gvisor.dev/gvisor/pkg/sync.RWMutex": _GVISOR_RW_MUTEX,
    "tailscale.com/syncs.Mutex": _MUTEX,
    "tailscale.com/syncs.RWMutex": _RW_MUTEX,
}
"""What each method does, by lock type (import path and name) and method name."""

KEYED_LOCKS: Final = {
    "github.com/moby/locker.Locker": _LOCKER,
    "github.com/moby/locker/v2.MutexMap": _LOCKER,
    "github.com/moby/locker/v2.RWMutexMap": _RW_LOCKER,
    "k8s.io/utils/keymutex.KeyMutex": {"LockKey": LockEffect.LOCK, "UnlockKey": LockEffect.UNLOCK},
}
"""The same for types that hold one lock for each value of the methods' first argument: holders of different
keys do not exclude each other."""
