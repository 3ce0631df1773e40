// A connection that removes itself from its server's table under the server's write lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type server struct {
	mu    sync.RWMutex
	conns map[int]*conn
}

type conn struct {
	id     int
	parent *server
}

func (s *server) open(id int) *conn {
	c := &conn{id: id, parent: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns[id] = c
	return c
}

func (s *server) count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.conns)
}

func (c *conn) close() {
	c.parent.mu.Lock()
	delete(c.parent.conns, c.id)
	c.parent.mu.Unlock()
}

func main() {
	s := &server{conns: map[int]*conn{}}
	probe.AtOnce(
		func() { s.open(1).close() },
		func() { s.open(2).close() },
		func() { s.count() },
	)
}
