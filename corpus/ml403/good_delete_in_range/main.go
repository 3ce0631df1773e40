// A lease table that deletes what it finds released under the write lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type lease struct {
	holder   string
	released bool
}

type Leases struct {
	mu     sync.RWMutex
	active map[string]lease
}

func (l *Leases) Set(name string, state lease) {
	l.mu.Lock()
	l.active[name] = state
	l.mu.Unlock()
}

func (l *Leases) Sweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, state := range l.active {
		if state.released {
			delete(l.active, name)
		}
	}
}

func (l *Leases) Holder(name string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.active[name].holder
}

func main() {
	l := &Leases{active: map[string]lease{}}
	probe.AtOnce(
		func() { l.Set("printer", lease{"ann", true}) },
		func() { l.Sweep() },
		func() { l.Holder("printer") },
	)
}
