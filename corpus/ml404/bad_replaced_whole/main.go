// A cache that hands its map to a helper once the lock is gone; Add writes into that very map.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Names struct {
	mu     sync.RWMutex
	cached map[string]int
}

func (n *Names) Refresh(live map[string]int) {
	n.mu.Lock()
	n.cached = live
	n.mu.Unlock()
}

func (n *Names) Add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cached[name] = 1
}

func (n *Names) All() map[string]int {
	n.mu.RLock()
	cached := n.cached
	n.mu.RUnlock()
	return copied(cached) // want ML404:"cached"
}

func copied(names map[string]int) map[string]int {
	out := make(map[string]int, len(names))
	for name, n := range names {
		out[name] = n
	}
	return out
}

func main() {
	n := &Names{cached: map[string]int{}}
	probe.AtOnce(
		func() { n.Refresh(map[string]int{"a": 1}) },
		func() { n.Add("b") },
		func() { n.All() },
	)
}
