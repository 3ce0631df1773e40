"""The tables of locks and library types hold together."""

from __future__ import annotations

import pytest

from maplint.facts.types import ERROR, Interface, Named, Pointer
from maplint.knowledge.callbacks import callbacks
from maplint.knowledge.locks import LOCKS, LockEffect
from maplint.knowledge.module_results import module_results
from maplint.knowledge.std_table import std_package


@pytest.mark.parametrize("name", ["Mutex", "RWMutex", "Locker"])
def test_locks_of_the_standard_library_are_known_with_all_their_methods(name: str) -> None:
    sync = std_package("sync")
    assert sync is not None
    decl = sync.type_decl(name)
    assert decl is not None
    listed = [method for method, _ in decl.type.methods] if isinstance(decl.type, Interface) else decl.methods
    assert set(LOCKS[f"sync.{name}"]) == set(listed) - {"RLocker"}


def test_what_is_locked_can_be_unlocked() -> None:
    for methods in LOCKS.values():
        effects = set(methods.values())
        assert {LockEffect.LOCK, LockEffect.UNLOCK} <= effects
        assert (LockEffect.READ_LOCK in effects) == (LockEffect.READ_UNLOCK in effects)


def test_effects_of_methods() -> None:
    assert LOCKS["sync.RWMutex"]["RLock"] is LockEffect.READ_LOCK
    assert LOCKS["sync.RWMutex"]["TryLock"] is LockEffect.TRY_LOCK
    assert LOCKS["github.com/sasha-s/go-deadlock.Mutex"]["Unlock"] is LockEffect.UNLOCK


def test_what_constructors_return() -> None:
    mux = "github.com/gorilla/mux"
    assert module_results(f"{mux}.NewRouter") == (Pointer(Named(mux, "Router")),)
    assert module_results(f"{mux}.Route.Subrouter") == (Pointer(Named(mux, "Router")),)
    nats = "github.com/nats-io/nats.go"
    assert module_results(f"{nats}.Connect") == (Pointer(Named(nats, "Conn")), ERROR)
    group, context = module_results("golang.org/x/sync/errgroup.WithContext")
    assert group == Pointer(Named("golang.org/x/sync/errgroup", "Group"))
    assert context == Named("context", "Context")
    assert module_results("example.com/unknown.New") == ()


@pytest.mark.parametrize(
    ("constructor", "method"),
    [
        ("github.com/gin-gonic/gin.Default", "GET"),
        ("github.com/go-chi/chi/v5.NewRouter", "Get"),
        ("github.com/labstack/echo/v4.New", "POST"),
        ("github.com/gofiber/fiber/v2.New", "Use"),
        ("github.com/cloudwego/hertz/pkg/app/server.Default", "GET"),
        ("github.com/robfig/cron/v3.New", "AddFunc"),
        ("go.temporal.io/sdk/worker.New", "RegisterActivity"),
        ("k8s.io/client-go/tools/cache.NewSharedIndexInformer", "AddEventHandler"),
    ],
)
def test_what_a_constructor_returns_leads_to_its_callbacks(constructor: str, method: str) -> None:
    type = module_results(constructor)[0]
    named = type.elem if isinstance(type, Pointer) else type
    assert isinstance(named, Named)
    assert f"({named.symbol}).{method}" in callbacks()
