// A broker that is opened in a goroutine which a helper guards, and which takes the lock over.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Broker struct {
	mu    sync.Mutex
	rates map[string]int
}

func (b *Broker) Open() {
	b.mu.Lock()
	go guarded(func() {
		defer b.mu.Unlock()
		b.count("open")
	})
}

func guarded(f func()) {
	defer func() { _ = recover() }()
	f()
}

func (b *Broker) count(name string) { b.rates[name]++ }

func (b *Broker) Send(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count(name)
}

func (b *Broker) Forget(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.rates, name)
}

func main() {
	b := &Broker{rates: map[string]int{}}
	probe.AtOnce(
		func() { b.Open() },
		func() { b.Send("fetch") },
		func() { b.Forget("fetch") },
	)
}
