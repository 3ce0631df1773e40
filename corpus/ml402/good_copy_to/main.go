// Networks in a store: whoever asks for one is given a copy.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Object interface{ CopyTo(other Object) }

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

func (n *Network) CopyTo(other Object) {
	n.mu.Lock()
	defer n.mu.Unlock()
	to := other.(*Network)
	for key, value := range n.labels {
		to.labels[key] = value
	}
}

type store struct{ kept, shown *Network }

func (s *store) refresh() {
	var to Object = &Network{labels: map[string]string{}}
	s.kept.CopyTo(to)
}

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
