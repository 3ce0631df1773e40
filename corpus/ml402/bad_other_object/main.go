// A depot that moves goods to another depot and holds only its own lock while it writes to both.
//
// run: race
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
	defer d.mu.Unlock()
	d.stock[a] -= n
	to.stock[a] += n // want ML402:"stock"
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
