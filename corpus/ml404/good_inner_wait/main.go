// A count of words by a group of goroutines; the scan that starts them waits for them.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type group struct{ wg sync.WaitGroup }

// Go runs f in a goroutine of its own, which survives a panic.
func (g *group) Go(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		defer func() { _ = recover() }()
		f()
	}()
}

func (g *group) Wait() { g.wg.Wait() }

type counts struct {
	mu     sync.Mutex
	byWord map[string]int
}

func newCounts() *counts { return &counts{byWord: map[string]int{}} }

func (c *counts) add(word string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byWord[word]++
}

func (c *counts) top() (best string) {
	for word, n := range c.byWord {
		if n > c.byWord[best] {
			best = word
		}
	}
	return best
}

func scan(pages []string, each func(page string)) {
	g := &group{}
	for _, page := range pages {
		g.Go(func() { each(page) })
	}
	g.Wait()
}

func Top(pages []string) string {
	c := newCounts()
	scan(pages, func(page string) { c.add(page) })
	return c.top()
}

func main() {
	probe.AtOnce(
		func() { Top([]string{"go", "map", "go"}) },
		func() { Top([]string{"race"}) },
	)
}
