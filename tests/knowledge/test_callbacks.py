"""What is known of callbacks: every name of the standard library exists, and none is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from maplint.facts.types import Func, Interface, Map, Named, Pointer, Slice, Struct, Type
from maplint.knowledge.callbacks import Callback, callbacks
from maplint.knowledge.implemented import implemented
from maplint.knowledge.std_table import StdPackage, std_package, std_packages
from maplint.knowledge.type_strings import Signature
from maplint.knowledge.when import When


def split(function: str) -> tuple[str, str, str]:
    """Import path, type and name; the type is empty for a function."""
    method = re.fullmatch(r"\((.+)\.(\w+)\)\.(\w+)", function)
    if method is not None:
        return method[1], method[2], method[3]
    path, _, name = function.rpartition(".")
    return path, "", name


def std_callbacks() -> Iterator[tuple[StdPackage, str, str, Callback]]:
    for function, known in callbacks().items():
        path, owner, name = split(function)
        std = std_package(path)
        if std is not None:
            yield from ((std, owner, name, callback) for callback in known)


def signature_of(std: StdPackage, owner: str, name: str) -> Signature | None:
    return std.method(owner, name) if owner else std.func(name)


def underlying(type: Type) -> Type:
    while isinstance(type, Named) and type.package:
        std = std_package(type.package)
        decl = std.type_decl(type.name) if std else None
        type = decl.type if decl else None
    return type


def given_type(std: StdPackage, owner: str, name: str, callback: Callback) -> Type:
    """The type of a callback's parameter or field, for a conversion the func type; None where none is."""
    decl = std.type_decl(name)
    if isinstance(callback.argument, str):
        fields = decl.type.fields if decl and isinstance(decl.type, Struct) else ()
        return next((field.type for field in fields if field.name == callback.argument), None)
    signature = signature_of(std, owner, name)
    if signature is not None:
        return signature.type.params[callback.argument]
    return decl.type if decl else None


def holds_code(type: Type) -> bool:
    """Whether a value of the type is a func, methods, or a collection of these."""
    under = underlying(type)
    if isinstance(under, Slice):
        return holds_code(under.elem)
    if isinstance(under, Map):
        return holds_code(under.value)
    return isinstance(under, (Func, Interface))


def test_every_std_callback_exists_and_takes_code() -> None:
    wrong = [
        callback
        for std, owner, name, callback in std_callbacks()
        if not holds_code(given_type(std, owner, name, callback))
    ]
    assert wrong == []


def func_places() -> Iterator[tuple[str, int | str]]:
    """Each exported parameter or field of the standard library that is a func, as `Callback` writes it."""
    for path in std_packages():
        std = std_package(path)
        assert std is not None
        for name in std.table.get("funcs", {}):
            yield from func_params(f"{path}.{name}", std.func(name))
        for owner in std.table.get("types", {}):
            decl = std.type_decl(owner)
            if decl is None or not owner[0].isupper():
                continue
            fields = decl.type.fields if isinstance(decl.type, Struct) else ()
            listed = [name for name, _ in decl.type.methods] if isinstance(decl.type, Interface) else []
            yield from ((f"{path}.{owner}", field.name) for field in fields if is_func(field.type))
            for method in [*decl.methods, *listed]:
                yield from func_params(f"({path}.{owner}).{method}", std.method(owner, method))


def func_params(function: str, signature: Signature | None) -> Iterator[tuple[str, int | str]]:
    assert signature is not None
    for index, param in enumerate(signature.type.params):
        if is_func(param):
            yield function, index


def is_func(type: Type) -> bool:
    under = underlying(type)
    return isinstance(under, Func) or (isinstance(under, Slice) and is_func(under.elem))


def test_no_std_callback_is_forgotten() -> None:
    known = {(callback.function, callback.argument) for _, _, _, callback in std_callbacks()}
    assert sorted(set(func_places()) - known, key=str) == []


WHENS = {
    ("sort.Slice", 1): "now",
    ("strings.Map", 0): "now",
    ("slices.SortFunc", 1): "now",
    ("maps.DeleteFunc", 1): "now",
    ("path/filepath.WalkDir", 1): "now",
    ("(sync.Map).Range", 0): "now",
    ("(sync.Once).Do", 0): "once",
    ("(sync.WaitGroup).Go", 0): "goroutine",
    ("context.AfterFunc", 1): "goroutine",
    ("(net/http.Server).RegisterOnShutdown", 0): "goroutine",
    ("runtime.SetFinalizer", 1): "goroutine",
    ("time.AfterFunc", 1): "timer",
    ("net/http.HandleFunc", 1): "concurrent",
    ("(net/http.ServeMux).Handle", 1): "concurrent",
    ("net/http.HandlerFunc", 0): "concurrent",
    ("net/http.Server", "Handler"): "concurrent",
    ("expvar.Publish", 1): "concurrent",
    ("expvar.Func", 0): "concurrent",
    ("(golang.org/x/sync/errgroup.Group).TryGo", 0): "goroutine",
    ("(github.com/gin-gonic/gin.Engine).GET", 1): "concurrent",
    ("(github.com/go-chi/chi/v5.Mux).Route", 1): "now",
    ("(github.com/robfig/cron/v3.Cron).AddFunc", 1): "timer",
    ("github.com/spf13/cobra.Command", "RunE"): "once",
    ("k8s.io/client-go/tools/cache.ResourceEventHandlerFuncs", "AddFunc"): "goroutine",
    ("k8s.io/client-go/util/workqueue.ParallelizeUntil", 3): "parallel",
}


@pytest.mark.parametrize(("place", "when"), WHENS.items())
def test_when_well_known_callbacks_run(place: tuple[str, int | str], when: str) -> None:
    function, argument = place
    assert [known.when for known in callbacks()[function] if known.argument == argument] == [When(when)]


def test_variadic_handlers_are_all_known() -> None:
    (known,) = callbacks()["(github.com/gin-gonic/gin.RouterGroup).POST"]
    assert (known.argument, known.and_following) == (1, True)


def test_each_callback_is_known_once() -> None:
    places = [(known.function, known.argument) for entries in callbacks().values() for known in entries]
    assert sorted(place for place in places if places.count(place) > 1) == []


def test_every_std_method_that_users_implement_exists() -> None:
    entries = [entry for known in implemented().values() for entry in known if entry.type is None]
    assert len(entries) > 50
    for entry in entries:
        path, _, name = entry.interface.rpartition(".")
        std = std_package(path)
        decl = std.type_decl(name) if std else None
        interface = underlying(decl.type) if decl else None
        assert isinstance(interface, Interface), entry
        assert entry.method in dict(interface.methods), entry


def test_methods_that_frameworks_call() -> None:
    assert [entry.when for entry in implemented()["ServeDNS"]] == [When.CONCURRENT]
    assert {entry.when for entry in implemented()["ConsumeClaim"]} == {When.CONCURRENT}
    assert [entry.when for entry in implemented()["RoundTrip"]] == [When.CONCURRENT]
    assert [entry.when for entry in implemented()["Swap"]] == [When.NOW]


def test_methods_of_libraries_carry_their_type() -> None:
    (reconcile,) = implemented()["Reconcile"]
    package = "sigs.k8s.io/controller-runtime/pkg/reconcile"
    assert reconcile.type == Func(
        (Named("context", "Context"), Named(package, "Request")),
        (Named(package, "Result"), Named("", "error")),
    )
    (notify,) = implemented()["NotifyJoin"]
    assert notify.type == Func((Pointer(Named("github.com/hashicorp/memberlist", "Node")),), ())
