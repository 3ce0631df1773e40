// A generic set all of whose methods take its mutex.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

// Set is a set that several goroutines may use.
type Set[T comparable] struct {
	mu      sync.RWMutex
	members map[T]struct{}
}

func NewSet[T comparable]() *Set[T] {
	return &Set[T]{members: make(map[T]struct{})}
}

func (s *Set[T]) Add(member T) {
	s.mu.Lock()
	s.members[member] = struct{}{}
	s.mu.Unlock()
}

func (s *Set[T]) Has(member T) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, ok := s.members[member]
	return ok
}

func (s *Set[T]) Remove(member T) {
	s.mu.Lock()
	delete(s.members, member)
	s.mu.Unlock()
}

func main() {
	banned := NewSet[string]()
	banned.Add("10.0.0.66")
	if !banned.Has("10.0.0.66") {
		panic("lost a member")
	}
	probe.Collide(
		func() { banned.Add("10.0.0.66") },
		func() { banned.Remove("10.0.0.66") },
	)
}
