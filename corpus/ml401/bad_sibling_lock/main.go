// A registry whose mutex guards its services and was forgotten for its listeners.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Registry struct {
	mu        sync.Mutex
	services  map[string]string
	listeners map[string]func(service string)
}

func (r *Registry) Register(name, address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.services[name] = address
}

func (r *Registry) Deregister(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.services, name)
}

func (r *Registry) Listen(id string, notify func(service string)) {
	r.listeners[id] = notify // want ML401:"listeners"
}

func (r *Registry) Ignore(id string) {
	delete(r.listeners, id) // want ML401:"listeners"
}

func main() {
	r := &Registry{services: map[string]string{}, listeners: map[string]func(string){}}
	r.Listen("console", func(string) {})
	probe.AtOnce(
		func() {
			r.Register("mail", "10.0.0.7:25")
			r.Deregister("mail")
		},
		func() { r.Listen("console", func(string) {}) },
		func() { r.Ignore("console") },
	)
}
