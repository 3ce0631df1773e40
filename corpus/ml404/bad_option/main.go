// Endpoints with aliases from an option, and from whoever renames one later.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Endpoint struct {
	mu      sync.Mutex
	name    string
	aliases map[string]string
}

type EndpointOption func(*Endpoint)

func WithAlias(alias, name string) EndpointOption {
	return func(e *Endpoint) {
		e.aliases[alias] = name
	}
}

func NewEndpoint(name string, options ...EndpointOption) *Endpoint {
	e := &Endpoint{name: name, aliases: map[string]string{}}
	e.join(options)
	return e
}

func (e *Endpoint) join(options []EndpointOption) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, option := range options {
		option(e)
	}
}

func (e *Endpoint) Rename(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.aliases[e.name] = name
	e.name = name
}

func (e *Endpoint) Resolve(alias string) string {
	return e.aliases[alias] // want ML404:"aliases"
}

func main() {
	e := NewEndpoint("db", WithAlias("database", "db"))
	probe.AtOnce(
		func() { e.Rename("postgres") },
		func() { e.Resolve("database") },
	)
}
