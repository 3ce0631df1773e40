// A broker that is opened in a goroutine which a helper guards; the lock is gone before that goroutine begins.
//
// run: race
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
	b.mu.Unlock()
	go guarded(func() {
		b.count("open") // want ML402:"rates"
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
