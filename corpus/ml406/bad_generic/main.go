// A generic set with value receivers: each call locks a copy of its mutex.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Set[T comparable] struct {
	lock    sync.RWMutex
	members map[T]bool
}

func (s Set[T]) Add(member T) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.members[member] = true // want ML406:"members"
}

func (s Set[T]) Remove(member T) {
	s.lock.Lock()
	defer s.lock.Unlock()
	delete(s.members, member) // want ML406:"members"
}

func (s Set[T]) Len() int {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return len(s.members) // want ML406:"members"
}

func main() {
	blocked := Set[string]{members: map[string]bool{}}
	probe.AtOnce(
		func() { blocked.Add("10.0.0.66") },
		func() { blocked.Remove("10.0.0.66") },
		func() { blocked.Len() },
	)
}
