"""What the names around keys are read as."""

from __future__ import annotations

import pytest
from programs import signs_of

from maplint.model.key_names import Speaks, of_name
from maplint.model.naming import words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("remoteAddr", ("remote", "addr")),
        ("peerIDs", ("peer", "id")),
        ("HTTPServer", ("http", "server")),
        ("entries", ("entry",)),
        ("addresses", ("address",)),
        ("status", ("status",)),
        ("_", ()),
    ],
)
def test_names_are_split_into_words(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "remoteAddr",
        "userID",
        "tenant",
        "sessionKey",
        "TopicID",
        "streamIDs",
        "clientName",
        "fullpath",
        "reqid",
    ],
)
def test_things_that_come_and_go(name: str) -> None:
    assert of_name(name) is Speaks.COMERS


@pytest.mark.parametrize(
    "name", ["jobType", "eventKind", "methodName", "pluginID", "statusCode", "logLevel", "typename"]
)
def test_the_last_word_that_says_something_decides(name: str) -> None:
    assert of_name(name) is Speaks.PROGRAM


@pytest.mark.parametrize("name", ["clusterID", "region", "zoneName", "memberId", "storeName", "tier"])
def test_parts_of_an_installation_stay_though_they_have_ids(name: str) -> None:
    assert of_name(name) is Speaks.INSTALLED


@pytest.mark.parametrize("name", ["k", "key", "name", "shelfName", "x", "valid", "market"])
def test_other_names_say_neither(name: str) -> None:
    assert of_name(name) is Speaks.NOTHING


FOREIGN = """package m

import (
    "sync"

    "example.com/elsewhere/model"
)

type Store struct {
    mu     sync.Mutex
    byKey map[string]int
}

func (s *Store) Put(span *model.Span) {
    s.mu.Lock()
    defer s.mu.Unlock()
    s.byKey[KEY]++
}
"""


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("span.TraceID", "key-names-comers"),
        ("span.Tenant.Name", "key-names-comers"),
        ("span.Kind", "key-names-program-text"),
        ("span.Weight", "key-unknown"),
    ],
)
def test_what_is_selected_from_types_of_other_modules_is_read_too(key: str, sign: str) -> None:
    assert sign in signs_of({"m.go": FOREIGN.replace("KEY", key)}, "example.com/m.Store.byKey")


CALLED = """package main

import "net/http"

type task struct { tenantID, kind string }

type table struct {
	keyOf func(task) string
	seen  map[string]int
}

func keyOf(one task) string { return one.FIELD }

func (t *table) put(one task) { key := CALL(one); t.seen[key]++ }

var all = &table{keyOf: func(one task) string { return one.FIELD }, seen: map[string]int{}}

func handle(w http.ResponseWriter, r *http.Request) { all.put(task{}) }

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize("call", ["keyOf", "t.keyOf"])
@pytest.mark.parametrize(
    ("field", "sign"), [("tenantID", "key-names-comers"), ("kind", "key-names-program-text")]
)
def test_a_key_is_named_by_what_a_function_gives_back(call: str, field: str, sign: str) -> None:
    found = signs_of(
        {"main.go": CALLED.replace("FIELD", field).replace("CALL", call)}, "example.com/m.table.seen"
    )
    assert sign in found


JOINED = """package main

import "net/http"

type table struct { seen map[string]int }

var all = &table{seen: map[string]int{}}

func (t *table) put(where, kind, status, colour, weight string) {
    t.seen[where+"/"+kind+"/"+status+"/"+colour+"/"+weight]++
}

func handle(w http.ResponseWriter, r *http.Request) { all.put(FIRST, "a", "b", "c", "d") }

func main() { http.HandleFunc("/", handle) }
"""


def test_every_part_of_a_text_that_is_put_together_counts() -> None:
    opened = signs_of({"main.go": JOINED.replace("FIRST", "r.Host")}, "example.com/m.table.seen")
    named = JOINED.replace("where", "tenantID").replace("FIRST", "w.(interface{ F() string }).F()")
    assert "key-open" in opened
    assert "key-names-comers" in signs_of({"main.go": named}, "example.com/m.table.seen")
