// A service that returns its settings by value, with a map of labels of their own.
//
// run: ok
package main

import (
	"maps"
	"sync"

	"example.com/corpus/probe"
)

type settings struct {
	name   string
	labels map[string]string
}

type service struct {
	mu      sync.RWMutex
	current settings
}

func (s *service) label(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current.labels[key] = value
}

func (s *service) unlabel(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.current.labels, key)
}

func (s *service) settings() settings {
	s.mu.RLock()
	defer s.mu.RUnlock()
	copied := s.current
	copied.labels = maps.Clone(copied.labels)
	return copied
}

func matches(s settings, key, value string) bool {
	have, ok := s.labels[key]
	return ok && have == value
}

func main() {
	s := &service{current: settings{name: "shop", labels: map[string]string{}}}
	probe.AtOnce(
		func() { s.label("tier", "front") },
		func() { s.unlabel("tier") },
		func() { matches(s.settings(), "tier", "front") },
	)
}
