"""How long owners live, where names and locks alone would mislead."""

from __future__ import annotations

from itertools import permutations

import pytest
from programs import program

from maplint.model.life import Life

PARTS = """package m

import "sync"

type Hub struct {
	mu    sync.Mutex
	rooms map[string]*Room
	names map[string]bool
}

type Room struct {
	hub  *Hub
	seen map[string]bool
	mu   sync.Mutex
}

var hub = &Hub{rooms: map[string]*Room{}}

func Open(id string) *Room {
	r := &Room{hub: hub}
	hub.rooms[id] = r
	return r
}

func Close(id string) { delete(hub.rooms, id) }
"""


def test_what_a_map_drops_comes_and_goes_and_its_owner_stays() -> None:
    lifetimes = program({"m.go": PARTS}).lifetimes
    assert lifetimes.of("example.com/m.Room").life is Life.REMOVED
    assert lifetimes.of("example.com/m.Hub").life is Life.LONG


BACK = """package m

import "sync"

type Hub struct {
	mu    sync.Mutex
	rooms map[string]*Room
}

type Room struct{ hub *Hub }

func NewHub() *Hub { return &Hub{rooms: map[string]*Room{}} }

func (h *Hub) Open(id string) { h.rooms[id] = &Room{hub: h} }

func (h *Hub) Close(id string) { delete(h.rooms, id) }
"""


def test_an_object_that_its_parts_point_back_to_is_not_removed_with_them() -> None:
    lifetimes = program({"m.go": BACK}).lifetimes
    assert lifetimes.of("example.com/m.Hub").life is Life.LIKELY
    assert lifetimes.of("example.com/m.Room").life is Life.REMOVED


LENT = """package m

type Tree struct { numbers map[string]int }

type Node struct {
	tree     *Tree
	children map[string]*Node
}

func (t *Tree) root() *Node { return &Node{tree: TREE, children: map[string]*Node{}} }

func (n *Node) Add(name string) { n.children[name] = &Node{tree: n.tree} }

func (n *Node) Drop(name string) { delete(n.children, name) }
"""


@pytest.mark.parametrize(("tree", "life"), [("t", Life.UNKNOWN), ("&Tree{}", Life.REMOVED)])
def test_what_parts_are_lent_is_not_removed_with_them(tree: str, life: Life) -> None:
    lifetimes = program({"m.go": LENT.replace("TREE", tree)}).lifetimes
    assert lifetimes.of("example.com/m.Node").life is Life.REMOVED
    assert lifetimes.of("example.com/m.Tree").life is life


RING = """package m

import "sync"

type hub struct { peer *peer }
type peer struct { link *link }
type link struct { hub *hub; mu sync.Mutex }
type table struct { links map[string]*link }

var shared = &table{links: map[string]*link{}}
"""


@pytest.mark.parametrize("order", list(permutations(("hub", "peer", "link", "table"))), ids=" ".join)
def test_types_that_hold_one_another_live_as_long_in_whatever_order_they_are_asked_for(
    order: tuple[str, ...],
) -> None:
    found = program({"m.go": RING}).lifetimes
    lives = {name: found.of(f"example.com/m.{name}") for name in order}
    assert {name: lives[name].life for name in sorted(lives)} == dict.fromkeys(sorted(lives), Life.LONG)
    assert lives["hub"].reasons[0] == "m.link.hub holds it"


SLOT = """package m

import "sync"

type Logger struct {
	mu     sync.Mutex
	record *Record
}

type Record struct{ seen map[string]int }

var logger = &Logger{record: &Record{}}

func (l *Logger) Note(id string) { l.record.seen[id]++ }

func (l *Logger) FLUSH() { BODY }

func find(into **Record) { println(into) }

func made() (fresh Record) { return }
"""


@pytest.mark.parametrize(
    ("name", "body", "life"),
    [
        ("Flush", "l.record = &Record{}", Life.REMOVED),
        ("Flush", "fresh := &Record{}; l.record = fresh", Life.REMOVED),
        ("Flush", "fresh := made(); l.record = &fresh", Life.REMOVED),
        ("Flush", "if l.record == nil { l.record = &Record{} }", Life.LONG),
        ("Flush", "if l.record == nil { l.record = &Record{}; println(); l.record = nil }", Life.REMOVED),
        ("Flush", "println(l.record)", Life.LONG),
        ("Flush", "var found *Record; find(&found); l.record = found", Life.LONG),
        ("Init", "l.record = &Record{}", Life.LONG),
    ],
)
def test_an_object_lives_until_a_new_one_takes_its_place(name: str, body: str, life: Life) -> None:
    text = SLOT.replace("FLUSH", name).replace("BODY", body)
    assert program({"m.go": text}).lifetimes.of("example.com/m.Record").life is life


def test_a_channel_keeps_nothing_for_long() -> None:
    text = SLOT.replace("FLUSH() { BODY }", "Send(c chan *Record) { c <- l.record }")
    sent = text.replace("mu     sync.Mutex", "sent chan *Record").replace(
        "record *Record\n", "record Record\n"
    )
    flushed = sent.replace("&Logger{record: &Record{}}", "&Logger{}").replace(
        "Send(c chan *Record) { c <- l.record }", "Flush() { l.record = Record{} }"
    )
    assert program({"m.go": flushed}).lifetimes.of("example.com/m.Record").life is Life.REMOVED


FACTORY = """package m

import (
	"sync"

	"example.com/elsewhere/plugins"
)

type Plugin struct {
	mu   sync.Mutex
	seen map[string]int
}

func init() { plugins.Add("a", func() RESULT) }
"""


@pytest.mark.parametrize(
    ("result", "life"),
    [("plugins.Plugin { return &Plugin{} }", Life.LIKELY), ("{ p := &Plugin{}; use(p) }", Life.SHORT)],
)
def test_what_a_factory_makes_belongs_to_no_task(result: str, life: Life) -> None:
    text = FACTORY.replace("RESULT", result)
    assert program({"m.go": text}).lifetimes.of("example.com/m.Plugin").life is life


ASKED = """package m

import "sync"

type stream interface { Send(string) }

type answer struct {
	mu   sync.Mutex
	seen map[string]int
}

func (a *answer) Send(id string) { a.seen[id]++ }

func ask(s stream) { s.Send("a") }

var kept stream

func Ask() { a := &answer{seen: map[string]int{}}; ask(a); LATER }
"""


@pytest.mark.parametrize(("later", "passes"), [("println(len(a.seen))", True), ("kept = a", False)])
def test_an_object_that_is_only_given_to_others_may_pass(later: str, passes: bool) -> None:
    lifetimes = program({"m.go": ASKED.replace("LATER", later)}).lifetimes
    assert lifetimes.of("example.com/m.answer").passing is passes


CIRCLE = """
package m

type user struct { m map[string]int; config config }
type config struct { users []user }

func Ask(k string) int {
    u := user{m: map[string]int{}, config: config{users: make([]user, 1)}}
    u.m[k]++
    c := config{users: []user{u}}
    return len(u.m) + len(c.users)
}
"""


def test_objects_of_two_types_that_are_parts_of_one_another_are_judged() -> None:
    assert not program({"m.go": CIRCLE}).lifetimes.of("example.com/m.user").passing


LISTED = """package m

import (
	"slices"
	"sync"

	cmap "github.com/orcaman/concurrent-map/v2"
)

type hub struct {
	listed []*peer
	kept   cmap.ConcurrentMap[string, *peer]
}

type peer struct {
	mu   sync.Mutex
	seen map[string]bool
}

var all hub

func keep(p *peer) { KEEPS }

func drop(i int) { DROPS }

var _ = slices.Delete[[]int]
"""


@pytest.mark.parametrize(
    ("keeps", "drops", "life"),
    [
        ("all.listed = append(all.listed, p)", "", Life.LONG),
        ("all.listed = append(all.listed, p)", "all.listed = append(all.listed, nil)", Life.LONG),
        ("all.listed = append(all.listed, p)", "all.listed = all.listed[1:]", Life.REMOVED),
        (
            "all.listed = append(all.listed, p)",
            "all.listed = append(all.listed[:i], all.listed[i+1:]...)",
            Life.REMOVED,
        ),
        (
            "all.listed = append(all.listed, p)",
            "all.listed = slices.Delete(all.listed, i, i+1)",
            Life.REMOVED,
        ),
        ('all.kept.Set("a", p)', "", Life.LONG),
        ('all.kept.Set("a", p)', 'all.kept.Remove("a")', Life.REMOVED),
    ],
)
def test_what_a_slice_or_another_container_drops_comes_and_goes(keeps: str, drops: str, life: Life) -> None:
    text = LISTED.replace("KEEPS", keeps).replace("DROPS", drops)
    if "Set" not in keeps:
        text = text.replace("	kept   cmap.ConcurrentMap[string, *peer]\n", "").replace(
            '	cmap "github.com/orcaman/concurrent-map/v2"\n', ""
        )
    else:
        text = text.replace("	listed []*peer\n", "")
    assert program({"m.go": text}).lifetimes.of("example.com/m.peer").life is life


NOTED = """package m

type Device interface{ Seen(id string) }

type device struct{ seen map[string]int }

func (d *device) Seen(id string) { d.seen[id]++ }

func Visit(ids []string) int {
	calls := []struct{ on Device }{}
	for _, id := range ids {
		calls = append(calls, struct{ on Device }{on: &device{}})
		calls[0].on.Seen(id)
	}
	return len(calls)
}
"""


def test_a_literal_of_a_struct_without_a_name_is_no_package_variable() -> None:
    assert program({"m.go": NOTED}).lifetimes.of("example.com/m.device").life is not Life.LONG


NAMED = """package m

import "example.org/registry"

type state struct { seen map[string]int }

type checkServer struct { state *state }

func Run(ids chan string) {
	for id := range ids { check(id) }
}

func check(id string) {
	one := &checkServer{state: &state{seen: map[string]int{}}}
	registry.Add(one)
	one.state.seen[id]++
	KEEPS
}

MORE
"""


@pytest.mark.parametrize(
    ("keeps", "more", "lives"),
    [("kept = one", "var kept *checkServer", True), ("println(one)", "", False)],
)
def test_what_is_called_a_server_and_kept_by_nobody_keeps_nothing(keeps: str, more: str, lives: bool) -> None:
    found = program({"m.go": NAMED.replace("KEEPS", keeps).replace("MORE", more)})
    assert (found.lifetimes.of("example.com/m.state").life >= Life.LIKELY) is lives


COMPONENT = """package m

import (
	"net/http"
	"sync"
)

type Server interface{ Get(id string) int }

type server struct {
	mu   sync.Mutex
	seen map[string]int
}

func (s *server) Get(id string) int { s.mu.Lock(); defer s.mu.Unlock(); s.seen[id]++; return len(s.seen) }

func newServer() *server { return &server{seen: map[string]int{}} }

var creators = map[string]func() Server{}

func init() { creators["a"] = func() Server { RETURNS } }

func Handle(w http.ResponseWriter, r *http.Request) {
	made := creators[r.Method]()
	go made.Get(r.Host)
}
"""


@pytest.mark.parametrize(
    ("returns", "passes"),
    [("return newServer()", False), ("one := newServer(); go one.Get(``); return nil", True)],
)
def test_what_a_registered_factory_makes_is_no_passing_object(returns: str, passes: bool) -> None:
    found = program({"m.go": COMPONENT.replace("RETURNS", returns)})
    assert found.lifetimes.of("example.com/m.server").passing is passes


PLUGIN = """package m

import "example.org/plugins"

type input struct{ seen map[string]int }

func (i *input) Gather(id string) { i.seen[id]++ }

func init() { plugins.Add("input", func() RESULT { return &input{seen: map[string]int{}} }) }
"""


@pytest.mark.parametrize(("result", "passes"), [("plugins.Input", False), ("*input", True), ("any", True)])
def test_a_factory_of_plugins_for_another_module_makes_components(result: str, passes: bool) -> None:
    found = program({"m.go": PLUGIN.replace("RESULT", result)})
    assert found.lifetimes.of("example.com/m.input").passing is passes


SHARED = """package m

type sender struct { sessions FIELD }

func NewSender() *sender { return &sender{} }

func (s *sender) Note(id string) { STORES }
"""


@pytest.mark.parametrize(
    ("field", "stores", "life"),
    [
        ("sync.Map", "s.sessions.Store(id, 1)", Life.LIKELY),
        ("map[string]int", "s.sessions[id] = 1", Life.UNKNOWN),
    ],
)
def test_a_map_for_many_goroutines_shows_that_they_share_its_owner(
    field: str, stores: str, life: Life
) -> None:
    text = SHARED.replace("FIELD", field).replace("STORES", stores)
    text = text.replace("package m", 'package m\n\nimport "sync"\n\nvar _ sync.Once')
    assert program({"m.go": text}).lifetimes.of("example.com/m.sender").life is life
