// Addresses by kind, where only those that hold the lock ask a helper to make the kind that is missing.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Book struct {
	mu    sync.RWMutex
	kinds map[string][]string
}

func (b *Book) kind(name string, create bool) []string {
	found, ok := b.kinds[name]
	if create && !ok {
		found = []string{}
		b.kinds[name] = found
	}
	return found
}

func (b *Book) Set(name, address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kinds[name] = append(b.kind(name, true), address)
}

func (b *Book) Get(name string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.kind(name, false))
}

func (b *Book) Drop(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.kinds, name)
}

func main() {
	b := &Book{kinds: map[string][]string{}}
	probe.AtOnce(
		func() { b.Set("home", "a") },
		func() { b.Get("work") },
		func() { b.Get("club") },
		func() { b.Drop("home") },
	)
}
