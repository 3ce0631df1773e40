"""The table of the standard library is what Go says it is, and answers as Go would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from generate import SHIPPED, generate
from go_tool import go_binary
from type_texts import named_types, text_of

from maplint.facts.types import Interface, Map, Named, Pointer, Slice, Struct, Type, TypeParam
from maplint.knowledge.std_table import StdPackage, TypeDecl, std_package, std_packages
from maplint.knowledge.type_strings import Signature


def test_shipped_table_is_what_the_generator_writes(tmp_path: Path) -> None:
    generate(tmp_path, str(go_binary()))
    generated = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    shipped = {path.name: path.read_bytes() for path in SHIPPED.iterdir()}
    assert sorted(shipped) == sorted(generated)
    assert [name for name in shipped if shipped[name] != generated[name]] == []


def test_table_stays_small_and_names_its_format_and_release() -> None:
    index = json.loads((SHIPPED / "index.json").read_text())
    assert index["format"] == 1
    assert index["go"].startswith("go1.")
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 1_000_000


def package(path: str) -> StdPackage:
    found = std_package(path)
    assert found is not None
    return found


def declared(path: str, name: str) -> TypeDecl:
    found = package(path).type_decl(name)
    assert found is not None
    return found


FUNCTIONS = {
    "net/http.NewRequest": "func(string, string, io.Reader) (*net/http.Request, error)",
    "strings.Split": "func(string, string) []string",
    "os.ReadDir": "func(string) ([]io/fs.DirEntry, error)",
    "os.Stat": "func(string) (io/fs.FileInfo, error)",
    "fmt.Sprintf": "func(string, ...any) string",
    "sync.OnceValue": "func[T any](func() T) func() T",
    "maps.Keys": "func[Map ~map[K]V, K comparable, V any](Map) iter.Seq[K]",
    "slices.SortFunc": "func[S ~[]E, E any](S, func(E, E) int)",
    "context.WithCancel": "func(context.Context) (context.Context, context.CancelFunc)",
    "time.After": "func(time.Duration) <-chan time.Time",
    "os/signal.Notify": "func(chan<- os.Signal, ...os.Signal)",
    "math/rand/v2.N": "func[Int math/rand/v2.intType](Int) Int",
    "(net/url.URL).Query": "func() net/url.Values",
    "(net/http.Request).FormFile": ("func(string) (mime/multipart.File, *mime/multipart.FileHeader, error)"),
    "(sync.Map).LoadOrStore": "func(any, any) (any, bool)",
    "(sync/atomic.Pointer).Load": "func() *T",
    "(net/http.ResponseWriter).Header": "func() net/http.Header",
    "(reflect.Type).Elem": "func() reflect.Type",
    "(os.FileInfo).Size": "func() int64",
    "(math/rand/v2.Rand).N": "func[Int math/rand/v2.intType](Int) Int",
}


@pytest.mark.parametrize(("function", "text"), FUNCTIONS.items())
def test_functions_and_methods(function: str, text: str) -> None:
    if function.startswith("("):
        type_name, _, method = function.removeprefix("(").partition(").")
        path, _, owner = type_name.rpartition(".")
        assert text_of(package(path).method(owner, method)) == text
    else:
        path, _, name = function.rpartition(".")
        assert text_of(package(path).func(name)) == text


VALUES = {
    "net/http.DefaultClient": "*net/http.Client",
    "net/http.StatusOK": "untyped int",
    "net/http.MethodGet": "untyped string",
    "time.Second": "time.Duration",
    "os.Args": "[]string",
    "io.EOF": "error",
    "syscall.SIGTERM": "syscall.Signal",
}


@pytest.mark.parametrize(("value", "text"), VALUES.items())
def test_variables_and_constants(value: str, text: str) -> None:
    path, _, name = value.rpartition(".")
    assert text_of(package(path).var(name) or package(path).const(name)) == text


def test_underlying_types_of_declared_types() -> None:
    assert text_of(declared("net/url", "Values").type) == "map[string][]string"
    assert text_of(declared("time", "Duration").type) == "int64"
    assert text_of(declared("net/http", "HandlerFunc").type).startswith("func(net/http.ResponseWriter, ")
    assert isinstance(declared("net/http", "Header").type, Map)


def test_struct_fields_hang_on_their_type_and_unexported_ones_are_left_out() -> None:
    request = declared("net/http", "Request").type
    assert isinstance(request, Struct)
    assert request.owner == "net/http.Request"
    fields = {field.name: field.type for field in request.fields}
    assert fields["URL"] == Pointer(Named("net/url", "URL"))
    assert fields["Form"] == Named("net/url", "Values")
    assert "ctx" not in fields


def test_unexported_embedded_types_promote_their_methods() -> None:
    test = declared("testing", "T").type
    assert isinstance(test, Struct)
    assert [(field.name, field.embedded) for field in test.fields] == [("common", True)]
    assert package("testing").method("common", "Cleanup") is not None


def test_receivers_are_told_apart() -> None:
    values = declared("net/url", "Values")
    assert "Add" in values.methods
    assert values.pointer_methods == ()
    mutex = declared("sync", "Mutex")
    assert mutex.methods == mutex.pointer_methods == ("Lock", "TryLock", "Unlock")


def test_type_parameters_of_a_type() -> None:
    (param,) = declared("sync/atomic", "Pointer").type_params
    assert param.name == "T"
    first, second = declared("iter", "Seq2").type_params
    assert (first.name, second.name) == ("K", "V")


def test_constraints_name_other_parameters_without_their_constraints() -> None:
    signature = package("slices").func("Sort")
    assert signature is not None
    assert signature.type_params == (
        TypeParam("S", Interface((), (Slice(TypeParam("E")),))),
        TypeParam("E", Named("cmp", "Ordered")),
    )


def test_aliases_say_what_they_stand_for() -> None:
    info = declared("os", "FileInfo")
    assert info.is_alias
    assert info.type == Named("io/fs", "FileInfo")
    assert not declared("io/fs", "FileInfo").is_alias


def test_package_names_that_differ_from_the_path() -> None:
    assert package("math/rand/v2").name == "rand"
    assert std_packages()["encoding/json/v2"] == "json"


@pytest.mark.parametrize(
    "path", ["example.com/net/http", "net/htt", "http", "cmd/go", "index", "", "../std/net"]
)
def test_what_is_no_package_is_none(path: str) -> None:
    assert std_package(path) is None


def test_what_is_not_declared_is_none() -> None:
    http = package("net/http")
    assert http.func("Request") is None
    assert http.type_decl("NewRequest") is None
    assert http.var("StatusOK") is None
    assert http.const("DefaultClient") is None
    assert http.method("Request", "Nope") is None
    assert http.method("Handler", "Nope") is None
    assert http.method("Nope", "Nope") is None


def every_type() -> Iterator[tuple[str, Type]]:
    """Each type that the table spells, with the place where it stands."""
    for path in std_packages():
        std = package(path)
        for name in std.table.get("types", {}):
            decl = declared(path, name)
            yield f"{path}.{name}", decl.type
            for param in decl.type_params:
                yield f"{path}.{name}", param
            for method in decl.methods:
                yield from signature_types(f"{path}.{name}.{method}", std.method(name, method))
        for name in std.table.get("funcs", {}):
            yield from signature_types(f"{path}.{name}", std.func(name))
        for name in std.table.get("vars", {}):
            yield f"{path}.{name}", std.var(name)
        for name in std.table.get("consts", {}):
            yield f"{path}.{name}", std.const(name)


def signature_types(place: str, signature: Signature | None) -> Iterator[tuple[str, Type]]:
    assert signature is not None
    yield place, signature.type
    for param in signature.type_params:
        yield place, param


def test_the_table_is_closed() -> None:
    """Every type named anywhere is declared in it, the unexported and internal ones too."""
    missing = {
        f"{place} names {named.symbol}"
        for place, type in every_type()
        for named in named_types(type)
        if named.package and package(named.package).type_decl(named.name) is None
    }
    assert missing == set()
