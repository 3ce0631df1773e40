// A generic registry whose Has reads without the mutex.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Registry[T any] struct {
	mu     sync.RWMutex
	byName map[string]T
}

func NewRegistry[T any]() *Registry[T] {
	return &Registry[T]{byName: make(map[string]T)}
}

func (r *Registry[T]) Add(name string, value T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byName[name] = value
}

func (r *Registry[T]) Remove(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byName, name)
}

func (r *Registry[T]) Has(name string) bool {
	_, ok := r.byName[name] // want ML404:"byName"
	return ok
}

type codec func([]byte) error

func main() {
	codecs := NewRegistry[codec]()
	probe.AtOnce(
		func() { codecs.Add("json", func([]byte) error { return nil }) },
		func() { codecs.Remove("json") },
		func() { codecs.Has("json") },
	)
}
