// A server with an index for each network; the index has a lock of its own, though the server takes the server's.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Server struct {
	mu  *sync.RWMutex
	lan *index
}

type index struct {
	mu     *sync.RWMutex
	leases map[string]int
}

func NewServer() *Server {
	s := &Server{mu: &sync.RWMutex{}}
	s.lan = newIndex(s)
	return s
}

func newIndex(s *Server) *index {
	return &index{mu: &sync.RWMutex{}, leases: map[string]int{}}
}

func (i *index) Renew(mac string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.leases[mac]++
}

func (i *index) Has(mac string) bool {
	i.mu.RLock()
	defer i.mu.RUnlock()
	_, ok := i.leases[mac]
	return ok
}

func (i *index) drop(mac string) { delete(i.leases, mac) } // want ML402:"leases"

func (s *Server) Release(mac string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lan.drop(mac)
}

func main() {
	s := NewServer()
	probe.AtOnce(
		func() { s.lan.Renew("02:01") },
		func() { s.lan.Has("02:01") },
		func() { s.Release("02:01") },
	)
}
