// A report on the peers of a system, written into the last report that everybody has.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Info struct {
	bySite map[string]int
}

type System struct {
	mu    sync.RWMutex
	peers []string
	last  Info
}

func (s *System) Status() (info Info) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, peer := range s.peers {
		s.last.bySite[peer]++ // want ML403:"bySite"
	}
	return s.last
}

func (s *System) Clear(peer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.last.bySite, peer)
}

func main() {
	s := &System{peers: []string{"a", "b"}, last: Info{bySite: map[string]int{}}}
	probe.AtOnce(
		func() { s.Status() },
		func() { s.Status() },
		func() { s.Clear("a") },
	)
}
