// A counter that hands its map to a sink behind an interface once it has another one.
//
// run: ok
package main

import (
	"sync"
	"time"

	"example.com/corpus/probe"
)

const wire = 100 * time.Microsecond

type sink interface {
	send(counts map[string]int) int
}

type total struct{}

func (total) send(counts map[string]int) int {
	sum := 0
	for _, count := range counts {
		sum += count
	}
	time.Sleep(wire)
	return sum
}

type counter struct {
	mu     sync.Mutex
	counts map[string]int
	to     sink
}

func (c *counter) add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[name]++
}

func (c *counter) flush() {
	c.mu.Lock()
	counts := c.counts
	c.counts = map[string]int{}
	c.mu.Unlock()
	c.to.send(counts)
}

func main() {
	c := &counter{counts: map[string]int{}, to: total{}}
	probe.AtOnce(func() { c.add("a") }, func() { c.add("b") }, c.flush)
}
