// A stock list with helpers to enter and leave it; Take writes after it has left.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type stock struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *stock) enter() { s.mu.Lock() }
func (s *stock) leave() { s.mu.Unlock() }

func (s *stock) Put(article string) {
	s.enter()
	defer s.leave()
	s.items[article] = 1
}

func (s *stock) Take(article string) bool {
	s.enter()
	_, ok := s.items[article]
	s.leave()
	delete(s.items, article) // want ML402:"items"
	return ok
}

func (s *stock) Left() int {
	s.enter()
	defer s.leave()
	return len(s.items)
}

func main() {
	s := &stock{items: map[string]int{}}
	probe.AtOnce(
		func() { s.Put("bolt") },
		func() { s.Take("bolt") },
		func() { s.Take("nut") },
		func() { s.Left() },
	)
}
