// A proxy that copies the map's header under the read lock and walks it once the lock is gone.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Proxy struct {
	mu      sync.RWMutex
	watched map[string]int // resource to version
}

func (p *Proxy) Watch(resource string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watched[resource]++
}

func (p *Proxy) Unwatch(resource string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.watched, resource)
}

// Push sends every resource to send, which may take its time.
func (p *Proxy) Push(send func(resource string, version int)) {
	p.mu.RLock()
	watched := p.watched
	p.mu.RUnlock()
	for resource, version := range watched { // want ML404:"watched"
		send(resource, version)
	}
}

func main() {
	p := &Proxy{watched: map[string]int{}}
	probe.AtOnce(
		func() { p.Watch("clusters") },
		func() { p.Unwatch("clusters") },
		func() { p.Push(func(string, int) {}) },
	)
}
