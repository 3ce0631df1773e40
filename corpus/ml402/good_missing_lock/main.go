// A session table all of whose methods take the lock.
//
// run: ok
package main

import (
	"sync"
	"time"

	"example.com/corpus/probe"
)

// Sessions holds when each user was last seen.
type Sessions struct {
	mu       sync.Mutex
	lastSeen map[string]time.Time
}

// Open enters a user.
func (s *Sessions) Open(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastSeen[user] = time.Now()
}

// Idle says how long a user has been silent.
func (s *Sessions) Idle(user string) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(s.lastSeen[user])
}

// Close removes a user.
func (s *Sessions) Close(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.lastSeen, user)
}

func main() {
	s := &Sessions{lastSeen: map[string]time.Time{}}
	s.Open("ann")
	s.Idle("ann")
	probe.Collide(
		func() { s.Open("ann") },
		func() { s.Close("ann") },
		func() { s.Close("bob") },
	)
}
