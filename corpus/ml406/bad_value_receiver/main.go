// A counter whose methods have value receivers, so that each call locks a copy of its mutex.
//
// run: fatal error: concurrent map writes
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type outcome byte

const (
	hit outcome = iota
	miss
)

type Counter struct {
	mu     sync.Mutex
	counts map[outcome]int
}

func (c Counter) Add(o outcome, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[o] += n // want ML406:"counts"
}

func (c Counter) Forget(o outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.counts, o) // want ML406:"counts"
}

func main() {
	c := Counter{counts: map[outcome]int{hit: 0, miss: 0}}
	probe.Collide(
		func() { c.Add(hit, 1) },
		func() { c.Add(miss, 1) },
		func() { c.Forget(miss) },
	)
}
