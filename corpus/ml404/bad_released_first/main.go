// A registry adds a cluster under its lock, and sets it up behind that, with another look at the map.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type cluster struct{ handlers []string }

type Registry struct {
	mu       sync.Mutex
	clusters map[string]*cluster
}

func (r *Registry) Add(name string) {
	r.mu.Lock()
	r.clusters[name] = &cluster{}
	r.mu.Unlock()
	r.initialize(name)
}

func (r *Registry) initialize(name string) {
	c := r.clusters[name] // want ML404:"clusters"
	c.handlers = append(c.handlers, "pods")
}

func (r *Registry) Remove(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.clusters, name)
}

func main() {
	registry := &Registry{clusters: map[string]*cluster{}}
	probe.AtOnce(
		func() { registry.Add("a") },
		func() { registry.Remove("b") },
	)
}
