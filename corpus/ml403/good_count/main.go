// A request counter that counts up under the write lock and reads under the read lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type class int

const (
	success     class = 2
	clientError class = 4
	serverError class = 5
)

type Stats struct {
	mu      sync.RWMutex
	answers map[class]int
}

func (s *Stats) Answered(status int) {
	s.mu.Lock()
	s.answers[class(status/100)]++
	s.mu.Unlock()
}

func (s *Stats) Errors() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.answers[clientError] + s.answers[serverError]
}

func (s *Stats) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers = make(map[class]int)
}

func main() {
	s := &Stats{answers: map[class]int{success: 0}}
	s.Reset()
	s.Answered(200)
	probe.AtOnce(
		func() { s.Answered(200) },
		func() { s.Answered(200) },
		func() { s.Answered(404) },
	)
	s.Errors()
}
