// A price list that hands its writer the locker of the read side.
//
// run: fatal error: concurrent map writes
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type article byte

const (
	bread article = iota
	butter
)

type prices struct {
	mu    sync.RWMutex
	cents map[article]int
}

func (p *prices) Set(a article, cents int) {
	read := p.mu.RLocker()
	read.Lock()
	defer read.Unlock()
	p.cents[a] = cents // want ML403:"cents"
}

func (p *prices) Raise(a article) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cents[a]++
}

func (p *prices) Total(articles ...article) (sum int) {
	read := p.mu.RLocker()
	read.Lock()
	defer read.Unlock()
	for _, a := range articles {
		sum += p.cents[a]
	}
	return sum
}

func main() {
	p := &prices{cents: map[article]int{}}
	p.Raise(bread)
	probe.Collide(
		func() { p.Set(bread, 320) },
		func() { p.Set(butter, 260) },
	)
	p.Total(bread, butter)
}
