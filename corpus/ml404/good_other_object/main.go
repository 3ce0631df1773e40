// A server that looks into a client's subscriptions under that client's mutex.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type client struct {
	mu   sync.Mutex
	subs map[string]int
}

func (c *client) subscribe(subject string, sid int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.subs[subject] = sid
}

func (c *client) unsubscribe(subject string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.subs, subject)
}

type server struct {
	mu      sync.Mutex
	clients []*client
}

func (s *server) interested(subject string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.clients {
		c.mu.Lock()
		if _, ok := c.subs[subject]; ok {
			n++
		}
		c.mu.Unlock()
	}
	return n
}

func main() {
	c := &client{subs: map[string]int{}}
	s := &server{clients: []*client{c}}
	probe.AtOnce(
		func() { c.subscribe("orders.new", 1) },
		func() { c.unsubscribe("orders.new") },
		func() { s.interested("orders.new") },
	)
}
