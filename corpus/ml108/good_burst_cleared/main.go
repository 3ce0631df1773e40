// Package main gathers the lines of a report and writes them when it is complete.
// A new map takes the place of the old one after each report.
//
// run: heap steady
package main

import (
	"fmt"
	"sync"

	"example.com/corpus/probe"
)

type report struct {
	mu    sync.Mutex
	lines map[string]int
}

func (r *report) add(object string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines[object]++
}

func (r *report) flush() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	written := len(r.lines)
	r.lines = map[string]int{}
	return written
}

func (r *report) write(source string, size int) {
	for n := range size {
		r.add(fmt.Sprint(source, n))
	}
	r.flush()
}

func main() {
	r := &report{lines: map[string]int{}}
	probe.Reloads(func(i int) { r.write(probe.Address(i), 300*i) })
}
