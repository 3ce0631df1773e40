"""Lock types and what their methods do. Tables only."""

from __future__ import annotations

import enum
from typing import Final


class LockEffect(enum.StrEnum):
    """What a method of a lock does to it."""

    LOCK = "lock"
    UNLOCK = "unlock"
    READ_LOCK = "rlock"
    READ_UNLOCK = "runlock"
    TRY_LOCK = "trylock"
    """Locks it where the method returns true."""
    TRY_READ_LOCK = "tryrlock"
    """Read-locks it where the method returns true."""


_LOCKER: Final = {"Lock": LockEffect.LOCK, "Unlock": LockEffect.UNLOCK}
_MUTEX: Final = _LOCKER | {"TryLock": LockEffect.TRY_LOCK}
_RW_LOCKER: Final = _LOCKER | {"RLock": LockEffect.READ_LOCK, "RUnlock": LockEffect.READ_UNLOCK}
_RW_MUTEX: Final = _RW_LOCKER | {"TryLock": LockEffect.TRY_LOCK, "TryRLock": LockEffect.TRY_READ_LOCK}
_GVISOR_RW_MUTEX: Final = _RW_MUTEX | {"DowngradeLock": LockEffect.READ_LOCK}
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
    "github.com/puzpuzpuz/xsync/v3.RBMutex": _RW_MUTEX,
    "github.com/puzpuzpuz/xsync/v4.RBMutex": _RW_MUTEX,
    "github.com/sasha-s/go-deadlock.Mutex": _MUTEX,
    "github.com/sasha-s/go-deadlock.RWMutex": _RW_MUTEX,
    "gvisor.dev/gvisor/pkg/sync.CrossGoroutineMutex": _MUTEX,
    "gvisor.dev/gvisor/pkg/sync.CrossGoroutineRWMutex": _GVISOR_RW_MUTEX,
    "gvisor.dev/gvisor/pkg/sync.Mutex": _MUTEX,
    "gvisor.dev/gvisor/pkg/sync.RWMutex": _GVISOR_RW_MUTEX,
    "tailscale.com/syncs.Mutex": _MUTEX,
    "tailscale.com/syncs.RWMutex": _RW_MUTEX,
}
"""What each method does, by lock type (import path and name) and method name.

Locks that take a key, such as those of moby/locker, are left out: holders of different keys do not exclude each
other, and so they guard no map.
"""

CUSTOMARY: Final = _RW_MUTEX
"""What methods of these names do, without arguments, on a type that is not known."""
