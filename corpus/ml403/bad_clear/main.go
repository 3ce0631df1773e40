// A DNS cache that is flushed under the read lock.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Resolver struct {
	mu    sync.RWMutex
	known map[string]string
}

func (r *Resolver) Learn(name, address string) {
	r.mu.Lock()
	r.known[name] = address
	r.mu.Unlock()
}

func (r *Resolver) Lookup(name string) (string, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	address, ok := r.known[name]
	return address, ok
}

func (r *Resolver) Flush() {
	r.mu.RLock()
	clear(r.known) // want ML403:"known"
	r.mu.RUnlock()
}

func main() {
	r := &Resolver{known: map[string]string{}}
	probe.AtOnce(
		func() { r.Learn("db.internal", "10.0.0.7") },
		func() { r.Lookup("db.internal") },
		func() { r.Flush() },
	)
}
