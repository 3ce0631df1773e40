// A cluster set whose comment names the mutex; two readers skip it.
//
// run: race
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
	if found := c.remote[name]; found != nil { // want ML404:"remote"
		return found.endpoint
	}
	return ""
}

// Names returns the clusters in no order.
func (c *Clusters) Names() (names []string) {
	for name := range c.remote { // want ML404:"remote"
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
