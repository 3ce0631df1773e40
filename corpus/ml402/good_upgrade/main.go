// A client pool that looks up under the read lock, and looks again and inserts under the write lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type client struct {
	address string
}

type pool struct {
	mu      sync.RWMutex
	clients map[string]*client
}

func (p *pool) get(address string) *client {
	p.mu.RLock()
	c, ok := p.clients[address]
	p.mu.RUnlock()
	if ok {
		return c
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if c, ok := p.clients[address]; ok {
		return c
	}
	c = &client{address: address}
	p.clients[address] = c
	return c
}

func (p *pool) drop(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.clients, address)
}

func main() {
	p := &pool{clients: map[string]*client{}}
	probe.AtOnce(
		func() { p.get("10.0.0.7:6379") },
		func() { p.get("10.0.0.7:6379") },
		func() { p.drop("10.0.0.7:6379") },
	)
}
