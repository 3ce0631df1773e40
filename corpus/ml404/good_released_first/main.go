// A registry adds a cluster and sets it up, all under its lock.
//
// run: ok
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
	defer r.mu.Unlock()
	r.clusters[name] = &cluster{}
	r.initialize(name)
}

func (r *Registry) initialize(name string) {
	c := r.clusters[name]
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
