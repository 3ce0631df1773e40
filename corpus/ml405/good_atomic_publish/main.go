// A price feed that publishes a clone of its working map through an atomic pointer.
//
// run: ok
package main

import (
	"maps"
	"sync"
	"sync/atomic"

	"example.com/corpus/probe"
)

type feed struct {
	mu      sync.Mutex
	working map[string]int
	view    atomic.Value // a map[string]int that nobody may change
}

func (f *feed) quote(symbol string, cents int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.working[symbol] = cents
}

func (f *feed) delist(symbol string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.working, symbol)
}

func (f *feed) publish() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.view.Store(maps.Clone(f.working))
}

func (f *feed) last(symbol string) (int, bool) {
	cents, ok := f.view.Load().(map[string]int)[symbol]
	return cents, ok
}

func main() {
	f := &feed{working: map[string]int{}}
	f.publish()
	probe.AtOnce(
		func() { f.quote("ACME", 1250) },
		func() { f.delist("ACME") },
		func() { f.publish() },
		func() { f.last("ACME") },
	)
}
