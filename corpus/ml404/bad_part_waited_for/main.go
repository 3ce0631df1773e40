// Columns of a table with a count each, filled by a group of goroutines; the scan does not wait for them.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type group struct{ wg sync.WaitGroup }

func (g *group) Go(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

func (g *group) Wait() { g.wg.Wait() }

type counts struct {
	mu     sync.Mutex
	byWord map[string]int
}

func (c *counts) add(word string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byWord[word]++
}

func (c *counts) distinct() int { return len(c.byWord) } // want ML404:"byWord"

type column struct {
	name  string
	words *counts
}

func (c *column) begin() { c.words = &counts{byWord: map[string]int{}} }

type columns map[string]column

func newColumns(names []string) columns {
	out := columns{}
	for _, name := range names {
		c := column{name: name}
		c.begin()
		out[name] = c
	}
	return out
}

func (all columns) results() map[string]int {
	found := map[string]int{}
	for name, c := range all {
		found[name] = c.words.distinct()
	}
	return found
}

func scan(rows []string, each func(row string)) {
	g := &group{}
	for _, row := range rows {
		g.Go(func() { each(row) })
	}
}

func Report(names, rows []string) map[string]int {
	all := newColumns(names)
	scan(rows, func(row string) {
		for _, c := range all {
			c.words.add(row)
		}
	})
	return all.results()
}

func main() {
	names, rows := []string{"title", "text"}, []string{"a", "b", "c"}
	probe.AtOnce(
		func() { Report(names, rows) },
		func() { Report(names, rows) },
	)
}
