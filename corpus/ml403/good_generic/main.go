// A generic store that creates a missing value under the write lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

// Store makes the value of a key when it is first asked for.
type Store[K comparable, V any] struct {
	mu     sync.RWMutex
	values map[K]V
	create func(K) V
}

func NewStore[K comparable, V any](create func(K) V) *Store[K, V] {
	return &Store[K, V]{values: map[K]V{}, create: create}
}

func (s *Store[K, V]) Get(key K) V {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.values[key]
	if !ok {
		value = s.create(key)
		s.values[key] = value
	}
	return value
}

func (s *Store[K, V]) Drop(key K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, key)
}

func main() {
	parsers := NewStore(func(name string) int { return len(name) })
	probe.AtOnce(
		func() { parsers.Get("json") },
		func() { parsers.Get("yaml") },
		func() { parsers.Drop("json") },
	)
}
