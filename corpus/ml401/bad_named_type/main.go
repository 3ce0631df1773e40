// A meter whose tally is a named map type; its method adds to the map from every reader at once.
//
// run: fatal error: concurrent map writes
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
	t[k] += n // want ML401:"calls"
}

type meter struct {
	calls tally
	start sync.Once
}

func (m *meter) record(k kind) {
	m.start.Do(func() { m.calls = tally{} })
	m.calls.add(k, 1)
}

func main() {
	m := &meter{}
	m.record(read)
	probe.Collide(
		func() { m.record(read) },
		func() { m.record(write) },
	)
}
