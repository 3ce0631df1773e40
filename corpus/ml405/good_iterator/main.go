// A node list that returns an iterator over names that it collected under the lock.
//
// run: ok
package main

import (
	"iter"
	"maps"
	"slices"
	"sync"

	"example.com/corpus/probe"
)

type Nodes struct {
	mu    sync.RWMutex
	addrs map[string]string
}

func (n *Nodes) Join(name, addr string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.addrs[name] = addr
}

func (n *Nodes) Leave(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.addrs, name)
}

// Names yields the name of every node.
func (n *Nodes) Names() iter.Seq[string] {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return slices.Values(slices.Collect(maps.Keys(n.addrs)))
}

func main() {
	n := &Nodes{addrs: map[string]string{}}
	probe.AtOnce(
		func() { n.Join("n1", "10.0.0.1:7946") },
		func() { n.Leave("n1") },
		func() {
			for name := range n.Names() {
				_ = len(name)
			}
		},
	)
}
