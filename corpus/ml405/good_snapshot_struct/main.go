// A meter whose snapshot holds a clone of the map that it goes on counting in.
//
// run: ok
package main

import (
	"maps"
	"sync"
	"time"

	"example.com/corpus/probe"
)

// Snapshot is what a meter had counted at a time.
type Snapshot struct {
	Taken  time.Time
	Counts map[string]int
}

func (s Snapshot) Total() (total int) {
	for _, n := range s.Counts {
		total += n
	}
	return total
}

type Meter struct {
	mu     sync.Mutex
	counts map[string]int
}

func (m *Meter) Count(event string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[event]++
}

func (m *Meter) Drop(event string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.counts, event)
}

func (m *Meter) Snapshot() Snapshot {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Snapshot{Taken: time.Now(), Counts: maps.Clone(m.counts)}
}

func main() {
	m := &Meter{counts: map[string]int{}}
	probe.AtOnce(
		func() { m.Count("hit") },
		func() { m.Drop("miss") },
		func() { m.Snapshot().Total() },
	)
}
