// A pool of connections whose helper waits for a free one: it lets go of the caller's lock meanwhile, and looks once it has it again.
//
// run: ok
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
	p.mu.Lock()
	free := p.idle[host]
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
