// An address book that embeds its mutex and moves an entry under the read lock.
//
// run: fatal error: concurrent map writes
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type book struct {
	sync.RWMutex
	address map[string]string
}

func (b *book) Move(name, address string) {
	b.RLock()
	defer b.RUnlock()
	b.address[name] = address // want ML403:"address"
}

func (b *book) Remove(name string) {
	b.Lock()
	defer b.Unlock()
	delete(b.address, name)
}

func (b *book) Find(name string) (string, bool) {
	b.RLock()
	defer b.RUnlock()
	address, ok := b.address[name]
	return address, ok
}

func main() {
	b := &book{address: map[string]string{}}
	if _, ok := b.Find("ann"); !ok {
		b.Move("ann", "1 High Street")
	}
	probe.Collide(
		func() { b.Move("ann", "1 High Street") },
		func() { b.Move("ann", "2 Low Road") },
		func() { b.Move("bob", "3 Mill Lane") },
	)
	b.Remove("ann")
}
