// Sessions that are read from a file through a callback when they are made, before anybody has them.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Sessions struct {
	mu   sync.Mutex
	open map[string]int
	file []string
}

func NewSessions(file []string) *Sessions {
	s := &Sessions{open: map[string]int{}, file: file}
	s.load()
	return s
}

func (s *Sessions) load() { each(s.file, s.loader(1)) }

func (s *Sessions) loader(level int) func(token string) {
	return func(token string) {
		s.open[token] = level
	}
}

func each(tokens []string, do func(token string)) {
	for _, token := range tokens {
		do(token)
	}
}

func (s *Sessions) Open(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[token] = 2
}

func (s *Sessions) Close(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, token)
}

func main() {
	s := NewSessions([]string{"a", "b"})
	probe.AtOnce(
		func() { s.Open("a") },
		func() { s.Close("a") },
		func() { s.Open("c") },
	)
}
