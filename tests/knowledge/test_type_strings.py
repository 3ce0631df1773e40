"""The type strings of the shipped tables are read as Go reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from type_texts import text_of

from maplint.facts.types import (
    ANY,
    ERROR,
    INT,
    STRING,
    Array,
    Basic,
    Chan,
    Field,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeParam,
)
from maplint.knowledge.type_strings import Signature, parse_signature, parse_type, parse_type_params

URL = Named("net/url", "URL")

EXAMPLES: dict[str, Type] = {
    "string": STRING,
    "error": ERROR,
    "any": ANY,
    "interface{}": ANY,
    "byte": Basic("uint8"),
    "rune": Basic("int32"),
    "untyped int": Basic("untyped int"),
    "unsafe.Pointer": Basic("unsafe.Pointer"),
    "Request": Named("net/http", "Request"),
    "net/url.URL": URL,
    "math/rand/v2.Rand": Named("math/rand/v2", "Rand"),
    "gopkg.in/telebot.v3.Bot": Named("gopkg.in/telebot.v3", "Bot"),
    "go-tool.dev/x_y/z-w.T": Named("go-tool.dev/x_y/z-w", "T"),
    "*net/url.URL": Pointer(URL),
    "[]string": Slice(STRING),
    "[16]byte": Array(Basic("uint8"), "16"),
    "map[string][]string": Map(STRING, Slice(STRING)),
    "map[[2]int]map[string]int": Map(Array(INT, "2"), Map(STRING, INT)),
    "chan int": Chan(INT, "chan"),
    "<-chan int": Chan(INT, "<-chan"),
    "chan<- int": Chan(INT, "chan<-"),
    "chan (<-chan int)": Chan(Chan(INT, "<-chan"), "chan"),
    "chan<- chan int": Chan(Chan(INT, "chan"), "chan<-"),
    "iter.Seq2[string, []int]": Named("iter", "Seq2", (STRING, Slice(INT))),
    "Pointer[Pointer[int]]": Named("net/http", "Pointer", (Named("net/http", "Pointer", (INT,)),)),
    "func()": Func((), ()),
    "func(...any)": Func((Slice(ANY),), (), variadic=True),
    "func(int) string": Func((INT,), (STRING,)),
    "func() (int, error)": Func((), (INT, ERROR)),
    "func(func(int)) func() bool": Func((Func((INT,), ()),), (Func((), (Basic("bool"),)),)),
    "struct{}": Struct(()),
    "struct{URL *net/url.URL; Sum [4]int}": Struct(
        (Field("URL", Pointer(URL)), Field("Sum", Array(INT, "4")))
    ),
    "struct{*net/url.URL; Pool[int]; error}": Struct(
        (
            Field("URL", Pointer(URL), embedded=True),
            Field("Pool", Named("net/http", "Pool", (INT,)), embedded=True),
            Field("error", ERROR, embedded=True),
        )
    ),
    "struct{F func() int; G <-chan struct{}}": Struct(
        (Field("F", Func((), (INT,))), Field("G", Chan(Struct(()), "<-chan")))
    ),
    "interface{Get(string) string; Len() int}": Interface(
        (("Get", Func((STRING,), (STRING,))), ("Len", Func((), (INT,))))
    ),
    "interface{~int | ~string}": Interface((), (INT, STRING)),
    "interface{String() string; comparable}": Interface(
        (("String", Func((), (STRING,))),), (Named("", "comparable"),)
    ),
}


@pytest.mark.parametrize(("text", "type"), EXAMPLES.items())
def test_examples(text: str, type: Type) -> None:
    assert parse_type(text, "net/http") == type


def test_bare_names_are_type_parameters_where_these_are_in_scope() -> None:
    param = TypeParam("T", ANY)
    assert parse_type("map[string]*T", "p", (param,)) == Map(STRING, Pointer(param))
    assert parse_type("map[string]*T", "p") == Map(STRING, Pointer(Named("p", "T")))


def test_the_fields_of_a_struct_hang_on_its_owner() -> None:
    found = parse_type("struct{Inner struct{N int}}", "p", (), "p.Outer")
    assert isinstance(found, Struct)
    assert found.owner == "p.Outer"
    assert found.fields == (Field("Inner", Struct((Field("N", INT),))),)


def test_a_generic_signature_keeps_its_type_parameters() -> None:
    key = TypeParam("K", Named("", "comparable"))
    map_param = TypeParam("M", Interface((), (Map(TypeParam("K"), TypeParam("V")),)))
    assert parse_signature("func[M ~map[K]V, K comparable, V any](M) []K", "maps") == Signature(
        Func((map_param,), (Slice(key),)), (map_param, key, TypeParam("V", ANY))
    )


def test_the_parameters_of_a_generic_method_stand_beside_those_of_its_type() -> None:
    of_type, of_method = TypeParam("T", ANY), TypeParam("U", Named("cmp", "Ordered"))
    signature = parse_signature("func[U cmp.Ordered](T) U", "p", (of_type,))
    assert signature == Signature(Func((of_type,), (of_method,)), (of_method,))


def test_constraints() -> None:
    numbers = Interface((), (INT, Basic("float64")))
    assert parse_type_params("[N ~int | float64]", "p") == (TypeParam("N", numbers),)
    assert parse_type_params("[T fmt.Stringer]", "p") == (TypeParam("T", Named("fmt", "Stringer")),)
    assert parse_type_params("", "p") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "map[string",
        "map[string]",
        "[4",
        "func(int",
        "func(int) (string",
        "int string",
        "struct{A int",
        "interface{A(",
        "chan",
        "<-int",
        "*",
        "a/b.",
        "4",
        "int]",
    ],
)
def test_what_is_no_type_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"no type|expected"):
        parse_type(text, "p")


PLAIN = st.sampled_from([STRING, INT, ERROR, ANY, URL, Named("p", "Local"), Basic("untyped nil")])
NAMES = st.sampled_from(["Get", "Len", "URL", "X1"])


def compound(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    types = st.lists(inner, max_size=3).map(tuple)
    some_types = st.lists(inner, min_size=1, max_size=2).map(tuple)
    funcs = st.tuples(types, types).map(lambda parts: Func(*parts))
    variadic = st.tuples(types, inner).map(
        lambda parts: Func((*parts[0], Slice(parts[1])), (), variadic=True)
    )
    fields = st.tuples(NAMES, inner).map(lambda parts: Field(*parts))
    embedded = st.sampled_from([Field("URL", Pointer(URL), embedded=True), Field("URL", URL, embedded=True)])
    methods = st.lists(st.tuples(NAMES, funcs), min_size=1, max_size=2)
    directions = st.sampled_from(["chan", "<-chan", "chan<-"])
    return st.one_of(
        funcs,
        variadic,
        inner.map(Pointer),
        inner.map(Slice),
        inner.map(lambda elem: Array(elem, "12")),
        st.tuples(inner, inner).map(lambda parts: Map(*parts)),
        st.tuples(inner, directions).map(lambda parts: Chan(*parts)),
        st.lists(fields | embedded, max_size=3).map(lambda fields: Struct(tuple(fields))),
        methods.map(lambda methods: Interface(tuple(methods))),
        some_types.map(lambda args: Named("iter", "Seq", args)),
    )


@given(st.recursive(PLAIN, compound, max_leaves=12))
def test_every_type_is_read_back_as_it_was_written(type: Type) -> None:
    assert parse_type(text_of(type), "p") == type
