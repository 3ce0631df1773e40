// A node list that returns an iterator over its live map; it is walked when the lock is gone.
//
// run: race
package main

import (
	"iter"
	"maps"
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
	return maps.Keys(n.addrs) // want ML405:"addrs"
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
