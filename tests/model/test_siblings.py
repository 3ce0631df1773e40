"""Which removals beside a map, or elsewhere, speak of entries that should have left it too."""

from __future__ import annotations

import pytest
from programs import program, signs_of

from maplint.finding import Confidence

TWO = """package m

import "sync"

type Registry struct {
    mu       sync.Mutex
    clients  map[string]int
    channels map[string]int
}

func (r *Registry) Connect(address, other string) { r.clients[address] = 1; FILL }
func (r *Registry) Join(KEY string) { r.channels[KEY] = 1 }
func (r *Registry) Disconnect(address string) { delete(r.clients, address) }
"""


@pytest.mark.parametrize(
    ("key", "fill", "sign"),
    [
        ("addr", "", "sibling-of-that-key-type"),
        ("channel", "", None),
        ("channel", "r.channels[address] = 2", "sibling-removed"),
        ("channel", "r.channels[other] = 2", None),
    ],
)
def test_a_sibling_is_keyed_by_things_of_the_same_kind(key: str, fill: str, sign: str | None) -> None:
    text = TWO.replace("KEY", key).replace("FILL", fill)
    assert found(text, "Registry.channels") & {"sibling-removed", "sibling-of-that-key-type"} == {sign} - {
        None
    }


FOLLOWED = """package m

import "sync"

type Registry struct {
    mu       sync.Mutex
    clients  map[string]int
    channels map[string]int
}

func (r *Registry) Run(peers chan string) {
    for peer := range peers {
        r.mu.Lock()
        r.clients[peer] = 1
        FILL
        r.mu.Unlock()
        r.Join(peer)
    }
}

func (r *Registry) Join(about string) {
    r.mu.Lock()
    defer r.mu.Unlock()
    r.channels[about] = 1
}

func (r *Registry) Disconnect(peer string) { delete(r.clients, peer) }
"""


@pytest.mark.parametrize(
    ("fill", "confidence"), [("r.channels[peer] = 2", Confidence.HIGH), ("", Confidence.MEDIUM)]
)
def test_a_sibling_that_is_filled_with_the_map_makes_it_sure(fill: str, confidence: Confidence) -> None:
    text = FOLLOWED.replace("FILL", fill)
    growth = program({"m.go": text})
    site = growth.sites["example.com/m.Registry.channels"]
    assert growth.judge.growth(site).confidence is confidence


def found(text: str, site: str) -> set[str]:
    return signs_of({"m.go": text}, f"example.com/m.{site}")


ELSEWHERE = """package m

type Cache struct { channels map[string]int }

var cache = &Cache{}

func Join(channel string) { cache.channels[channel] = 1 }

type Code struct { uses map[string]bool }

HELD

func (c *Code) Drop(channel string) { delete(c.uses, channel) }
"""


@pytest.mark.parametrize(
    ("held", "is_told"), [("var code = &Code{}", True), ("var codes = map[string]*Code{}", False)]
)
def test_what_leaves_one_of_many_maps_has_not_ended(held: str, is_told: bool) -> None:
    signs = found(ELSEWHERE.replace("HELD", held), "Cache.channels")
    assert ("kind-removed-elsewhere" in signs) is is_told


STOP = """package m

type Hub struct { rooms map[string]*Room }
type Room struct{}

func (r *Room) Stop() {}

var hub = &Hub{}

func Open(id string) { hub.rooms[id] = &Room{} }
func (h *Hub) Stop(id string) { BODY }
"""


@pytest.mark.parametrize(
    ("body", "is_told"),
    [("h.rooms[id].Stop()", True), ("for room := range h.rooms { h.rooms[room].Stop() }", False)],
)
def test_who_stops_all_of_them_ends_the_owner(body: str, is_told: bool) -> None:
    assert ("released-not-removed" in found(STOP.replace("BODY", body), "Hub.rooms")) is is_told


BACKENDS = """package backend

var Backends = map[string]func(){}

func Load(ids chan string) { for id := range ids { Backends[id] = func() {} } }

type Backend struct{ id string }

func (b *Backend) Destroy() { Backends[b.id]() }
"""
VOLUME = """package volume

import "example.com/m/backend"

type Volume struct{ backend string }

func (v *Volume) Destroy() { backend.Backends[v.backend]() }
"""


@pytest.mark.parametrize("destroyed", ["backend", "volume"])
def test_what_another_package_ends_is_not_an_entry(destroyed: str) -> None:
    ending = BACKENDS if destroyed == "backend" else BACKENDS.partition("type Backend")[0]
    found = signs_of({"backend/a.go": ending, "volume/a.go": VOLUME}, "example.com/m/backend.Backends")
    is_told = "released-not-removed" in found
    assert is_told is (destroyed == "backend")


OBJECTS = """package m

type Conn interface { Close() error }

var conns = map[KEY]bool{}

func Add(c KEY) { conns[c] = true }
"""


@pytest.mark.parametrize(
    ("key", "is_object"), [("Conn", True), ("*int", True), ("any", False), ("string", False)]
)
def test_keys_that_are_objects_are_kept_alive(key: str, is_object: bool) -> None:
    assert ("key-is-object" in found(OBJECTS.replace("KEY", key), "conns")) is is_object


RINGS = """package m

var rings = map[string]map[string]bool{}

func Add(group, address string) {
	if rings[group] == nil { rings[group] = map[string]bool{} }
	rings[group][address] = true
}

func NAME(group, address string) { delete(rings[group], address) }
"""


@pytest.mark.parametrize(
    ("name", "sign"), [("RemoveAddress", "released-not-removed"), ("Note", "inner-emptied")]
)
def test_who_empties_the_inner_map_betrays_the_outer_one_once(name: str, sign: str) -> None:
    betrayals = found(RINGS.replace("NAME", name), "rings") & {"released-not-removed", "inner-emptied"}
    assert betrayals == {sign}


UNNAMED = """package m

import "sync"

type Node struct { cluster, number uint64 }

type Nodes struct {
    addresses struct {
        sync.Mutex
        byNode map[Node]string
    }
    PART struct {
        sync.RWMutex
        known map[Node]string
    }
}

func (n *Nodes) Add(one Node, address string) {
    n.addresses.Lock()
    n.addresses.byNode[one] = address
    n.addresses.Unlock()
    n.seen.Lock()
    defer n.seen.Unlock()
    n.seen.known[one] = address
}

func (n *Nodes) Remove(one Node) { delete(n.addresses.byNode, one) }
"""


def test_parts_without_a_type_name_share_locks_and_removals_with_the_whole() -> None:
    signs = found(UNNAMED.replace("PART", "seen"), "Nodes.seen.known")
    assert signs >= {"owner-has-lock", "sibling-removed"}
    assert not signs & {"owner-life-unknown", "entries-are-handed-in"}
