// A settings store that hands its map to a helper, always under the lock.
//
// run: ok
package main

import (
	"strings"
	"sync"

	"example.com/corpus/probe"
)

// set puts a "key=value" line into settings; a line without value removes the key.
func set(settings map[string]string, line string) {
	key, value, _ := strings.Cut(line, "=")
	if value == "" {
		delete(settings, key)
	} else {
		settings[key] = value
	}
}

type Store struct {
	mu       sync.Mutex
	settings map[string]string
}

func (s *Store) Load(lines []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, line := range lines {
		set(s.settings, line)
	}
}

func (s *Store) Change(line string) {
	s.mu.Lock()
	set(s.settings, line)
	s.mu.Unlock()
}

func (s *Store) Get(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings[key]
}

func main() {
	s := &Store{settings: map[string]string{}}
	probe.AtOnce(
		func() { s.Load([]string{"color=blue", "size=9"}) },
		func() { s.Change("color=") },
		func() { s.Get("size") },
	)
}
