// A session table all of whose methods have pointer receivers.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Sessions struct {
	mu    sync.RWMutex
	users map[string]int // sessions of a user
}

func (s *Sessions) Open(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[user]++
}

func (s *Sessions) Close(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.users, user)
}

func (s *Sessions) Count() (n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, sessions := range s.users {
		n += sessions
	}
	return n
}

func main() {
	s := &Sessions{users: map[string]int{}}
	probe.AtOnce(
		func() { s.Open("ann") },
		func() { s.Close("ann") },
		func() { s.Count() },
	)
}
