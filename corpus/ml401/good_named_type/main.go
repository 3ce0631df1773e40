// A meter whose tally is a named map type; its readers add to it under the meter's mutex.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type kind byte

const (
	read kind = iota
	write
)

type tally map[kind]int

func (t tally) add(k kind, n int) {
	t[k] += n
}

type meter struct {
	calls tally
	mu    sync.Mutex
	start sync.Once
}

func (m *meter) record(k kind) {
	m.start.Do(func() { m.calls = tally{} })
	m.mu.Lock()
	m.calls.add(k, 1)
	m.mu.Unlock()
}

func main() {
	m := &meter{}
	m.record(read)
	probe.Collide(
		func() { m.record(read) },
		func() { m.record(write) },
	)
}
