// Package main gathers the lines of a report and writes them when it is complete.
// The map is cleared after each report and stays as large as the largest of them.
//
// run: heap grows
package main

import (
	"fmt"
	"sync"

	"example.com/corpus/probe"
)

type report struct {
	mu    sync.Mutex
	lines map[string]int // want ML108:"lines"
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
	clear(r.lines)
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
