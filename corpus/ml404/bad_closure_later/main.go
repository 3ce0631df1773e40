// A pool that registers a gauge while it holds the lock; the gauge is read later, without.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type gauges struct {
	mu    sync.Mutex
	funcs []func() int
}

func (g *gauges) register(read func() int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.funcs = append(g.funcs, read)
}

func (g *gauges) sum() (total int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, read := range g.funcs {
		total += read()
	}
	return total
}

type pool struct {
	mu   sync.Mutex
	busy map[int]string
}

func (p *pool) publish(g *gauges) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g.register(func() int {
		return len(p.busy) // want ML404:"busy"
	})
}

func (p *pool) take(conn int, user string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy[conn] = user
}

func (p *pool) give(conn int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.busy, conn)
}

func main() {
	g := &gauges{}
	p := &pool{busy: map[int]string{}}
	p.publish(g)
	probe.AtOnce(
		func() { p.take(3, "ann") },
		func() { p.give(3) },
		func() { g.sum() },
	)
}
