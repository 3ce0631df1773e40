// A router whose Lookup reads under the lock under which routes come and go.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

// Router maps a prefix to the address that serves it.
type Router struct {
	mu     sync.RWMutex
	routes map[string]string
}

func NewRouter() *Router {
	r := &Router{routes: map[string]string{}}
	r.routes["/"] = "10.0.0.1:80"
	return r
}

func (r *Router) Announce(prefix, address string) {
	r.mu.Lock()
	r.routes[prefix] = address
	r.mu.Unlock()
}

func (r *Router) Withdraw(prefix string) {
	r.mu.Lock()
	delete(r.routes, prefix)
	r.mu.Unlock()
}

func (r *Router) Lookup(prefix string) (string, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	address, ok := r.routes[prefix]
	return address, ok
}

func main() {
	r := NewRouter()
	probe.AtOnce(
		func() {
			r.Announce("/shop", "10.0.0.7:80")
			r.Withdraw("/shop")
		},
		func() { r.Lookup("/shop") },
	)
}
