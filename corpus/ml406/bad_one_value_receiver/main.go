// A session table all of whose methods have pointer receivers but Count, which locks a copy.
//
// run: race
package main

import (
	"sync"
	"time"

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

func (s Sessions) Count() (n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, sessions := range s.users { // want ML406:"users"
		n += sessions
	}
	return n
}

func main() {
	s := &Sessions{users: map[string]int{}}
	go probe.AtOnce( // whoever copies a locked mutex waits for it for ever
		func() { s.Open("ann") },
		func() { s.Close("ann") },
		func() { s.Count() },
	)
	time.Sleep(300 * time.Millisecond)
}
