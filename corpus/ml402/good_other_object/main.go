// A depot that moves goods to another depot and takes each depot's lock for its own stock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type article byte

const (
	bolts article = iota
	nuts
)

type depot struct {
	mu    sync.Mutex
	stock map[article]int
}

func (d *depot) Count(a article) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stock[a]
}

func (d *depot) Send(to *depot, a article, n int) {
	d.mu.Lock()
	d.stock[a] -= n
	d.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	to.stock[a] += n
}

func main() {
	north := &depot{stock: map[article]int{bolts: 1000, nuts: 1000}}
	south := &depot{stock: map[article]int{}}
	probe.AtOnce(
		func() { north.Send(south, bolts, 1) },
		func() { south.Send(north, bolts, 1) },
		func() { south.Count(nuts) },
	)
}
