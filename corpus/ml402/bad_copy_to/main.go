// Networks in a store: a copy is merged into the network that everybody has.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Object interface{ MergeTo(other Object) }

type Network struct {
	mu     sync.Mutex
	labels map[string]string
}

func (n *Network) Label(key, value string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.labels[key] = value
}

func (n *Network) Get(key string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.labels[key]
}

func (n *Network) MergeTo(other Object) {
	n.mu.Lock()
	defer n.mu.Unlock()
	to := other.(*Network)
	for key, value := range n.labels {
		to.labels[key] = value // want ML402:"labels"
	}
}

type store struct{ kept, shown *Network }

func (s *store) refresh() { s.kept.MergeTo(s.shown) }

func main() {
	s := &store{
		kept:  &Network{labels: map[string]string{"a": "1"}},
		shown: &Network{labels: map[string]string{}},
	}
	probe.AtOnce(
		func() { s.refresh() },
		func() { s.shown.Label("b", "2") },
		func() { s.shown.Get("a") },
	)
}
