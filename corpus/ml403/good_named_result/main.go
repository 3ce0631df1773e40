// A report on the peers of a system, a new one for each who asks.
//
// run: ok
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
	info.bySite = map[string]int{}
	for _, peer := range s.peers {
		info.bySite[peer]++
	}
	return info
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
