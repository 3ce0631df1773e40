// A pool of connections whose helper waits for a free one: it lets go of the caller's lock meanwhile, and looks before it has it again.
//
// run: race
package main

import (
	"runtime"
	"sync"

	"example.com/corpus/probe"
)

type Pool struct {
	mu   sync.Mutex
	idle map[string]int
}

func (p *Pool) Put(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle[host]++
}

// await is called with p.mu held.
func (p *Pool) await(host string) int {
	p.mu.Unlock()
	runtime.Gosched()
	free := p.idle[host] // want ML404:"idle"
	p.mu.Lock()
	return free
}

func (p *Pool) Get(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.await(host) == 0 {
		return false
	}
	p.idle[host]--
	return true
}

func main() {
	p := &Pool{idle: map[string]int{"db": 1}}
	probe.AtOnce(
		func() { p.Put("db") },
		func() { p.Get("db") },
		func() { p.Get("db") },
	)
}
