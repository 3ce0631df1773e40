// Package main ends sessions that were not used for a moment.
// The loop goes over the sessions and deletes from both maps.
//
// run: heap steady
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/corpus/probe"
)

const idle = time.Millisecond

type shop struct {
	mu       sync.Mutex
	sessions map[string]time.Time
	carts    map[string][]string
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[r.RemoteAddr] = time.Now()
	s.carts[r.RemoteAddr] = append(s.carts[r.RemoteAddr], r.URL.Path)
	s.expire()
}

func (s *shop) expire() {
	for id, used := range s.sessions {
		if time.Since(used) > idle {
			delete(s.sessions, id)
			delete(s.carts, id)
		}
	}
}

func main() {
	s := &shop{sessions: map[string]time.Time{}, carts: map[string][]string{}}
	probe.Requests(s, func(i int) *http.Request { return probe.Get(i, "/book") })
}
