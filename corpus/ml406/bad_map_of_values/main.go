// A hub that keeps its rooms by value: who takes one out locks the mutex of a copy.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type room struct {
	mu      sync.Mutex
	members map[string]bool
}

type hub struct {
	rooms map[string]room
}

func newHub(names ...string) *hub {
	h := &hub{rooms: map[string]room{}}
	for _, name := range names {
		h.rooms[name] = room{members: map[string]bool{"host": true}}
	}
	return h
}

func (h *hub) enter(name, user string) {
	r := h.rooms[name]
	r.mu.Lock()
	defer r.mu.Unlock()
	r.members[user] = true // want ML406:"members"
}

func (h *hub) leave(name, user string) {
	r := h.rooms[name]
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.members, user) // want ML406:"members"
}

func main() {
	h := newHub("lobby", "garden")
	probe.AtOnce(
		func() { h.enter("lobby", "ann") },
		func() { h.enter("lobby", "bob") },
		func() { h.leave("lobby", "bob") },
	)
}
