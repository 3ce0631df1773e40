// A cluster set whose comment names the mutex, and every reader takes it.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type cluster struct {
	endpoint string
}

type Clusters struct {
	mu     sync.RWMutex
	remote map[string]*cluster // guarded by mu
}

func (c *Clusters) add(name, endpoint string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remote[name] = &cluster{endpoint}
}

func (c *Clusters) remove(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.remote, name)
}

// Endpoint returns where the cluster answers, or "".
func (c *Clusters) Endpoint(name string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if found := c.remote[name]; found != nil {
		return found.endpoint
	}
	return ""
}

// Names returns the clusters in no order.
func (c *Clusters) Names() (names []string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for name := range c.remote {
		names = append(names, name)
	}
	return names
}

func main() {
	c := &Clusters{remote: map[string]*cluster{}}
	probe.AtOnce(
		func() { c.add("east", "https://east.example:6443") },
		func() { c.remove("east") },
		func() { c.Endpoint("east") },
		func() { c.Names() },
	)
}
