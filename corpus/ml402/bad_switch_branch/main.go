// A watcher that locks for an update and not in the branch next to it, for a removal.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type action byte

const (
	put action = iota
	remove
)

type event struct {
	action     action
	key, value string
}

type mirror struct {
	mu     sync.RWMutex
	values map[string]string
}

func (m *mirror) follow(events <-chan event) {
	for e := range events {
		switch e.action {
		case put:
			m.mu.Lock()
			m.values[e.key] = e.value
			m.mu.Unlock()
		case remove:
			delete(m.values, e.key) // want ML402:"values"
		}
	}
}

func (m *mirror) Get(key string) (string, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	value, ok := m.values[key]
	return value, ok
}

func main() {
	m := &mirror{values: map[string]string{}}
	events := make(chan event)
	defer close(events)
	go m.follow(events)
	probe.AtOnce(
		func() { m.Get("leader") },
		func() {
			events <- event{put, "leader", "node-2"}
			events <- event{remove, "leader", ""}
		},
	)
}
