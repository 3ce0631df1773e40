"""What the field and its entries say of a map: parts of a record, services of a program."""

from __future__ import annotations

import pytest
from programs import signs_of

TEXT = """package main

import "net/http"

type service interface { Serve(id string) error }
type rateLimiter interface { Allow() bool }

type table struct { FIELD map[string]ENTRY TAG }

var all = &table{FIELD: map[string]ENTRY{}}

func handle(w http.ResponseWriter, r *http.Request) { var one ENTRY; all.FIELD[r.Host] = one }

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("field", "entry", "expected"),
    [
        ("hosts", "int", set()),
        ("hosts", 'int `yaml:"hosts"`', {"field-is-written-down"}),
        ("Hosts", "int", {"field-is-exported"}),
        ("hosts", "service", {"entries-are-services"}),
        ("hosts", "rateLimiter", set()),
        ("hosts", "any", set()),
        ("hosts", "error", set()),
    ],
)
def test_the_field_and_its_entries_speak(field: str, entry: str, expected: set[str]) -> None:
    kind, _, tag = entry.partition(" ")
    text = TEXT.replace("FIELD", field).replace("TAG", tag).replace("ENTRY", kind)
    signs = signs_of({"main.go": text}, f"example.com/m.table.{field}")
    assert signs & {"field-is-exported", "field-is-written-down", "entries-are-services"} == expected


OWN = """package main

import "net/http"

type Table struct { Hosts map[string]int }

func (t *Table) note(id string) { t.Hosts[id]++ }

var all = &Table{Hosts: map[string]int{}}

func handle(w http.ResponseWriter, r *http.Request) { NOTES }

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(("notes", "is_record"), [("all.note(r.Host)", False), ("all.Hosts[r.Host]++", True)])
def test_an_exported_field_that_its_own_methods_fill_is_no_record(notes: str, is_record: bool) -> None:
    found = signs_of({"main.go": OWN.replace("NOTES", notes)}, "example.com/m.Table.Hosts")
    assert ("field-is-exported" in found) is is_record


NUMBERED = """package main

import (
	"net/http"
	"strconv"
)

type table struct { seen map[int]int }

var all = &table{seen: map[int]int{}}

var ports []int

func handle(w http.ResponseWriter, r *http.Request) {
	asked, _ := strconv.Atoi(r.Host)
	_ = asked
	all.seen[KEY]++
}

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(("key", "is_plain"), [("asked", False), ("ports[0]", True)])
def test_a_number_that_a_request_brings_is_no_plain_one(key: str, is_plain: bool) -> None:
    found = signs_of({"main.go": NUMBERED.replace("KEY", key)}, "example.com/m.table.seen")
    assert ("key-is-number" in found) is is_plain


HANDED = """package main

import "net/http"

type thing struct { name string }

type table struct { seen map[string]ENTRY }

var (
	all = &table{seen: map[string]ENTRY{}}
	top ENTRY
)

func (t *table) put(name string, one ENTRY) { t.seen[name] = VALUE }

func name() string

func handle(w http.ResponseWriter, r *http.Request) { all.put(KEY, top) }

func main() { http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("entry", "value", "key", "is_handed_in"),
    [
        ("*thing", "one", "name()", True),
        ("*thing", "&thing{}", "name()", False),
        ("*thing", "one", "r.Host", False),
        ("int", "one", "name()", False),
    ],
)
def test_entries_that_callers_bring_are_registered(
    entry: str, value: str, key: str, is_handed_in: bool
) -> None:
    text = HANDED.replace("VALUE", value).replace("KEY", key).replace("ENTRY", entry)
    found = signs_of({"main.go": text}, "example.com/m.table.seen")
    assert ("entries-are-handed-in" in found) is is_handed_in


ALONE = """package m

import "net/http"

type Tenants struct { byName map[string]*int }

var tenants = Tenants{byName: map[string]*int{}}

func (t *Tenants) get(tenant string) *int {
	one := t.byName[tenant]
	if one == nil {
		one = new(int)
		t.byName[tenant] = one
	}
	return one
}

CALLS
"""


@pytest.mark.parametrize(
    ("calls", "is_untold"),
    [
        ("func Get(tenant string) *int { return tenants.get(tenant) }", True),
        ("func Get(w http.ResponseWriter, r *http.Request) { tenants.get(r.Host) }", False),
        ("func Get(from chan string) { for { tenants.get(<-from) } }", False),
    ],
)
def test_a_singleton_needs_more_than_its_life(calls: str, is_untold: bool) -> None:
    found = signs_of({"m.go": ALONE.replace("CALLS", calls)}, "example.com/m.Tenants.byName")
    assert ("untold-singleton" in found) is is_untold


def test_keys_that_are_objects_tell_of_more_to_come() -> None:
    text = ALONE.replace("map[string]*int", "map[*tenant]*int").replace("tenant string", "tenant *tenant")
    calls = "type tenant struct{ name string }\n\nfunc Get(one *tenant) *int { return tenants.get(one) }"
    found = signs_of({"m.go": text.replace("CALLS", calls)}, "example.com/m.Tenants.byName")
    assert "key-is-object" in found and "untold-singleton" not in found


FILLED = """package m

import "sync"

type Server struct {
	mu       sync.Mutex
	services map[string]int
}

func (s *Server) RegisterService(name string) { s.add(name) }

func (s *Server) add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.services[name] = 1
}
"""


@pytest.mark.parametrize(
    ("besides", "registers"), [("", True), ("func (s *Server) Serve(name string) { s.add(name) }", False)]
)
def test_what_only_registrations_call_registers(besides: str, registers: bool) -> None:
    found = signs_of({"m.go": FILLED + besides}, "example.com/m.Server.services")
    assert ("registration" in found) is registers


@pytest.mark.parametrize("name", ["RegisterTask", "registerPeer"])
def test_what_comes_and_goes_is_no_registration_because_of_a_caller(name: str) -> None:
    text = FILLED.replace("RegisterService(name string) { s.add(name)", f"{name}(id string) {{ s.add(id)")
    text = text.replace("add(name string)", "add(taskID string)").replace(
        "s.services[name]", "s.services[taskID]"
    )
    assert "registration" not in signs_of({"m.go": text}, "example.com/m.Server.services")


CHOSEN = """
var server = &Server{services: map[string]int{}}

func (s *Server) receive(r *http.Request) { s.RegisterService(r.Header.Get("name")) }

func main() { go server.receive(nil) }
"""


def test_what_others_choose_the_keys_of_is_no_registration() -> None:
    text = FILLED.replace("package m", 'package main\n\nimport "net/http"') + CHOSEN
    signs = signs_of({"main.go": text}, "example.com/m.Server.services")
    assert signs >= {"key-open", "reached-in-a-goroutine"}
    assert "registration" not in signs


SET = """package m

import "sync"

type listener interface { Notify(event string) }

type hub struct {
    mu  sync.Mutex
    all map[KEY]struct{}
}

func NewHub() *hub { return &hub{all: map[KEY]struct{}{}} }

func (h *hub) Add(one KEY) { h.mu.Lock(); defer h.mu.Unlock(); h.all[one] = struct{}{} }
"""


@pytest.mark.parametrize(("key", "marks"), [("string", True), ("listener", False), ("*sync.Cond", False)])
def test_a_set_of_objects_keeps_them_and_marks_nothing(key: str, marks: bool) -> None:
    signs = signs_of({"m.go": SET.replace("KEY", key)}, "example.com/m.hub.all")
    assert ("entries-are-marks" in signs) is marks
    assert ("key-is-object" in signs) is not marks


STATE = """package m

import "sync"

type serverState struct {
    mu    OWN
    rooms map[string]int
}

func (s *serverState) Enter(room string) { s.rooms[room]++ }

type Server struct {
    mu    sync.Mutex
    state *HELD
}
"""


@pytest.mark.parametrize(
    ("own", "held", "is_task"), [("int", "serverState", False), ("sync.Mutex", "sync.Once", True)]
)
def test_the_one_state_of_a_server_is_no_task(own: str, held: str, is_task: bool) -> None:
    text = STATE.replace("OWN", own).replace("HELD", held)
    signs = signs_of({"m.go": text}, "example.com/m.serverState.rooms")
    assert ("owner-named-like-a-task" in signs) is is_task
