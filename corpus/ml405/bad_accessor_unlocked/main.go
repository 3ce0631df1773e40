// A key-value store whose Conn hands out its map, past the lock that all its siblings take.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Storage struct {
	mu sync.RWMutex
	db map[string]string
}

func (s *Storage) Get(key string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.db[key]
}

func (s *Storage) Set(key, value string) {
	s.mu.Lock()
	s.db[key] = value
	s.mu.Unlock()
}

func (s *Storage) Delete(key string) {
	s.mu.Lock()
	delete(s.db, key)
	s.mu.Unlock()
}

func (s *Storage) Conn() map[string]string {
	return s.db // want ML405:"db"
}

func main() {
	s := &Storage{db: map[string]string{}}
	probe.AtOnce(
		func() { s.Set("token", "t1") },
		func() { s.Get("token") },
		func() { s.Delete("token") },
		func() {
			for key, value := range s.Conn() {
				_ = key + value
			}
		},
	)
}
