// A controller that embeds a manager and locks its own mutex to write the routes that the manager guards.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type manager struct {
	mu     sync.RWMutex
	routes map[string]string
}

func (m *manager) Route(network string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.routes[network]
}

func (m *manager) Withdraw(network string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.routes, network)
}

type controller struct {
	*manager
	mu     sync.Mutex
	synced int
}

func (c *controller) Learn(network, gateway string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.synced++
	c.routes[network] = gateway // want ML402:"routes"
}

func main() {
	c := &controller{manager: &manager{routes: map[string]string{}}}
	probe.AtOnce(
		func() { c.Learn("10.0.0.0/8", "10.0.0.1") },
		func() { c.Route("10.0.0.0/8") },
		func() { c.Withdraw("10.0.0.0/8") },
	)
}
