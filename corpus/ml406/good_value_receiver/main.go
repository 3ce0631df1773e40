// A counter whose methods have pointer receivers, so that all calls lock one mutex.
//
// run: ok
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

func (c *Counter) Add(o outcome, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[o] += n
}

func (c *Counter) Forget(o outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.counts, o)
}

func main() {
	c := Counter{counts: map[outcome]int{hit: 0, miss: 0}}
	probe.Collide(
		func() { c.Add(hit, 1) },
		func() { c.Add(miss, 1) },
		func() { c.Forget(miss) },
	)
}
