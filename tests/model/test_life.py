"""How long owners live, where names and locks alone would mislead."""

from __future__ import annotations

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
