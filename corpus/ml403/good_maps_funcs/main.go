// A cluster view that merges and prunes with the maps package under the write lock.
//
// run: ok
package main

import (
	"maps"
	"sync"

	"example.com/corpus/probe"
)

type health byte

const (
	alive health = iota
	dead
)

type View struct {
	mu    sync.RWMutex
	nodes map[string]health
}

func (v *View) Merge(gossip map[string]health) {
	v.mu.Lock()
	defer v.mu.Unlock()
	maps.Copy(v.nodes, gossip)
}

func (v *View) Prune() {
	v.mu.Lock()
	defer v.mu.Unlock()
	maps.DeleteFunc(v.nodes, func(_ string, h health) bool { return h == dead })
}

func (v *View) Join(node string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.nodes[node] = alive
}

func (v *View) Alive(node string) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	h, ok := v.nodes[node]
	return ok && h == alive
}

func main() {
	v := &View{nodes: map[string]health{}}
	v.Join("n0")
	probe.AtOnce(
		func() { v.Merge(map[string]health{"n1": alive, "n2": dead}) },
		func() { v.Prune() },
		func() { v.Alive("n1") },
	)
}
